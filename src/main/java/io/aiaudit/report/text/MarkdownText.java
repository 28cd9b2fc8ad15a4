package io.aiaudit.report.text;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text from clouds and files in Markdown. A word that a renderer could take for markup, a link, a mention or a
 * reference to an issue becomes code, where none of them works; all else stays as it is, so that it reads well in a
 * chat or a mail, too.
 */
public final class MarkdownText {
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}.,;:%'\"()/$€£+=?!…–-]*");
    private static final Pattern LINK = Pattern.compile("(?i)://|www\\.|^GH-");
    private static final Pattern PUNCTUATION_AROUND = Pattern.compile("(?s)([(\"']*)(.*?)([.,;:)\"'?!]*)");
    /** Apart from the text around it, so that its backticks never meet others. */
    private static final Pattern OWN_CODE = Pattern.compile("(?<![^ (])`([^`]+)`(?=[.,;:)!?]*(?: |$))");

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private MarkdownText() {}

    /**
     * A sentence on one line; what is code in it stays code. It is never at the start of a line, where a dash or a
     * number would start a list.
     */
    public static String sentence(String text) {
        String shown = VisibleText.of(text);
        StringBuilder markdown = new StringBuilder();
        int from = 0;
        Matcher code = OWN_CODE.matcher(shown);
        while (code.find()) {
            markdown.append(words(shown.substring(from, code.start()))).append(code(code.group(1)));
            from = code.end();
        }
        return markdown.append(words(shown.substring(from))).toString();
    }

    private static String words(String text) {
        return Arrays.stream(text.split(" ", -1)).map(MarkdownText::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        if (PLAIN_WORD.matcher(word).matches() && !LINK.matcher(word).find()) {
            return word;
        }
        Matcher parts = PUNCTUATION_AROUND.matcher(word);
        return parts.matches() && !parts.group(2).isEmpty()
                ? parts.group(1) + code(parts.group(2)) + parts.group(3)
                : code(word);
    }

    /** A name as code, between more backticks than it has in a row itself. */
    public static String code(String text) {
        String shown = VisibleText.of(text);
        String fence = fence(shown, 1);
        boolean padded = shown.isBlank() || shown.startsWith("`") || shown.endsWith("`");
        return padded ? fence + " " + shown + " " + fence : fence + shown + fence;
    }

    /** Lines to paste, in a block that none of them can end. */
    public static String block(String language, List<String> lines) {
        String text = lines.stream().map(VisibleText::of).collect(Collectors.joining("\n"));
        String fence = fence(text, 3);
        return fence + language + "\n" + text + "\n" + fence + "\n";
    }

    private static String fence(String text, int least) {
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.group().length())
                .max()
                .orElse(0);
        return "`".repeat(Math.max(least, longest + 1));
    }

    /** A row of a table; the cells are Markdown already. */
    public static String row(String... cells) {
        return Arrays.stream(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"))
                + "\n";
    }

    /** The head of a table, whose first columns hold amounts. */
    public static String head(int amounts, String... cells) {
        StringBuilder line = new StringBuilder("|");
        for (int index = 0; index < cells.length; index++) {
            line.append(index < amounts ? "---:|" : "---|");
        }
        return row(cells) + line + "\n";
    }
}
