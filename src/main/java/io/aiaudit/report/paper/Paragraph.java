package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * Running text.
 *
 * @param before room above it
 * @param together whether it is kept on the page of what follows, as a sentence that introduces a table
 */
public record Paragraph(String text, TextStyle style, float before, boolean together) implements Block {
    public static Paragraph of(String text) {
        return new Paragraph(text, TextStyle.BODY, 5, false);
    }

    public static Paragraph lead(String text) {
        return new Paragraph(text, TextStyle.LEAD, 7, false);
    }

    public static Paragraph note(String text) {
        return new Paragraph(text, TextStyle.NOTE, 4, false);
    }

    /** Introduces what comes next and stays with it. */
    public static Paragraph before(String text) {
        return new Paragraph(text, TextStyle.BODY, 5, true);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        return lines(faces, left, width, parent.child("P"));
    }

    /** With its lines under a tag that is there already. */
    List<Piece> lines(Typefaces faces, float left, float width, Tag tag) {
        List<Piece> lines = new ArrayList<>();
        for (String line : faces.wrap(text, style, width)) {
            lines.add(Piece.of(
                    lines.isEmpty() ? before : 0,
                    style.leading(),
                    (sheet, top) -> sheet.tagged(tag, () -> sheet.text(line, style, left, top))));
        }
        List<Piece> pieces = new ArrayList<>(Piece.withoutOrphans(lines));
        if (together) {
            pieces.replaceAll(Piece::withNext);
        }
        return pieces;
    }
}
