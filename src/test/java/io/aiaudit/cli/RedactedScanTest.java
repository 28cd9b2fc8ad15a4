package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan saved with {@code --redact} has pseudonyms in every table, and every command that reads it shows them. */
class RedactedScanTest {
    @TempDir
    private static Path folder;

    private static NamedCompany company;
    private static Path key;
    private static Path plain;
    private static Path redacted;

    @BeforeAll
    static void scan() throws IOException {
        company = NamedCompany.in(folder);
        key = folder.resolve("client.key");
        plain = folder.resolve("plain.aiaudit");
        redacted = folder.resolve("redacted.aiaudit");
        Run named = company.scan("--save", plain.toString(), "-f", "json", "-o", folder.resolve("plain"));
        assertThat(named.exitCode()).as(named::toString).isEqualTo(4);
        Run hidden = company.scan(
                "--save", redacted, "--redact-key", key, "-f", RedactTest.FORMATS, "-o", folder.resolve("redacted"));
        assertThat(hidden.exitCode()).as(hidden::toString).isEqualTo(4);
        assertThat(hidden.err()).containsPattern("1/[0-9] files\\R").doesNotContain("okapi");
    }

    /** All rows of a table, each as JSON, in an order of their own: some are read in that of threads. */
    private static Map<String, String> tables(Path scan) throws SQLException {
        Properties readOnly = new Properties();
        readOnly.setProperty("access_mode", "READ_ONLY");
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + scan, readOnly);
                Statement statement = connection.createStatement()) {
            for (String table : column(statement, "SELECT table_name FROM duckdb_tables()")) {
                tables.put(
                        table,
                        String.join(
                                "\n",
                                column(statement, "SELECT to_json(t)::VARCHAR FROM " + table + " AS t ORDER BY ALL")));
            }
        }
        return tables;
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static String audit(Path folder) throws IOException {
        return Files.readString(folder.resolve("aiaudit.json"));
    }

    @Test
    void no_table_and_no_byte_of_the_file_has_a_name() throws IOException, SQLException {
        assertThat(tables(plain).toString().toLowerCase(Locale.ROOT))
                .contains(NamedCompany.NAMES)
                .contains(NamedCompany.ACCOUNT);
        tables(redacted)
                .forEach((table, rows) -> assertThat(rows.toLowerCase(Locale.ROOT))
                        .as(table)
                        .doesNotContain(NamedCompany.NAMES)
                        .doesNotContain(NamedCompany.ACCOUNT));
        // The database packs most texts, but not all: what was overwritten would be found here.
        assertThat(Files.readString(redacted, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
                .doesNotContain(NamedCompany.NAMES)
                .doesNotContain(NamedCompany.ACCOUNT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(redacted)))
                .isEqualTo("rw-------");
    }

    /** What a cloud calls its meters names nobody; what others sell through it may be called by its buyer. */
    @Test
    void the_meter_of_a_cloud_stays_and_that_of_any_other_seller_is_replaced_whole() throws SQLException {
        assertThat(meters(plain))
                .contains("EUW1-Host:ml.g5.2xlarge", "DataTransfer-Out-Bytes", "Mark May hours", "Grant Marks hours");
        assertThat(meters(redacted))
                .contains("EUW1-Host:ml.g5.2xlarge", "DataTransfer-Out-Bytes")
                .hasSize(meters(plain).size())
                .filteredOn(meter -> !meter.contains("-Host:") && !meter.startsWith("Data"))
                .hasSize(3)
                .allMatch(meter -> meter.matches("x-[0-9a-f]{12}"));
    }

    private static List<String> meters(Path scan) throws SQLException {
        Properties readOnly = new Properties();
        readOnly.setProperty("access_mode", "READ_ONLY");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + scan, readOnly);
                Statement statement = connection.createStatement()) {
            return column(statement, "SELECT DISTINCT SkuMeter FROM charges WHERE SkuMeter IS NOT NULL ORDER BY ALL");
        }
    }

    @Test
    void report_explain_diff_questions_and_history_show_the_pseudonyms_of_the_audit() throws IOException {
        String audit = audit(folder.resolve("redacted"));
        String file = redacted.toString();

        Run report = Run.of("report", file, "-f", "json");
        assertThat(report.exitCode()).as(report::toString).isEqualTo(4);
        assertThat(report.out()).isEqualTo(audit);
        String pseudonym = Pattern.compile("endpoint/(x-[0-9a-f]{12})")
                .matcher(audit)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(Run.of("query", file, "FROM resources", "-f", "json").out()).contains(pseudonym);
        for (Run run : List.of(
                Run.of("explain", file, "inference-endpoint-idle"),
                Run.of("diff", file, folder.resolve("redacted/aiaudit.json").toString(), "-f", "json"),
                Run.of("questions", file),
                Run.of("report", file, "--details"),
                Run.of("history", months().toString(), "-f", "json"))) {
            assertThat(run.exitCode()).as(run::toString).isIn(0, 4);
            assertThat((run.out() + run.err().replace(folder.toString(), "")).toLowerCase(Locale.ROOT))
                    .doesNotContain(NamedCompany.NAMES)
                    .doesNotContain(NamedCompany.ACCOUNT);
        }
    }

    @Test
    void no_format_has_a_word_of_the_policy_the_entries_the_brand_or_the_files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("redacted"))) {
            for (Path file : files.toList()) {
                assertThat(RedactTest.text(file).toLowerCase(Locale.ROOT))
                        .as(file.toString())
                        .doesNotContain(NamedCompany.NAMES)
                        .doesNotContain(NamedCompany.ACCOUNT);
            }
        }
        assertThat(audit(folder.resolve("plain")))
                .as("sentences that quote the policy and entries")
                .contains(
                        "(tapir.yaml:3, tag tier=Will Price (Next Day) has)",
                        "has no effect, since later entries say otherwise",
                        "matches no resource of this scan",
                        "names the rule \\\"next day rule\\\", which does not exist",
                        "ended on 2026-01-02");
    }

    /** Found by hand: the client was on what was rendered again, whatever --redact had left out. */
    @Test
    void rendered_again_with_a_brand_every_format_is_as_the_scan_wrote_it() throws IOException {
        String brand = company.brand().toString();
        Path audit = folder.resolve("redacted/aiaudit.json");
        for (Path source : List.of(audit, redacted)) {
            Path again = folder.resolve("again-of-" + source.getFileName());
            Run run = Run.of(
                    "report", source.toString(), "--config", brand, "-f", RedactTest.FORMATS, "-o", again.toString());
            assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
            assertThat(run.err()).contains("Of the brand, only its colour is on redacted reports");
            try (Stream<Path> files = Files.list(folder.resolve("redacted"))) {
                for (Path file : files.toList()) {
                    assertThat(again.resolve(file.getFileName()))
                            .as(source + " as " + file.getFileName())
                            .hasSameBinaryContentAs(file);
                }
            }
        }
    }

    @Test
    void only_an_audit_and_a_saved_scan_get_their_names_back() {
        for (String report : List.of("aiaudit.md", "aiaudit.html", "aiaudit.csv.zip", "aiaudit.pdf")) {
            Run run = Run.of(
                    "unredact", folder.resolve("redacted").resolve(report).toString(), "--key", key.toString());
            assertThat(run.exitCode()).as(run::toString).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            report + " is neither a saved scan nor the aiaudit.json of an audit.",
                            "fix: Restore the names in the audit, then render it again: aiaudit unredact");
        }
    }

    private static Path months() throws IOException {
        Path months = Files.createDirectories(folder.resolve("months"));
        Path june = months.resolve("june.aiaudit");
        return Files.exists(june) ? months : Files.copy(redacted, june).getParent();
    }

    @Test
    void the_same_key_makes_the_same_file_next_month() throws SQLException {
        Path again = folder.resolve("again.aiaudit");
        Run run = company.scan("--save", again.toString(), "--redact-key", key, "-f", "json");
        assertThat(run.exitCode()).as(run::toString).isEqualTo(4);

        assertThat(withoutTime(tables(again))).isEqualTo(withoutTime(tables(redacted)));
    }

    @Test
    void the_key_brings_back_the_audit_and_the_scan() throws IOException, SQLException {
        Run audit = Run.of("unredact", redacted.toString(), "--key", key.toString());
        Path restored = folder.resolve("restored.aiaudit");
        Run scan =
                Run.of("unredact", redacted.toString(), "--redact-key", key.toString(), "--save", restored.toString());

        assertThat(audit.exitCode()).as(audit::toString).isZero();
        assertThat(withoutTime(audit.out())).isEqualTo(withoutTime(audit(folder.resolve("plain"))));
        assertThat(scan.exitCode()).as(scan::toString).isZero();
        assertThat(scan.out()).isEmpty();
        assertThat(withoutTime(tables(restored))).isEqualTo(withoutTime(tables(plain)));
        assertThat(Run.of("report", restored.toString(), "-f", "json").out()).isEqualTo(audit.out());
    }

    /** Texts are numbered by a hash of them where names are, else counted. */
    private static Map<String, String> withoutTime(Map<String, String> tables) {
        tables.replaceAll((table, rows) -> withoutTime(rows).lines().sorted().collect(Collectors.joining("\n")));
        return tables;
    }

    private static String withoutTime(String text) {
        return text.replaceAll("(\\\\?\"scanned_at\\\\?\" ?: ?)\\\\?\"[^\"\\\\]*\\\\?\"", "$1")
                .replaceAll("\"text_id\":[0-9]+", "");
    }

    @Test
    void what_would_do_nothing_or_harm_is_refused() {
        String file = redacted.toString();

        assertThat(Run.of("report", file, "--rule", "inference-endpoint-idle").err())
                .contains("a redacted scan, which cannot be evaluated again", "unredact --save");
        assertThat(company.scan("--save", key.toString(), "--redact-key", key).err())
                .contains("the key and the saved scan have the same name");
        assertThat(Run.of("unredact", plain.toString(), "--key", key.toString()).err())
                .contains("is not redacted");
        assertThat(Run.of(
                                "unredact",
                                folder.resolve("redacted/aiaudit.json").toString(),
                                "--key",
                                key.toString(),
                                "--save",
                                folder.resolve("x.aiaudit").toString())
                        .err())
                .contains("is a finished audit, not a saved scan");
    }

    @Test
    void a_key_that_does_not_know_the_names_writes_nothing() throws IOException {
        Path other = folder.resolve("other.key");
        Path target = folder.resolve("half.aiaudit");
        company.scan("-f", "json", "--redact-key", other, "--rule", OneRule.ID);

        Run run = Run.of("unredact", redacted.toString(), "--key", other.toString(), "--save", target.toString());

        assertThat(run.exitCode()).as(run::toString).isEqualTo(2);
        assertThat(run.err()).contains("the key does not know");
        assertThat(target).doesNotExist();
    }
}
