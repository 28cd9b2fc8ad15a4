package io.aiaudit.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Status;
import io.aiaudit.report.Printed;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.section.Findings;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a client signs: a yes that counts nothing without a check or a test says so. */
class PdfDecisionsTest {
    private static final String VERIFIED = " list its rule and resource under `verified` in aiaudit.yaml.";
    private static final String APPROVAL =
            " It also needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.";

    private static final Audit AUDIT = SampleAudit.of(SampleFindings.all());
    private static final AuditedFinding OPEN =
            Findings.with(AUDIT, Status.UNCONFIRMED).get(0);

    private static String printed(String reason, Confidence confidence) throws IOException {
        Audit audit = SampleAudit.with(
                AUDIT,
                finding -> finding.id().equals(OPEN.id())
                        ? AuditedFindingBuilder.builder(finding)
                                .statusReason(reason)
                                .confidence(confidence)
                                .build()
                        : finding);
        return Printed.of(audit).text().replaceAll("\\s+", " ");
    }

    @Test
    void what_was_not_validated_is_tested_first_whatever_its_confidence() throws IOException {
        String text = printed(
                "The estimate was not validated. Test it on one instance; if it holds," + VERIFIED + APPROVAL,
                Confidence.MEDIUM);

        assertThat(text)
                .contains("Test it on one instance first. Is higher latency acceptable?")
                .containsPattern("\\$[0-9,]+ of it needs a check by hand or a test first");
    }

    @Test
    void a_check_and_an_approval_are_two_answers() throws IOException {
        String check = "Confidence is low. Check the finding by hand; if it is right," + VERIFIED;

        assertThat(printed(check + APPROVAL, Confidence.LOW))
                .contains("Check it by hand first. ", "Confirmed: ", "Approved: ")
                .containsPattern("Confidence is low\\. .{0,200}\\. Owner ")
                .doesNotContain("Is it true, and the action approved?");
        assertThat(printed(check, Confidence.LOW))
                .as("where nothing has to be approved")
                .contains("Check it by hand first. ", "Confirmed: ")
                .doesNotContain("Approved: ");
    }

    @Test
    void an_approval_alone_has_one_answer() throws IOException {
        assertThat(printed(
                        "Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.", Confidence.LOW))
                .contains("Action: " + OPEN.remedy().action(), "The first three actions Confirm with the owner before")
                .doesNotContain("Check it by hand first. Is higher latency");
    }
}
