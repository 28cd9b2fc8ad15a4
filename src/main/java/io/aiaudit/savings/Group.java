package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import java.math.BigDecimal;

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
    ANSWER;

    /** @param timeCost what the leaf pays for its instances, null where that is unknown */
    static Group of(Finding finding, BigDecimal timeCost) {
        return switch (finding.lever()) {
            case ELIMINATE -> ELIMINATE;
            case REPLACE -> REPLACE;
            case SCHEDULE, AUTOSCALE -> TIME;
            case RESIZE -> SIZE;
            case RATE, COMMIT -> RATE;
            case ROUTE -> ROUTE;
            // Fewer requests need fewer instances, as those that scaling counts down from the same peak; and in a batch
            // nothing is read from a cache.
            case CACHE ->
                timeCost != null && timeCost.signum() > 0 && finding.saves().contains(Component.TIME) ? TIME : ANSWER;
            case BATCH -> ANSWER;
            case GOVERN -> throw new IllegalArgumentException("a governance finding has no savings group");
        };
    }
}
