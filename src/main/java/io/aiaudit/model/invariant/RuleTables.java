package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.sum;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Audit.RuleReport;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was examined and what was not: rules, checklist, verdicts, and figures that count resources. */
final class RuleTables {
    private RuleTables() {}

    static final List<Table<?>> ALL = List.of(
            Table.each("$.rules", facts -> facts.audit().rules())
                    .notNegative("examined", (rule, facts) -> number(rule.examined()))
                    .notNegative("not_examined", (rule, facts) -> number(rule.notExamined()))
                    .notNegative("found", (rule, facts) -> number(rule.found()))
                    .equal(
                            "not_examined",
                            (rule, facts) -> number(rule.notExamined()),
                            "its reasons add up to",
                            // Two reasons may be one without the names in them.
                            (rule, facts) -> facts.audit().redacted() || rule.notExaminedReasons() == null
                                    ? null
                                    : sum(rule.notExaminedReasons().values(), Facts::number))
                    .equal(
                            "not_examined",
                            (rule, facts) -> rule.notExaminedResources().isEmpty()
                                            || rule.notExamined() > RuleReport.LONGEST_LIST
                                    ? null
                                    : number(rule.notExamined()),
                            "the resources that it names are",
                            (rule, facts) -> number(rule.notExaminedResources().size()))
                    .atMost(
                            "examined",
                            (rule, facts) -> "evaluated".equals(rule.state())
                                    ? null
                                    : number((long) rule.examined() + rule.notExamined() + rule.found()),
                            "what a rule examines that did not run",
                            (rule, facts) -> BigDecimal.ZERO),
            Table.within(
                            "$.rules",
                            facts -> facts.audit().rules(),
                            (RuleReport rule) -> Table.keyed("not_examined_reasons", rule.notExaminedReasons()))
                    .notNegative("resources", (count, facts) -> number(count)),
            Table.within(
                            "$.rules",
                            facts -> facts.audit().rules(),
                            (RuleReport rule) -> Table.keyed("not_examined_cost", rule.notExaminedCost()))
                    .notNegative("cost", (cost, facts) -> facts.isRefunded() ? null : cost)
                    .atMost(
                            "cost",
                            (cost, facts) -> cost.abs(),
                            "what all resources cost a month",
                            (cost, facts) -> sum(
                                    facts.audit().resources(),
                                    resource -> resource.monthlyCost() == null
                                            ? null
                                            : resource.monthlyCost().abs()))
                    .withinCents((cost, facts) -> facts.resourceCount()),
            Table.each("$.checklist", facts -> facts.audit().checklist())
                    .notNegative("examined", (item, facts) -> number(item.examined()))
                    .notNegative("shown", (item, facts) -> number(item.shown()))
                    .notNegative("not_examined", (item, facts) -> number(item.notExamined()))
                    .notNegative("contradicted", (item, facts) -> number(item.contradicted())),
            Table.each("$.verdicts", facts -> facts.audit().verdicts())
                    .notNegative("cost", (verdict, facts) -> verdict.cost())
                    .equal(
                            "monthly_cost",
                            (verdict, facts) -> verdict.monthlyCost(),
                            "that of its resource is",
                            (verdict, facts) -> {
                                AuditedResource resource = facts.resource(verdict.resourceId());
                                return resource == null ? null : resource.monthlyCost();
                            }),
            Table.each("$.compliance", facts -> facts.audit().compliance())
                    .notNegative("resources", (cost, facts) -> number(cost.resources())),
            Table.each("$.residency", facts -> facts.audit().residency())
                    .notNegative("resources", (part, facts) -> number(part.resources())),
            Table.each("$.trail_coverage", facts -> facts.audit().trailCoverage())
                    .notNegative("resources", (trail, facts) -> number(trail.resources())));

    /** What names the same thing twice, or something that is not in the audit. */
    static Stream<String> names(Audit audit) {
        Facts facts = new Facts(audit);
        Stream<String> twice = Stream.concat(
                Names.twice("$.findings", audit.findings(), Audit.AuditedFinding::id),
                Stream.concat(
                        // Ids that differ in their spelling only have one pseudonym.
                        audit.redacted()
                                ? Stream.of()
                                : Names.twice("$.resources", audit.resources(), AuditedResource::resourceId),
                        Names.twice("$.rules", audit.rules(), RuleReport::id)));
        Stream<String> unknown = Stream.of(
                        Names.unknown("$.checklist", audit.checklist(), ChecklistItem::findings, facts.findingIds()),
                        Names.unknown("$.verdicts", audit.verdicts(), Audit.Verdict::findings, facts.findingIds()))
                .flatMap(Function.identity());
        return Stream.concat(twice, unknown);
    }

    /** The words for names, which are no figures. */
    private static final class Names {
        private Names() {}

        static <T> Stream<String> twice(String path, List<T> parts, Function<T, String> id) {
            Set<String> seen = new HashSet<>();
            return parts.stream()
                    .map(id)
                    .filter(each -> each != null && !seen.add(each))
                    .map(each -> path + " has \"" + each + "\" twice.");
        }

        static <T> Stream<String> unknown(
                String path, List<T> parts, Function<T, List<String>> ids, Set<String> known) {
            return Table.indexed(path, parts)
                    .flatMap(part -> ids.apply(part.getValue()).stream()
                            .filter(id -> !known.contains(id))
                            .map(id -> part.getKey() + ".findings has \"" + id + "\", which is no finding."));
        }
    }
}
