package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of one bill that follow each other: deployments of an account, variants of an endpoint, workloads on a node.
 * What one of them begins to cost another, or the rest that no part has, gave up. Nothing of it is past, and no month
 * is more than the bill shows, unless the bill itself rose or fell.
 */
final class FollowingParts {
    private final List<LeafCost> parts = new ArrayList<>();
    private final Map<String, Spend> spend;

    private FollowingParts(Map<String, Spend> spend) {
        this.spend = spend;
    }

    /** By leaf; of the bills only in which a part gave up what another took. */
    static Map<String, Fleets.Member> of(List<LeafCost> leaves, Map<String, Spend> spend) {
        Map<String, FollowingParts> byParent = new HashMap<>();
        for (LeafCost leaf : leaves) {
            Spend cost = spend.get(leaf.resource().resourceId());
            boolean isKnown =
                    leaf.parent() != null && leaf.billed() != null && cost != null && cost.monthlyCost() != null;
            if (isKnown && !leaf.parts().isEmpty()) {
                byParent.computeIfAbsent(leaf.parent().id(), parent -> new FollowingParts(spend))
                        .parts
                        .add(leaf);
            }
        }
        Map<String, Fleets.Member> members = new HashMap<>();
        byParent.values().forEach(bill -> bill.addTo(members));
        return members;
    }

    private void addTo(Map<String, Fleets.Member> members) {
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal rate = BigDecimal.ZERO;
        BigDecimal past = BigDecimal.ZERO;
        BigDecimal beyond = BigDecimal.ZERO;
        for (LeafCost leaf : parts) {
            Spend cost = spend.get(leaf.resource().resourceId());
            billed = billed.add(WholeMonth.billed(leaf));
            rate = rate.add(rate(cost));
            past = past.add(past(leaf, cost));
            beyond = beyond.add(WholeMonth.beyondWindow(leaf, cost));
        }
        BigDecimal rises = rate.subtract(billed).max(BigDecimal.ZERO).min(beyond);
        BigDecimal falls = billed.subtract(rate).max(BigDecimal.ZERO).min(past);
        boolean isBelow = Money.toCents(beyond.subtract(rises)).signum() > 0;
        boolean goesOn = Money.toCents(past.subtract(falls)).signum() > 0;
        if (!isBelow && !goesOn) {
            return;
        }
        Fleets.Member member = new Fleets.Member(
                BigDecimal.ZERO,
                past.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE.subtract(falls.divide(past, Money.PRECISION)),
                beyond.signum() == 0 ? BigDecimal.ONE : rises.divide(beyond, Money.PRECISION),
                parts.size(),
                null,
                null);
        parts.forEach(leaf -> members.put(leaf.resource().resourceId(), member));
    }

    private static BigDecimal rate(Spend cost) {
        return cost.gone() ? BigDecimal.ZERO : cost.monthlyRunRate().max(BigDecimal.ZERO);
    }

    /** As a month, what of the window is over. */
    private static BigDecimal past(LeafCost leaf, Spend cost) {
        BigDecimal monthly = cost.monthlyCost();
        BigDecimal rate = rate(cost);
        return monthly.signum() <= 0 || rate.compareTo(monthly) >= 0
                ? BigDecimal.ZERO
                : WholeMonth.billed(leaf)
                        .multiply(monthly.subtract(rate))
                        .divide(monthly, Money.PRECISION)
                        .max(BigDecimal.ZERO);
    }
}
