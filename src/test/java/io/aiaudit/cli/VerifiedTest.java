package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody has checked by hand counts, and what was checked is reported. */
class VerifiedTest {
    private static final String RULE = "training-job-stalled";
    private static final String JOB = "arn:aws:sagemaker:us-east-1:444455556666:training-job/vision-pretrain-retry";

    @TempDir
    private Path folder;

    @Test
    void a_finding_of_low_confidence_counts_with_the_line_that_says_so() throws Exception {
        SavedDemo.in(folder);
        Path config = Files.writeString(folder.resolve("own.yaml"), """
                verified:
                  - {rule: training-job-stalled, resource_id: "%s", reason: its log shows no step since 9 June}
                  - {rule: training-job-stalled, resource: nobody, reason: not there}
                """.formatted(JOB));

        Run run = Run.of(
                "report",
                folder.resolve("demo.aiaudit").toString(),
                "-q",
                "--rule",
                RULE,
                "-f",
                "json",
                "--config",
                config.toString());

        JsonNode before =
                new ObjectMapper().readTree(folder.resolve("aiaudit.json").toFile());
        JsonNode after = new ObjectMapper().readTree(run.out());
        assertThat(finding(before).path("status").asText()).isEqualTo("unconfirmed");
        assertThat(finding(after).path("status").asText()).isEqualTo("counted");
        assertThat(finding(after).path("status_reason").asText())
                .endsWith("Checked by hand: its log shows no step since 9 June (own.yaml:2).");
        assertThat(finding(after).at("/counted/likely").decimalValue()).isPositive();
        assertThat(after.path("warnings").toString())
                .contains("own.yaml:3: the verified entry \\\"not there\\\" matches no finding of this scan (rule ");
    }

    private static JsonNode finding(JsonNode audit) {
        for (JsonNode finding : audit.path("findings")) {
            if (finding.path("rule").asText().equals(RULE)
                    && finding.path("resource_id").asText().equals(JOB)) {
                return finding;
            }
        }
        throw new AssertionError("no finding of " + RULE);
    }
}
