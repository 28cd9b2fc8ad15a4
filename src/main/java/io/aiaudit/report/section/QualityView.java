package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the figures rest on and what they leave out. */
public final class QualityView {
    /** Warnings on the page; a broken file can have thousands. */
    private static final int MOST_WARNINGS = 200;

    /** What no money depends on comes last, however much its resources cost. */
    public static final Comparator<RuleReport> BY_MONEY = Comparator.comparing(
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
                audit.gaps().stream().map(gap -> gap(audit, gap, amounts)).toList(),
                "warnings",
                audit.warnings().stream().limit(MOST_WARNINGS).toList(),
                "more_warnings",
                Math.max(0, audit.warnings().size() - MOST_WARNINGS),
                "checklist",
                checklist(audit, amounts),
                "checklist_sum",
                ChecklistLine.sum(ChecklistLine.all(audit)));
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
                ran ? Amounts.count(rule.lackedData()) : Amounts.UNKNOWN,
                "found",
                ran ? Amounts.count(rule.found()) : Amounts.UNKNOWN,
                "any_not_examined",
                rule.lackedData() > 0,
                "nothing",
                ran ? RuleState.withoutChecks(rule) : "",
                "reasons",
                reasons);
    }

    /** Why a rule could not examine something, the most money first. */
    public static List<String> reasonsByCost(RuleReport rule) {
        return rule.notExaminedReasons() == null
                ? List.of()
                : rule.notExaminedReasons().keySet().stream()
                        .sorted(Comparator.comparing((String reason) ->
                                        rule.notExaminedCost().getOrDefault(reason, BigDecimal.ZERO))
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                        .toList();
    }

    /**
     * What is paid where a gap is, as far as it is known: the cost of the resources in its account and region. Empty
     * where a gap does not say its account.
     */
    public static String cost(Audit audit, Gap gap, Amounts amounts) {
        if (gap.accountId() == null) {
            return "";
        }
        List<AuditedResource> there = audit.resources().stream()
                .filter(resource -> gap.source().equals(resource.provider())
                        && ResourceIds.isSameAccount(gap.accountId(), resource.accountId())
                        && (gap.region() == null || gap.region().equals(resource.region())))
                .toList();
        BigDecimal cost = Money.sum(there.stream()
                .map(AuditedResource::monthlyCost)
                .filter(Objects::nonNull)
                .toList());
        return there.isEmpty()
                ? "No resource is known there. Any resources there and their cost are missing from this report."
                : CountedNoun.of(there.size(), "known resource") + " there "
                        + (there.size() == 1 ? "costs " : "cost ") + amounts.whole(cost)
                        + " a month. What could not be assessed from other data is included in \"Not assessed\".";
    }

    private static Map<String, Object> gap(Audit audit, Gap gap, Amounts amounts) {
        return View.of(
                "source",
                CloudName.of(gap.source()),
                "scope",
                Findings.orUnknown(gap.scope()),
                "problem",
                gap.problem(),
                "cost",
                cost(audit, gap, amounts),
                "fix",
                gap.fix());
    }

    private static List<Map<String, Object>> checklist(Audit audit, Amounts amounts) {
        return ChecklistLine.all(audit).stream()
                .map(line -> View.of(
                        "item",
                        line.item().item(),
                        "group",
                        line.group(),
                        "state",
                        line.state(),
                        "basis",
                        line.basis(),
                        "findings",
                        Amounts.count(line.findings().size()),
                        "counted",
                        amounts.money(line.counted()),
                        "open",
                        amounts.money(line.open()),
                        "reasons",
                        OpenReasons.of(line.findings(), amounts),
                        "next",
                        line.item().nextStep() == null ? "" : line.item().nextStep()))
                .toList();
    }
}
