package io.aiaudit.store;

/** The disk is full: no fault of a file or a source, and nothing can go on. */
public final class StoreFull extends StoreException {
    private static final long serialVersionUID = 1L;

    StoreFull(Throwable cause) {
        super("no space left on device", cause);
    }

    /** What the system says, by whatever it passed. */
    static boolean isMeantBy(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("No space left on device");
    }
}
