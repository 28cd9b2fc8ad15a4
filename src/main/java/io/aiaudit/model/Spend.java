package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The monthly cost of one leaf, a row of {@code spend}: exact, in the audit's currency, per 730 hours.
 *
 * @param byComponent monthly cost by component; empty when unpriced
 * @param hours machine hours run in the window, null when unknown
 * @param committedShare share (0..1) of the time cost that lies under a commitment
 * @param gone true when the resource no longer exists at the window's end, so that nothing is left to save
 */
public record Spend(
        String resourceId,
        Map<Component, BigDecimal> byComponent,
        CostBasis basis,
        BigDecimal hours,
        BigDecimal committedShare,
        boolean gone) {
    public Spend {
        EnumMap<Component, BigDecimal> copy = new EnumMap<>(Component.class);
        copy.putAll(byComponent);
        byComponent = Collections.unmodifiableMap(copy);
    }

    /** The sum over the components, or null when the cost is unknown. */
    public BigDecimal monthlyCost() {
        return basis == CostBasis.UNPRICED
                ? null
                : byComponent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal cost(Component component) {
        return byComponent.getOrDefault(component, BigDecimal.ZERO);
    }
}
