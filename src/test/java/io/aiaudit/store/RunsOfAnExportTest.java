package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one export whose charges differ in price, text or tags, in each form of a bill. */
@Slow
class RunsOfAnExportTest {
    private static final int DAYS = 5;

    @TempDir
    private Path folder;

    private record Counted(String total, List<String> warnings) {}

    private Counted counted(Path... files) {
        try (TestStore store = TestStore.ofBills(folder, files)) {
            return new Counted(
                    BillSums.one(store, "SELECT sum(cost)::DOUBLE || ' in ' || count(*) FROM charges"),
                    store.scan().warnings());
        }
    }

    private static String[] join(String[] one, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(one));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    /** A row a day and endpoint, of 24 hours each. */
    private static BillText focus(int endpoints, String cost, String... columns) {
        BillText bill = new BillText(
                "ProviderName", "AWS",
                "ServiceName", "Amazon SageMaker",
                "ChargeCategory", "Usage",
                "BillingCurrency", "USD",
                "SubAccountId", "111122223333");
        for (int day = 1; day <= DAYS; day++) {
            for (int endpoint = 0; endpoint < endpoints; endpoint++) {
                bill.row(join(
                        new String[] {
                            "ChargePeriodStart", "2026-06-0" + day,
                            "ChargePeriodEnd", "2026-06-0" + (day + 1),
                            "ResourceId", "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e" + endpoint,
                            "SkuId", "SKU1",
                            "SkuMeter", "Host:ml.g5.xlarge",
                            "ChargeDescription", "ml.g5.xlarge per hour",
                            "ConsumedQuantity", "24",
                            "ConsumedUnit", "Hours",
                            "x_Team", "",
                            "Tags", "",
                            "BilledCost", cost,
                            "EffectiveCost", cost
                        },
                        columns));
            }
        }
        return bill;
    }

    @Test
    void another_price_and_another_text_are_a_later_run_wherever_both_lie() {
        for (String text : List.of("x_Team", "ChargeDescription", "ServiceName")) {
            for (String names : List.of("run-%d.csv", "run-%d/bill.csv")) {
                Path first = focus(3, "2", text, "as before").csv(folder, text + "/" + names.formatted(1));
                Path second = focus(3, "1.5", text, "as now").csv(folder, text + "/" + names.formatted(2));
                Counted counted = counted(first, second);
                assertThat(counted.total()).as(text).isEqualTo("22.5 in 15");
                assertThat(counted.warnings())
                        .containsExactly(first + " and " + second + " are the same bill from 2026-06-01 to 2026-06-05;"
                                + " 15 rows of the first were not counted a second time. The first bills 30.00 USD for"
                                + " these days, the second 22.50 USD, which counts.");
            }
        }
    }

    @Test
    void tags_that_were_activated_make_no_other_charge() {
        String tags = "{\"team\":\"ml\"}";
        assertThat(counted(
                                focus(1, "2").csv(folder, "run-1.csv"),
                                focus(1, "2", "Tags", tags).csv(folder, "run-2.csv"))
                        .total())
                .as("a value")
                .isEqualTo("10.0 in 5");
        assertThat(counted(
                                focus(1, "2").csv(folder, "a/run-1.csv"),
                                focus(1, "2", "x_Tags", tags, "cost_category/team", "ml")
                                        .csv(folder, "a/run-2.csv"))
                        .total())
                .as("a column")
                .isEqualTo("10.0 in 5");
        assertThat(counted(
                                focus(1, "2").csv(folder, "b/run-1.csv"),
                                focus(1, "1.5", "x_Tags", tags).csv(folder, "b/run-2.csv"))
                        .total())
                .as("a column, and another price")
                .isEqualTo("7.5 in 5");
    }

    @Test
    void where_nothing_orders_two_runs_one_counts_and_both_sums_are_named() {
        Path draft = focus(1, "2", "x_Team", "one").csv(folder, "draft.csv");
        Path last = focus(1, "1.5", "x_Team", "two").csv(folder, "final.csv");
        Counted counted = counted(draft, last);
        assertThat(counted.total()).isEqualTo("7.5 in 5");
        assertThat(counted.warnings())
                .containsExactly(draft + " and " + last + " are the same bill from 2026-06-01 to 2026-06-05; 5 rows of"
                        + " the first were not counted a second time. The first bills 10.00 USD for these days, the"
                        + " second 7.50 USD, which counts. Which of both is the later one is unknown, so savings are"
                        + " limited to the lower cost of each resource. If the first is, omit the second.");
    }

