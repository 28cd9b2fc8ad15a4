package io.aiaudit.report.paper;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** One weight of Liberation Sans in a document: what it can show, how wide text is, and where lines break. */
public final class Typeface {
    /**
     * A word that is longer than a line breaks behind one of these where it can: paths and names of clouds are made of
     * them.
     */
    private static final String SEAMS = "/-_.:,;@=|";

    /** Spaces that a line may end with: a number stays beside its sign, as in "20 %" and "< 1". */
    private static final Pattern SPACES = Pattern.compile("(?<![<>]) +(?!%)");

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;

    private final PDFont font;
    private final TrueTypeFont glyphs;
    private final CmapLookup characters;

    private Typeface(PDFont font, TrueTypeFont glyphs) throws IOException {
        this.font = font;
        this.glyphs = glyphs;
        this.characters = glyphs.getUnicodeCmapLookup();
    }

    static Typeface load(PDDocument document, String resource) throws IOException {
        try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the font " + resource + " is not on the class path");
            }
            TrueTypeFont glyphs = new TTFParser(true).parse(new RandomAccessReadBuffer(in));
            // Ligatures would make text that is measured here and drawn there differ in width.
            glyphs.setEnableGsub(false);
            return new Typeface(PDType0Font.load(document, glyphs, true), glyphs);
        }
    }

    PDFont font() {
        return font;
    }

    /**
     * {@code text} in letters that the font has; any other character as its code point in brackets, never as an empty
     * box.
     */
    String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(character -> {
            if (shows(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(String.format(Locale.ROOT, "[U+%04X]", behindPicture(character)));
            }
        });
        return printable.toString();
    }

    /**
     * What acts on a screen instead of having a shape, such as a direction mark, is no letter even where the font has
     * something for it.
     */
    private boolean shows(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> characters.getGlyphId(character) != 0;
        };
    }

    /** A picture of a control character replaces that character. */
    private static int behindPicture(int character) {
        if (character == DELETE_PICTURE) {
            return 0x7f;
        }
        return character >= CONTROL_PICTURES && character < DELETE_PICTURE ? character - CONTROL_PICTURES : character;
    }

    /** Of printable text. */
    float width(String text, float size) {
        int units = text.codePoints().map(this::advance).sum();
        return units * size / unitsPerEm();
    }

    private int advance(int character) {
        try {
            return glyphs.getAdvanceWidth(characters.getGlyphId(character));
        } catch (IOException e) {
            throw new IllegalStateException("the font was read whole", e);
        }
    }

    private int unitsPerEm() {
        try {
            return glyphs.getUnitsPerEm();
        } catch (IOException e) {
            throw new IllegalStateException("the font was read whole", e);
        }
    }

    /** Lines of at most {@code width}, broken at spaces, a longer word in itself; at least one. */
    List<String> wrap(String text, float size, float width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : SPACES.split(printable(text).strip(), -1)) {
            String rest = word;
            String joined = line.isEmpty() ? rest : line + " " + rest;
            if (width(joined, size) <= width) {
                line.setLength(0);
                line.append(joined);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(rest, size) > width) {
                String head = rest.substring(0, seam(rest, size, width));
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * Where a word that is too long breaks: behind the last seam that fits, else behind the last character that fits.
     */
    private int seam(String word, float size, float width) {
        int end = 0;
        int seam = 0;
        float used = 0;
        while (end < word.length()) {
            int character = word.codePointAt(end);
            used += advance(character) * size / unitsPerEm();
            if (used > width) {
                break;
            }
            end += Character.charCount(character);
            if (SEAMS.indexOf(character) >= 0) {
                seam = end;
            }
        }
        int whole = Math.max(end, Character.charCount(word.codePointAt(0)));
        return seam > whole / 2 ? seam : whole;
    }
}
