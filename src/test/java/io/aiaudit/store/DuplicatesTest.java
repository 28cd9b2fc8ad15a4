package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that have the same days of the same bill. */
@Slow
class DuplicatesTest {
    private static final int ROWS_A_DAY = 10;

    @TempDir
    private Path folder;

    private static BillText focus() {
        return new BillText(
                "ProviderName", "AWS",
                "ServiceName", "Amazon SageMaker",
                "ChargeCategory", "Usage",
                "BillingCurrency", "USD",
                "SubAccountId", "111122223333");
    }

    /** Ten rows a day; {@code restated} days cost a tenth more. */
    private static BillText days(int first, int last, int... restated) {
        BillText bill = focus();
        for (int day = first; day <= last; day++) {
            for (int row = 0; row < ROWS_A_DAY; row++) {
                boolean more = row == 0 && contains(restated, day);
                bill.row(
                        "ChargePeriodStart",
                        "2026-06-%02d 00:00:00".formatted(day),
                        "ChargePeriodEnd",
                        "2026-06-%02d 00:00:00".formatted(day + 1),
                        "ResourceId",
                        "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e" + row,
                        "BilledCost",
                        more ? "1.1" : "1",
                        "EffectiveCost",
                        more ? "1.1" : "1");
            }
        }
        return bill;
    }

    private static boolean contains(int[] days, int day) {
        for (int one : days) {
            if (one == day) {
                return true;
            }
        }
        return false;
    }

    private static String total(TestStore store) {
        return BillSums.one(store, "SELECT sum(cost)::DOUBLE || ' in ' || count(*) FROM charges");
    }