    @Test
    void of_three_runs_the_last_one_counts() {
        Path first = focus(2, "2", "x_Team", "one").csv(folder, "run-2026-07-01.csv");
        Path second = focus(2, "1.75", "x_Team", "two").csv(folder, "run-2026-07-02.csv");
        Path third = focus(2, "1.5", "x_Team", "three").csv(folder, "run-2026-07-10.csv");
        Counted counted = counted(third, first, second);
        assertThat(counted.total()).isEqualTo("15.0 in 10");
        assertThat(counted.warnings())
                .hasSize(2)
                .allMatch(warning -> warning.contains("the second 15.00 USD, which counts."));
    }

    @Test
    void a_run_that_changed_a_few_rows_only_in_text_replaces_the_earlier_one_as_a_whole() {
        BillText earlier = focus(4, "1.5").rowsOf(renamed("old"));
        BillText later = focus(4, "1.5").rowsOf(renamed("new"));
        assertThat(counted(earlier.csv(folder, "run-1.csv"), later.csv(folder, "run-2.csv"))
                        .total())
                .as("two rows of six a day have another text")
                .isEqualTo("45.0 in 30");
    }

    /** Two endpoints more, with that text. */
    private static BillText renamed(String text) {
        return focus(2, "1.5", "x_Team", text).with(cell -> cell.replace("endpoint/e", "endpoint/f"));
    }

    @Test
    void parts_of_one_run_add_up() {
        BillText other = focus(6, "1.5", "x_Team", "other");
        assertThat(counted(
                                focus(3, "2").csv(folder, "part-1.csv"),
                                other.with(cell -> cell.replace("endpoint/e", "endpoint/f"))
                                        .csv(folder, "part-2.csv"))
                        .total())
                .as("other resources")
                .isEqualTo("75.0 in 45");
        assertThat(counted(
                                focus(3, "2").csv(folder, "a/part-1.csv"),
                                focus(3, "2", "SkuMeter", "Host:storage", "SkuId", "SKU2", "ConsumedUnit", "GB")
                                        .csv(folder, "a/part-2.csv"))
                        .total())
                .as("other meters")
                .isEqualTo("60.0 in 30");
        assertThat(counted(
                                focus(3, "2").csv(folder, "b/part-1.csv"),
                                focus(3, "2", "ConsumedQuantity", "12", "x_Team", "two")
                                        .csv(folder, "b/part-2.csv"))
                        .total())
                .as("other quantities")
                .isEqualTo("60.0 in 30");
        assertThat(counted(focus(1, "2").rowsOf(focus(1, "2")).csv(folder, "c/one.csv"))
                        .total())
                .as("two equal rows of one file")
                .isEqualTo("20.0 in 10");
    }

    @Test
    void another_text_alone_shows_a_later_run_with_many_resources_only() {
        assertThat(counted(
                                focus(10, "2", "x_Team", "one").csv(folder, "a/run-1.csv"),
                                focus(10, "2", "x_Team", "two").csv(folder, "a/run-2.csv"))
                        .total())
                .isEqualTo("100.0 in 50");
        Path one = focus(1, "2", "x_Team", "one").csv(folder, "b/run-1.csv");
        Path two = focus(1, "2", "x_Team", "two").csv(folder, "b/run-2.csv");
        Counted counted = counted(one, two);
        assertThat(counted.total()).as("two instances of a group").isEqualTo("20.0 in 10");
        assertThat(counted.warnings())
                .containsExactly(one + " and " + two + " cover the same 5 days of the same account, and it is unknown"
                        + " whether they are the same bill; both were counted, 20.00 USD on these days. The first alone"
                        + " is 10.00 USD, the second 10.00 USD. Savings are limited to the lower cost of each resource."
                        + " If they are the same, use only one.");
    }

