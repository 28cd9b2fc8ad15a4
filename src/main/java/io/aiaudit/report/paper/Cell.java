package io.aiaudit.report.paper;

/**
 * A cell of a table.
 *
 * @param note a second, quieter text below; empty for none
 * @param swatch a colour before the text, -1 for none
 */
public record Cell(String text, String note, int swatch) {
    static final int NO_SWATCH = -1;

    public static Cell of(String text) {
        return new Cell(text, "", NO_SWATCH);
    }

    public static Cell of(String text, String note) {
        return new Cell(text, note, NO_SWATCH);
    }

    /** With a square in its colour of the drawing. */
    public static Cell coloured(String text, int rgb) {
        return new Cell(text, "", rgb);
    }
}
