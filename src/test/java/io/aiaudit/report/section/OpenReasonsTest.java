package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenReasonsTest {
    private static final Amounts DOLLARS = Amounts.page("USD");

    @Test
    void each_reason_has_what_it_adds_and_all_of_them_add_up() {
        List<AuditedFinding> findings = List.of(
                waiting("100", "Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml."),
                waiting("50", "Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml."),
                waiting(
                        "200",
                        "Confidence is low. Check the finding by hand; if it is right, list its rule and resource "
                                + "under `verified` in aiaudit.yaml. It also needs your approval: set `commitment: yes` for "
                                + "it under policy in aiaudit.yaml."),
                waiting(
                        "30",
                        "The estimate was not validated. Test it on one instance; if it holds, list its rule and "
                                + "resource under `verified` in aiaudit.yaml."),
                waiting("20", "Deferred until pending right-sizing decisions are made."));
        assertThat(OpenReasons.of(findings, DOLLARS))
                .isEqualTo("Waits for: check by hand and a commitment $200; higher latency $150; "
                        + "test on one instance $30; another decision first $20");
    }

    @Test
    void what_counts_or_adds_nothing_is_no_reason() {
        List<AuditedFinding> others = Stream.of(Status.COUNTED, Status.BLOCKED, Status.GOVERN)
                .map(status -> AuditedFindingBuilder.builder(waiting("7", "Counted."))
                        .status(status)
                        .build())
                .toList();
        assertThat(OpenReasons.of(others, DOLLARS)).isEmpty();
        assertThat(OpenReasons.of(List.of(waiting("0", "Needs your approval: set `latency: yes`.")), DOLLARS))
                .isEmpty();
    }

    private static AuditedFinding waiting(String adds, String reason) {
        return AuditedFindingBuilder.builder(SampleFindings.all().get(0))
                .status(Status.UNCONFIRMED)
                .statusReason(reason)
                .needsDecision(new BigDecimal(adds))
                .build();
    }
}
