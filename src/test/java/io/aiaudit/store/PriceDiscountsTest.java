package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discounts that name no resource, and what they are taken off. */
@Slow
class PriceDiscountsTest {
    private static final String PLAN = "arn:aws:savingsplans::111122223333:savingsplan/plan-1";
    private static final String DISCOUNT = "Enterprise Discount Program";

    @TempDir
    private Path folder;

    private static BillText report() {
        return new BillText(
                "lineItem/LineItemType",
                "Usage",
                "lineItem/UsageStartDate",
                "2026-06-01T00:00:00Z",
                "lineItem/UsageEndDate",
                "2026-06-01T01:00:00Z",
                "bill/PayerAccountId",
                "999922223333",
                "lineItem/UsageAccountId",
                "111122223333",
                "lineItem/CurrencyCode",
                "USD",
                "lineItem/ProductCode",
                "AmazonEC2",
                "lineItem/UsageType",
                "BoxUsage:g5.xlarge");
    }

    private static BillText focus() {
        return new BillText(
                "BillingCurrency",
                "USD",
                "ChargePeriodStart",
                "2026-06-01T00:00:00Z",
                "ChargePeriodEnd",
                "2026-06-01T01:00:00Z",
                "ChargeCategory",
                "Usage",
                "ServiceName",
                "Amazon Elastic Compute Cloud",
                "ProviderName",
                "AWS",
                "BillingAccountId",
                "999922223333",
                "SubAccountId",
                "111122223333");
    }

    private static BillText use(BillText bill, String id, String cost, String... more) {
        return row(bill, cost, "ResourceId", id, more);
    }

    private static BillText discount(BillText bill, String cost, String... more) {
        return row(bill, cost, "ChargeDescription", DISCOUNT, more(more, "ChargeCategory", "Credit"));
    }

    private static BillText row(BillText bill, String cost, String name, String value, String... more) {
        return bill.row(more(more, "BilledCost", cost, "EffectiveCost", cost, name, value));
    }

    private static String[] more(String[] these, String... first) {
        String[] all = Arrays.copyOf(first, first.length + these.length);
        System.arraycopy(these, 0, all, first.length, these.length);
        return all;
    }

    private TestStore store(BillText bill) {
        return TestStore.ofBills(folder, bill.csv(folder, "bill.csv"));
    }

    private static Map<String, String> byResource(TestStore store) {
        return BillSums.loaded(store, "ResourceId");
    }

