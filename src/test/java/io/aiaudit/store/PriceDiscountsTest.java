package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return row(bill, cost, "ResourceId", id, more(more, "ConsumedUnit", "Hrs"));
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

    /** AWS posts the discount of June in its last hour; it is no price of that hour or day. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-01T00:00:00Z, 2026-06-01T01:00:00Z, '', ''",
        "2026-06-15T07:00:00Z, 2026-06-15T08:00:00Z, '', ''",
        "2026-06-30T23:00:00Z, 2026-07-01T00:00:00Z, '', ''",
        "2026-06-30T00:00:00Z, 2026-07-01T00:00:00Z, '', ''",
        "2026-06-30T23:00:00Z, 2026-07-01T00:00:00Z, 2026-06-01, 2026-07-01"
    })
    void a_discount_posted_on_one_day_is_a_price_of_its_month(String start, String end, String from, String to) {
        BillText bill = focus();
        for (int day = 1; day <= 30; day++) {
            use(
                    bill,
                    "i-%02d".formatted(day),
                    "10",
                    "ChargePeriodStart",
                    "2026-06-%02d".formatted(day),
                    "ChargePeriodEnd",
                    day == 30 ? "2026-07-01" : "2026-06-%02d".formatted(day + 1));
        }
        discount(
                bill,
                "-30",
                "ChargePeriodStart",
                start,
                "ChargePeriodEnd",
                end,
                "BillingPeriodStart",
                from,
                "BillingPeriodEnd",
                to);
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("-", "-30.000000 0.000000")
                    .containsEntry("i-01", "10.000000 9.000000")
                    .containsEntry("i-15", "10.000000 9.000000")
                    .containsEntry("i-30", "10.000000 9.000000");
        }
    }

    @Test
    void a_discount_on_most_days_is_a_price_of_each() {
        BillText bill = focus();
        for (int day = 1; day <= 5; day++) {
            String start = "2026-06-0" + day;
            String end = "2026-06-0" + (day + 1);
            use(bill, "i-" + day, "10", "ChargePeriodStart", start, "ChargePeriodEnd", end);
            if (day > 2) {
                discount(bill, "-" + day, "ChargePeriodStart", start, "ChargePeriodEnd", end);
            }
        }
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("i-2", "10.000000 10.000000")
                    .containsEntry("i-3", "10.000000 7.000000")
                    .containsEntry("i-5", "10.000000 5.000000");
        }
    }

    @Test
    void a_discount_on_a_service_without_use_is_taken_off_its_account() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "db-1", "30", "ServiceName", "Amazon Relational Database Service");
        use(bill, "i-0b", "40", "SubAccountId", "444422223333");
        discount(bill, "-2", "ServiceName", DISCOUNT);
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-2.000000 0.000000"),
                            Map.entry("db-1", "30.000000 28.500000"),
                            Map.entry("i-0a", "10.000000 9.500000"),
                            Map.entry("i-0b", "40.000000 40.000000"));
            assertThat(store.scan().warnings()).containsExactly(wider("aws", "2.00", "1 row"));
        }
    }

    @Test
    void a_discount_in_an_account_without_the_service_is_taken_off_the_service_of_its_payer() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "db-1", "30", "ServiceName", "Amazon RDS", "SubAccountId", "444422223333");
        use(bill, "i-0c", "30", "BillingAccountId", "888822223333", "SubAccountId", "555522223333");
        discount(bill, "-1", "SubAccountId", "444422223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-1.000000 0.000000"),
                            Map.entry("db-1", "30.000000 30.000000"),
                            Map.entry("i-0a", "10.000000 9.000000"),
                            Map.entry("i-0c", "30.000000 30.000000"));
        }
    }

    @Test
    void a_bundled_discount_of_a_report_on_a_product_without_use_is_shared_and_a_refund_is_not() {
        BillText bill = report().row(
                        "lineItem/ResourceId", "i-0a", "lineItem/UnblendedCost", "10", "product/ProductName", "EC2")
                .row(
                        "lineItem/LineItemType", "BundledDiscount",
                        "lineItem/ProductCode", "AmazonGlacier",
                        "lineItem/UnblendedCost", "-1.5")
                .row(
                        "lineItem/LineItemType", "Refund",
                        "lineItem/ProductCode", "AmazonGlacier",
                        "lineItem/UnblendedCost", "-3");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-4.500000 0.000000"), Map.entry("i-0a", "10.000000 8.500000"));
            assertThat(store.scan().warnings()).containsExactly(wider("aws", "1.50", "1 row"));
        }
    }

    @Test
    void a_negative_row_of_azure_that_names_a_price_is_shared_and_a_credit_is_not() {
        BillText bill = new BillText(
                "Date", "2026-06-01",
                "BillingCurrency", "USD",
                "SubscriptionId", "aaaaaaaa-0000-0000-0000-000000000001",
                "BillingAccountId", "ba-1",
                "MeterCategory", "Virtual Machines",
                "MeterId", "m-1",
                "ChargeType", "Usage",
                "Quantity", "24",
                "CostInBillingCurrency", "10",
                "ResourceId", "");
        String machine = "/subscriptions/aaaaaaaa-0000-0000-0000-000000000001/resourcegroups/ml/providers/"
                + "microsoft.compute/virtualmachines/lab";
        bill.row("ResourceId", machine)
                .row(
                        "CostInBillingCurrency", "-1",
                        "MeterCategory", "Microsoft Customer Agreement",
                        "SubscriptionId", "bbbbbbbb-0000-0000-0000-000000000001",
                        "Product", "Negotiated discount")
                .row("CostInBillingCurrency", "-2", "ChargeType", "Credit", "Product", "Azure prepayment")
                .row("CostInBillingCurrency", "-4", "ChargeType", "Refund", "Product", "Negotiated discount");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-7.000000 0.000000"), Map.entry(machine, "10.000000 9.000000"));
            assertThat(store.scan().warnings()).contains(wider("azure", "1.00", "1 row"));
        }
    }

    @Test
    void a_negotiated_discount_of_google_in_another_project_is_shared_and_goodwill_is_not() {
        BillText bill = new BillText(
                "billing_account_id", "AAAAAA-BBBBBB-CCCCCC",
                "usage_start_time", "2026-06-01 00:00:00 UTC",
                "usage_end_time", "2026-06-01 01:00:00 UTC",
                "service.description", "Compute Engine",
                "sku.id", "0001-AAAA",
                "sku.description", "A2 Instance Core running in Americas",
                "project.id", "research",
                "currency", "USD",
                "cost", "10",
                "cost_type", "regular",
                "credits", "",
                "resource.global_name", "");
        String machine = "//compute.googleapis.com/projects/research/zones/us-central1-a/instances/1";
        bill.row("resource.global_name", machine)
                .row(
                        "cost", "-1",
                        "project.id", "finance",
                        "sku.id", "0002-AAAA",
                        "sku.description", "Negotiated discount (spending based)")
                .row(
                        "cost", "-2",
                        "cost_type", "adjustment",
                        "project.id", "finance",
                        "adjustment_info.type", "GOODWILL",
                        "sku.description", "Negotiated discount");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-3.000000 0.000000"), Map.entry(machine, "10.000000 9.000000"));
            assertThat(store.scan().warnings()).contains(wider("gcp", "1.00", "1 row"));
        }
    }

    @Test
    void a_discount_on_a_resource_without_that_use_is_taken_off_what_else_there_is() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        use(bill, "i-0b", "2");
        discount(bill, "-1", "ResourceId", "arn:aws:service/edp");
        discount(bill, "-3", "ResourceId", "i-0b");
        row(bill, "-5", "ChargeDescription", "Hours taken back", "ResourceId", "i-0c");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("arn:aws:service/edp", "-1.000000 0.000000"),
                            Map.entry("i-0a", "10.000000 8.000000"),
                            Map.entry("i-0b", "-1.000000 0.000000"),
                            Map.entry("i-0c", "-5.000000 -5.000000"));
        }
    }

    @Test
    void what_is_posted_in_one_hour_is_of_the_month_and_what_is_more_of_the_bill() {
        BillText bill = focus();
        use(bill, "i-0a", "1");
        use(bill, "i-0b", "10", "ChargePeriodStart", "2026-06-20", "ChargePeriodEnd", "2026-06-21");
        use(bill, "i-0c", "20", "ChargePeriodStart", "2026-05-20", "ChargePeriodEnd", "2026-05-21");
        discount(bill, "-3");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-3.000000 0.000000"),
                            Map.entry("i-0a", "1.000000 0.727273"),
                            Map.entry("i-0b", "10.000000 7.272727"),
                            Map.entry("i-0c", "20.000000 20.000000"));
            assertThat(store.scan().warnings()).isEmpty();
        }
        discount(bill, "-9");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("-", "-12.000000 0.000000")
                    .containsEntry("i-0b", "10.000000 0.000000")
                    .containsEntry("i-0c", "20.000000 19.000000");
        }
    }

    @Test
    void what_a_payer_without_use_is_given_stays_with_its_account_and_is_a_warning() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-3", "BillingAccountId", "888822223333", "SubAccountId", "444422223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-3.000000 -3.000000"), Map.entry("i-0a", "10.000000 10.000000"));
            assertThat(store.scan().warnings())
                    .containsExactly("aws: 3.00 USD of price discounts (1 row) is more than all use of its payer in the"
                            + " bill costs, and stays with its account.");
        }
    }

    @Test
    void a_discount_without_a_payer_is_of_the_only_one_or_of_all() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-1", "BillingAccountId", "", "SubAccountId", "");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store)).containsEntry("i-0a", "10.000000 9.000000");
        }
        use(bill, "i-0b", "30", "BillingAccountId", "888822223333", "SubAccountId", "555522223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("i-0a", "10.000000 9.750000")
                    .containsEntry("i-0b", "30.000000 29.250000");
        }
    }

    @Test
    void a_discount_whose_effective_cost_is_empty_is_taken_off_effective_costs() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        bill.row("BilledCost", "-1", "ChargeCategory", "Discount", "ChargeDescription", "Contract");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-1.000000 0.000000"), Map.entry("i-0a", "10.000000 9.000000"));
        }
    }

    /** Each further discount lowers some costs and raises none, in whatever order they come. */
    @Test
    void a_further_discount_raises_no_cost() {
        List<String[]> discounts = List.of(
                new String[] {"-4"},
                new String[] {"-3", "ResourceId", "i-0a"},
                new String[] {"-9", "RegionId", "us-east-1"},
                new String[] {"-2", "ServiceName", DISCOUNT, "ChargePeriodEnd", "2026-07-01"},
                new String[] {"-6", "SubAccountId", "444422223333"},
                new String[] {"-1", "CommitmentDiscountId", PLAN},
                new String[] {"-4", "SubAccountId", "999922223333"},
                new String[] {"-5", "SubAccountId", "999922223333", "ChargePeriodStart", "2026-06-20"},
                new String[] {"-12", "ResourceId", "i-0d", "ServiceName", "Amazon RDS"});
        List<List<String[]>> orders = new ArrayList<>();
        BillText bill = focus();
        for (int seed = 0; seed < 3; seed++) {
            List<String[]> order = new ArrayList<>(discounts);
            Collections.shuffle(order, new Random(seed));
            orders.add(order);
            for (int taken = 0; taken <= order.size(); taken++) {
                payer(bill, seed, taken, order.subList(0, taken));
            }
        }
        Map<String, BigDecimal> costs = costs(bill);
        for (int seed = 0; seed < 3; seed++) {
            List<String[]> order = orders.get(seed);
            for (int taken = 1; taken <= order.size(); taken++) {
                for (String id : List.of("i-0a", "i-0b", "i-0c", "db-1", "i-0e", "i-0f")) {
                    assertThat(costs.get(own(seed, taken, id)))
                            .as(id + " after " + String.join(" ", order.get(taken - 1)))
                            .isNotNegative()
                            .isLessThanOrEqualTo(costs.get(own(seed, taken - 1, id)));
                }
            }
            String last = own(seed, order.size(), "");
            assertThat(costs.entrySet())
                    .filteredOn(cost -> cost.getKey().startsWith(last))
                    .hasSize(6)
                    .allSatisfy(cost -> assertThat(cost.getValue()).isLessThan(BigDecimal.ONE));
        }
    }

    /** The use of one payer and what is taken off it; with accounts, resources and a plan that only it has. */
    private static void payer(BillText bill, int seed, int taken, List<String[]> discounts) {
        List<String[]> uses = List.of(
                new String[] {"i-0a", "10", "RegionId", "us-east-1"},
                new String[] {"i-0b", "3", "CommitmentDiscountStatus", "Used", "CommitmentDiscountId", PLAN},
                new String[] {"i-0c", "7", "ChargePeriodStart", "2026-06-20", "ChargePeriodEnd", "2026-06-21"},
                new String[] {"db-1", "11", "ServiceName", "Amazon RDS", "SubAccountId", "444422223333"},
                new String[] {"i-0e", "5"},
                new String[] {"i-0f", "4", "SubAccountId", "999922223333"});
        String[] accounts = {"BillingAccountId", "999922223333", "SubAccountId", "111122223333"};
        for (String[] use : uses) {
            String[] more = own(seed, taken, more(Arrays.copyOfRange(use, 2, use.length), accounts));
            use(bill, own(seed, taken, use[0]), use[1], more);
        }
        for (String[] one : discounts) {
            String[] more = more(withEnd(Arrays.copyOfRange(one, 1, one.length)), accounts);
            discount(bill, one[0], own(seed, taken, more));
        }
    }

    private static String own(int seed, int taken, String id) {
        return seed + "-" + taken + "-" + id;
    }

    private static String[] own(int seed, int taken, String... values) {
        return Arrays.stream(values)
                .map(value -> value.endsWith("22223333")
                        ? value.substring(0, 8) + String.format(Locale.ROOT, "%02d%02d", seed, taken)
                        : value.startsWith("i-0") || value.equals(PLAN) ? own(seed, taken, value) : value)
                .toArray(String[]::new);
    }

    private static String[] withEnd(String... more) {
        return Arrays.asList(more).contains("ChargePeriodStart") ? more(more, "ChargePeriodEnd", "2026-06-21") : more;
    }

    private Map<String, BigDecimal> costs(BillText bill) {
        try (TestStore store = store(bill)) {
            Map<String, BigDecimal> costs = new TreeMap<>();
            store.locked()
                    .select("SELECT ResourceId, sum(cost) FROM charges GROUP BY 1 HAVING bool_or(ConsumedUnit = 'Hrs')")
                    .rows()
                    .forEach(row -> costs.put((String) row.get(0), (BigDecimal) row.get(1)));
            return costs;
        }
    }

    private static String wider(String provider, String amount, String rows) {
        return provider + ": " + amount + " USD of price discounts (" + rows + ") matches no use of its month and is"
                + " taken off all use of its service, account or payer in proportion to cost.";
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
    void a_discount_of_a_payer_with_use_of_its_own_is_of_the_use_of_all_its_accounts() {
        BillText bill = focus();
        use(bill, "i-0a", "20", "SubAccountId", "999922223333");
        use(bill, "i-0b", "80");
        use(bill, "i-0c", "100", "SubAccountId", "444422223333");
        use(bill, "db-1", "50", "ServiceName", "Amazon RDS");
        discount(bill, "-16", "SubAccountId", "9999-2222-3333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-16.000000 0.000000"),
                            Map.entry("db-1", "50.000000 50.000000"),
                            Map.entry("i-0a", "20.000000 18.400000"),
                            Map.entry("i-0b", "80.000000 73.600000"),
                            Map.entry("i-0c", "100.000000 92.000000"));
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void where_the_accounts_of_a_payer_have_discounts_of_their_own_that_of_the_payer_is_of_its_own_use() {
        BillText bill = focus();
        use(bill, "i-0a", "20", "SubAccountId", "999922223333");
        use(bill, "i-0b", "80");
        use(bill, "i-0c", "100", "SubAccountId", "444422223333");
        discount(bill, "-2", "SubAccountId", "999922223333");
        discount(bill, "-8");
        discount(bill, "-10", "SubAccountId", "444422223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-20.000000 0.000000"),
                            Map.entry("i-0a", "20.000000 18.000000"),
                            Map.entry("i-0b", "80.000000 72.000000"),
                            Map.entry("i-0c", "100.000000 90.000000"));
        }
        discount(bill, "-20", "SubAccountId", "999922223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("i-0a", "20.000000 16.000000")
                    .containsEntry("i-0b", "80.000000 64.000000")
                    .containsEntry("i-0c", "100.000000 80.000000");
        }
        discount(bill, "-200", "SubAccountId", "999922223333");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsEntry("-", "-240.000000 -40.000000")
                    .containsEntry("i-0c", "100.000000 0.000000");
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
    void a_negative_purchase_that_names_a_price_is_a_discount_and_one_of_a_commitment_is_none() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        row(bill, "-1", "ChargeDescription", "Bundled discount", "ChargeCategory", "Purchase");
        row(bill, "-2", "ChargeDescription", "Upgrade", "ChargeCategory", "Purchase");
        row(
                bill,
                "-4",
                "ChargeDescription",
                "Committed use discounts",
                "ChargeCategory",
                "Purchase",
                "CommitmentDiscountId",
                "c-1");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(Map.entry("-", "-7.000000 -6.000000"), Map.entry("i-0a", "10.000000 9.000000"));
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
            assertThat(store.scan().warnings()).singleElement().asString().startsWith("aws: 2.00 USD of price");
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
    void use_under_a_commitment_comes_second_and_use_with_a_discount_of_its_own_takes_its_part() {
        BillText bill = focus();
        use(bill, "i-0a", "10");
        discount(bill, "-2", "ResourceId", "i-0a");
        use(bill, "i-0b", "10", "CommitmentDiscountStatus", "Used", "CommitmentDiscountId", PLAN);
        use(bill, "i-0c", "10");
        discount(bill, "-1");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store))
                    .containsExactly(
                            Map.entry("-", "-1.000000 0.000000"),
                            Map.entry("i-0a", "8.000000 7.555556"),
                            Map.entry("i-0b", "10.000000 10.000000"),
                            Map.entry("i-0c", "10.000000 9.444444"));
        }
        discount(bill, "-20");
        try (TestStore store = store(bill)) {
            assertThat(byResource(store)).containsEntry("i-0b", "10.000000 7.000000");
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