    @Test
    void the_same_bill_in_two_formats_counts_once_and_is_reported() {
        Path csv = days(1, 5).csv(folder, "a.csv");
        Path parquet = folder.resolve("b.parquet");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("COPY (FROM " + Sql.literal(csv.toString()) + ") TO " + Sql.literal(parquet.toString()));
        }
        try (TestStore store = TestStore.ofBills(folder, csv, parquet)) {
            assertThat(total(store)).isEqualTo("50.0 in 50");
            assertThat(store.scan().warnings())
                    .containsExactly(csv + " and " + parquet
                            + " are the same bill from 2026-06-01 to 2026-06-05; 50 rows of the first were "
                            + "not counted a second time.");
            assertThat(BillSums.one(store, "SELECT sum(rows) FROM bill_rows")).isEqualTo("50");
        }
    }

    @Test
    void of_two_exports_that_overlap_the_newer_one_counts_with_what_it_restated() {
        Path older = days(1, 5).csv(folder, "z-first.csv");
        Path newer = days(3, 8, 4).csv(folder, "a-second.csv");
        try (TestStore store = TestStore.ofBills(folder, older, newer)) {
            assertThat(total(store)).isEqualTo("80.1 in 80");
            assertThat(store.scan().warnings())
                    .containsExactly(older + " and " + newer
                            + " are the same bill from 2026-06-03 to 2026-06-05; 30 rows of the first were "
                            + "not counted a second time. The first bills 30.00 USD for these days, the second "
                            + "30.10 USD, which counts.");
        }
    }

    /** A Cost and Usage Report with a line for each of the first days of June 2026. */
    private static BillText report(String service, int days, String cost) {
        BillText report = new BillText(
                "lineItem/LineItemType", "Usage",
                "lineItem/CurrencyCode", "USD",
                "lineItem/ProductCode", service,
                "lineItem/UsageAccountId", "111122223333");
        for (int day = 1; day <= days; day++) {
            report.row(
                    "lineItem/UsageStartDate", "2026-06-0" + day + "T00:00:00Z",
                    "lineItem/UsageEndDate", "2026-06-0" + (day + 1) + "T00:00:00Z",
                    "lineItem/UnblendedCost", cost);
        }
        return report;
    }

    @Test
    void a_report_and_a_focus_export_of_the_same_account_are_one_bill() {
        Path focus = days(1, 2).csv(folder, "focus.csv");
        BillText report = report("AmazonSageMaker", 2, "10.05");
        try (TestStore store = TestStore.ofBills(folder, focus, report.csv(folder, "report.csv"))) {
            assertThat(total(store)).isEqualTo("20.0 in 20");
            assertThat(store.scan().warnings()).hasSize(1);
        }
    }

    @Test
    void parts_of_one_export_that_share_a_day_and_a_few_equal_rows_are_all_counted() {
        BillText other = focus();
        for (int row = 0; row < ROWS_A_DAY; row++) {
            other.row(
                    "ChargePeriodStart", "2026-06-01 00:00:00",
                    "ChargePeriodEnd", "2026-06-02 00:00:00",
                    "ResourceId", "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e" + (row < 4 ? row : row + 100),
                    "BilledCost", "1",
                    "EffectiveCost", "1");
        }
        try (TestStore store =
                TestStore.ofBills(folder, days(1, 1).csv(folder, "part-1.csv"), other.csv(folder, "part-2.csv"))) {
            assertThat(total(store)).isEqualTo("20.0 in 20");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void bills_of_different_accounts_and_days_have_nothing_to_do_with_each_other() {
        Path other = days(1, 2).csv(folder, "x.csv");
        BillText moved = focus();
        moved.row(
                "SubAccountId", "999",
                "ChargePeriodStart", "2026-06-01 00:00:00",
                "ChargePeriodEnd", "2026-06-02 00:00:00",
                "BilledCost", "1",
                "EffectiveCost", "1");
        try (TestStore store = TestStore.ofBills(
                folder, other, moved.csv(folder, "y.csv"), days(3, 4).csv(folder, "z.csv"))) {
            assertThat(total(store)).isEqualTo("41.0 in 41");
            assertThat(BillSums.loaded(store, "source_file"))
                    .isEqualTo(Map.of(
                            other.toString(), "20.000000 20.000000",
                            folder.resolve("y.csv").toString(), "1.000000 1.000000",
                            folder.resolve("z.csv").toString(), "20.000000 20.000000"));
        }
    }

    /**
     * Rows of a group of machines that bills call by one name; {@code word} is in a column that no dialect maps.
     */
    private static BillText scaleSet(int first, int last, String word) {
        BillText bill = focus();
        for (int day = 1; day <= 5; day++) {
            for (int node = first; node <= last; node++) {
                bill.row(
                        "ChargePeriodStart",
                        "2026-06-%02d 00:00:00".formatted(day),
                        "ChargePeriodEnd",
                        "2026-06-%02d 00:00:00".formatted(day + 1),
                        "ResourceId",
                        "/subscriptions/s/resourcegroups/r/providers/microsoft.compute/virtualmachinescalesets/nodes",
                        "BilledCost",
                        "1",
                        "EffectiveCost",
                        "1",
                        "x_Details",
                        word + node);
            }
        }
        return bill;
    }

    @Test
    void machines_that_only_a_column_of_the_cloud_distinguishes_all_count_whichever_part_has_them() {
        Path one = scaleSet(1, 5, "node-").csv(folder, "part-1.csv");
        Path two = scaleSet(6, 10, "node-").csv(folder, "part-2.csv");
        try (TestStore store = TestStore.ofBills(folder, one, two)) {
            assertThat(total(store)).isEqualTo("50.0 in 50");
            assertThat(store.scan().warnings()).isEmpty();
        }
        Path single = scaleSet(1, 1, "node-").csv(folder, "node-1.csv");
        Path other = scaleSet(2, 2, "node-").csv(folder, "node-2.csv");
        try (TestStore store = TestStore.ofBills(folder, single, other)) {
            assertThat(total(store)).isEqualTo("10.0 in 10");
        }
    }

    @Test
    void a_copy_of_such_machines_in_other_parts_counts_once() {
        Path whole = scaleSet(1, 10, "node-").csv(folder, "copy/whole.csv");
        Path one = scaleSet(1, 5, "node-").csv(folder, "parts/1.csv");
        Path two = scaleSet(6, 10, "node-").csv(folder, "parts/2.csv");
        try (TestStore store = TestStore.ofBills(folder, whole, one, two)) {
            assertThat(total(store)).isEqualTo("50.0 in 50");
            assertThat(store.scan().warnings()).hasSize(1);
        }
    }

    @Test
    void rows_that_are_equal_to_the_letter_all_count_in_the_parts_of_one_run() {
        Path one = scaleSet(1, 5, "node").csv(folder, "part-1.csv");
        Path two = scaleSet(1, 5, "node")
                .row(
                        "BilledCost",
                        "0",
                        "EffectiveCost",
                        "0",
                        "ChargePeriodStart",
                        "2026-06-01",
                        "ChargePeriodEnd",
                        "2026-06-02")
                .csv(folder, "part-2.csv");
        FileSet run = new FileSet(
                FileSet.Content.BILLING,
                "export",
                List.of(one, two),
                Set.of(),
                "export",
                Map.of(one, "manifest.json", two, "manifest.json"),
                List.of(),
                Map.of());
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> staging.files(run))) {
            assertThat(total(store)).isEqualTo("50.0 in 51");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void a_later_run_that_shows_other_amounts_replaces_the_earlier_one() {
        BillText later = focus();
        for (int day = 1; day <= 8; day++) {
            for (int row = 0; row < ROWS_A_DAY; row++) {
                later.row(
                        "ChargePeriodStart",
                        "2026-06-%02d 00:00:00".formatted(day),
                        "ChargePeriodEnd",
                        "2026-06-%02d 00:00:00".formatted(day + 1),
                        "ResourceId",
                        "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e" + row,
                        "BilledCost",
                        "0.9",
                        "EffectiveCost",
                        "0.9");
            }
        }
        try (TestStore store =
                TestStore.ofBills(folder, days(1, 5).csv(folder, "mid.csv"), later.csv(folder, "final.csv"))) {
            assertThat(total(store)).isEqualTo("72.0 in 80");
            assertThat(store.scan().warnings()).hasSize(1);
        }
    }

    @Test
    void an_export_of_a_few_resources_takes_nothing_from_that_of_all() {
        BillText few = focus();
        for (int day = 1; day <= 6; day++) {
            few.row(
                    "ChargePeriodStart", "2026-06-%02d 00:00:00".formatted(day),
                    "ChargePeriodEnd", "2026-06-%02d 00:00:00".formatted(day + 1),
                    "ResourceId", "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e0",
                    "BilledCost", "1",
                    "EffectiveCost", "1");
        }
        try (TestStore store =
                TestStore.ofBills(folder, days(1, 5).csv(folder, "all.csv"), few.csv(folder, "few.csv"))) {
            assertThat(total(store)).isEqualTo("51.0 in 51");
        }
    }

    @Test
    void the_same_bill_by_the_hour_and_by_the_day_counts_once() {
        BillText hourly = focus();
        for (int day = 1; day <= 5; day++) {
            for (int hour = 0; hour < 10; hour++) {
                hourly.row(
                        "ChargePeriodStart", "2026-06-%02d %02d:00:00".formatted(day, hour),
                        "ChargePeriodEnd", "2026-06-%02d %02d:00:00".formatted(day, hour + 1),
                        "ResourceId", "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e0",
                        "BilledCost", "1",
                        "EffectiveCost", "1");
            }
        }
        Path daily = days(1, 5).csv(folder, "daily/bill.csv");
        try (TestStore store = TestStore.ofBills(folder, daily, hourly.csv(folder, "hourly/bill.csv"))) {
            assertThat(total(store)).isEqualTo("50.0 in 50");
            assertThat(BillSums.loaded(store, "source_file"))
                    .containsOnlyKeys(folder.resolve("hourly/bill.csv").toString());
        }
    }

    @Test
    void a_report_in_parts_and_a_focus_export_are_one_bill() {
        Path focus = days(1, 4).csv(folder, "focus/focus.csv");
        List<Path> files = new ArrayList<>(List.of(focus));
        for (String service : List.of("AmazonSageMaker", "AmazonBedrock")) {
            BillText report = report(service, 4, service.length() > 13 ? "7" : "3");
            files.add(report.csv(folder, "report/" + service + ".csv"));
        }
        try (TestStore store = TestStore.ofBills(folder, files.toArray(Path[]::new))) {
            assertThat(total(store)).isEqualTo("40.0 in 40");
        }
    }

    @Test
    void days_on_which_two_parts_bill_nothing_do_not_show_that_they_are_the_same_bill() {
        BillText used = focus();
        BillText paid = focus().row(
                        "ChargePeriodStart", "2026-06-01",
                        "ChargePeriodEnd", "2026-07-01",
                        "ChargeCategory", "Purchase",
                        "BilledCost", "90",
                        "EffectiveCost", "0");
        for (int day = 1; day <= 5; day++) {
            String start = "2026-06-%02d 00:00:00".formatted(day);
            String end = "2026-06-%02d 01:00:00".formatted(day);
            used.row(
                    "ChargePeriodStart",
                    start,
                    "ChargePeriodEnd",
                    end,
                    "ResourceId",
                    "i-0abc",
                    "BilledCost",
                    "0",
                    "EffectiveCost",
                    "2");
            paid.row("ChargePeriodStart", start, "ChargePeriodEnd", end, "BilledCost", "0", "EffectiveCost", "1");
        }
        try (TestStore store = TestStore.ofBills(folder, used.csv(folder, "used.csv"), paid.csv(folder, "paid.csv"))) {
            assertThat(total(store)).isEqualTo("15.0 in 11");
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("the same bill"));
        }
    }

    @Test
    void a_fee_as_high_as_the_usage_of_its_day_is_not_that_usage() {
        BillText used = focus();
        for (int day = 1; day <= 5; day++) {
            used.row(
                    "ChargePeriodStart", "2026-06-%02d 00:00:00".formatted(day),
                    "ChargePeriodEnd", "2026-06-%02d 01:00:00".formatted(day),
                    "ResourceId", "i-0abc",
                    "BilledCost", "9",
                    "EffectiveCost", "9");
        }
        BillText fee = focus().row(
                        "ChargePeriodStart", "2026-06-01",
                        "ChargePeriodEnd", "2026-07-01",
                        "ChargeCategory", "Purchase",
                        "BilledCost", "9",
                        "EffectiveCost", "9");
        try (TestStore store = TestStore.ofBills(folder, used.csv(folder, "used.csv"), fee.csv(folder, "fees.csv"))) {
            assertThat(total(store)).isEqualTo("54.0 in 6");
        }
    }

    @Test
    void two_forms_with_other_sums_both_count_and_that_is_reported() {
        Path focus = days(1, 4).csv(folder, "focus/focus.csv");
        BillText report = report("AmazonSageMaker", 4, "3");
        try (TestStore store = TestStore.ofBills(folder, focus, report.csv(folder, "report/r.csv"))) {
            assertThat(total(store)).isEqualTo("52.0 in 44");
            assertThat(store.scan().warnings())
                    .singleElement()
                    .asString()
                    .contains("the same 4 days of the same account")
                    .contains("both were counted");
        }
    }

    /** The same charge on each of five days, in a FOCUS file with some more columns. */
    private static BillText charges(String account, String billed, String effective, String... columns) {
        BillText bill = focus();
        for (int day = 1; day <= 5; day++) {
            List<String> cells = new ArrayList<>(List.of(
                    "ChargePeriodStart",
                    "2026-06-%02d".formatted(day),
                    "ChargePeriodEnd",
                    "2026-06-%02d".formatted(day + 1),
                    "SubAccountId",
                    account,
                    "BilledCost",
                    billed,
                    "EffectiveCost",
                    effective));
            cells.addAll(List.of(columns));
            bill.row(cells.toArray(String[]::new));
        }
        return bill;
    }

    private String total(BillText... bills) {
        List<Path> files = new ArrayList<>();
        for (BillText bill : bills) {
            files.add(bill.csv(folder, "bills/" + files.size() + ".csv"));
        }
        try (TestStore store = TestStore.ofBills(folder, files.toArray(Path[]::new))) {
            return total(store);
        }
    }

    @Test
    void an_account_is_the_same_in_all_its_spellings() {
        String guid = "aaaaaaaa-0000-0000-0000-000000000003";
        String[] resource = {"ResourceId", "i-0abc"};
        assertThat(total(
                        charges("/subscriptions/" + guid, "2", "2", resource),
                        charges(guid.toUpperCase(Locale.ROOT), "2", "2", "SkuMeter", "m")))
                .isEqualTo("10.0 in 5");
        assertThat(total(charges("012345678901", "2", "2", resource), charges("12345678901", "2", "2")))
                .isEqualTo("10.0 in 5");
        assertThat(total(charges("012345678901", "2", "2", resource), charges("112345678901", "2", "2")))
                .isEqualTo("20.0 in 10");
    }

    @Test
    void two_versions_of_one_form_are_one_bill_where_resources_and_costs_are_the_same() {
        String[] one = {"ResourceId", "i-0abc"};
        assertThat(total(
                        charges("111122223333", "2", "2", one),
                        charges("111122223333", "2", "2", "ResourceId", "i-0abc", "SkuMeter", "BoxUsage:g5.xlarge")))
                .isEqualTo("10.0 in 5");
        assertThat(total(
                        charges("111122223333", "2", "2", one),
                        charges("111122223333", "2", "2", "ResourceId", "i-0def", "SkuMeter", "BoxUsage:g5.xlarge")))
                .as("parts, of which one has a column more")
                .isEqualTo("20.0 in 10");
        assertThat(total(
                        charges("111122223333", "2", "2", one),
                        charges("111122223333", "3", "3", "ResourceId", "i-0abc", "SkuMeter", "BoxUsage:g5.xlarge")))
                .as("other amounts")
                .isEqualTo("15.0 in 5");
    }

    @Test
    void an_account_whose_invoice_is_nothing_is_compared_by_what_it_costs() {
        String[] covered = {"ResourceId", "i-0abc", "CommitmentDiscountStatus", "Used"};
        assertThat(total(
                        charges("111122223333", "0", "2", covered),
                        charges("111122223333", "0", "2", "CommitmentDiscountStatus", "Used")))
                .isEqualTo("10.0 in 5");
        assertThat(total(
                        charges("111122223333", "0", "2", covered),
                        charges("111122223333", "0", "3", "CommitmentDiscountStatus", "Used")))
                .isEqualTo("25.0 in 10");
    }

    /** Just enough rows to show that amounts are rounded. */
    private static BillText hundred(String account, String payer, String billed, String effective) {
        BillText bill = focus();
        for (int row = 0; row <= 100; row++) {
            bill.row(
                    "ChargePeriodStart", "2026-06-01",
                    "ChargePeriodEnd", "2026-06-02",
                    "SubAccountId", account,
                    "BillingAccountId", payer,
                    "ResourceId", "i-" + account + row,
                    "BilledCost", billed,
                    "EffectiveCost", effective);
        }
        return bill;
    }

    @Test
    void the_file_of_another_account_does_not_change_whether_an_effective_cost_is_one() {
        BillText rounded = hundred("333333333333", "999999999999", "1.5", "2");
        assertThat(total(rounded)).isEqualTo("151.5 in 101");
        assertThat(total(rounded, hundred("444444444444", "888888888888", "1.5", "1.25")))
                .isEqualTo("277.75 in 202");
        assertThat(total(rounded, hundred("444444444444", "999999999999", "1.5", "1.25")))
                .as("of the same payer")
                .isEqualTo("277.75 in 202");
        assertThat(total(
                        hundred("333333333333", "999999999999", "1.5", "1.25"),
                        hundred("444444444444", "888888888888", "1", "2")))
                .as("nothing shows that whole numbers are rounded where the invoice has whole ones, too")
                .isEqualTo("328.25 in 202");
    }
}
