package io.aiaudit.report.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SarifReporterTest {
    static List<Audit> audits() {
        return List.of(SampleAudit.rich(), SampleAudit.empty(), HostileAudit.everywhere());
    }

    @ParameterizedTest
    @MethodSource("audits")
    void every_audit_is_valid_by_the_published_schema(Audit audit) throws IOException {
        try (InputStream in = SarifReporterTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in, InputFormat.JSON);
            assertThat(schema.validate(sarif(audit))).isEmpty();
            assertThat(schema.validate(new ObjectMapper().readTree("{\"version\": \"2.1.0\"}")))
                    .as("the schema refuses what has no runs")
                    .isNotEmpty();
        }
    }

    @Test
    void what_counts_is_a_warning_and_what_needs_a_decision_or_has_no_amount_a_note() throws IOException {
        assertThat(results("counted"))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.path("level").asText()).isEqualTo("warning"));
        for (String status : List.of("unconfirmed", "unpriced", "govern")) {
            assertThat(results(status))
                    .as(status)
                    .isNotEmpty()
                    .allSatisfy(
                            result -> assertThat(result.path("level").asText()).isEqualTo("note"));
        }
    }

    @Test
    void what_the_user_accepted_or_forbids_is_suppressed_with_his_reason_and_nothing_else_is() throws IOException {
        for (String status : List.of("accepted", "blocked")) {
            assertThat(results(status)).as(status).isNotEmpty().allSatisfy(result -> {
                assertThat(result.at("/suppressions/0/status").asText()).isEqualTo("accepted");
                assertThat(result.at("/suppressions/0/justification").asText()).isNotBlank();
            });
        }
        assertThat(results("counted"))
                .allSatisfy(result -> assertThat(result.has("suppressions")).isFalse());
    }

    @Test
    void an_alternative_is_no_second_warning_about_the_same_money() throws IOException {
        assertThat(results("alternative")).isNotEmpty().allSatisfy(result -> {
            assertThat(result.path("kind").asText()).isEqualTo("informational");
            assertThat(result.path("level").asText()).isEqualTo("none");
        });
    }

    @Test
    void a_finding_keeps_its_id_its_rule_and_its_amounts() throws IOException {
        Audit audit = SampleAudit.rich();
        JsonNode result = sarif(audit).at("/runs/0/results/0");
        assertThat(result.at("/partialFingerprints/aiauditFinding~1v1").asText())
                .isEqualTo(audit.findings().get(0).id());
        int index = result.path("ruleIndex").asInt();
        assertThat(sarif(audit).at("/runs/0/tool/driver/rules/" + index + "/id").asText())
                .isEqualTo(result.path("ruleId").asText())
                .isEqualTo("inference-endpoint-idle");
        assertThat(result.at("/properties/countedLikely").decimalValue()).isEqualByComparingTo("18921.60");
        assertThat(result.at("/message/text").asText())
                .startsWith("chat-v1-prod served ")
                .contains("Saves $18,922 a month");
    }

    @Test
    void what_was_not_read_and_rules_that_failed_are_errors_of_the_run() throws IOException {
        JsonNode invocation = sarif(SampleAudit.rich()).at("/runs/0/invocations/0");
        assertThat(invocation.path("executionSuccessful").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(
                        invocation.path("toolExecutionNotifications").spliterator(), false))
                .filteredOn(notification -> notification.path("level").asText().equals("error"))
                .extracting(notification -> notification.at("/message/text").asText())
                .anyMatch(text -> text.contains("access denied for sagemaker:ListEndpoints"))
                .anyMatch(text -> text.startsWith("The rule house-rule failed"))
                .hasSize(3);
        assertThat(sarif(SampleAudit.flagged(SampleAudit.rich(), false, true))
                        .at("/runs/0/invocations/0/executionSuccessful")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_name_makes_neither_a_link_nor_an_argument_of_a_message() throws IOException {
        assertThat(sarif(SampleAudit.with(
                                SampleAudit.rich(), finding -> SampleAudit.withName(finding, "[click](1) {0} \\")))
                        .at("/runs/0/results/0/message/text")
                        .asText())
                .startsWith("\\[click\\](1) {{0}} \\\\: ");
    }

    private static List<JsonNode> results(String status) throws IOException {
        return StreamSupport.stream(
                        sarif(SampleAudit.rich()).at("/runs/0/results").spliterator(), false)
                .filter(result -> result.at("/properties/status").asText().equals(status))
                .toList();
    }

    private static JsonNode sarif(Audit audit) throws IOException {
        return new ObjectMapper().readTree(Written.by(new SarifReporter(), audit));
    }
}
