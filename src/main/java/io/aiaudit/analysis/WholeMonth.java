package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;

/** What the window shows, as a month: cost x 730 / hours that the bill covers. */
final class WholeMonth {
    private WholeMonth() {}

    static BigDecimal of(BigDecimal cost, BigDecimal hours) {
        return cost.multiply(Money.HOURS_PER_MONTH).divide(hours, Money.PRECISION);
    }

    /** Of the cost of a leaf that a bill shows, inside the window. */
    static BigDecimal billed(LeafCost leaf) {
        return of(leaf.inWindow(), leaf.billed().exactHours());
    }

    /**
     * What a leaf that still exists costs in a whole month more than its bill in the window shows, since it existed in
     * a part of the window only.
     */
    static BigDecimal beyondWindow(LeafCost leaf, Spend spend) {
        if (leaf.parts().isEmpty() || leaf.billed() == null || spend.gone() || spend.monthlyCost() == null) {
            return BigDecimal.ZERO;
        }
        return spend.monthlyCost().subtract(billed(leaf)).max(BigDecimal.ZERO);
    }
}
