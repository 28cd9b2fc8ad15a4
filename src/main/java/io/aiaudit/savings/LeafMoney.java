package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * The cost of one leaf per month that findings can take from: {@code gross} as it is, {@code net} without what lies under a commitment and is paid in any case.
 */
record LeafMoney(Map<Component, BigDecimal> gross, Map<Component, BigDecimal> net) {
    static LeafMoney of(Spend spend) {
        Map<Component, BigDecimal> gross = saveable(spend);
        Map<Component, BigDecimal> net = new EnumMap<>(Component.class);
        net.putAll(gross);
        net.computeIfPresent(
                Component.TIME, (component, cost) -> cost.multiply(BigDecimal.ONE.subtract(spend.committedShare())));
        return new LeafMoney(gross, net);
    }

    /** A negative component (a correction) is taken from the others in proportion: nobody saves more than the leaf costs. */
    private static Map<Component, BigDecimal> saveable(Spend spend) {
        Map<Component, BigDecimal> positive = new EnumMap<>(Component.class);
        spend.byComponent().forEach((component, cost) -> {
            if (cost.signum() > 0) {
                positive.put(component, cost);
            }
        });
        BigDecimal sum = Money.sum(positive.values());
        BigDecimal cost = spend.monthlyCost().max(BigDecimal.ZERO);
        if (sum.compareTo(cost) > 0) {
            positive.replaceAll((component, part) -> part.multiply(cost).divide(sum, Money.PRECISION));
        }
        return positive;
    }

    /** What {@code claims} save together of {@code costs}: each component x (1 - product of what remains). */
    static BigDecimal saved(Map<Component, BigDecimal> costs, Collection<Claim> claims, Scenario scenario) {
        BigDecimal saved = BigDecimal.ZERO;
        for (Map.Entry<Component, BigDecimal> cost : costs.entrySet()) {
            BigDecimal remaining = remaining(cost.getKey(), claims, scenario);
            saved = saved.add(cost.getValue().multiply(BigDecimal.ONE.subtract(remaining)));
        }
        return saved;
    }

    static BigDecimal remaining(Component component, Collection<Claim> claims, Scenario scenario) {
        return claims.stream()
                .filter(claim -> claim.finding().saves().contains(component))
                .map(claim -> claim.shares().remaining(scenario))
                .reduce(BigDecimal.ONE, BigDecimal::multiply);
    }
}
