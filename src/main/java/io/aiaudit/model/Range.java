package io.aiaudit.model;

import java.math.BigDecimal;

/** An amount per month in three scenarios, in cents: low <= likely <= high. */
public record Range(BigDecimal low, BigDecimal likely, BigDecimal high) {
    public static final Range NOTHING = new Range(Money.NOTHING, Money.NOTHING, Money.NOTHING);

    public Range plus(Range other) {
        return new Range(low.add(other.low), likely.add(other.likely), high.add(other.high));
    }
}
