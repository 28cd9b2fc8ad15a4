package io.aiaudit.cli;

/** The audit is there, but its report could not be written: the disk is full, or nobody reads the pipe. */
final class ReportNotWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportNotWritten(String message, Throwable cause) {
        super(message, cause);
    }
}
