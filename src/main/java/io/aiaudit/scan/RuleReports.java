package io.aiaudit.scan;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.rules.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each rule examined, did not examine and found. */
final class RuleReports {
    private final RuleSelection selection;
    private final List<RuleReport> rules;

    RuleReports(RuleSelection selection, List<RuleOutcome> outcomes) {
        this.selection = selection;
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
        Rule rule = selection.rule(outcome.rule());
        if (outcome instanceof RuleOutcome.Evaluated evaluated) {
            Map<String, Integer> reasons = evaluated.notExamined().values().stream()
                    .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum, TreeMap::new));
            return new RuleReport(
                    outcome.rule(),
                    rule.title(),
                    "evaluated",
                    null,
                    evaluated.examined().size(),
                    evaluated.notExamined().size(),
                    evaluated.findings().size(),
                    reasons,
                    rule.lever());
        }
        return outcome instanceof RuleOutcome.Failed failed
                ? unjudged(rule, "failed", failed.problem())
                : unjudged(rule, "skipped", ((RuleOutcome.Skipped) outcome).reason());
    }

    private static RuleReport unjudged(Rule rule, String state, String problem) {
        return new RuleReport(rule.id(), rule.title(), state, problem, 0, 0, 0, Map.of(), rule.lever());
    }
}
