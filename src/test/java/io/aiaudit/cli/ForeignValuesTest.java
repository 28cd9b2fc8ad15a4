package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved scans of strangers with values that no scan saves are refused by what is wrong in them. */
@Slow
class ForeignValuesTest {
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");

    @TempDir
    private static Path shared;

    private static Path whole;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void scan() {
        whole = shared.resolve("whole.aiaudit");
        Run run = Run.of(
                "scan",
                "--billing",
                FILES.resolve("bill.csv").toString(),
                "--usage",
                FILES.resolve("usage.csv").toString(),
                "-q",
                "--rule",
                OneRule.ID,
                "--save",
                whole.toString(),
                "-f",
                "json");
        assertThat(run.exitCode()).as(run::toString).isZero();
    }

    @BeforeEach
    void choose() {
        file = folder.resolve("june.aiaudit");
    }

    /** Found by hand: they ended as a defect, or did not end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE scan SET window_end = NULL                          | the table scan has a row with no window_end.
            UPDATE scan SET window_start = TIMESTAMP '0001-01-01'      | the table scan has a row with a window that no
            UPDATE scan SET window_start = window_end + INTERVAL 1 DAY | the table scan has a row with a window that no
            UPDATE scan SET sources = NULL                             | the table scan has a row with no sources.
            UPDATE scan SET schema_version = 99                     | the table scan has a row with another schema_ver
            UPDATE resources SET kind = NULL                           | the table resources has a row with no kind.
            INSERT INTO resources FROM resources                    | the table resources has a row with the resource_
            UPDATE metrics SET average = 'nan'                         | a value of average that is no number below 1
            UPDATE charge_lines SET ChargePeriodStart = '-infinity'    | a value of ChargePeriodStart that is no time.
            UPDATE charge_texts SET provider = NULL                    | the table charge_texts has a row with no provid
            INSERT INTO advice DEFAULT VALUES                          | the table advice has a row with no resource_id.
            INSERT INTO warnings DEFAULT VALUES                        | the table warnings has a row with no message.
            INSERT INTO gaps(source) VALUES ('AWS')                    | the table gaps has a row with no scope.
            INSERT INTO rejects(file, problem) VALUES ('x', 'y')       | a row with a file that is not among its files.
            UPDATE files SET rejected_rows = NULL                      | the table files has a row with no rejected_rows
            INSERT INTO config VALUES ('scan_cost.aws_usd', 'x')     | the table config has a row with a cost of
            INSERT INTO config VALUES ('scan_cost.x', '1e-99999999') | the table config has a row with a cost of
            INSERT INTO config VALUES ('policy', '# from line 2000000000') | config has a row with a text that no
            INSERT INTO config VALUES ('policy', repeat('x', 5000000)) | config has a row with a text of more
            INSERT INTO config VALUES ('x', 'y'), ('x', 'z')     | the table config has a row with the key of another
            INSERT INTO charge_texts FROM charge_texts         | charge_texts has a row with the text_id of anoth
            UPDATE metrics SET total = 1.7e308                         | a value of total that is no number below 1
            UPDATE scan SET sources = ['files', NULL]      | scan has a row with a list of sources that lacks a text.
            UPDATE charge_lines SET ChargePeriodStart = TIMESTAMP '0001-01-01' | has a row with a period that no bill
            UPDATE files SET content = 'bills'             | has a row with another content than billing, inventory,
            UPDATE charge_texts SET component = 'all'      | has a row with another component than time, usage, storage,
            INSERT INTO warnings VALUES (repeat('x', 5000000)) | warnings has a row with a text of more than 4 MB in me
            UPDATE resources SET tags = map(range(2000)::VARCHAR[], range(2000)::VARCHAR[]) \
            | resources has a row with more than 1,000 tags, or more than 4 MB in one.
            UPDATE resources SET attributes = MAP {'a': repeat('x', 5000000)} | with more than 1,000 attributes, or more
            INSERT INTO gaps SELECT 'AWS', 'a', 'b', 'c', 'd', 'e', 'f', list_transform(range(5000000), lambda i: 'x') \
            | gaps has a row with a list of more than 4 MB in objects.
            UPDATE charge_texts SET spend_class = 'x'      | has a row with another spend_class than ai, other, untold.
            """)
    void a_value_that_no_scan_saves_is_refused_by_its_name(String change, String message) throws Exception {
        assertThat(isMade(change)).isTrue();
        Run run = Run.of("report", file.toString(), "-q", "-f", "json");
        assertThat(run.exitCode()).as(run::err).isEqualTo(2);
        assertThat(run.err()).contains(file + ": ", message);
    }

    /** Found by hand: a secret was hidden only while a source was read. */
    @Test
    void a_secret_in_a_tag_or_a_warning_is_hidden() throws Exception {
        assertThat(isMade("UPDATE resources SET tags = MAP {'db_password': 'letmein'};"
                        + "INSERT INTO warnings VALUES ('the key AKIAIOSFODNN7EXAMPLE is wrong')"))
                .isTrue();
        Run run = Run.of("report", file.toString(), "-q", "-f", "json");
        assertThat(run.out())
                .contains("the key [hidden] is wrong", "\"db_password\": \"[hidden]\"")
                .doesNotContain("letmein");
    }

    /** What a bill may leave out is no fault of a scan that was saved from it. */
    @Test
    void a_commitment_without_a_kind_and_advice_without_words_are_read() throws Exception {
        assertThat(isMade("INSERT INTO commitments(provider, id) VALUES ('aws', 'sp-1')"))
                .isTrue();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = database.createStatement()) {
            statement.execute("INSERT INTO advice(resource_id, source) SELECT resource_id, 'AWS' FROM resources");
        }
        Run run = Run.of(
                "report",
                file.toString(),
                "-f",
                "html,json,md",
                "-o",
                folder.resolve("o").toString());
        assertThat(run.exitCode()).as(run::err).isZero();
    }

    /** False where the database itself refuses it. */
    private boolean isMade(String change) throws Exception {
        Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = database.createStatement()) {
            statement.execute(change);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
