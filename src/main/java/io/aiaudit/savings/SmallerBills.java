package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What two bills have in two ways, and nothing shows which of them holds: what was spent is as it counts, and savings
 * are based on the lower cost (docs/adr/0299).
 */
public final class SmallerBills {
    private final Map<String, BigDecimal> shares;

    /** @param shares the lower cost as a share of what counts, by resource */
    public SmallerBills(Map<String, BigDecimal> shares) {
        this.shares = Map.copyOf(shares);
    }

    /**
     * The spend of this leaf with the run rate of the lower bill; that of what it has its cost from, where it has none.
     */
    public Spend applied(LeafCost leaf, Spend spend) {
        BigDecimal share = shares.get(leaf.resource().resourceId());
        if (share == null && leaf.parent() != null) {
            share = shares.get(leaf.parent().id());
        }
        if (share == null) {
            return spend;
        }
        Map<Component, BigDecimal> lower = new EnumMap<>(Component.class);
        for (Map.Entry<Component, BigDecimal> rate : spend.runRate().entrySet()) {
            lower.put(rate.getKey(), rate.getValue().multiply(share, Money.PRECISION));
        }
        return spend.withRunRate(lower, spend.committedShare());
    }
}
