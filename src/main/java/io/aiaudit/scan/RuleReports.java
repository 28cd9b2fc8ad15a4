package io.aiaudit.scan;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.RuleOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each rule examined, did not examine and found, and the checklist that the rules answer together. */
final class RuleReports {
    private final RuleSelection selection;
    private final List<RuleReport> rules;
    private final List<AuditedFinding> findings;

    RuleReports(RuleSelection selection, List<RuleOutcome> outcomes, List<AuditedFinding> findings) {
        this.selection = selection;
        this.findings = findings;
        this.rules = outcomes.stream()
                .map(this::report)
                .sorted(Comparator.comparing(RuleReport::id))
                .toList();
    }

    /** One a rule, by id. */
    List<RuleReport> rules() {
        return rules;
    }

    private RuleReport report(RuleOutcome outcome) {
        String title = selection.rule(outcome.rule()).title();
        if (outcome instanceof RuleOutcome.Evaluated evaluated) {
            Map<String, Integer> reasons = evaluated.notExamined().values().stream()
                    .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum, TreeMap::new));
            return new RuleReport(
                    outcome.rule(),
                    title,
                    "evaluated",
                    null,
                    evaluated.examined().size(),
                    evaluated.notExamined().size(),
                    evaluated.findings().size(),
                    reasons);
        }
        return outcome instanceof RuleOutcome.Failed failed
                ? unjudged(failed.rule(), title, "failed", failed.problem())
                : unjudged(outcome.rule(), title, "skipped", ((RuleOutcome.Skipped) outcome).reason());
    }

    private static RuleReport unjudged(String id, String title, String state, String problem) {
        return new RuleReport(id, title, state, problem, 0, 0, 0, Map.of());
    }

    /** Every item that a rule names, by name: {@code found}, {@code not_examined} where a rule could not look everywhere, else {@code clean}. */
    List<ChecklistItem> checklist() {
        Map<String, List<RuleReport>> byItem = new TreeMap<>();
        for (RuleReport report : rules) {
            for (String item : selection.rule(report.id()).checklist()) {
                byItem.computeIfAbsent(item, name -> new ArrayList<>()).add(report);
            }
        }
        return byItem.entrySet().stream()
                .map(entry -> item(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ChecklistItem item(String name, List<RuleReport> reports) {
        List<String> ids = reports.stream().map(RuleReport::id).toList();
        List<String> found = findings.stream()
                .filter(finding -> ids.contains(finding.rule()))
                .map(AuditedFinding::id)
                .toList();
        boolean everywhere = reports.stream().allMatch(report -> report.examined() > 0 && report.notExamined() == 0);
        return new ChecklistItem(name, !found.isEmpty() ? "found" : everywhere ? "clean" : "not_examined", found);
    }
}
