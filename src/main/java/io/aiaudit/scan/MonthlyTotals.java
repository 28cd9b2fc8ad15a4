package io.aiaudit.scan;

import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.store.WindowCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What everything costs a month, in cents: each provider's bill in the window x 730 / hours of the window that it covers, and for a provider without a bill the list
 * price of its resources. Null when nothing has a price.
 */
record MonthlyTotals(BigDecimal all, BigDecimal ai) {
    static MonthlyTotals of(List<WindowCost> bills, Collection<Resource> resources, Map<String, Spend> spend) {
        Set<String> billed = new HashSet<>();
        List<BigDecimal> all = new ArrayList<>();
        List<BigDecimal> ai = new ArrayList<>();
        for (WindowCost bill : bills) {
            if (bill.hours() > 0) {
                billed.add(bill.provider());
                all.add(monthly(bill.effectiveCost(), bill.hours()));
                ai.add(monthly(bill.aiCost(), bill.hours()));
            }
        }
        List<BigDecimal> listed = resources.stream()
                .filter(resource -> !billed.contains(resource.provider()))
                .map(resource -> spend.get(resource.resourceId()))
                .filter(Objects::nonNull)
                .map(Spend::monthlyCost)
                .filter(Objects::nonNull)
                .toList();
        all.addAll(listed);
        // What somebody brings an inventory of for this audit is AI.
        ai.addAll(listed);
        return all.isEmpty()
                ? new MonthlyTotals(null, null)
                : new MonthlyTotals(Money.toCents(Money.sum(all)), Money.toCents(Money.sum(ai)));
    }

    private static BigDecimal monthly(BigDecimal cost, long hours) {
        return cost.multiply(Money.HOURS_PER_MONTH).divide(BigDecimal.valueOf(hours), Money.PRECISION);
    }
}
