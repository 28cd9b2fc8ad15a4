package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files are written by DuckDB, with the types that exports have. */
@Slow
class ParquetBillTest {
    @TempDir
    private Path folder;

    private Path parquet(String name, String select) {
        Path file = folder.resolve(name);
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("SET TimeZone='UTC'");
            sql.execute("COPY (" + select + ") TO " + Sql.literal(file.toString()) + " (FORMAT parquet)");
        }
        return file;
    }

    private static String row(String billed, String effective, String more) {
        return "SELECT " + billed + " AS BilledCost, " + effective + " AS EffectiveCost, 'USD' AS BillingCurrency,"
                + " TIMESTAMP '2026-06-01' AS ChargePeriodStart, TIMESTAMP '2026-06-02' AS ChargePeriodEnd, 'Usage' "
                + "AS ChargeCategory,"
                + " 'EC2' AS ServiceName, 'AWS' AS ProviderName" + more;
    }

    private List<List<Object>> read(Path bill, String query) {
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            return store.locked().select(query).rows();
        }
    }

    @Test
    void a_real_bill_is_the_same_as_csv_gz_and_as_parquet() {
        Path sample = Needs.data("focus/focus_sample_1000.csv.gz");
        Path parquet =
                parquet("sample.parquet", "FROM read_csv(" + Sql.literal(sample.toString()) + ", nullstr='NULL')");
        String all = "SELECT * EXCLUDE (source_file, Tags, SubAccountId, BillingAccountId, ResourceType) FROM charges "
                + "ORDER BY ALL";
        assertThat(read(parquet, all)).hasSize(1000).isEqualTo(read(sample, all));
    }

    @Test
    void floating_numbers_are_what_their_writer_meant() {
        Path bill = parquet("b.parquet", row("123456.78::DOUBLE", "0.1::FLOAT", ""));
        assertThat(read(bill, "SELECT BilledCost::VARCHAR, EffectiveCost::VARCHAR FROM charges"))
                .containsExactly(List.of("123456.780000000000", "0.100000000000"));
    }

    @Test
    void decimals_whole_numbers_text_and_times_with_a_zone_are_read() {
        Path bill = parquet(
                "b.parquet",
                row("1.5::DECIMAL(30,20)", "'2.25'", ", 7 AS ListCost, 123456789012 AS SubAccountId")
                        .replace("TIMESTAMP '2026-06-01'", "TIMESTAMPTZ '2026-06-01 02:00:00+02'")
                        .replace("TIMESTAMP '2026-06-02'", "DATE '2026-06-02'"));
        assertThat(read(
                        bill,
                        "SELECT BilledCost::VARCHAR, EffectiveCost::VARCHAR, ListCost::VARCHAR, SubAccountId, "
                                + "ChargePeriodStart::VARCHAR, ChargePeriodEnd::VARCHAR FROM charges"))
                .containsExactly(List.of(
                        "1.500000000000",
                        "2.250000000000",
                        "7.000000000000",
                        "123456789012",
                        "2026-06-01 00:00:00",
                        "2026-06-02 00:00:00"));
    }

    @Test
    void tags_as_maps_or_structs_become_a_json_object() {
        Path map = parquet("m.parquet", row("1", "1", ", MAP {'team': 'a\"b'} AS Tags, 'i-1' AS ResourceId"));
        Path struct = parquet("s.parquet", row("1", "1", ", {'team': 'a\"b'} AS Tags, 'i-1' AS ResourceId"));
        String query = "SELECT charges.Tags, r.tags['team'] FROM charges JOIN resources r USING (resource_id)";
        assertThat(read(map, query)).containsExactly(List.of("{\"team\":\"a\\\"b\"}", "a\"b"));
        assertThat(read(struct, query)).isEqualTo(read(map, query));
    }

    @Test
    void a_row_that_is_no_charge_is_named_by_its_number() {
        Path bill = parquet(
                "b.parquet",
                row("1::DOUBLE", "1", "") + " UNION ALL " + row("'nan'::DOUBLE", "1", "") + " UNION ALL "
                        + row("NULL", "1", ""));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::line, Reject::problem)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(3L, null, "BilledCost is \"nan\""),
                            org.assertj.core.groups.Tuple.tuple(4L, null, "BilledCost is empty"));
        }
    }

    @Test
    void a_file_that_is_damaged_inside_is_refused() throws IOException {
        Path bill = parquet(
                "b.parquet",
                "SELECT b.* REPLACE (range + 0.5 AS BilledCost) FROM range(50000), (" + row("1::DOUBLE", "1", "")
                        + ") b");
        byte[] bytes = Files.readAllBytes(bill);
        Arrays.fill(bytes, 40, bytes.length / 2, (byte) 7);
        Files.write(bill, bytes);
        assertThatThrownBy(() -> TestStore.ofBills(folder, bill))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(bill.toString());
    }
}