    @Test
    void without_resources_too_another_price_is_a_later_run_and_other_tags_alone_are_undecided() {
        String[] tagged = {"ResourceId", "", "Tags", "{\"team\":\"ml\"}"};
        assertThat(counted(
                                focus(1, "2", "ResourceId", "").csv(folder, "a/run-1.csv"),
                                focus(1, "1.5", tagged).csv(folder, "a/run-2.csv"))
                        .total())
                .isEqualTo("7.5 in 5");
        for (String names : List.of("b/run-%d.csv", "b-%d/run.csv")) {
            Counted counted = counted(
                    focus(1, "2", "ResourceId", "").csv(folder, names.formatted(1)),
                    focus(1, "2", tagged).csv(folder, names.formatted(2)));
            assertThat(counted.total()).as(names).isEqualTo("20.0 in 10");
            assertThat(counted.warnings())
                    .singleElement()
                    .asString()
                    .contains("both were counted, 20.00 USD on these days. The first alone is 10.00 USD");
        }
    }

    @Test
    void the_newer_version_of_a_form_counts_where_both_have_another_price() {
        BillText older = focus(3, "2", "Region", "eu-west-1");
        BillText newer = focus(3, "1.5", "InvoiceId", "I1", "BillingAccountType", "BA");
        Path ten = older.csv(folder, "focus10/bill.csv");
        Path twelve = newer.csv(folder, "focus12/bill.csv");
        Counted counted = counted(twelve, ten);
        assertThat(counted.total()).isEqualTo("22.5 in 15");
        assertThat(counted.warnings())
                .containsExactly(ten + " and " + twelve + " are the same bill from 2026-06-01 to 2026-06-05;"
                        + " 15 rows of the first were not counted a second time. The first bills 30.00 USD for"
                        + " these days, the second 22.50 USD, which counts.");
    }

    /** The names of CUR 2.0, or those of the CSV files of CUR 1.0. */
    private static BillText report(boolean isLegacy, String cost, String... columns) {
        BillText report = new BillText();
        for (int day = 1; day <= DAYS; day++) {
            String[] row = join(
                    new String[] {
                        "line_item_line_item_type", "Usage",
                        "line_item_currency_code", "USD",
                        "line_item_product_code", "AmazonSageMaker",
                        "line_item_usage_account_id", "111122223333",
                        "line_item_usage_start_date", "2026-06-0" + day + "T00:00:00Z",
                        "line_item_usage_end_date", "2026-06-0" + (day + 1) + "T00:00:00Z",
                        "line_item_resource_id", "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e0",
                        "line_item_usage_type", "EU-Host:ml.g5.xlarge",
                        "line_item_usage_amount", "24",
                        "line_item_unblended_cost", cost
                    },
                    columns);
            for (int i = 0; isLegacy && i < row.length; i += 2) {
                row[i] = row[i].startsWith("line_item_")
                        ? "lineItem/" + camel(row[i].substring("line_item_".length()))
                        : row[i];
            }
            report.row(row);
        }
        return report;
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return camel.toString();
    }

    @Test
    void of_both_cost_and_usage_reports_the_newer_one_counts_with_fewer_columns_too() {
        Path legacy = report(
                        true, "2", "product/sku", "S", "product/region", "eu-west-1", "bill/BillType", "Anniversary")
                .csv(folder, "z/legacy.csv");
        Path second = report(false, "1.5", "bill_payer_account_name", "Payer").csv(folder, "a/cur2.csv");
        Counted counted = counted(legacy, second);
        assertThat(counted.total()).isEqualTo("7.5 in 5");
        assertThat(counted.warnings())
                .singleElement()
                .asString()
                .contains("The first bills 10.00 USD for these days, the second 7.50 USD, which counts.");
    }

    private static BillText azure(String cost, String... columns) {
        BillText bill = new BillText();
        for (int day = 1; day <= DAYS; day++) {
            bill.row(join(
                    new String[] {
                        "Date", "2026-06-0" + day,
                        "CostInBillingCurrency", cost,
                        "BillingCurrency", "EUR",
                        "ChargeType", "Usage",
                        "PricingModel", "OnDemand",
                        "SubscriptionId", "aaaaaaaa-0000-0000-0000-000000000003",
                        "ResourceId",
                                "/subscriptions/aaaaaaaa-0000-0000-0000-000000000003/resourceGroups/ml/providers/"
                                        + "Microsoft.Compute/virtualMachines/vm",
                        "MeterId", "m-1",
                        "MeterCategory", "Virtual Machines",
                        "MeterName", "NC24ads A100 v4",
                        "Quantity", "24",
                        "UnitOfMeasure", "1 Hour",
                        "CostCenter", "1",
                        "Tags", ""
                    },
                    columns));
        }
        return bill;
    }

