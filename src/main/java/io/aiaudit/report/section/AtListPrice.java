package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CostBasis;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the figures of a summary is made of list prices instead of a bill: shown beside them, since possibly nobody
 * paid that.
 */
public final class AtListPrice {
    /** Rounding of many small amounts aside, that is all of it. */
    private static final BigDecimal ALL = new BigDecimal("0.999");

    /** Where no bill covers any of it. */
    public static final String WITHOUT_BILL = "at list prices, without a bill";

    private AtListPrice() {}

    /** Such as {@code at list prices}, or how much of it; empty where a bill covers all of it. */
    public static String saving(Audit audit, Amounts amounts) {
        return audit.totals().saving() == null
                ? ""
                : sentence(
                        audit.totals().savingByBasis().get(CostBasis.LIST.key()),
                        audit.totals().saving().likely(),
                        amounts);
    }

    /** The same of what everything costs a month. */
    public static String allCost(Audit audit, Amounts amounts) {
        List<AuditedResource> priced = audit.resources().stream()
                .filter(resource -> resource.monthlyCost() != null)
                .toList();
        // Of an account with a bill all money is in that bill, also that of machines it does not name.
        Set<String> billed = priced.stream()
                .filter(resource -> resource.costBasis() != CostBasis.LIST && resource.accountId() != null)
                .map(AtListPrice::account)
                .collect(Collectors.toSet());
        BigDecimal listed = priced.stream()
                .filter(resource -> resource.costBasis() == CostBasis.LIST && !billed.contains(account(resource)))
                .map(AuditedResource::monthlyCost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sentence(listed, audit.totals().monthlyCost(), amounts);
    }

    private static String account(AuditedResource resource) {
        return resource.provider() + " " + resource.accountId();
    }

    private static String sentence(BigDecimal listed, BigDecimal all, Amounts amounts) {
        if (listed == null || all == null || listed.signum() <= 0) {
            return "";
        }
        return listed.compareTo(all.multiply(ALL)) >= 0
                ? WITHOUT_BILL
                : amounts.money(listed) + " of it at list prices";
    }
}
