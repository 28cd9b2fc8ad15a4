package io.aiaudit.store;

import java.util.List;

/**
 * What of a dialect differs from row to row.
 *
 * @param differing columns of the file, in lower case under all names that they have; everything else is taken to be
 * common to many rows, which costs time where it is not
 * @param decided texts of a charge that follow from these columns; {@code BillRowsTest} holds that no other does
 * @param identified true when rows have ids, so that two with the same id and the same whole text are one
 */
record DifferingColumns(List<String> differing, List<String> decided, boolean identified) {
    static final DifferingColumns NONE = new DifferingColumns(List.of(), List.of(), false);

    /** Without a column that says so the amounts show what a commitment covers. */
    static final DifferingColumns FOCUS = new DifferingColumns(
            List.of(
                    "billedcost",
                    "effectivecost",
                    "listcost",
                    "contractedcost",
                    "chargeperiodstart",
                    "chargeperiodend",
                    "consumedquantity",
                    "pricingquantity"),
            List.of("CommitmentDiscountStatus"),
            false);

    static final DifferingColumns CUR = new DifferingColumns(
            List.of(
                    "identity_line_item_id",
                    "identity_time_interval",
                    "line_item_usage_start_date",
                    "line_item_usage_end_date",
                    "line_item_usage_amount",
                    "line_item_normalized_usage_amount",
                    "line_item_unblended_cost",
                    "line_item_net_unblended_cost",
                    "line_item_blended_cost",
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
                    "reservation_amortized_upfront_cost_for_usage",
                    "reservation_net_amortized_upfront_cost_for_usage",
                    "reservation_recurring_fee_for_usage",
                    "reservation_net_recurring_fee_for_usage",
                    "reservation_amortized_upfront_fee_for_billing_period",
                    "reservation_net_amortized_upfront_fee_for_billing_period",
                    "reservation_unused_amortized_upfront_fee_for_billing_period",
                    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
                    "reservation_unused_recurring_fee",
                    "reservation_net_unused_recurring_fee",
                    "discount",
                    "discount_total_discount",
                    "discount_bundled_discount",
                    "split_line_item_actual_usage",
                    "split_line_item_reserved_usage",
                    "split_line_item_split_usage",
                    "split_line_item_split_usage_ratio",
                    "split_line_item_split_cost",
                    "split_line_item_unused_cost",
                    "split_line_item_net_split_cost",
                    "split_line_item_net_unused_cost"),
            List.of(),
            true);

    /** A price below the negotiated one leaves open under which it ran. */
    static final DifferingColumns AZURE = new DifferingColumns(
            List.of(
                    "date",
                    "usagedatetime",
                    "usagedate",
                    "cost",
                    "costinbillingcurrency",
                    "pretaxcost",
                    "quantity",
                    "usagequantity",
                    "effectiveprice",
                    "resourcerate",
                    "paygcostinbillingcurrency"),
            List.of("PricingCategory", "CommitmentDiscountStatus"),
            false);

    /** Credits decide what a row is, and some become a charge of their own. */
    static final DifferingColumns GCP = new DifferingColumns(
            List.of(
                    "cost",
                    "cost_at_list",
                    "credits",
                    "usage_start_time",
                    "usage_end_time",
                    "usage_amount",
                    "usage.amount",
                    "usage_amount_in_pricing_units",
                    "usage.amount_in_pricing_units"),
            List.of(
                    "ChargeCategory",
                    "PricingCategory",
                    "CommitmentDiscountId",
                    "CommitmentDiscountType",
                    "CommitmentDiscountStatus",
                    "charge_kind",
                    "discounted_for_sustained_use"),
            false);
}
