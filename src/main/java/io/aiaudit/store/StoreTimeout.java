package io.aiaudit.store;

import java.time.Duration;

/** A query took longer than it may and was stopped. */
public final class StoreTimeout extends StoreException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    StoreTimeout(Duration limit, Throwable cause) {
        super("a query was stopped after " + limit.toSeconds() + " seconds", cause);
        this.limit = limit;
    }

    public Duration limit() {
        return limit;
    }
}