    @Test
    void a_discount_of_a_report_is_taken_off_the_usage_of_its_meter_and_hour() {
        BillText bill = report().row(
                        "lineItem/ResourceId", "i-0a", "lineItem/UnblendedCost", "10", "product/ProductName", "EC2")
                .row(
                        "lineItem/ResourceId",
                        "i-0b",
                        "lineItem/UnblendedCost",
                        "20",
                        "product/ProductName",
                        "EC2",
                        "lineItem/UsageType",
                        "BoxUsage:g6.xlarge")
                .row(
                        "lineItem/ResourceId",
                        "i-0c",
                        "lineItem/UnblendedCost",
                        "30",
                        "product/ProductName",
                        "EC2",
                        "lineItem/UsageAccountId",
                        "444422223333")
                .row(
                        "lineItem/ResourceId",
                        "i-0d",
                        "lineItem/UnblendedCost",
                        "40",
                        "product/ProductName",
                        "EC2",
                        "lineItem/UsageStartDate",
                        "2026-06-01T01:00:00Z",
                        "lineItem/UsageEndDate",
                        "2026-06-01T02:00:00Z")
                .row("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-1.5")
                .row(
                        "lineItem/LineItemType", "Credit",
                        "lineItem/LineItemDescription", "Welcome",
                        "lineItem/UnblendedCost", "-3");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-4.500000 0.000000"),
                            Map.entry("i-0a", "10.000000 8.500000"),
                            Map.entry("i-0b", "20.000000 20.000000"),
                            Map.entry("i-0c", "30.000000 30.000000"),
                            Map.entry("i-0d", "40.000000 40.000000"));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void net_amounts_have_the_discount_in_them_and_it_is_not_taken_off_again() {
        BillText bill = report().row(
                        "lineItem/ResourceId", "i-0a",
                        "lineItem/UnblendedCost", "10",
                        "lineItem/NetUnblendedCost", "8.5")
                .row(
                        "lineItem/LineItemType", "EdpDiscount",
                        "lineItem/UnblendedCost", "-1.5",
                        "lineItem/NetUnblendedCost", "0");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "0.000000 0.000000"), Map.entry("i-0a", "8.500000 8.500000"));
        }
    }

    @Test
    void a_discount_of_a_month_is_shared_by_what_each_use_of_its_service_costs() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "i-0b", "5", "ChargePeriodStart", "2026-06-20", "ChargePeriodEnd", "2026-06-21");
        use(bill, "db-1", "100", "ServiceName", "Amazon Relational Database Service");
        discount(bill, "-1", "ChargePeriodEnd", "2026-07-01");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-1.000000 0.000000"),
                            Map.entry("db-1", "100.000000 100.000000"),
                            Map.entry("i-0a", "10.000000 9.333333"),
                            Map.entry("i-0b", "5.000000 4.666667"));
            assertThat(BillSums.one(store, "SELECT sum(cost) FROM charges")).isEqualTo("114");
            assertThat(BillSums.one(store, "SELECT sum(cost) FROM charges WHERE ResourceId IS NULL"))
                    .isEqualTo("0");
        }
    }

    @Test
    void what_names_nothing_that_is_used_stays_with_its_account_and_is_a_warning() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-2", "ServiceName", DISCOUNT);
        discount(bill, "-1", "SubAccountId", "444422223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-3.000000 -3.000000"), Map.entry("i-0a", "10.000000 10.000000"));
            assertThat(store.scan().warnings())
                    .contains("aws: 3.00 USD of price discounts (2 rows) could not be assigned to usage in the bill and"
                            + " stays with its account. Savings on what it lowers may be too high by as much.");
        }
    }

    @Test
    void a_discount_of_the_payer_is_of_the_use_of_all_its_accounts() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "i-0b", "30", "SubAccountId", "444422223333");
        use(bill, "i-0c", "30", "BillingAccountId", "888822223333", "SubAccountId", "555522223333");
        discount(bill, "-4", "SubAccountId", "999922223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-4.000000 0.000000"),
                            Map.entry("i-0a", "10.000000 9.000000"),
                            Map.entry("i-0b", "30.000000 27.000000"),
                            Map.entry("i-0c", "30.000000 30.000000"));
        }
    }

    @Test
    void credits_that_are_money_refunds_corrections_and_tax_are_not_shared() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        row(bill, "-1", "ChargeDescription", "Welcome credit", "ChargeCategory", "Credit");
        row(bill, "-1", "ChargeDescription", "Refund for an outage", "ChargeCategory", "Credit");
        row(bill, "-1", "ChargeDescription", "VAT", "ChargeCategory", "Tax");
        row(bill, "-1", "ChargeDescription", "Adjustment", "ChargeCategory", "Adjustment");
        discount(bill, "-1", "ChargeClass", "Correction");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store)).containsEntry("i-0a", "10.000000 10.000000");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void a_negative_row_of_usage_that_names_a_price_is_a_discount_and_a_positive_one_is_use() {
        BillText bill = focus();
        use(bill, "i-0a", "10", "ChargeDescription", "Hours at private pricing");
        row(bill, "-1", "ChargeDescription", DISCOUNT);
        row(bill, "-1", "ChargeDescription", "Hours taken back");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-2.000000 -1.000000"), Map.entry("i-0a", "10.000000 9.000000"));
        }
    }

    @Test
    void no_use_costs_less_than_nothing() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-8");
        discount(bill, "-4", "RegionId", "us-east-1");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-12.000000 -2.000000"), Map.entry("i-0a", "10.000000 0.000000"));
            assertThat(store.scan().warnings())
                    .anyMatch(warning -> warning.startsWith("aws: 2.00 USD of price discounts"));
        }
    }

    @Test
    void without_an_effective_cost_it_is_taken_off_the_billed_one() {
        BillText bill = focus().row("BilledCost", "10", "ResourceId", "i-0a")
                .row("BilledCost", "-1", "ChargeCategory", "Credit", "ChargeDescription", DISCOUNT);
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "0.000000 0.000000"), Map.entry("i-0a", "9.000000 9.000000"));
        }
    }

    @Test
    void use_with_a_discount_of_its_own_or_under_a_commitment_comes_second() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-1", "ResourceId", "i-0a");
        use(bill, "i-0b", "10", "CommitmentDiscountStatus", "Used", "CommitmentDiscountId", PLAN);
        use(bill, "i-0c", "10");
        discount(bill, "-1");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-1.000000 0.000000"),
                            Map.entry("i-0a", "9.000000 9.000000"),
                            Map.entry("i-0b", "10.000000 10.000000"),
                            Map.entry("i-0c", "10.000000 9.000000"));
        }
    }

    @Test
    void a_discount_on_a_commitment_lowers_what_it_covers() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "i-0b", "10", "CommitmentDiscountStatus", "Used", "CommitmentDiscountId", PLAN);
        discount(bill, "-1", "ServiceName", "Savings Plans for AWS Compute usage", "CommitmentDiscountId", PLAN);
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-1.000000 0.000000"),
                            Map.entry("i-0a", "10.000000 10.000000"),
                            Map.entry("i-0b", "10.000000 9.000000"));
        }
    }

    @Test
    void a_discount_by_the_hour_is_of_use_that_is_billed_by_the_day() {
        BillText bill = focus();
        use(bill, "i-0a", "24", "ChargePeriodEnd", "2026-06-02T00:00:00Z");
        for (int hour = 0; hour < 24; hour++) {
            discount(
                    bill,
                    "-0.1",
                    "ChargePeriodStart",
                    "2026-06-01T%02d:00:00Z".formatted(hour),
                    "ChargePeriodEnd",
                    "2026-06-01T%02d:59:59Z".formatted(hour));
        }
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-2.400000 0.000000"), Map.entry("i-0a", "24.000000 21.600000"));
        }
    }
}
