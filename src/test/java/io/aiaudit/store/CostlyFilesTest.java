package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Limited;
import io.aiaudit.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that are small to send and dear to read: each is refused in words before it costs much time or memory. */
@Slow
@Holds
class CostlyFilesTest {
    private static final String HEADER = "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ServiceName,ProviderName,ResourceId";
    private static final String ROW = "1.5,1.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon EC2,AWS,i-1";

    private static final int MEBIBYTES_OF_A_MEMBER = 8;

    @TempDir
    private Path folder;

    private void refused(Path file, String reason) {
        Limited.toLittle(
                () -> assertThatThrownBy(() -> TestStore.ofBills(folder, file).close())
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining(file.getFileName().toString())
                        .hasMessageContaining(reason));
    }

    /** Text between a head and a tail, packed: a gigabyte is some megabytes, soon made of members that are alike. */
    private Path packed(String name, String head, byte filler, int mebibytes, String tail) throws IOException {
        byte[] filling = new byte[MEBIBYTES_OF_A_MEMBER << 20];
        Arrays.fill(filling, filler);
        byte[] member = member(filling);
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(member(head.getBytes(StandardCharsets.UTF_8)));
            for (int i = 0; i < mebibytes / MEBIBYTES_OF_A_MEMBER; i++) {
                out.write(member);
            }
            out.write(member(tail.getBytes(StandardCharsets.UTF_8)));
        }
        return file;
    }

    private static byte[] member(byte[] contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(contents);
        }
        return bytes.toByteArray();
    }

    @Test
    void a_million_columns() throws IOException {
        String names = IntStream.range(0, 1_000_000).mapToObj(i -> "," + i).collect(Collectors.joining());
        Path file = Files.writeString(
                folder.resolve("wide.csv"), HEADER + names + "\n" + ROW + ",".repeat(1_000_000) + "\n");
        // Beyond the first 4 MB nothing is looked at: the names that are there are too many already.
        refused(file, "more than 10,000 columns");
    }

    @Test
    void twenty_thousand_columns_of_parquet() throws SQLException {
        Path file = folder.resolve("wide.parquet");
        String columns = IntStream.range(0, 20_000).mapToObj(i -> "1 AS c" + i).collect(Collectors.joining(", "));
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("COPY (SELECT " + columns + ") TO '" + file + "'");
        }
        refused(file, "more than 10,000 columns");
    }

    @Test
    void an_object_of_a_hundred_thousand_keys() throws IOException {
        String keys =
                IntStream.range(0, 100_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        refused(Files.writeString(folder.resolve("wide.jsonl"), "{" + keys + "}\n"), "more than 10,000 columns");
    }

    @Test
    void a_line_of_a_gigabyte() throws IOException {
        refused(
                packed("long.csv.gz", HEADER + "\n" + ROW + "\n" + ROW, (byte) 'a', 1024, "\n" + ROW + "\n"),
                "the row in line 3 is longer than 64 MB");
    }

    @Test
    void a_quote_that_a_gigabyte_follows() throws IOException {
        refused(
                packed("quote.csv.gz", HEADER + "\n" + ROW + "\n\"", (byte) '\n', 1024, ""),
                "the quote (\") that opens in line 3 is never closed");
    }

    /** In UTF-16 a quote is two bytes. */
    @Test
    void a_quote_in_another_encoding_that_much_text_follows() throws IOException {
        Path file = folder.resolve("utf16.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write((HEADER + "\n" + ROW + "\n\"").getBytes(StandardCharsets.UTF_16));
            byte[] lines = "a\n".repeat(1 << 19).getBytes(StandardCharsets.UTF_16BE);
            for (int i = 0; i < 48; i++) {
                out.write(lines);
            }
        }
        refused(file, "the quote (\") that opens in line 3 is never closed");
    }

    @Test
    void a_header_of_a_gigabyte() throws IOException {
        refused(packed("header.csv.gz", "", (byte) 'a', 1024, "\n"), "its header is not that of");
    }

    /** A pipe would be read twice, and wait for ever the second time. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void what_is_no_regular_file() {
        refused(Path.of("/dev/zero"), "is not a regular file but a pipe or a device");
    }

    @Test
    void a_manifest_of_gigabytes() throws IOException {
        Path file = folder.resolve("manifest.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        Limited.toLittle(() -> assertThatThrownBy(() -> ExportManifest.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("manifest.json is larger than 64 MB"));
    }

    @Test
    void a_gigabyte_of_nothing() throws IOException {
        refused(packed("zeros.csv.gz", "", (byte) 0, 1024, ""), "is not a text file");
    }

    @Test
    void a_json_line_of_a_gigabyte() throws IOException {
        refused(
                packed("long.jsonl.gz", googleLine() + "{\"billing_account_id\":\"", (byte) 'a', 1024, "\"}\n"),
                "line 2 is longer than 16 MB");
    }

    @Test
    void json_that_is_nested_a_million_deep() throws IOException {
        Path file = Files.writeString(
                folder.resolve("deep.jsonl"),
                "{\"billing_account_id\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}\n");
        refused(file, "its first lines are not JSON objects");
    }

    @Test
    void more_blank_lines_than_any_file_has() throws IOException {
        refused(packed("blank.csv.gz", HEADER + "\n" + ROW + "\n", (byte) '\n', 200, ""), "64 MB of blank lines");
        refused(packed("returns.csv.gz", HEADER + "\n" + ROW + "\n", (byte) '\r', 200, ""), "64 MB of blank lines");
        refused(packed("blank.jsonl.gz", googleLine(), (byte) '\n', 200, ""), "64 MB of blank lines");
        refused(packed("start.csv.gz", "", (byte) '\n', 200, ""), "begins with 4 MB of blank lines");
    }

    /** In UTF-16 a line end is two bytes. */
    @Test
    void blank_lines_in_another_encoding() throws IOException {
        Path file = folder.resolve("utf16.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write((HEADER + "\n" + ROW + "\n").getBytes(StandardCharsets.UTF_16));
            byte[] lines = "\n".repeat(1 << 19).getBytes(StandardCharsets.UTF_16BE);
            for (int i = 0; i < 136; i++) {
                out.write(lines);
            }
        }
        refused(file, "64 MB of blank lines");
    }

    /** Many blank lines are no long row, and all that is in the file is read. */
    @Test
    void many_blank_lines_are_no_long_row() throws IOException {
        String other = ROW.replace("1.5,1.5", "2.5,2.5");
        Path file = packed("blank.csv.gz", HEADER + "\n" + ROW + "\n", (byte) '\n', 40, other + "\n");
        try (TestStore store = TestStore.ofBills(folder, file)) {
            assertThat(store.locked()
                            .select("SELECT sum(BilledCost)::VARCHAR FROM charges")
                            .texts())
                    .containsExactly("4.000000000000");
        }
    }

    private static String googleLine() {
        return "{\"billing_account_id\":\"01AB23\",\"service\":{\"description\":\"Compute Engine\"},\"sku\":{\"id\":"
                + "\"A\",\"description\":\"A2\"},\"usage_start_time\":\"2026-06-01 00:00:00 UTC\",\"usage_end_time\":"
                + "\"2026-06-01 01:00:00 UTC\",\"project\":{\"id\":\"prod\",\"labels\":[]},\"location\":{\"region\":"
                + "\"us\"},\"currency\":\"USD\",\"credits\":[],\"cost\":1}\n";
    }
}
