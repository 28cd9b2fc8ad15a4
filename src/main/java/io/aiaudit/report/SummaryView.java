package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ProviderBill;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Money;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a chief financial officer reads in a minute. */
final class SummaryView {
    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);
    private static final int ACTIONS = 5;
    private static final int QUESTIONS = 5;

    private SummaryView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Totals totals = audit.totals();
        List<AuditedFinding> counted = Findings.with(audit, Status.COUNTED);
        List<AuditedFinding> open = Findings.toConfirm(audit);
        Set<String> goingAway = Findings.goingAway(audit);
        List<PlannedFinding> planned = audit.plan().inOrder().stream()
                .filter(each -> each.finding().status() == Status.COUNTED)
                .toList();
        return View.of(
                "known", totals.saving() != null,
                "saving", saving(totals, amounts),
                "ai", amounts.money(totals.monthlyAiCost()),
                "ai_share", Amounts.share(totals.monthlyAiCost(), totals.monthlyCost()),
                "all", amounts.money(totals.monthlyCost()),
                "run_rate",
                        Money.isTenthApart(totals.monthlyCost(), totals.runRate())
                                ? amounts.money(totals.runRate())
                                : "",
                "all_listed", AtListPrice.allCost(audit, amounts),
                "saving_listed", AtListPrice.saving(audit, amounts),
                "counted", TerminalReporter.counted(counted.size(), "finding"),
                "unconfirmed", amounts.money(totals.toDecide()),
                "unconfirmed_count", open.size(),
                "unconfirmed_findings", TerminalReporter.counted(open.size(), "finding"),
                "unpriced", totals.unpricedFindings(),
                "unpriced_findings", TerminalReporter.counted(totals.unpricedFindings(), "finding"),
                "actions",
                        planned.stream()
                                .limit(ACTIONS)
                                .map(each -> action(each.finding(), amounts))
                                .toList(),
                "more_actions", moreActions(planned, amounts),
                "questions",
                        open.stream()
                                .limit(QUESTIONS)
                                .map(finding -> question(finding, goingAway.contains(finding.resourceId()), amounts))
                                .toList(),
                "more_questions", Math.max(0, open.size() - QUESTIONS),
                "facts", facts(audit));
    }

    private static Map<String, Object> saving(Totals totals, Amounts amounts) {
        Range saving = totals.saving();
        if (saving == null) {
            return View.of();
        }
        String likely = amounts.money(saving.likely());
        int point = likely.lastIndexOf('.');
        return View.of(
                "whole", likely.substring(0, point),
                "cents", likely.substring(point),
                "low", amounts.money(saving.low()),
                "high", amounts.money(saving.high()),
                "year", amounts.whole(saving.likely().multiply(MONTHS)),
                "share", Amounts.share(saving.likely(), totals.monthlyAiCost()),
                "gauge", gauge(saving, totals.monthlyAiCost()));
    }

    /** What the list of what to do first leaves out. */
    private static Map<String, Object> moreActions(List<PlannedFinding> planned, Amounts amounts) {
        List<PlannedFinding> rest = planned.subList(Math.min(ACTIONS, planned.size()), planned.size());
        BigDecimal smallestListed = planned.stream()
                .limit(ACTIONS)
                .map(PlanView::amount)
                .min(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
        return View.of(
                "any", !rest.isEmpty(),
                "count", Amounts.count(rest.size()),
                "amount", amounts.money(PlanView.sum(rest)),
                "larger", rest.stream().anyMatch(each -> PlanView.amount(each).compareTo(smallestListed) > 0));
    }

    /** Positions on a line from nothing to the whole AI spend, in percent; null when that is not known. */
    private static Map<String, Object> gauge(Range saving, BigDecimal spend) {
        if (spend == null || spend.signum() <= 0 || saving.high().compareTo(spend) > 0) {
            return null;
        }
        return View.of(
                "low", percent(saving.low(), spend),
                "likely", percent(saving.likely(), spend),
                "high", percent(saving.high(), spend));
    }

    private static String percent(BigDecimal part, BigDecimal whole) {
        return Amounts.grouped(part.multiply(BigDecimal.valueOf(100)).divide(whole, MathContext.DECIMAL64), 2);
    }

    private static Map<String, Object> action(AuditedFinding finding, Amounts amounts) {
        boolean fix = finding.remedy() != null;
        return View.of(
                "anchor",
                FindingsView.anchor(finding),
                "amount",
                amounts.money(finding.counted().likely()),
                "range",
                PlanView.range(finding.counted(), amounts),
                "confidence",
                finding.confidence() == null
                        ? Amounts.UNKNOWN
                        : finding.confidence().key(),
                "name",
                Findings.name(finding),
                "where",
                Findings.orUnknown(finding.provider()) + " " + Findings.orUnknown(finding.region()),
                "action",
                fix ? finding.remedy().action() : "",
                "reason",
                Findings.orUnknown(finding.reason()),
                "effort",
                fix ? Findings.orUnknown(finding.remedy().effort()) : Amounts.UNKNOWN,
                "speed",
                fix ? Findings.orUnknown(finding.remedy().speed()) : Amounts.UNKNOWN,
                "compliance",
                fix ? Findings.orUnknown(finding.remedy().compliance()) : Amounts.UNKNOWN);
    }

    private static Map<String, Object> question(AuditedFinding finding, boolean goesAway, Amounts amounts) {
        return View.of(
                "anchor", FindingsView.anchor(finding),
                "amount",
                        finding.standAlone() == null
                                ? Amounts.UNKNOWN
                                : amounts.money(finding.standAlone().likely()),
                "name", Findings.name(finding),
                "question", Findings.openQuestion(finding),
                "words", Glossary.questions(Findings.openQuestion(finding)),
                "goes_away", goesAway,
                "line", Findings.isPolicyLine(Findings.openQuestion(finding)));
    }

    private static Map<String, Object> facts(Audit audit) {
        int examined = audit.rules().stream().mapToInt(RuleReport::examined).sum();
        int notExamined =
                audit.rules().stream().mapToInt(RuleReport::notExamined).sum();
        long rejected = audit.bill().providers().stream()
                .mapToLong(ProviderBill::rejectedRows)
                .sum();
        return View.of(
                "examined", Amounts.count(examined),
                "not_examined", Amounts.count(notExamined),
                "gaps", Amounts.count(audit.gaps().size()),
                "rejected", Amounts.count(rejected),
                "any_not_examined", notExamined > 0,
                "any_gap", !audit.gaps().isEmpty(),
                "any_rejected", rejected > 0);
    }
}
