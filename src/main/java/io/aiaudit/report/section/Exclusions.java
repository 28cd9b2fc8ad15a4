package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.PriorDecisions;
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
    /** What a lever does, as one of two courses. */
    private static final Map<Lever, String> COURSES = new EnumMap<>(Map.ofEntries(
            Map.entry(Lever.ELIMINATE, "delete"),
            Map.entry(Lever.REPLACE, "replace"),
            Map.entry(Lever.SCHEDULE, "schedule"),
            Map.entry(Lever.AUTOSCALE, "scale"),
            Map.entry(Lever.RESIZE, "resize"),
            Map.entry(Lever.RATE, "pay a lower rate"),
            Map.entry(Lever.COMMIT, "commit"),
            Map.entry(Lever.ROUTE, "route"),
            Map.entry(Lever.CACHE, "cache"),
            Map.entry(Lever.BATCH, "batch"),
            Map.entry(Lever.GOVERN, "govern")));

    private final Map<String, String> wordsById = new HashMap<>();

    private Exclusions() {}

    /** Those of an audit, in words for a page. */
    public static Exclusions of(Audit audit, Amounts amounts) {
        PriorDecisions prior = PriorDecisions.of(audit);
        Map<String, List<AuditedFinding>> actions = new LinkedHashMap<>();
        Map<String, AuditedFinding> decisions = new LinkedHashMap<>();
        Exclusions exclusions = new Exclusions();
        for (AuditedFinding action : audit.ofResources()) {
            prior.before(action).ifPresent(open -> {
                decisions.put(open.id(), open);
                actions.computeIfAbsent(open.id(), id -> new ArrayList<>()).add(action);
                exclusions.wordsById.put(action.id(), decideFirst(audit, open, amounts));
            });
        }
        decisions.forEach((id, open) -> exclusions.wordsById.put(id, insteadOf(audit, open, actions.get(id), amounts)));
        return exclusions;
    }

    /** The note beside a finding; empty where nothing excludes it. */
    public String beside(AuditedFinding finding) {
        return wordsById.getOrDefault(finding.id(), "");
    }

    /** The two courses with what each saves; the amount of the decision is the difference. */
    private static String insteadOf(Audit audit, AuditedFinding open, List<AuditedFinding> actions, Amounts amounts) {
        BigDecimal counted = Money.sum(actions.stream()
                .filter(action -> action.counted() != null)
                .map(action -> action.counted().likely())
                .toList());
        if (counted.signum() == 0) {
            return "Replaces " + join(actions.stream().map(action -> "\"" + Findings.title(audit, action) + "\""))
                    + ".";
        }
        return "Yes: " + COURSES.get(open.lever()) + " (" + amounts.whole(counted.add(open.decisionAmount()))
                + "). No: " + join(actions.stream().map(action -> COURSES.get(action.lever()))) + " ("
                + amounts.whole(counted) + ", counted now).";
    }

    private static String join(Stream<String> parts) {
        return parts.distinct().collect(Collectors.joining(" and "));
    }

    private static String decideFirst(Audit audit, AuditedFinding open, Amounts amounts) {
        return "Wait for the decision on \"" + Findings.title(audit, open) + "\": approving it replaces this action "
                + "and saves " + amounts.whole(open.decisionAmount()) + " more.";
    }
}
