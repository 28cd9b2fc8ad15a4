package io.aiaudit.report.terminal;

/**
 * What the terminal report has to know beside the audit.
 *
 * @param width of the terminal in columns
 * @param colour whether it shows colour
 * @param check the command that shows what was missing in what was read, to be pasted as it is; null = none is known
 * @param again the command that made the report, to be pasted with further flags; null = it is not known
 * @param save the command that keeps what was read, so that {@code again} requests nothing; null = that is not needed
 * @param details everything instead of one screen
 * @param below lines that follow the report on the same screen
 */
public record TerminalStyle(
        int width, boolean colour, String check, String again, String save, boolean details, int below) {
    /** For files, pipes and terminals of unknown size. */
    public static final TerminalStyle PLAIN = of(80, false);

    private static final int NARROWEST = 60;
    private static final int WIDEST = 160;

    /** A width that tables and sentences can be set in. */
    public TerminalStyle {
        width = Math.max(NARROWEST, Math.min(WIDEST, width));
    }

    public static TerminalStyle of(int width, boolean colour) {
        return new TerminalStyle(width, colour, null, null, null, false, 0);
    }

    public TerminalStyle withCheck(String command) {
        return new TerminalStyle(width, colour, command, again, save, details, below);
    }

    public TerminalStyle withAgain(String command) {
        return new TerminalStyle(width, colour, check, command, save, details, below);
    }

    public TerminalStyle withSave(String command) {
        return new TerminalStyle(width, colour, check, again, command, details, below);
    }

    public TerminalStyle withDetails() {
        return new TerminalStyle(width, colour, check, again, save, true, below);
    }

    /** With so many lines below the report. */
    public TerminalStyle withBelow(int lines) {
        return new TerminalStyle(width, colour, check, again, save, details, lines);
    }
}
