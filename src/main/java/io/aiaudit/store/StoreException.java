package io.aiaudit.store;

/** The database refused a statement; the message is its first line, without class names. */
public sealed class StoreException extends RuntimeException permits StoreFull, StoreTimeout {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
