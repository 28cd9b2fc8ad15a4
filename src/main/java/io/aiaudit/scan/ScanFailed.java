package io.aiaudit.scan;

/** The machine did not let the scan come to its end: the disk is full, or memory is short. */
public final class ScanFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScanFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
