package io.aiaudit.collect.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One row of a bill in the form of FOCUS 1.2 (focus.finops.org); what is not set is empty. */
final class FocusRow {
    static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "CommitmentDiscountCategory",
            "CommitmentDiscountId",
            "CommitmentDiscountStatus",
            "CommitmentDiscountType",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "RegionId",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "ServiceCategory",
            "ServiceName",
            "SkuMeter",
            "SubAccountId",
            "SubAccountName",
            "Tags");

    private static final Map<String, Integer> INDEXES =
            IntStream.range(0, COLUMNS.size()).boxed().collect(Collectors.toMap(COLUMNS::get, Function.identity()));

    private final String[] cells = new String[COLUMNS.size()];

    FocusRow set(String column, String value) {
        cells[INDEXES.get(column)] = value;
        return this;
    }

    FocusRow set(String column, BigDecimal value) {
        return set(column, plain(value));
    }

    /** What the invoice charges, what the use cost with commitments spread, and both by list price. */
    FocusRow costs(BigDecimal billed, BigDecimal effective, BigDecimal list) {
        return set("BilledCost", billed)
                .set("EffectiveCost", effective)
                .set("ContractedCost", list)
                .set("ListCost", list);
    }

    FocusRow quantity(BigDecimal quantity, String unit) {
        return set("ConsumedQuantity", quantity)
                .set("ConsumedUnit", unit)
                .set("PricingQuantity", quantity)
                .set("PricingUnit", unit);
    }

    FocusRow commitment(SavingsPlan plan, String status) {
        return set("CommitmentDiscountCategory", "Spend")
                .set("CommitmentDiscountId", plan.id)
                .set("CommitmentDiscountStatus", status)
                .set("CommitmentDiscountType", plan.type)
                .set("PricingCategory", "Committed");
    }

    BigDecimal billed() {
        return new BigDecimal(cells[INDEXES.get("BilledCost")]);
    }

    List<String> cells() {
        List<String> values = new ArrayList<>(cells.length);
        for (String cell : cells) {
            values.add(cell == null ? "" : cell);
        }
        return values;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
