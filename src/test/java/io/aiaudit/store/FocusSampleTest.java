package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bill, summed a second time by another library, record by record. */
@Slow
class FocusSampleTest {
    @TempDir
    private Path folder;

    private static List<CSVRecord> records(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader =
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
            return format.parse(reader).getRecords();
        }
    }

    private static Map<String, BigDecimal> sums(Path file, String column) throws IOException {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (CSVRecord row : records(file)) {
            sums.merge(
                    row.get("ProviderName") + "/" + row.get("ServiceName"),
                    new BigDecimal(row.get(column)),
                    BigDecimal::add);
        }
        sums.replaceAll((key, sum) -> sum.stripTrailingZeros());
        return sums;
    }

    private static Map<String, BigDecimal> loaded(TestStore store, String column) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (List<Object> row : store.locked()
                .select("SELECT ProviderName || '/' || ServiceName, sum(" + column + ") FROM charges GROUP BY 1")
                .rows()) {
            sums.put((String) row.get(0), ((BigDecimal) row.get(1)).stripTrailingZeros());
        }
        return sums;
    }

    @Test
    void a_real_bill_as_csv_gz_has_the_sums_that_another_library_makes() throws IOException {
        Path sample = Needs.data("focus/focus_sample_1000.csv.gz");
        try (TestStore store = TestStore.ofBills(folder, sample)) {
            assertThat(loaded(store, "BilledCost")).isEqualTo(sums(sample, "BilledCost"));
            assertThat(loaded(store, "EffectiveCost")).isEqualTo(sums(sample, "EffectiveCost"));
        }
    }

    private static void sumsAreThoseOfPython(TestStore store, Path sample) {
        Map<String, Map<String, String>> expected = BillSums.python("sum_focus.py", sample);
        assertThat(BillSums.loaded(store, "provider")).isEqualTo(expected.get("provider"));
        assertThat(BillSums.loaded(store, "ServiceName")).isEqualTo(expected.get("service"));
        assertThat(BillSums.loaded(store, "component")).isEqualTo(expected.get("component"));
        Map<String, String> asWritten = new TreeMap<>();
        store.locked()
                .select("SELECT provider, sum(BilledCost), sum(EffectiveCost) FROM charges GROUP BY 1")
                .rows()
                .forEach(row -> asWritten.put(
                        (String) row.get(0), BillSums.amount(row.get(1)) + " " + BillSums.amount(row.get(2))));
        assertThat(asWritten).isEqualTo(expected.get("effective as it stands"));
    }

    /**
     * The sample rounds the effective cost of AWS to whole numbers: what counts is billed cost there, and a warning
     * says so.
     */
    @Outside
    @Test
    void billed_and_counted_cost_by_provider_service_and_component_are_those_that_python_makes() {
        Path sample = Needs.data("focus/focus_sample_1000.csv.gz");
        try (TestStore store = TestStore.ofBills(folder, sample)) {
            sumsAreThoseOfPython(store, sample);
            assertThat(BillSums.one(store, "SELECT rows || ' ' || rejected_rows FROM files"))
                    .isEqualTo("1000 0");
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "aws: EffectiveCost is a whole number in all 942 rows (13.00 USD together) while "
                                    + "BilledCost is not (18.01 USD); BilledCost is used instead.",
                            "other: EffectiveCost is 0 in all 5 rows of usage, which are billed at 0.27 USD. It is "
                                    + "used as is; check whether the export omits it.",
                            "aws: 4 rows of 4 resources covered by a reservation or savings plan are billed at 0, "
                                    + "which is not used. Their cost comes from the price on demand, up to what was "
                                    + "paid for the commitment; an export with exact effective costs has it.");
        }
    }

    @Outside
    @Test
    void broken_rows_among_the_real_ones_are_listed_and_change_no_sum() throws IOException {
        Path sample = Needs.data("focus/focus_sample_1000.csv.gz");
        List<CSVRecord> records = records(sample);
        Path broken = folder.resolve("broken.csv");
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(broken), CSVFormat.RFC4180)) {
            List<String> columns = List.copyOf(records.get(0).toMap().keySet());
            printer.printRecord(columns);
            for (CSVRecord row : records) {
                printer.printRecord(columns.stream().map(row::get));
                if (row.getRecordNumber() % 250 == 0) {
                    printer.printRecord(
                            columns.stream().map(name -> name.equals("BilledCost") ? "1,5" : row.get(name)));
                }
            }
        }
        try (TestStore store = TestStore.ofBills(folder, broken)) {
            sumsAreThoseOfPython(store, sample);
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::column, Reject::problem)
                    .containsExactly(
                            tuple(252L, "BilledCost", "BilledCost is \"1,5\""),
                            tuple(503L, "BilledCost", "BilledCost is \"1,5\""),
                            tuple(754L, "BilledCost", "BilledCost is \"1,5\""),
                            tuple(1005L, "BilledCost", "BilledCost is \"1,5\""));
            assertThat(store.scan().bill().providers().stream()
                            .mapToLong(Audit.ProviderBill::rejectedRows)
                            .sum())
                    .isEqualTo(4);
        }
    }
}
