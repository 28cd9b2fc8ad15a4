package io.aiaudit.savings;

import io.aiaudit.model.Lever;

/**
 * Levers that do the same thing to one resource, so that only one of them can count; in the order in which savings are
 * taken off.
 */
enum Group {
    ELIMINATE,
    REPLACE,
    TIME,
    SIZE,
    RATE,
    ROUTE,
    CACHE,
    BATCH;

    static Group of(Lever lever) {
        return switch (lever) {
            case ELIMINATE -> ELIMINATE;
            case REPLACE -> REPLACE;
            case SCHEDULE, AUTOSCALE -> TIME;
            case RESIZE -> SIZE;
            case RATE, COMMIT -> RATE;
            case ROUTE -> ROUTE;
            case CACHE -> CACHE;
            case BATCH -> BATCH;
            case GOVERN -> throw new IllegalArgumentException("a governance finding has no savings group");
        };
    }
}
