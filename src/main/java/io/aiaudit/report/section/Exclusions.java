package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Actions and decisions that exclude each other: approving the decision deletes or replaces the resource that the
 * counted action would improve, so that only one of the two is carried out. Both sides say so.
 */
public final class Exclusions {
    private final Map<String, String> wordsById = new HashMap<>();

    private Exclusions() {}

    /** Those of an audit, in words for a page. */
    public static Exclusions of(Audit audit, Amounts amounts) {
        Map<String, List<AuditedFinding>> counted = new LinkedHashMap<>();
        for (AuditedFinding finding : Findings.with(audit, Status.COUNTED)) {
            counted.computeIfAbsent(finding.resourceId(), id -> new ArrayList<>())
                    .add(finding);
        }
        Exclusions exclusions = new Exclusions();
        for (AuditedFinding open : Findings.with(audit, Status.UNCONFIRMED)) {
            List<AuditedFinding> actions = counted.getOrDefault(open.resourceId(), List.of());
            if (!actions.isEmpty() && takesTheResource(open)) {
                exclusions.wordsById.put(open.id(), insteadOf(audit, actions, amounts));
                String first = decideFirst(audit, open, amounts);
                actions.forEach(action -> exclusions.wordsById.putIfAbsent(action.id(), first));
            }
        }
        return exclusions;
    }

    /** The note beside a finding; empty where nothing excludes it. */
    public String beside(AuditedFinding finding) {
        return wordsById.getOrDefault(finding.id(), "");
    }

    private static boolean takesTheResource(AuditedFinding open) {
        boolean whole = open.lever() == Lever.ELIMINATE || open.lever() == Lever.REPLACE;
        return whole && open.decisionAmount() != null && open.decisionAmount().signum() > 0;
    }

    private static String insteadOf(Audit audit, List<AuditedFinding> actions, Amounts amounts) {
        String titles = actions.stream()
                .map(action -> "\"" + Findings.title(audit, action) + "\"")
                .distinct()
                .collect(Collectors.joining(" and "));
        BigDecimal counted = Money.sum(actions.stream()
                .filter(action -> action.counted() != null)
                .map(action -> action.counted().likely())
                .toList());
        return "Replaces " + titles + (counted.signum() == 0 ? "." : " (" + amounts.whole(counted) + " counted).");
    }

    private static String decideFirst(Audit audit, AuditedFinding open, Amounts amounts) {
        return "Wait for the decision on \"" + Findings.title(audit, open) + "\": approving it replaces this action "
                + "and saves " + amounts.whole(open.decisionAmount()) + " more.";
    }
}