    @Test
    void runs_of_cost_details_of_azure() {
        assertThat(counted(
                                azure("2").csv(folder, "a/run-1.csv"),
                                azure("1.5", "CostCenter", "2").csv(folder, "a/run-2.csv"))
                        .total())
                .as("price and text")
                .isEqualTo("7.5 in 5");
        assertThat(counted(
                                azure("2").csv(folder, "b-1/run.csv"),
                                azure("2", "Tags", "\"team\": \"ml\"").csv(folder, "b-2/run.csv"))
                        .total())
                .as("tags")
                .isEqualTo("10.0 in 5");
        assertThat(counted(
                                azure("2").csv(folder, "c/part-1.csv"),
                                azure("1", "MeterId", "m-2", "MeterName", "Disk", "UnitOfMeasure", "1 GB/Month")
                                        .csv(folder, "c/part-2.csv"))
                        .total())
                .as("parts")
                .isEqualTo("15.0 in 10");
        Counted open = counted(
                azure("2", "CostCenter", "2").csv(folder, "d/draft.csv"),
                azure("1.5").csv(folder, "d/final.csv"));
        assertThat(open.total()).isEqualTo("7.5 in 5");
        assertThat(open.warnings())
                .first()
                .asString()
                .contains("The first bills 10.00 EUR for these days, the second 7.50 EUR, which counts. Which of both")
                .contains("is unknown");
    }

    private static BillText google(String cost, String... columns) {
        BillText bill = new BillText();
        for (int day = 1; day <= DAYS; day++) {
            bill.row(join(
                    new String[] {
                        "billing_account_id", "0A0A0A-0B0B0B-0C0C0C",
                        "service.description", "Compute Engine",
                        "sku.id", "AAAA-BBBB",
                        "sku.description", "A2 Instance Core running in Americas",
                        "usage_start_time", "2026-06-0" + day + "T00:00:00Z",
                        "usage_end_time", "2026-06-0" + (day + 1) + "T00:00:00Z",
                        "project.id", "ml",
                        "project.name", "ml",
                        "labels", "[]",
                        "cost", cost,
                        "currency", "USD",
                        "usage.amount", "86400",
                        "usage.unit", "seconds",
                        "credits", "[]",
                        "cost_type", "regular",
                        "export_time", "2026-06-10T00:00:00Z"
                    },
                    columns));
        }
        return bill;
    }

    @Test
    void runs_of_the_export_to_bigquery() {
        String[] resource = {"resource.global_name", "//compute.googleapis.com/projects/ml/zones/z/instances/1"};
        assertThat(counted(
                                google("2", resource).csv(folder, "a/run-1.csv"),
                                google("1.5", join(resource, "project.name", "Machine learning"))
                                        .csv(folder, "a/run-2.csv"))
                        .total())
                .as("price and text")
                .isEqualTo("7.5 in 5");
        assertThat(counted(
                                google("2", resource).csv(folder, "b-1/run.csv"),
                                google("2", join(resource, "labels", "[{\"key\":\"team\",\"value\":\"ml\"}]"))
                                        .csv(folder, "b-2/run.csv"))
                        .total())
                .as("labels")
                .isEqualTo("10.0 in 5");
        assertThat(counted(
                                google("2").csv(folder, "c/run-1.csv"),
                                google("1.5", "labels", "[{\"key\":\"team\",\"value\":\"ml\"}]")
                                        .csv(folder, "c/run-2.csv"))
                        .total())
                .as("the standard export, price and labels")
                .isEqualTo("7.5 in 5");
        assertThat(counted(
                                google("2").csv(folder, "d/part-1.csv"),
                                google(
                                                "1",
                                                "sku.id",
                                                "CCCC-DDDD",
                                                "sku.description",
                                                "A2 Instance Ram running in Americas")
                                        .csv(folder, "d/part-2.csv"))
                        .total())
                .as("parts")
                .isEqualTo("15.0 in 10");
    }
}
