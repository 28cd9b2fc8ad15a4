package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real lines of a Cost and Usage Report, brought back into its file shape and summed a second time by Python. */
@Slow
class CurSampleTest {
    @TempDir
    private Path folder;

    /** The columns of the report, without those that the sample added. */
    private Path report() throws IOException {
        Path sample = Needs.data("optscale_demo/aws_cur_lines.csv.gz");
        Path report = folder.resolve("cur.csv");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(sample)), StandardCharsets.UTF_8));
                Writer writer = Files.newBufferedWriter(report);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            List<CSVRecord> records = CSVFormat.RFC4180.parse(reader).getRecords();
            int[] kept = IntStream.range(0, records.get(0).size())
                    .filter(i -> records.get(0).get(i).contains("/"))
                    .toArray();
            for (CSVRecord line : records) {
                printer.printRecord(IntStream.of(kept).mapToObj(line::get));
            }
        }
        return report;
    }

    @Outside
    @Test
    void the_sums_by_service_type_and_component_are_those_that_python_makes() throws IOException {
        Path report = report();
        Map<String, Map<String, String>> expected = BillSums.python("sum_cur.py", report);
        try (TestStore store = TestStore.ofBills(folder, report)) {
            assertThat(BillSums.loaded(store, "provider")).isEqualTo(expected.get("provider"));
            assertThat(BillSums.loaded(store, "ServiceName")).isEqualTo(expected.get("service"));
            assertThat(BillSums.loaded(store, "component")).isEqualTo(expected.get("component"));
            assertThat(BillSums.loaded(store, "SubAccountId")).isEqualTo(expected.get("account"));
            assertThat(BillSums.one(store, "SELECT count(*) FROM rejects")).isEqualTo("0");
            assertThat(BillSums.one(store, "SELECT rows FROM files")).isEqualTo("2018");
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void machines_have_their_type_region_tags_and_purchase() throws IOException {
        try (TestStore store = TestStore.ofBills(folder, report())) {
            assertThat(store.locked()
                            .select("SELECT kind, account_id, region, machine_type, tags['Name'] FROM resources"
                                    + " WHERE resource_id = 'i-02b64bf06fa8263e1'")
                            .rows())
                    .containsExactly(
                            List.of("instance", "876292135824", "us-west-2", "t3.medium", "sunflowerRuWebsite"));
        }
    }
}
