package io.aiaudit.model;

import io.aiaudit.model.Audit.AuditedFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be decided before a counted finding is acted on: a decision that would delete or replace the same
 * resource and adds money. Only one of the two is carried out.
 */
public final class PriorDecisions {
    private final Map<String, AuditedFinding> byAction = new HashMap<>();

    private PriorDecisions() {}

    /** Those of an audit, also where its filter left the decision out. */
    public static PriorDecisions of(Audit audit) {
        return of(audit.ofResources());
    }

    /** Those among findings. */
    public static PriorDecisions of(List<AuditedFinding> findings) {
        Map<String, AuditedFinding> byResource = new HashMap<>();
        findings.stream()
                .filter(PriorDecisions::takesTheResource)
                .forEach(open -> byResource.putIfAbsent(open.resourceId(), open));
        PriorDecisions prior = new PriorDecisions();
        findings.stream()
                .filter(finding -> finding.status() == Status.COUNTED && byResource.containsKey(finding.resourceId()))
                .forEach(finding -> prior.byAction.put(finding.id(), byResource.get(finding.resourceId())));
        return prior;
    }

    /** The decision to wait for; empty where the action can begin at once. */
    public Optional<AuditedFinding> before(AuditedFinding action) {
        return Optional.ofNullable(byAction.get(action.id()));
    }

    private static boolean takesTheResource(AuditedFinding open) {
        return open.status() == Status.UNCONFIRMED
                && (open.lever() == Lever.ELIMINATE || open.lever() == Lever.REPLACE)
                && open.decisionAmount() != null
                && open.decisionAmount().signum() > 0;
    }
}
