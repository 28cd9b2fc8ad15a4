package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
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
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bill, summed a second time by another library, record by record. */
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
}
