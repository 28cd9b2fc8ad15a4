package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fix takes once is reckoned from the configuration and claimed nowhere without it. */
class EffortTest {
    private static final Set<String> CLAIMS_NOTHING =
            Set.of("alternative", "blocked", "accepted", "unpriced", "no_saving", "govern");

    @TempDir
    private static Path folder;

    private static String audit;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        audit = folder.resolve("aiaudit.json").toString();
    }

    private static Run report(String effort, String format) throws IOException {
        Path config = Files.writeString(folder.resolve("effort.yaml"), "effort:" + effort + "\n");
        return Run.of("report", audit, "-q", "-f", format, "--config", config.toString());
    }

    private static List<JsonNode> withRemedy(String json) throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper().readTree(json).path("findings").spliterator(), false)
                .filter(finding -> finding.path("remedy").isObject())
                .toList();
    }

    @Test
    void without_it_nothing_is_claimed() throws IOException {
        assertThat(withRemedy(Files.readString(Path.of(audit))))
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.path("remedy").has("one_off")).isFalse());
    }

    @Test
    void cost_is_hours_by_rate_and_payback_is_cost_by_the_likely_saving() throws IOException {
        Run run = report(" {hourly_rate: 95, hours: {high: 100.5}}", "json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        List<JsonNode> findings = withRemedy(run.out());
        assertThat(findings)
                .anyMatch(
                        finding -> finding.at("/remedy/one_off/payback_months").isNumber());
        for (JsonNode finding : findings) {
            JsonNode oneOff = finding.at("/remedy/one_off");
            String cost = switch (finding.at("/remedy/effort").asText()) {
                case "low" -> "190.00";
                case "medium" -> "1520.00";
                default -> "9547.50";
            };
            assertThat(oneOff.path("cost").decimalValue()).isEqualByComparingTo(cost);
            if (CLAIMS_NOTHING.contains(finding.path("status").asText())) {
                assertThat(oneOff.path("payback_months").isNull())
                        .as(finding.toString())
                        .isTrue();
            }
            if (finding.path("status").asText().equals("counted")) {
                BigDecimal saving = finding.at("/counted/likely").decimalValue();
                if (saving.signum() == 0) {
                    assertThat(oneOff.path("payback_months").isNull()).isTrue();
                    continue;
                }
                // Within half a tenth of the exact quotient, checked by multiplication.
                BigDecimal error = oneOff.path("payback_months")
                        .decimalValue()
                        .multiply(saving)
                        .subtract(new BigDecimal(cost))
                        .abs();
                assertThat(error).isLessThanOrEqualTo(saving.multiply(new BigDecimal("0.05")));
            }
        }
    }

    @Test
    void hours_without_a_rate_claim_no_money() throws IOException {
        assertThat(withRemedy(report(" {hours: {low: 3}}", "json").out())).allSatisfy(finding -> {
            assertThat(finding.at("/remedy/one_off/hours").isNumber()).isTrue();
            assertThat(finding.at("/remedy/one_off/cost").isNull()).isTrue();
            assertThat(finding.at("/remedy/one_off/payback_months").isNull()).isTrue();
        });
        assertThat(report(" {hours: {low: 3}}", "md").out())
                .contains("- Effort: low; about 3 hours\n")
                .doesNotContain("pays back", "payback");
    }

    @Test
    void page_markdown_and_workbook_say_it() throws IOException {
        assertThat(report(" {hourly_rate: 95}", "md").out())
                .containsPattern("- Effort: medium; about 16 hours, \\$1,520; pays back in [0-9.]+ months?\n");
        assertThat(report(" {hourly_rate: 95}", "html")
                        .out()
                        .contains("<dt>Effort</dt><dd>low; about 2 hours, $190; pays back "))
                .isTrue();
        Path out = folder.resolve("sheets");
        Run run = Run.of(
                "report",
                audit,
                "-q",
                "-f",
                "xlsx",
                "-o",
                out.toString(),
                "--config",
                folder.resolve("effort.yaml").toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        StringBuilder parts = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(out.resolve("aiaudit.xlsx")))) {
            while (zip.getNextEntry() != null) {
                parts.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(parts.indexOf("One-off cost")).isPositive();
        assertThat(parts.indexOf("<v>1520</v>")).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
             {hourly_rate: 0}; expected a number above 0
             {hourly_rate: -5}; expected a number above 0
             {hourly_rate: much}; expected a number
             {hours: {tiny: 1}}; unknown key "tiny"
             {hours: {low: 0.001}}; at most two decimals
             {rate: 5}; unknown key "rate"
            """)
    void what_is_no_rate_and_no_hours_is_refused(String effort, String problem) throws IOException {
        Run run = report(" " + effort, "json");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err()).contains("effort.yaml:1", problem, "fix: ");
    }
}
