package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommonSentencesTest {
    private static final String BEGIN = " The data begins on 2026-06-01; less frequent use would not be visible.";
    private static final String LATER = " The data begins on 2026-06-09; less frequent use would not be visible.";

    private static Audit audit(String... reasons) {
        Audit sample = SampleAudit.rich();
        AuditedFinding finding = sample.findings().get(0);
        List<AuditedFinding> findings = IntStream.range(0, reasons.length)
                .mapToObj(index -> AuditedFindingBuilder.builder(finding)
                        .reason(reasons[index])
                        .build())
                .toList();
        return AuditBuilder.builder(sample).findings(findings).build();
    }

    private static List<String> reasons(Audit audit) {
        CommonSentences common = CommonSentences.of(audit);
        return audit.findings().stream().map(common::reason).toList();
    }

    @Test
    void the_day_on_which_most_data_begins_is_in_no_line_and_another_day_stays() {
        Audit audit = audit("No use." + BEGIN, "No use." + BEGIN + " Its disk stays.", "No use." + LATER);

        assertThat(reasons(audit)).containsExactly("No use.", "No use. Its disk stays.", "No use." + LATER);
        assertThat(CommonSentences.of(audit).history())
                .isEqualTo("The data begins on 2026-06-01: resources used less often may look idle. Findings based on "
                        + "less data say so.");
    }

    @Test
    void rules_word_the_day_as_it_is_recognised() throws IOException {
        Path cases = Needs.projectFolder().resolve("rules/gpu-instance-idle/tests.yaml");

        assertThat(Files.readString(cases)).contains("be ruled out." + BEGIN);
    }

    @Test
    void what_one_finding_says_stays_in_it() {
        Audit audit = audit("No use." + BEGIN, "No use." + LATER, "Busy.");

        assertThat(reasons(audit)).containsExactly("No use." + BEGIN, "No use." + LATER, "Busy.");
        assertThat(CommonSentences.of(audit).history()).startsWith("Resources used less often than once in ");
    }

    @Test
    void where_a_decision_is_recorded_is_not_repeated() {
        assertThat(Stream.of(
                                "Confidence is low. Check the finding by hand; if it is right, list its rule and "
                                        + "resource under `verified` in aiaudit.yaml. It also needs your approval: "
                                        + "set `latency: yes` for it under policy in aiaudit.yaml.",
                                "The estimate was not validated. Test it on one instance; if it holds, list its rule "
                                        + "and resource under verified in aiaudit.yaml.")
                        .map(CommonSentences::withoutRecord))
                .containsExactly(
                        "Confidence is low. Check the finding by hand. It also needs your approval: set "
                                + "`latency: yes`.",
                        "The estimate was not validated. Test it on one instance.");
    }
}
