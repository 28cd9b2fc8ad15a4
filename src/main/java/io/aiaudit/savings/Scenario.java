package io.aiaudit.savings;

import io.aiaudit.model.Range;
import java.math.BigDecimal;
import java.util.function.Function;

/** The three ways a fix may turn out; {@code LOW} is the smallest saving. */
enum Scenario {
    LOW,
    LIKELY,
    HIGH;

    static Range range(Function<Scenario, BigDecimal> amount) {
        return new Range(amount.apply(LOW), amount.apply(LIKELY), amount.apply(HIGH));
    }
}
