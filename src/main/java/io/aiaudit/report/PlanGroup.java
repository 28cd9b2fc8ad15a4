package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Findings of one rule with one remedy in one step of the plan: twelve training jobs with one problem are one action.
 */
record PlanGroup(String title, List<PlannedFinding> findings, Range saving) {
    /** The largest first; those that save nothing are no part of it. */
    static List<PlanGroup> of(Audit audit, Plan.Stage stage) {
        Map<List<String>, List<PlannedFinding>> byAction = new LinkedHashMap<>();
        stage.findings().stream()
                .filter(planned -> planned.finding().status() == Status.COUNTED
                        && PlanView.amount(planned).signum() > 0)
                .forEach(planned -> byAction.computeIfAbsent(
                                List.of(planned.finding().rule(), action(planned.finding())), key -> new ArrayList<>())
                        .add(planned));
        return byAction.values().stream()
                .map(findings -> new PlanGroup(
                        Findings.title(audit, findings.get(0).finding()),
                        PlanView.largest(findings, findings.size()),
                        sum(findings)))
                .sorted(Comparator.comparing((PlanGroup group) -> group.saving().likely())
                        .reversed())
                .toList();
    }

    /** How many findings of a step save nothing before a commitment ends. */
    static long onlyFreeing(Plan.Stage stage) {
        return stage.findings().stream()
                .filter(planned -> planned.finding().status() == Status.COUNTED
                        && PlanView.amount(planned).signum() == 0)
                .count();
    }

    static Range sum(List<PlannedFinding> findings) {
        return findings.stream()
                .map(planned -> planned.finding().counted())
                .filter(counted -> counted != null)
                .reduce(Range.NOTHING, Range::plus);
    }

    AuditedFinding largest() {
        return findings.get(0).finding();
    }

    /** What to do about each of them; about the largest, where no remedy is known. */
    String action() {
        return largest().remedy() == null ? Findings.orUnknown(largest().reason()) : action(largest());
    }

    private static String action(AuditedFinding finding) {
        return finding.remedy() == null ? "" : finding.remedy().action();
    }

    /** The first decision that one of them is excluded by. */
    Optional<String> excluded(Exclusions exclusions) {
        return findings.stream()
                .map(planned -> exclusions.beside(planned.finding()))
                .filter(words -> !words.isEmpty())
                .findFirst();
    }

    String effort() {
        return largest().remedy() == null
                ? Amounts.UNKNOWN
                : Findings.orUnknown(largest().remedy().effort());
    }

    /** Such as {@code high} or {@code high, medium}. */
    String confidence() {
        return findings.stream()
                .map(planned -> planned.finding().confidence())
                .map(confidence -> confidence == null ? "unknown" : confidence.key())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The names of the largest, and how many more there are. */
    String names(PrintText text, int most) {
        String names = findings.stream()
                .limit(most)
                .map(planned -> text.of(Findings.name(planned.finding())))
                .collect(Collectors.joining(", "));
        return findings.size() > most ? names + " and " + Amounts.count(findings.size() - most) + " more" : names;
    }
}
