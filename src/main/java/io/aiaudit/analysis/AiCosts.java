package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The dollars that AI cost inside the window, by leaf: what the bill calls AI, and at list price what is in accounts of
 * which there is no bill, as in {@link MonthlyTotals}; and what a bill that names them has no price for.
 */
final class AiCosts {
    private AiCosts() {}

    static Map<String, BigDecimal> byLeaf(
            Map<String, BigDecimal> billed, List<LeafCost> leaves, Map<String, Spend> spend) {
        Map<String, BigDecimal> costs = new TreeMap<>(billed);
        Set<String> inBill = new ListedInBill(leaves, spend).ids();
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            if (spend.get(id).basis() != CostBasis.LIST || inBill.contains(id)) {
                continue;
            }
            if (!leaf.parts().isEmpty()) {
                costs.computeIfPresent(id, (same, cost) -> cost.add(leaf.pricedBesideTheBill()));
            } else if (leaf.listPricePerHour() != null && leaf.hoursRun() != null) {
                costs.merge(id, leaf.listPricePerHour().multiply(leaf.hoursRun()), BigDecimal::add);
            }
        }
        return costs;
    }
}
