package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills and usage files as spreadsheets leave them, and files under the wrong flag. */
class SpreadsheetFilesTest {
    private static final String HEADER =
            "BilledCost;EffectiveCost;BillingCurrency;ChargePeriodStart;ChargePeriodEnd;ChargeCategory;ServiceName;"
                    + "ProviderName;ResourceId";

    @TempDir
    private Path folder;

    /** From the first day of a month to the 30th; the last one shows which number is the day. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01/06/2026 00:00 | 01/06/2026 01:00 | 30/06/2026 22:00 | 30/06/2026 23:00",
                "6/1/2026 12:00:00 AM | 6/1/2026 1:00:00 AM | 6/30/2026 10:00:00 PM | 6/30/2026 11:00:00 PM",
                "01.06.2026 00:00:00 | 01.06.2026 01:00:00 | 30.06.2026 22:00:00 | 30.06.2026 23:00:00",
                "1.6.26 0:00 | 1.6.26 1:00 | 2.6.26 22:00 | 30.6.26 23:00",
                "01-06-2026 00:00 | 01-06-2026 01:00 | 30-06-2026 22:00 | 30-06-2026 23:00",
                "1-Jun-26 00:00 | 1-Jun-26 01:00 | 30-Jun-26 22:00 | 30-Jun-26 23:00",
                "Jun 1, 2026 00:00:00 | June 1, 2026 01:00:00 | Jun 30, 2026 22:00:00 | June 30, 2026 23:00:00",
                "46174 | 46174.0416666667 | 46203.9166666667 | 46203.9583333333",
                "46174,0 | 46174,0416666667 | 46203,9166666667 | 46203,9583333333",
                "2026-06-01T00:00:00Z | 2026-06-01T01:00:00Z | 2026-06-30 22:00:00 | 2026-06-30T23:00:00+00:00",
            })
    void times_as_spreadsheets_write_them(String start, String end, String lastStart, String lastEnd) {
        Path bill = TestStore.file(folder, "bill.csv", HEADER, row("1", start, end), row("2", lastStart, lastEnd));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().billPeriods().get("aws")).isEqualTo(window("2026-06-30T23:00:00Z"));
            assertThat(store.scan().bill().providers().get(0).rejectedRows()).isZero();
        }
    }

    private static Window window(String end) {
        return new Window(java.time.Instant.parse("2026-06-01T00:00:00Z"), java.time.Instant.parse(end));
    }

    private static String row(String cost, String start, String end) {
        return String.join(";", cost, cost, "USD", start, end, "Usage", "Amazon Elastic Compute Cloud", "AWS", "i-0a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05/06/2026 | 06/06/2026 | can be read in two ways: \"05/06/2026\"",
                "1/2/2026 00:00 | 2/2/2026 00:00 | can be read in two ways: \"1/2/2026 00:00\"",
                "25/06/2026 | 06/26/2026 | has days before months and months before days",
            })
    void where_nothing_shows_the_day_from_the_month_two_examples_are_shown(String start, String end, String problem) {
        Path bill = TestStore.file(folder, "bill.csv", HEADER, row("1", start, end), row("1", "03/04/2026", end));
        assertThatThrownBy(() -> TestStore.ofBills(folder, bill)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).contains("bill.csv: ChargePeriodStart ").contains(problem);
            assertThat(error.problem().split("\"", -1)).hasSize(5);
            assertThat(error.fix()).contains("2026-06-30");
        });
    }

    @Test
    void one_stray_date_among_times_of_a_program_is_a_bad_row() {
        Path bill = TestStore.file(
                folder, "bill.csv", HEADER, row("1", "2026-06-01", "2026-06-02"), row("1", "06/01/2026", "2026-06-02"));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().bill().providers().get(0).rejectedRows()).isEqualTo(1);
        }
    }

    @Test
    void a_day_that_is_the_same_both_ways_is_no_question() {
        Path bill = TestStore.file(folder, "bill.csv", HEADER, row("1", "06/06/2026 00:00", "06/06/2026 05:00"));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().billPeriods().get("aws").start()).isEqualTo("2026-06-06T00:00:00Z");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "24,50 | 1.088,25 | 1112.75",
                "0,125 | 1,5 | 1.625",
                "1.234.567,89 | 0,11 | 1234568.00",
                "1,234.50 | 0.5 | 1235",
                "24,500 | 1,5 | 26",
                "24.50 | 1.5 | 26",
            })
    void numbers_with_decimal_commas_are_reported_by_the_whole_column(String one, String other, String sum) {
        Path bill = TestStore.file(
                folder,
                "bill.csv",
                HEADER,
                row(one, "2026-06-01", "2026-06-02"),
                row(other, "2026-06-02", "2026-06-03"));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().bill().providers().get(0).billedCost()).isEqualByComparingTo(sum);
        }
    }

    @Test
    void a_usage_file_of_a_spreadsheet_is_read_too() {
        Path usage = TestStore.file(
                folder,
                "usage.csv",
                "resource_id;metric;hour;average",
                "ep;gpu_utilization;30.06.2026 05:00;0,25",
                "ep;gpu_utilization;30.06.2026 06:00;0,5");
        try (TestStore store = TestStore.of(
                folder, IngestSettings.NONE, staging -> staging.files(TestStore.set(FileSet.Content.USAGE, usage)))) {
            assertThat(store.scan().measuredUse(Set.of("ep"), TestStore.JUNE).get("ep"))
                    .containsExactly(new MeasuredUse("gpu_utilization", 2, 0.375, 0.5, null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BILLING, 'resource_id,kind,name\nep,inference_endpoint,chat', is an inventory file, --inventory",
        "BILLING, 'resource_id,metric,hour,total\nep,requests,2026-06-01,1', is a usage file, --usage",
        "USAGE, 'resource_id,kind,name\nep,inference_endpoint,chat', is an inventory file, --inventory",
        "INVENTORY, "
                + "'lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/UsageStartDate,lineItem/LineItemType,"
                + "lineItem/ProductCode\n1,USD,x,Usage,y', is an AWS Cost and Usage Report, --billing",
        "INVENTORY, 'Date,Cost,BillingCurrency,MeterCategory,SubscriptionId\n1,USD,x,Usage,y', is an Azure cost "
                + "details file, --billing",
    })
    void a_file_under_the_wrong_flag_says_what_it_is_and_which_flag_it_wants(
            FileSet.Content given, String text, String what, String flag) {
        Path file = TestStore.file(folder, "file.csv", text);
        assertThatThrownBy(() -> InputFiles.find(given, file.toString(), Set.of()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).contains("file.csv " + what).contains("--" + given.key());
                    assertThat(error.fix()).contains(flag + " " + file);
                });
    }

    @Test
    void a_file_that_is_nothing_that_we_know_is_not_sent_to_another_flag() {
        Path file = TestStore.file(folder, "file.csv", "resource_id,colour,size", "ep,red,1");
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.USAGE, file.toString(), Set.of()))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.problem()).contains("its header is not that of"));
    }
}
