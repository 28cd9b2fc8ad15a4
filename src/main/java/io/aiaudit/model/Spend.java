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
 * @param committedShareOff for a schedule, as the target of a finding writes it, the share (0..1) under a commitment of the time cost of the hours that it takes away;
 *     only where the bill is hourly
 * @param timeLeft share (0..1) of the time cost that is left by the savings of the first pass that count or wait for an answer; 1 before that
 * @param gone true when the resource no longer exists at the window's end, so that nothing is left to save
 */
public record Spend(
        String resourceId,
        Map<Component, BigDecimal> byComponent,
        CostBasis basis,
        BigDecimal hours,
        BigDecimal committedShare,
        Map<String, BigDecimal> committedShareOff,
        BigDecimal timeLeft,
        boolean gone) {
    public Spend(
            String resourceId,
            Map<Component, BigDecimal> byComponent,
            CostBasis basis,
            BigDecimal hours,
            BigDecimal committedShare,
            boolean gone) {
        this(resourceId, byComponent, basis, hours, committedShare, Map.of(), BigDecimal.ONE, gone);
    }

    public Spend {
        committedShareOff = Map.copyOf(committedShareOff);
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

    /** The same, knowing what lies under a commitment in the hours that these schedules take away. */
    public Spend withCommittedShareOff(Map<String, BigDecimal> shares) {
        return new Spend(resourceId, byComponent, basis, hours, committedShare, shares, timeLeft, gone);
    }

    /** The same, of whose time the savings of the first pass leave this share. */
    public Spend withTimeLeft(BigDecimal share) {
        return new Spend(resourceId, byComponent, basis, hours, committedShare, committedShareOff, share, gone);
    }

    public BigDecimal cost(Component component) {
        return byComponent.getOrDefault(component, BigDecimal.ZERO);
    }
}
