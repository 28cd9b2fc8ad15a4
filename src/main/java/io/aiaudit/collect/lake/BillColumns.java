package io.aiaudit.collect.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a kind of bill that are read of it, cut into what is added up and what distinguishes rows; a column
 * that would make every row distinct is left out. The names are those of the store's dialects, and a test holds the two
 * together.
 *
 * @param from begin of a charge
 * @param to end of a charge
 * @param marked columns that would make every row distinct by amounts in them, with the pattern of the word that is
 * read of each
 * @param kind column whose values {@code exact} keep their periods: amounts of such rows are shares of each other and
 * must not be added up over hours
 */
public record BillColumns(
        String from,
        String to,
        List<String> texts,
        List<String> prefixes,
        List<String> amounts,
        Map<String, String> marked,
        List<String> leftOut,
        Optional<String> kind,
        Set<String> exact) {
    public static final BillColumns FOCUS = new BillColumns(
            "ChargePeriodStart",
            "ChargePeriodEnd",
            List.of(
                    "BillingCurrency",
                    "BillingPeriodStart",
                    "BillingPeriodEnd",
                    "ChargeCategory",
                    "ChargeClass",
                    "ChargeFrequency",
                    "ChargeDescription",
                    "PricingCategory",
                    "ProviderName",
                    "ServiceProviderName",
                    "PublisherName",
                    "InvoiceIssuerName",
                    "BillingAccountId",
                    "BillingAccountName",
                    "SubAccountId",
                    "SubAccountName",
                    "RegionId",
                    "RegionName",
                    "ServiceName",
                    "ServiceCategory",
                    "ServiceSubcategory",
                    "SkuId",
                    "SkuPriceId",
                    "SkuMeter",
                    "SkuPriceDetails",
                    "ResourceId",
                    "ResourceName",
                    "ResourceType",
                    "ConsumedUnit",
                    "PricingUnit",
                    "ListUnitPrice",
                    "ContractedUnitPrice",
                    "CommitmentDiscountId",
                    "CommitmentDiscountName",
                    "CommitmentDiscountType",
                    "CommitmentDiscountCategory",
                    "CommitmentDiscountStatus",
                    "CapacityReservationId",
                    "CapacityReservationStatus",
                    "Tags"),
            List.of(),
            List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ConsumedQuantity", "PricingQuantity"),
            Map.of("x_Credits", "(?i)sustained[-_ ]us(e|age)"),
            List.of(),
            Optional.empty(),
            Set.of());

    public static final BillColumns COST_AND_USAGE = new BillColumns(
            "line_item_usage_start_date",
            "line_item_usage_end_date",
            List.of(
                    "line_item_line_item_type",
                    "line_item_currency_code",
                    "bill_billing_period_start_date",
                    "bill_billing_period_end_date",
                    "bill_billing_entity",
                    "bill_invoicing_entity",
                    "bill_payer_account_id",
                    "bill_payer_account_name",
                    "line_item_legal_entity",
                    "line_item_usage_account_id",
                    "line_item_usage_account_name",
                    "line_item_product_code",
                    "line_item_usage_type",
                    "line_item_operation",
                    "line_item_line_item_description",
                    "line_item_resource_id",
                    "line_item_availability_zone",
                    "split_line_item_parent_resource_id",
                    "pricing_unit",
                    "pricing_term",
                    "pricing_public_on_demand_rate",
                    "pricing_rate_code",
                    "product",
                    "product_product_name",
                    "product_product_family",
                    "product_servicecode",
                    "product_sku",
                    "product_instance_type",
                    "product_region",
                    "product_region_code",
                    "savings_plan_savings_plan_a_r_n",
                    "savings_plan_offering_type",
                    "reservation_reservation_a_r_n"),
            List.of("resource_tags"),
            List.of(
                    "line_item_unblended_cost",
                    "line_item_net_unblended_cost",
                    "line_item_usage_amount",
                    "pricing_public_on_demand_cost",
                    "savings_plan_savings_plan_effective_cost",
                    "savings_plan_net_savings_plan_effective_cost",
                    "savings_plan_total_commitment_to_date",
                    "savings_plan_used_commitment",
                    "savings_plan_recurring_commitment_for_billing_period",
                    "savings_plan_net_recurring_commitment_for_billing_period",
                    "savings_plan_amortized_upfront_commitment_for_billing_period",
                    "savings_plan_net_amortized_upfront_commitment_for_billing_period",
                    "reservation_effective_cost",
                    "reservation_net_effective_cost",
                    "reservation_amortized_upfront_fee_for_billing_period",
                    "reservation_net_amortized_upfront_fee_for_billing_period",
                    "reservation_unused_amortized_upfront_fee_for_billing_period",
                    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
                    "reservation_unused_recurring_fee",
                    "reservation_net_unused_recurring_fee"),
            Map.of(),
            List.of("identity_line_item_id"),
            Optional.of("line_item_line_item_type"),
            Set.of("Fee", "RIFee", "SavingsPlanUpfrontFee", "SavingsPlanRecurringFee"));

    public BillColumns {
        texts = List.copyOf(texts);
        prefixes = List.copyOf(prefixes);
        amounts = List.copyOf(amounts);
        marked = Map.copyOf(marked);
        leftOut = List.copyOf(leftOut);
        exact = Set.copyOf(exact);
    }

    /**
     * The kind of bill that a table with these columns, in small letters, is; empty for none that has periods and
     * costs.
     */
    public static Optional<BillColumns> of(Set<String> table) {
        return Stream.of(FOCUS, COST_AND_USAGE)
                .filter(kind -> Stream.of(kind.from(), kind.to(), kind.amounts().get(0))
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .allMatch(table::contains))
                .findFirst();
    }

    /** Those of the texts and marked columns that a table has, by what it calls them: all with a prefix, too. */
    List<String> textsOf(Map<String, String> table) {
        List<String> found = new ArrayList<>(
                Stream.concat(texts.stream(), marked.keySet().stream().sorted())
                        .filter(name -> table.containsKey(name.toLowerCase(Locale.ROOT)))
                        .toList());
        table.keySet().stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .sorted()
                .forEach(found::add);
        return found;
    }

    List<String> amountsOf(Map<String, String> table) {
        return amounts.stream()
                .filter(name -> table.containsKey(name.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
