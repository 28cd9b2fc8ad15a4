package io.aiaudit.analysis;

import io.aiaudit.model.Component;
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
 * What everything costs a month, in cents: each provider's bill in the window x 730 / hours of the window that it
 * covers; what leaves that still exist but existed in a part of the window only cost more in a whole month; and the
 * list price of what is in accounts of which there is no bill. Null when nothing has a price.
 */
record MonthlyTotals(BigDecimal all, BigDecimal ai, BigDecimal runRate) {
    static MonthlyTotals of(
            List<WindowCost> bills,
            List<LeafCost> leaves,
            Set<String> aiLeaves,
            Map<String, Spend> spend,
            Fleets fleets) {
        List<BigDecimal> all = new ArrayList<>();
        List<BigDecimal> ai = new ArrayList<>();
        for (WindowCost bill : bills) {
            if (bill.hours().signum() > 0) {
                all.add(WholeMonth.of(bill.effectiveCost(), bill.hours()));
                ai.add(WholeMonth.of(bill.aiCost(), bill.hours()));
            }
        }
        MonthlyShares shares = new MonthlyShares(leaves, spend, fleets);
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            BigDecimal more = shares.besideTheBill(id);
            if (more.signum() != 0) {
                all.add(more);
                // What somebody brings an inventory of for this audit is AI.
                if (leaf.parts().isEmpty() || aiLeaves.contains(id)) {
                    ai.add(more);
                }
            }
        }
        // Machines that do not run have a list price of nothing a month, which says nothing about what is paid for
        // their disks and for the rest.
        boolean nothingListed = bills.stream().noneMatch(bill -> bill.hours().signum() > 0)
                && Money.sum(all).signum() == 0;
        return all.isEmpty() || nothingListed
                ? new MonthlyTotals(null, null, null)
                : new MonthlyTotals(
                        Money.toCents(Money.sum(all)), Money.toCents(Money.sum(ai)), runRate(leaves, spend, fleets));
    }

    /**
     * What all resources, AI or not, cost in the coming month if nothing changes: the sum of their run rates. What
     * comes and goes represents what others of its workload will cost.
     */
    private static BigDecimal runRate(List<LeafCost> leaves, Map<String, Spend> spend, Fleets fleets) {
        List<BigDecimal> rates = new ArrayList<>();
        Set<String> inBill = new ListedInBill(leaves, spend).ids();
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            Spend cost = spend.get(id);
            if (cost == null || cost.monthlyRunRate() == null || inBill.contains(id)) {
                continue;
            }
            Fleets.Member member = fleets.member(id);
            BigDecimal rate = member == null || member.isPartOfBill()
                    ? cost.monthlyRunRate() // below zero where the leaf has discounts or refunds alone
                    : WholeMonth.billed(leaf).multiply(member.share()).max(cost.monthlyRunRate());
            rates.add(Money.toCents(rate.multiply(notPaidInBill(leaf, cost))));
        }
        return Money.sum(rates);
    }

    /**
     * The share of a leaf's run rate that is not in the money of a commitment, whose payments the bill has: where a
     * commitment began to cover it within the window, another one than of its cost.
     */
    private static BigDecimal notPaidInBill(LeafCost leaf, Spend spend) {
        BigDecimal rate = spend.monthlyRunRate();
        BigDecimal covered = leaf.coveredInWindow();
        if (leaf.paidInBill().signum() == 0 || covered.signum() <= 0) {
            return BigDecimal.ONE;
        }
        if (rate.signum() <= 0) { // given back of what the commitment paid, which does not come again
            return BigDecimal.ZERO;
        }
        BigDecimal time = spend.runRate().getOrDefault(Component.TIME, BigDecimal.ZERO);
        BigDecimal timeCovered = time.multiply(spend.committedShare());
        BigDecimal othersCovered = leaf.coveredInWindow(component -> component != Component.TIME)
                .multiply(Money.HOURS_PER_MONTH)
                .divide(leaf.billed().exactHours(), Money.PRECISION)
                .min(rate.subtract(time));
        BigDecimal paid =
                timeCovered.add(othersCovered).multiply(leaf.paidInBill()).divide(covered, Money.PRECISION);
        return BigDecimal.ONE.subtract(paid.divide(rate, Money.PRECISION)).max(BigDecimal.ZERO);
    }
}
