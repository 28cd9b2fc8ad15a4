package io.aiaudit.cli;

/** What a run returns to the shell; the first that applies, in this order. {@link Outcome} has what each means. */
enum ExitCode {
    INTERRUPTED(130),
    /** Java ends with it by itself. */
    TERMINATED(143),
    PIPE_CLOSED(141),
    USAGE(2),
    FAILED(1),
    FINDINGS(3),
    GAPS(4),
    FINE(0);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
