package io.aiaudit.analysis;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.PriorDecisions;
import io.aiaudit.savings.Approval;
import java.util.List;

/**
 * Says beside a counted finding which decision comes first, where one would replace it: that the fix needs no approval
 * would send people to it at once.
 */
final class DecideFirst {
    private DecideFirst() {}

    static List<AuditedFinding> beside(List<AuditedFinding> findings) {
        PriorDecisions prior = PriorDecisions.of(findings);
        return findings.stream()
                .map(finding -> prior.before(finding)
                        .map(open -> AuditedFindingBuilder.builder(finding)
                                .statusReason(reason(finding, open))
                                .build())
                        .orElse(finding))
                .toList();
    }

    private static String reason(AuditedFinding action, AuditedFinding open) {
        String first = "Decide first: " + open.rule() + " would replace this fix.";
        String rest = Approval.withoutNotNeeded(action.statusReason());
        return rest.isEmpty() ? first : first + " " + rest;
    }
}
