package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each leaf has of what everything costs a month: its part of the bill as a whole month of it, and what it costs
 * beside the bill. They add up to the total, which the monthly costs of the resources alone do not: a short life is not
 * scaled up, resources that follow each other cost what one of them does, and what is listed may be in the bill of a
 * service.
 */
final class MonthlyShares {
    private final Map<String, BigDecimal> beside = new HashMap<>();
    private final Map<String, BigDecimal> whole = new HashMap<>();

    MonthlyShares(List<LeafCost> leaves, Map<String, Spend> spend, Fleets fleets) {
        // The bill of an account is complete: a machine that it does not name is in the money of its service.
        Set<String> inBill = new ListedInBill(leaves, spend).ids();
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            Spend cost = spend.get(id);
            if (leaf.parts().isEmpty()) {
                if (cost.basis() == CostBasis.LIST && cost.monthlyCost() != null) {
                    BigDecimal listed = inBill.contains(id) ? BigDecimal.ZERO : cost.monthlyCost();
                    beside.put(id, listed);
                    whole.put(id, listed);
                }
            } else {
                BigDecimal beyond = beyondWindow(leaf, cost, fleets);
                beside.put(id, pricedBesideTheBill(leaf).add(beyond));
                whole.put(id, inMonthOfBill(leaf).add(beyond));
            }
        }
    }

    /** Zero where the bill has all of it, and where nothing is known. */
    BigDecimal besideTheBill(String id) {
        return beside.getOrDefault(id, BigDecimal.ZERO);
    }

    /** With what the bill has of it; null where it has no price. */
    BigDecimal of(String id) {
        return whole.get(id);
    }

    /** What was paid for a commitment is counted on what used it. */
    private static BigDecimal inMonthOfBill(LeafCost leaf) {
        Window bill = leaf.course() == null || leaf.course().wholeBill() == null
                ? leaf.billed()
                : leaf.course().wholeBill();
        return bill == null
                ? BigDecimal.ZERO
                : WholeMonth.of(leaf.inWindow().subtract(leaf.paidForUsers()), bill.exactHours());
    }

    /**
     * What the bill of the window lacks of a whole month of a leaf. Without it the saving on such a leaf could exceed
     * the total. What follows others adds only what these did not cost before.
     */
    private static BigDecimal beyondWindow(LeafCost leaf, Spend spend, Fleets fleets) {
        BigDecimal beyond = WholeMonth.beyondWindow(leaf, spend).multiply(notSpentOnUsers(leaf));
        Fleets.Member member = fleets.member(leaf.resource().resourceId());
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
                : WholeMonth.of(cost, leaf.billed().exactHours());
    }
}
