package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill without metrics: what it costs is known, what could be saved is not. */
@Slow
class NothingExaminedTest {
    private static final Path CASE = Needs.projectFolder().resolve("src/test/resources/commands/no-data-is-not-clean");
    private static final List<String> SAVINGS = List.of(
            "saving",
            "stand_alone_saving",
            "overlap",
            "unconfirmed_saving",
            "blocked_saving",
            "accepted_saving",
            "freed_commitment");

    @TempDir
    private Path folder;

    private static Run scan(String... further) {
        String[] args = {"scan", "--billing", CASE.resolve("bill.csv").toString(), "-q", "-f", "json"};
        return Run.of(Stream.concat(Arrays.stream(args), Arrays.stream(further)).toArray(String[]::new));
    }

    @Test
    void an_unknown_saving_is_null_and_never_0() throws Exception {
        JsonNode totals = new ObjectMapper().readTree(scan().out()).get("totals");

        assertThat(totals.get("monthly_cost").decimalValue()).isPositive();
        assertThat(SAVINGS)
                .allSatisfy(key -> assertThat(totals.get(key).isNull())
                        .as(key + " of " + totals)
                        .isTrue());
        assertThat(totals.get("saving_by_basis").isEmpty()).isTrue();
        assertThat(totals.get("unpriced_findings").intValue()).isZero();
    }

    @Test
    void the_report_of_the_same_audit_in_every_format_says_that_it_is_unknown() throws Exception {
        Path json = folder.resolve("aiaudit.json");
        Files.writeString(json, scan().out());

        assertThat(Run.of("report", json.toString(), "-f", "json", "-q").out()).isEqualTo(Files.readString(json));
        assertThat(Run.of("report", json.toString(), "-q").out())
                .containsPattern("Net saving +- +no resource could be checked")
                .doesNotContain("0.00 to");
        assertThat(Run.of("report", json.toString(), "-f", "html", "-q").out())
                .contains("no saving could be calculated")
                .doesNotContain("$0.00 and $0.00");
    }

    @Test
    void a_limit_that_nothing_can_be_compared_with_is_reported() {
        Run run = scan("--fail-on", "0");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("warning: --fail-on 0 was not checked: the saving is unknown");
    }
}
