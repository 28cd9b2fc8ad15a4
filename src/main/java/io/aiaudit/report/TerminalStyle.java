package io.aiaudit.report;

/** How wide the terminal is, in columns, and whether it shows colour. */
public record TerminalStyle(int width, boolean colour) {
    /** For files, pipes and terminals that tell nothing about themselves. */
    public static final TerminalStyle PLAIN = new TerminalStyle(80, false);

    private static final int NARROWEST = 60;
    private static final int WIDEST = 160;

    /** A width that tables and sentences can be set in. */
    public TerminalStyle {
        width = Math.max(NARROWEST, Math.min(WIDEST, width));
    }
}
