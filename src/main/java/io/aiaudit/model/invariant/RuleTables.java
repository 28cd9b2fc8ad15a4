package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.sum;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.Residency;
import io.aiaudit.model.TrailCoverage;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was examined and what was not: rules, checklist, verdicts, and figures that count resources. */
final class RuleTables {
    private static final String ALL_RESOURCES = "the number of all resources";

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
                            (rule, facts) -> rule.notExaminedReasons() == null
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
                            (rule, facts) -> number((long) rule.examined() + rule.notExamined()),
                            ALL_RESOURCES,
                            (rule, facts) -> facts.resourceCount())
                    .atMost(
                            "found",
                            (rule, facts) -> number(rule.found()),
                            "what it examined",
                            (rule, facts) -> number(rule.examined()))
                    // A finding on a whole is one on each of its parts that cost something.
                    .atLeast(
                            "found",
                            (rule, facts) -> number(rule.found()),
                            "the number of its findings",
                            (rule, facts) -> facts.ownFindings(rule.id()))
                    .atMost(
                            "found",
                            (rule, facts) -> facts.isWhole() ? number(rule.found()) : null,
                            "the number of its findings and of what has parts",
                            (rule, facts) -> facts.findingsOfRule(rule.id()).add(facts.wholes()))
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
                    .notNegative("cost", (cost, facts) -> facts.costWithoutRefunds() == null ? null : cost)
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
                    .notNegative("contradicted", (item, facts) -> number(item.contradicted()))
                    .line(ofResources("examined", ChecklistItem::examined))
                    .line(ofResources("not_examined", ChecklistItem::notExamined))
                    .atMost(
                            "shown",
                            (item, facts) -> number(item.shown()),
                            "what was examined and is not contradicted",
                            (item, facts) -> Facts.less(number(item.examined()), number(item.contradicted()))),
            Table.each("$.verdicts", facts -> facts.audit().verdicts())
                    .notNegative("cost", (verdict, facts) -> verdict.cost())
                    .equal(
                            "monthly_cost",
                            (verdict, facts) -> verdict.monthlyCost(),
                            "that of its resource is",
                            (verdict, facts) -> {
                                AuditedResource resource = facts.resource(verdict.resourceId());
                                return resource == null ? null : resource.monthlyCost();
                            })
                    .equal(
                            "findings",
                            (verdict, facts) -> number(verdict.findings().size()),
                            "the findings of its resource are",
                            (verdict, facts) -> number(
                                    facts.findingsOf(verdict.resourceId()).size())),
            Table.of("$.verdicts", Facts::audit)
                    .atMost(
                            "cost",
                            (audit, facts) -> sum(audit.verdicts(), Audit.Verdict::cost),
                            "what AI cost in the window",
                            (audit, facts) -> facts.costWithoutRefunds())
                    .withinCents((audit, facts) -> number(audit.verdicts().size())),
            Table.each("$.not_assessed", facts -> facts.audit().notAssessed())
                    .line(ofResources("resources", Audit.NotAssessed::resources))
                    .atLeast(
                            "resources",
                            (thing, facts) -> number(thing.resources()),
                            "the number of those that it names",
                            (thing, facts) -> number(thing.largestResources().size())),
            Table.each("$.compliance", facts -> facts.audit().compliance())
                    .notNegative("monthly_cost", (cost, facts) -> cost.monthlyCost())
                    .notNegative("alternative_saving", (cost, facts) -> cost.alternativeSaving())
                    .notNegative("to_check_saving", (cost, facts) -> cost.toCheckSaving())
                    .atMost(
                            "alternative_saving",
                            (cost, facts) -> cost.alternativeSaving(),
                            "what it costs",
                            (cost, facts) -> cost.monthlyCost())
                    .atMost(
                            "to_check_saving",
                            (cost, facts) -> cost.toCheckSaving(),
                            "what it costs",
                            (cost, facts) -> cost.monthlyCost())
                    .line(ofResources("resources", ComplianceCost::resources))
                    .notNegative("resources", (cost, facts) -> number(cost.resources())),
            Table.each("$.residency", facts -> facts.audit().residency())
                    .line(ofResources("resources", Residency::resources))
                    .notNegative("resources", (part, facts) -> number(part.resources())),
            Table.each("$.trail_coverage", facts -> facts.audit().trailCoverage())
                    .line(ofResources("resources", TrailCoverage::resources))
                    .notNegative("resources", (trail, facts) -> number(trail.resources()))
                    .notNegative("missing_gib", (trail, facts) -> trail.missingGib())
                    .notNegative("missing_cost", (trail, facts) -> trail.missingCost()));

    private static <T> Invariant<T> ofResources(String key, Function<T, Integer> count) {
        return Invariant.atMost(
                key, (part, facts) -> number(count.apply(part)), ALL_RESOURCES, (part, facts) -> facts.resourceCount());
    }

    /** What names the same thing twice, or something that is not in the audit. */
    static Stream<String> names(Audit audit) {
        Facts facts = new Facts(audit);
        Stream<String> twice = Stream.concat(
                Names.twice("$.findings", audit.findings(), Audit.AuditedFinding::id),
                Stream.concat(
                        Names.twice("$.resources", audit.resources(), AuditedResource::resourceId),
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
