package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Actions and decisions that exclude each other: approving the decision deletes or replaces the resource that the
 * counted action would improve, so that only one of the two is carried out. Both sides say so.
 */
public final class Exclusions {
    /** What a lever does, as a reason for an amount. */
    private static final Map<Lever, String> DONE_BY = new EnumMap<>(Map.ofEntries(
            Map.entry(Lever.ELIMINATE, "deleting"),
            Map.entry(Lever.REPLACE, "replacing"),
            Map.entry(Lever.SCHEDULE, "a schedule"),
            Map.entry(Lever.AUTOSCALE, "scaling"),
            Map.entry(Lever.RESIZE, "resizing"),
            Map.entry(Lever.RATE, "a lower rate"),
            Map.entry(Lever.COMMIT, "a commitment"),
            Map.entry(Lever.ROUTE, "routing"),
            Map.entry(Lever.CACHE, "caching"),
            Map.entry(Lever.BATCH, "batching"),
            Map.entry(Lever.GOVERN, "governance")));

    private final Map<String, String> wordsById = new HashMap<>();
    private final Map<String, String> decisionById = new HashMap<>();

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
                exclusions.wordsById.put(open.id(), insteadOf(audit, open, actions, amounts));
                String first = decideFirst(audit, open, amounts);
                for (AuditedFinding action : actions) {
                    exclusions.wordsById.putIfAbsent(action.id(), first);
                    exclusions.decisionById.putIfAbsent(action.id(), Findings.title(audit, open));
                }
            }
        }
        return exclusions;
    }

    /** The note beside a finding; empty where nothing excludes it. */
    public String beside(AuditedFinding finding) {
        return wordsById.getOrDefault(finding.id(), "");
    }

    /** The title of what has to be decided before an action; empty where it waits for nothing. */
    public String decisionBefore(AuditedFinding action) {
        return decisionById.getOrDefault(action.id(), "");
    }

    private static boolean takesTheResource(AuditedFinding open) {
        boolean whole = open.lever() == Lever.ELIMINATE || open.lever() == Lever.REPLACE;
        return whole && open.decisionAmount() != null && open.decisionAmount().signum() > 0;
    }

    private static String insteadOf(Audit audit, AuditedFinding open, List<AuditedFinding> actions, Amounts amounts) {
        BigDecimal counted = Money.sum(actions.stream()
                .filter(action -> action.counted() != null)
                .map(action -> action.counted().likely())
                .toList());
        if (counted.signum() == 0) {
            return "Replaces " + join(actions.stream().map(action -> "\"" + Findings.title(audit, action) + "\""))
                    + ".";
        }
        return amounts.whole(open.decisionAmount()) + " more than the " + amounts.whole(counted)
                + " counted for "
                + join(actions.stream().map(action -> DONE_BY.get(action.lever()))) + "; do only one.";
    }

    private static String join(Stream<String> parts) {
        return parts.distinct().collect(Collectors.joining(" and "));
    }

    private static String decideFirst(Audit audit, AuditedFinding open, Amounts amounts) {
        return "Wait for the decision on \"" + Findings.title(audit, open) + "\": approving it replaces this action "
                + "and saves " + amounts.whole(open.decisionAmount()) + " more.";
    }
}
