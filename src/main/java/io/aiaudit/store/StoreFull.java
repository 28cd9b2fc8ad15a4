package io.aiaudit.store;

import io.aiaudit.disk.NotWritten;

/** The disk is full, or a file may not grow any more: no fault of a file or a source, and nothing can go on. */
public final class StoreFull extends StoreException {
    private static final long serialVersionUID = 1L;

    private final boolean overFileSize;

    StoreFull(Throwable cause) {
        super(isOverFileSize(cause) ? "a file would be too large" : "no space left on device", cause);
        this.overFileSize = isOverFileSize(cause);
    }

    /** What the system says, by whatever it passed. */
    static boolean isMeantBy(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("No space left on device") || isOverFileSize(failure);
    }

    private static boolean isOverFileSize(Throwable failure) {
        return NotWritten.isOverFileSize(String.valueOf(failure.getMessage()));
    }

    /** Whether it is not the disk but the limit of this shell on the size of a file. */
    public boolean isOverFileSize() {
        return overFileSize;
    }
}
