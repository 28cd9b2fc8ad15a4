package io.aiaudit.scan;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.store.WindowCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What everything costs a month, in cents: each provider's bill in the window x 730 / hours of the window that it covers; what leaves that still exist but lived in a part of
 * the window only cost more in a whole month; and the list price of what is in accounts of which there is no bill. Null when nothing has a price.
 */
record MonthlyTotals(BigDecimal all, BigDecimal ai) {
    static MonthlyTotals of(
            List<WindowCost> bills, List<LeafCost> leaves, Set<String> aiLeaves, Map<String, Spend> spend) {
        List<BigDecimal> all = new ArrayList<>();
        List<BigDecimal> ai = new ArrayList<>();
        for (WindowCost bill : bills) {
            if (bill.hours() > 0) {
                all.add(monthly(bill.effectiveCost(), bill.hours()));
                ai.add(monthly(bill.aiCost(), bill.hours()));
            }
        }
        // What a bill tells of an account is all of it: a machine that it does not name is in the money of its service.
        Set<String> inBill = new ListedInBill(leaves, spend).ids();
        List<BigDecimal> listed = spend.values().stream()
                .filter(cost -> cost.basis() == CostBasis.LIST && !inBill.contains(cost.resourceId()))
                .map(Spend::monthlyCost)
                .toList();
        all.addAll(listed);
        // What somebody brings an inventory of for this audit is AI.
        ai.addAll(listed);
        for (LeafCost leaf : leaves) {
            BigDecimal more = beyondWindow(leaf, spend.get(leaf.resource().resourceId()));
            if (more.signum() == 0) {
                continue;
            }
            all.add(more);
            if (aiLeaves.contains(leaf.resource().resourceId())) {
                ai.add(more);
            }
        }
        // Machines that do not run have a list price of nothing a month, which says nothing about what is paid for
        // their disks and for the rest.
        boolean nothingListed = bills.stream().noneMatch(bill -> bill.hours() > 0)
                && Money.sum(all).signum() == 0;
        return all.isEmpty() || nothingListed
                ? new MonthlyTotals(null, null)
                : new MonthlyTotals(Money.toCents(Money.sum(all)), Money.toCents(Money.sum(ai)));
    }

    /**
     * What a leaf that still exists costs in a whole month more than its bill in the window shows, since it lived in a part of the window only. Without it the saving on such
     * a leaf could exceed the total.
     */
    private static BigDecimal beyondWindow(LeafCost leaf, Spend spend) {
        if (leaf.parts().isEmpty() || leaf.billed() == null || spend.gone() || spend.monthlyCost() == null) {
            return BigDecimal.ZERO;
        }
        return spend.monthlyCost()
                .subtract(monthly(leaf.inWindow(), leaf.billed().hours()))
                .max(BigDecimal.ZERO);
    }

    private static BigDecimal monthly(BigDecimal cost, long hours) {
        return cost.multiply(Money.HOURS_PER_MONTH).divide(BigDecimal.valueOf(hours), Money.PRECISION);
    }
}
