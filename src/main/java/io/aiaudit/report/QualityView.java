package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures rest on and what they leave out. */
final class QualityView {
    /** Warnings on the page; a broken file can have thousands. */
    private static final int MOST_WARNINGS = 200;

    /** What no money depends on comes last, however much its resources cost. */
    static final Comparator<RuleReport> BY_MONEY = Comparator.comparing(
                    (RuleReport rule) -> rule.lever() == Lever.GOVERN)
            .thenComparing(Comparator.comparing(RuleReport::costNotExamined)
                    .thenComparing(RuleReport::notExamined)
                    .reversed());

    private QualityView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return View.of(
                "rules",
                audit.rules().stream()
                        .sorted(BY_MONEY)
                        .map(rule -> rule(rule, amounts))
                        .toList(),
                "gaps",
                audit.gaps().stream().map(QualityView::gap).toList(),
                "warnings",
                audit.warnings().stream().limit(MOST_WARNINGS).toList(),
                "more_warnings",
                Math.max(0, audit.warnings().size() - MOST_WARNINGS),
                "checklist",
                checklist(audit, amounts));
    }

    private static Map<String, Object> rule(RuleReport rule, Amounts amounts) {
        List<Object> reasons = new ArrayList<>();
        reasonsByCost(rule).forEach(reason -> {
            BigDecimal cost = rule.notExaminedCost().get(reason);
            String count = Amounts.count(rule.notExaminedReasons().get(reason));
            reasons.add(View.of(
                    "reason", reason, "count", cost == null ? count : count + ", " + amounts.money(cost) + " a month"));
        });
        boolean ran = rule.problem() == null;
        return View.of(
                "id",
                rule.id(),
                "title",
                rule.title() == null ? rule.id() : rule.title(),
                "state",
                rule.state(),
                "problem",
                ran ? "" : rule.problem(),
                "failed",
                rule.state().equals("failed"),
                "examined",
                ran ? Amounts.count(rule.examined()) : Amounts.UNKNOWN,
                "not_examined",
                ran ? Amounts.count(rule.notExamined()) : Amounts.UNKNOWN,
                "found",
                ran ? Amounts.count(rule.found()) : Amounts.UNKNOWN,
                "any_not_examined",
                rule.notExamined() > 0,
                "reasons",
                reasons);
    }

    /** Why a rule could not examine something, the most money first. */
    static List<String> reasonsByCost(RuleReport rule) {
        return rule.notExaminedReasons() == null
                ? List.of()
                : rule.notExaminedReasons().keySet().stream()
                        .sorted(Comparator.comparing((String reason) ->
                                        rule.notExaminedCost().getOrDefault(reason, BigDecimal.ZERO))
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                        .toList();
    }

    private static Map<String, Object> gap(Gap gap) {
        return View.of(
                "source",
                gap.source(),
                "scope",
                Findings.orUnknown(gap.scope()),
                "problem",
                gap.problem(),
                "fix",
                gap.fix());
    }

    private static List<Map<String, Object>> checklist(Audit audit, Amounts amounts) {
        Map<String, AuditedFinding> findings = audit.findings().stream()
                .collect(Collectors.toMap(AuditedFinding::id, finding -> finding, (first, second) -> first));
        return audit.checklist().stream()
                .map(item -> item(
                        item,
                        item.findings().stream()
                                .map(findings::get)
                                .filter(Objects::nonNull)
                                .toList(),
                        amounts))
                .toList();
    }

    private static Map<String, Object> item(ChecklistItem item, List<AuditedFinding> findings, Amounts amounts) {
        return View.of(
                "item",
                item.item(),
                "state",
                item.state().replace('_', ' '),
                "findings",
                Amounts.count(item.findings().size()),
                "counted",
                amounts.money(sum(findings.stream()
                        .map(AuditedFinding::counted)
                        .filter(Objects::nonNull)
                        .map(Range::likely))),
                "open",
                amounts.money(sum(findings.stream()
                        .filter(finding -> finding.status() == Status.UNCONFIRMED)
                        .map(AuditedFinding::decisionAmount))));
    }

    /** Added up; null where no finding has one, as those about order. */
    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.filter(Objects::nonNull).reduce(BigDecimal::add).orElse(null);
    }
}
