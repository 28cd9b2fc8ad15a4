package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain CSV files are parted, all others are not, and nothing that was read shows it. */
class PartedTextTest {
    private static final String HEADER =
            "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,"
                    + "ChargeDescription\n";

    @TempDir
    private Path folder;

    /** A row whose last value is {@code description} as it is to stand there. */
    private static String row(String cost, String description) {
        return cost + ",USD,2026-06-01,2026-06-02,Usage,EC2,AWS," + description + "\n";
    }

    /** The lines and texts of the parted file; empty when it is not parted. */
    private List<String> parted(byte[] contents) throws IOException {
        Path bill = Files.write(folder.resolve("bill.csv"), contents);
        SourceFile file = FileHeader.read(bill);
        try (Sql sql = Sql.open("", new Properties())) {
            List<WantedColumn> wanted = DialectScript.read(sql, Dialect.FOCUS).wanted();
            Path spill = Files.createDirectories(folder.resolve("spill"));
            PartedText text = PartedText.prepare(file, ReadColumns.of(file, Dialect.FOCUS, wanted), spill)
                    .orElse(null);
            if (text == null) {
                assertThat(spill).isEmptyDirectory();
                return List.of();
            }
            List<String> both = List.of(Files.readString(text.lines()), Files.readString(text.texts()));
            text.remove();
            assertThat(spill).isEmptyDirectory();
            return both;
        }
    }

    private List<String> parted(String text) throws IOException {
        return parted(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_rows_have_in_common_is_written_once() throws IOException {
        String same = row("1", "a");
        String other = row("3", "\"b, \"\"c\"\"\nd ü\"");
        assertThat(parted(HEADER + same + row("2", "a") + other + row("4", "a")))
                .containsExactly(
                        "1,1,1,2026-06-01,2026-06-02\n2,1,2,2026-06-01,2026-06-02\n3,2,3,2026-06-01,2026-06-02\n4,1,"
                                + "4,2026-06-01,2026-06-02\n",
                        "1,1," + same + "3,2," + other);
    }

    @Test
    void windows_line_ends_a_mark_and_a_missing_last_line_end_change_nothing() throws IOException {
        String text = HEADER + row("1", "a") + row("2", "b");
        List<String> plain = parted(text);
        assertThat(plain).hasSize(2);
        assertThat(parted(text.replace("\n", "\r\n"))).isEqualTo(plain);
        assertThat(parted("\uFEFF" + text)).isEqualTo(plain);
        assertThat(parted(text.strip())).isEqualTo(plain);
        assertThat(parted(text.replace("\n", "\r\n").strip())).isEqualTo(plain);
    }

    @Test
    void records_that_lie_across_the_ends_of_buffers_stay_whole() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 40; i++) {
            text.append(row(i + "", "\"" + "é,".repeat(50_000 + i * 997) + "\""));
        }
        String lines = parted(text.toString()).get(0);
        assertThat(lines.lines()).hasSize(40);
        assertThat(parted(text.toString()).get(1)).hasSizeGreaterThan(text.length() - HEADER.length());
    }

    static Stream<Arguments> odd() {
        String good = row("1", "a");
        return Stream.of(
                        Map.entry("a blank line", HEADER + good + "\n" + good),
                        Map.entry("two kinds of line ends", HEADER + good + good.replace("\n", "\r\n")),
                        Map.entry("a lone carriage return", HEADER + good.replace("AWS", "A\rWS")),
                        Map.entry("a value too few", HEADER + good + good.replace(",a", "")),
                        Map.entry("a value too many", HEADER + good + row("1", "a,b")),
                        Map.entry("a quote inside a value", HEADER + row("1", "a\"b\"")),
                        Map.entry("text behind a quoted value", HEADER + row("1", "\"a\"b")),
                        Map.entry("an open quote", HEADER + good + row("1", "\"a")),
                        Map.entry("a line break in what differs", HEADER + row("\"1\n\"", "a")),
                        Map.entry("no text", HEADER + row("1", "a\0b")),
                        Map.entry("a record of a megabyte", HEADER + good + row("1", "x".repeat(1 << 20)) + good),
                        Map.entry("a header and nothing else than it", HEADER.replace("\n", "x\n")))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void what_could_be_read_in_two_ways_is_not_parted(String what, String text) throws IOException {
        Path bill = Files.writeString(folder.resolve("bill.csv"), text);
        SourceFile file = new SourceFile(
                bill,
                SourceFile.Form.CSV,
                false,
                StandardCharsets.UTF_8,
                ',',
                Stream.of(HEADER.strip().split(","))
                        .map(name -> new SourceFile.Column(name, "VARCHAR", null))
                        .toList());
        Path spill = Files.createDirectories(folder.resolve("spill"));
        ReadColumns columns = new ReadColumns(Map.of(), Map.of(), List.of(0, 2, 3), List.of(1, 4, 5, 6, 7), List.of());
        assertThat(PartedText.prepare(file, columns, spill)).as(what).isEmpty();
        assertThat(spill).isEmptyDirectory();
    }

    @Test
    void bytes_that_are_not_utf_8_are_not_parted() throws IOException {
        String good = HEADER + row("1", "?");
        for (byte[] bad : List.of(
                new byte[] {(byte) 0xfc},
                new byte[] {(byte) 0xc3},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0x80})) {
            String latin = good.replace("?", new String(bad, StandardCharsets.ISO_8859_1));
            assertThat(parted(latin.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
        }
    }

    /** The charges of a bill and what is reported of its rows. */
    private List<List<Object>> read(Path bill) {
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            List<List<Object>> rows = store.locked()
                    .select("SELECT * EXCLUDE (source_file) FROM charges ORDER BY ALL")
                    .rows();
            assertThat(rows).isNotEmpty();
            assertThat(store.locked()
                            .select("SELECT record, line, column_name, value, problem FROM rejects ORDER BY record")
                            .rows())
                    .containsExactly(List.of(4L, 4L, "cost", "n/a", "cost is \"n/a\""));
            return rows;
        }
    }

    @Test
    void a_parted_bill_says_what_the_whole_one_says() throws IOException {
        String header = "cost,currency,usage_start_time,usage_end_time,credits,service_description,sku_description,"
                + "project_id,resource_name,usage_amount_in_pricing_units,labels\n";
        String end = ",Compute Engine,A2 core,p,vm-%d,1,\"[{\"\"key\"\":\"\"team\"\",\"\"value\"\":\"\"ä, b\"\"}]\"\n";
        String promotion =
                "\"[{\"\"name\"\":\"\"Trial\"\",\"\"type\"\":\"\"PROMOTION\"\",\"\"amount\"\":\"\"-0.5\"\"}]\"";
        String discount = promotion.replace("PROMOTION", "COMMITTED_USAGE_DISCOUNT");
        StringBuilder text = new StringBuilder(header);
        int row = 0;
        for (String credits : List.of(promotion, "[]", "", discount, promotion, discount)) {
            String cost = ++row == 3 ? "n/a" : "1." + row;
            text.append(cost + ",USD,2026-06-0" + row + "T00:00:00Z,2026-06-0" + row + "T01:00:00Z," + credits
                    + end.formatted(row % 2));
        }
        Path plain = Files.writeString(folder.resolve("plain.csv"), text);
        Path odd = Files.writeString(folder.resolve("odd.csv"), text + "\n");
        assertThat(read(plain)).isEqualTo(read(odd));
    }
}
