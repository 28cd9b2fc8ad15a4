package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The run rate of one leaf that findings can take from, and the share of its time that lies under a commitment and is
 * paid in any case.
 */
record LeafMoney(Map<Component, BigDecimal> gross, BigDecimal committedShare) {
    static LeafMoney of(Spend spend) {
        return new LeafMoney(saveable(spend), spend.committedShare());
    }

    /**
     * A negative component (a correction) is taken from the others in proportion: nobody saves more than the leaf
     * costs. The last of them is what the others leave, so that together they are that cost to the last digit.
     */
    private static Map<Component, BigDecimal> saveable(Spend spend) {
        Map<Component, BigDecimal> positive = new EnumMap<>(Component.class);
        spend.runRate().forEach((component, cost) -> {
            if (cost.signum() > 0) {
                positive.put(component, cost);
            }
        });
        BigDecimal sum = Money.sum(positive.values());
        BigDecimal cost = spend.monthlyRunRate().max(BigDecimal.ZERO);
        if (sum.compareTo(cost) > 0) {
            BigDecimal left = cost;
            for (Iterator<Map.Entry<Component, BigDecimal>> parts =
                            positive.entrySet().iterator();
                    parts.hasNext(); ) {
                Map.Entry<Component, BigDecimal> part = parts.next();
                BigDecimal scaled = part.getValue().multiply(cost).divide(sum, Money.PRECISION);
                part.setValue(parts.hasNext() ? scaled.min(left) : left);
                left = left.subtract(part.getValue());
            }
        }
        return positive;
    }

    /** What {@code claims} save together: each component x (1 - product of what remains). */
    BigDecimal saved(Collection<Claim> claims, Scenario scenario) {
        return sum(component -> BigDecimal.ONE.subtract(left(component, claims, scenario)));
    }

    /**
     * Which share {@code claims} leave of a component. A new commitment makes nothing cheaper that lies under one
     * already.
     */
    BigDecimal left(Component component, Collection<Claim> claims, Scenario scenario) {
        List<Claim> others = claims.stream()
                .filter(claim -> claim.finding().lever() != Lever.COMMIT)
                .toList();
        BigDecimal left = remaining(component, claims, scenario);
        return component != Component.TIME || others.size() == claims.size()
                ? left
                : left.multiply(BigDecimal.ONE.subtract(committedShare))
                        .add(remaining(component, others, scenario).multiply(committedShare));
    }

    /** The part of it that lies under no commitment; what is paid for a commitment itself is paid until it ends. */
    BigDecimal cash(Collection<Claim> claims, Scenario scenario) {
        return sum(component -> switch (component) {
            case TIME -> cashOfTime(claims, scenario);
            case COMMITMENT -> BigDecimal.ZERO;
            case USAGE, STORAGE, LICENCE -> BigDecimal.ONE.subtract(remaining(component, claims, scenario));
        });
    }

    private BigDecimal sum(Function<Component, BigDecimal> share) {
        return gross.entrySet().stream()
                .map(cost -> cost.getValue().multiply(share.apply(cost.getKey())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** As a share of the cost of time: what is on demand less what of it is left. */
    private BigDecimal cashOfTime(Collection<Claim> claims, Scenario scenario) {
        return onDemand().subtract(onDemandLeft(claims, scenario));
    }

    private BigDecimal onDemand() {
        return BigDecimal.ONE.subtract(committedShare);
    }

    /**
     * What is on demand after these, as a share of the cost of time: each leaves its share of what the ones before it
     * left.
     */
    private BigDecimal onDemandLeft(Collection<Claim> claims, Scenario scenario) {
        BigDecimal onDemand = onDemand();
        BigDecimal left = onDemand;
        for (Claim claim : claims) {
            if (claim.finding().saves().contains(Component.TIME) && onDemand.signum() > 0) {
                BigDecimal cash = claim.cashShare(scenario, onDemand);
                left = cash == null
                        ? left.multiply(claim.shares().remaining(scenario))
                        : left.multiply(onDemand.subtract(cash)).divide(onDemand, Money.PRECISION);
            }
        }
        return left;
    }

    /** The share under a commitment of what {@code claims} leave of the time. */
    BigDecimal committedShareLeft(Collection<Claim> claims) {
        BigDecimal left = left(Component.TIME, claims, Scenario.LIKELY);
        return left.signum() == 0
                ? committedShare
                : BigDecimal.ONE.subtract(onDemandLeft(claims, Scenario.LIKELY).divide(left, Money.PRECISION));
    }

    static BigDecimal remaining(Component component, Collection<Claim> claims, Scenario scenario) {
        return claims.stream()
                .filter(claim -> claim.finding().saves().contains(component))
                .map(claim -> claim.shares().remaining(scenario))
                .reduce(BigDecimal.ONE, BigDecimal::multiply);
    }
}
