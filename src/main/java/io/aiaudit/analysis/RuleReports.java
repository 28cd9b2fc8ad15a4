package io.aiaudit.analysis;

import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.rules.Rule;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each rule examined, did not examine and found. */
final class RuleReports {
    private final RuleSelection selection;
    private final Leaves leaves;
    private final Map<String, Spend> spend;
    private final Map<String, Resource> resources;
    /** Of resources that some rule did not examine; many rules do not examine the same. */
    private final Map<String, BigDecimal> costs = new HashMap<>();

    private final List<RuleReport> rules;

    RuleReports(
            RuleSelection selection,
            List<RuleOutcome> outcomes,
            Leaves leaves,
            Map<String, Spend> spend,
            Map<String, Resource> resources) {
        this.selection = selection;
        this.leaves = leaves;
        this.spend = spend;
        this.resources = resources;
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
            List<String> unexamined = mostExpensive(evaluated.notExamined().keySet());
            return RuleReportBuilder.builder()
                    .id(outcome.rule())
                    .title(rule.title())
                    .state("evaluated")
                    .examined(evaluated.examined().size())
                    .notExamined(evaluated.notExamined().size())
                    .found(evaluated.findings().size())
                    .notExaminedReasons(reasons)
                    .lever(rule.lever())
                    .notExaminedCost(costs(evaluated.notExamined()))
                    .definition(selection.definition(rule))
                    .notExaminedResources(unexamined)
                    .notExaminedBecause(unexamined.stream()
                            .map(evaluated.notExamined()::get)
                            .toList())
                    .judgedKinds(kinds(evaluated.judged()))
                    .build();
        }
        return outcome instanceof RuleOutcome.Failed failed
                ? unjudged(rule, "failed", failed.problem())
                : unjudged(rule, "skipped", ((RuleOutcome.Skipped) outcome).reason());
    }

    /**
     * What the leaves of each reason cost a month; a reason none of whose leaves has a price is left out. A leaf counts
     * once: for its own reason, else for that of the parent with the fewest leaves.
     */
    private Map<String, BigDecimal> costs(Map<String, String> notExamined) {
        Map<String, String> reasonOf = new TreeMap<>();
        notExamined.keySet().stream()
                .sorted(Comparator.comparing(
                                (String resource) -> leaves.below(resource).size())
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(resource ->
                        leaves.below(resource).forEach(leaf -> reasonOf.putIfAbsent(leaf, notExamined.get(resource))));
        Map<String, Map<String, BigDecimal>> known = new TreeMap<>();
        reasonOf.forEach((leaf, reason) -> {
            Spend cost = spend.get(leaf);
            if (cost != null && cost.monthlyCost() != null) {
                known.computeIfAbsent(reason, each -> new TreeMap<>()).put(leaf, cost.monthlyCost());
            }
        });
        Map<String, BigDecimal> costs = new TreeMap<>();
        known.forEach((reason, leafCosts) -> costs.put(reason, Money.toCents(Money.sum(leafCosts.values()))));
        return costs;
    }

    private List<String> kinds(Set<String> judged) {
        return judged.stream()
                .map(resources::get)
                .filter(Objects::nonNull)
                .map(Resource::kind)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> mostExpensive(Set<String> notExamined) {
        return notExamined.stream()
                .sorted(Comparator.comparing(this::cost).reversed().thenComparing(Comparator.naturalOrder()))
                .limit(RuleReport.LONGEST_LIST)
                .toList();
    }

    private BigDecimal cost(String resource) {
        return costs.computeIfAbsent(resource, this::sum);
    }

    private BigDecimal sum(String resource) {
        return Money.sum(leaves.below(resource).stream()
                .map(spend::get)
                .filter(each -> each != null && each.monthlyCost() != null)
                .map(Spend::monthlyCost)
                .toList());
    }

    private static RuleReport unjudged(Rule rule, String state, String problem) {
        return RuleReportBuilder.builder()
                .id(rule.id())
                .title(rule.title())
                .state(state)
                .problem(problem)
                .notExaminedReasons(Map.of())
                .lever(rule.lever())
                .build();
    }
}
