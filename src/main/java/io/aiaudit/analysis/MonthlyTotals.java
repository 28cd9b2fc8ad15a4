package io.aiaudit.analysis;

import io.aiaudit.model.Component;
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
            if (bill.hours() > 0) {
                all.add(WholeMonth.of(bill.effectiveCost(), bill.hours()));
                ai.add(WholeMonth.of(bill.aiCost(), bill.hours()));
            }
        }
        // The bill of an account is complete: a machine that it does not name is in the money of its service.
        Set<String> inBill = new ListedInBill(leaves, spend).ids();
        List<BigDecimal> listed = leaves.stream()
                .filter(leaf -> leaf.parts().isEmpty()
                        && !inBill.contains(leaf.resource().resourceId()))
                .map(leaf -> spend.get(leaf.resource().resourceId()))
                .filter(cost -> cost.basis() == CostBasis.LIST)
                .map(Spend::monthlyCost)
                .toList();
        all.addAll(listed);
        // What somebody brings an inventory of for this audit is AI.
        ai.addAll(listed);
        for (LeafCost leaf : leaves) {
            BigDecimal more = pricedBesideTheBill(leaf).add(beyondWindow(leaf, spend, fleets));
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
                ? new MonthlyTotals(null, null, null)
                : new MonthlyTotals(
                        Money.toCents(Money.sum(all)),
                        Money.toCents(Money.sum(ai)),
                        runRate(leaves, spend, inBill, fleets));
    }

    /**
     * What all resources, AI or not, cost in the coming month if nothing changes: the sum of their run rates. What
     * comes and goes represents what others of its workload will cost.
     */
    private static BigDecimal runRate(
            List<LeafCost> leaves, Map<String, Spend> spend, Set<String> inBill, Fleets fleets) {
        List<BigDecimal> rates = new ArrayList<>();
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            Spend cost = spend.get(id);
            if (cost == null || cost.monthlyRunRate() == null || inBill.contains(id)) {
                continue;
            }
            Fleets.Member member = fleets.member(id);
            BigDecimal others =
                    member == null ? BigDecimal.ZERO : WholeMonth.billed(leaf).multiply(member.share());
            rates.add(Money.toCents(others.max(cost.monthlyRunRate()).multiply(notPaidInBill(leaf, cost))));
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
        if (leaf.paidInBill().signum() == 0 || covered.signum() <= 0 || rate.signum() <= 0) {
            return BigDecimal.ONE;
        }
        BigDecimal time = spend.runRate().getOrDefault(Component.TIME, BigDecimal.ZERO);
        BigDecimal timeCovered = time.multiply(spend.committedShare());
        BigDecimal othersCovered = leaf.coveredInWindow(component -> component != Component.TIME)
                .multiply(Money.HOURS_PER_MONTH)
                .divide(BigDecimal.valueOf(leaf.billed().hours()), Money.PRECISION)
                .min(rate.subtract(time));
        BigDecimal paid =
                timeCovered.add(othersCovered).multiply(leaf.paidInBill()).divide(covered, Money.PRECISION);
        return BigDecimal.ONE.subtract(paid.divide(rate, Money.PRECISION)).max(BigDecimal.ZERO);
    }

    /**
     * What the bill of the window lacks of a whole month of a leaf. Without it the saving on such a leaf could exceed
     * the total. What follows others adds only what these did not cost before.
     */
    private static BigDecimal beyondWindow(LeafCost leaf, Map<String, Spend> spend, Fleets fleets) {
        String id = leaf.resource().resourceId();
        BigDecimal beyond = WholeMonth.beyondWindow(leaf, spend.get(id)).multiply(notSpentOnUsers(leaf));
        Fleets.Member member = fleets.member(id);
        return member == null ? beyond : beyond.multiply(member.more());
    }

    /**
     * A commitment that began within the window paid for what was paid on demand before it. Its leaf may have nothing
     * else, or less, where it has other rows: of another commitment, given back, or of usage without a price.
     */
    private static BigDecimal notSpentOnUsers(LeafCost leaf) {
        BigDecimal spent = leaf.paidForUsers();
        BigDecimal cost = leaf.inWindow();
        if (spent.signum() == 0) {
            return BigDecimal.ONE;
        }
        return cost == null || cost.compareTo(spent) <= 0
                ? BigDecimal.ZERO
                : BigDecimal.ONE.subtract(spent.divide(cost, Money.PRECISION));
    }

    private static BigDecimal pricedBesideTheBill(LeafCost leaf) {
        BigDecimal cost = leaf.pricedBesideTheBill();
        return leaf.billed() == null || cost.signum() == 0
                ? BigDecimal.ZERO
                : WholeMonth.of(cost, leaf.billed().hours());
    }
}
