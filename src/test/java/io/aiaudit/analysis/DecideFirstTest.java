package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.section.Findings;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No fix is called free of approval beside a decision that would replace it. */
class DecideFirstTest {
    private final AuditedFinding action = SampleFindings.all().stream()
            .filter(finding -> finding.lever() == Lever.RESIZE && finding.status() == Status.COUNTED)
            .findFirst()
            .orElseThrow();

    private String reason(String before, String adds) {
        AuditedFinding counted =
                AuditedFindingBuilder.builder(action).statusReason(before).build();
        AuditedFinding open = AuditedFindingBuilder.builder(action)
                .id("00000000000000ff")
                .rule("endpoint-to-token-api")
                .lever(Lever.REPLACE)
                .status(Status.UNCONFIRMED)
                .statusReason("Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.")
                .needsDecision(new BigDecimal(adds))
                .build();
        return DecideFirst.beside(List.of(counted, open)).get(0).statusReason();
    }

    @Test
    void what_a_decision_would_replace_waits_for_it() {
        String waits = reason("The fix needs no approval. Checked by hand: by Ann.", "1234.56");
        assertThat(waits)
                .isEqualTo("Decide first: endpoint-to-token-api would replace this fix. Checked by hand: by Ann.");
        assertThat(Findings.titled(SampleAudit.rich(), waits)).startsWith("Decide first: ");
        assertThat(reason("latency: yes, policy line 3", "1234.56"))
                .isEqualTo("Decide first: endpoint-to-token-api would replace this fix. latency: yes, policy line 3");
    }

    @Test
    void what_adds_nothing_is_no_reason_to_wait() {
        assertThat(reason("The fix needs no approval.", "0.00")).isEqualTo("The fix needs no approval.");
    }
}
