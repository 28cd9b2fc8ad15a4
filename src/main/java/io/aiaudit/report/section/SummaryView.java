package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ProviderBill;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The first screen: what is spent, what can be saved, what to decide, what is unknown. */
public final class SummaryView {
    private static final int LINES = 5;
    private static final int MOVERS = 3;

    private SummaryView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Totals totals = audit.totals();
        List<DecisionGroup> decisions = DecisionGroup.of(audit);
        Exclusions exclusions = Exclusions.of(audit, amounts);
        List<PlanGroup> actions = PlanGroup.largest(audit);
        List<PlanGroup> rest = actions.subList(Math.min(LINES, actions.size()), actions.size());
        return View.of(
                "known", totals.saving() != null,
                "saving", saving(totals, amounts),
                "movers", moverRows(audit, amounts),
                "ai", amounts.money(totals.monthlyAiCost()),
                "ai_share", Amounts.share(totals.monthlyAiCost(), totals.monthlyCost()),
                "all", amounts.money(totals.monthlyCost()),
                "run_rate", totals.needsRunRate() ? amounts.money(totals.runRate()) : "",
                "all_listed", AtListPrice.allCost(audit, amounts),
                "saving_listed", AtListPrice.saving(audit, amounts),
                "saving_ended", EndedWork.note(audit, amounts),
                "decisions_ended", EndedWork.decisions(audit, amounts),
                "credits", credits(audit, amounts),
                "to_decide", amounts.money(totals.toDecide()),
                "decisions", Decision.count(audit),
                "any_decision", Findings.count(audit, Status.UNCONFIRMED) > 0,
                "unpriced", totals.unpricedFindings(),
                "actions",
                        actions.stream()
                                .limit(LINES)
                                .map(group -> group.row(PlanView.NAMES, exclusions, amounts))
                                .toList(),
                "more_actions", CountedNoun.of(rest.size(), "more action"),
                "more_amount",
                        amounts.money(Money.sum(rest.stream()
                                .map(group -> group.saving().likely())
                                .toList())),
                "any_more_actions", !rest.isEmpty(),
                "after_decisions", PlanGroup.afterDecisions(audit, amounts).orElse(""),
                "saving_nothing_yet",
                        FindingWords.savingNothingYet(audit, amounts).orElse(""),
                "questions",
                        decisions.stream()
                                .limit(LINES)
                                .map(group -> question(group, exclusions, amounts))
                                .toList(),
                "more_questions", CountedNoun.of(Math.max(0, decisions.size() - LINES), "more decision"),
                "any_more_questions", decisions.size() > LINES,
                "missing", missing(audit, amounts),
                "not_included", EffortWords.NOT_INCLUDED,
                "facts", facts(audit));
    }

    /** The largest amounts that were not assessed, then what further rules lacked. */
    private static List<Object> missing(Audit audit, Amounts amounts) {
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        Stream<Object> open = IntStream.range(0, costs.size())
                .mapToObj(index ->
                        CoverageView.row(audit, CoverageView.open(audit).get(index), costs.get(index)));
        Stream<Object> further = MissingData.besides(audit).stream()
                .map(missing -> View.of(
                        "missing",
                        missing.title(),
                        "amount",
                        missing.amount(amounts),
                        "resources",
                        "",
                        "names",
                        "",
                        "fix",
                        "A month. " + missing.words() + "."));
        return Stream.concat(open, further).limit(LINES).toList();
    }

    private static Map<String, Object> saving(Totals totals, Amounts amounts) {
        Range saving = totals.saving();
        if (saving == null) {
            return View.of();
        }
        return View.of(
                "any", saving.high().signum() > 0,
                "likely", amounts.money(saving.likely()),
                "low", amounts.money(saving.low()),
                "high", amounts.money(saving.high()),
                "year", amounts.whole(Amounts.yearly(saving.likely())),
                "share", Amounts.share(saving.likely(), totals.monthlyAiCost()),
                "range", RangeView.of(saving, saving.high(), amounts));
    }

    /**
     * Findings of one rule, which one mistake about it would move together.
     *
     * @param name of its only resource, or the problem with the number of resources
     */
    record Mover(String name, AuditedFinding largest, Range range) {
        BigDecimal spread() {
            return range.high().subtract(range.low());
        }
    }

    /** The rules whose findings make the range wide, the widest first. */
    static List<Mover> movers(Audit audit) {
        Map<String, List<AuditedFinding>> rules = new LinkedHashMap<>();
        Findings.with(audit, Status.COUNTED).stream()
                .filter(finding -> finding.counted() != null)
                .forEach(finding -> rules.computeIfAbsent(finding.rule(), rule -> new ArrayList<>())
                        .add(finding));
        return rules.values().stream()
                .map(findings -> mover(audit, findings))
                .filter(mover -> mover.spread().signum() > 0)
                .sorted(Comparator.comparing(Mover::spread).reversed().thenComparing(Mover::name))
                .limit(MOVERS)
                .toList();
    }

    private static Mover mover(Audit audit, List<AuditedFinding> findings) {
        AuditedFinding largest = findings.get(0);
        String name = findings.size() == 1
                ? Findings.name(largest)
                : Findings.title(audit, largest) + ", " + CountedNoun.of(findings.size(), "finding") + ":";
        return new Mover(
                name, largest, findings.stream().map(AuditedFinding::counted).reduce(Range.NOTHING, Range::plus));
    }

    private static List<Object> moverRows(Audit audit, Amounts amounts) {
        return movers(audit).stream()
                .<Object>map(mover -> View.of(
                        "anchor", FindingsView.anchor(mover.largest()),
                        "name", mover.name(),
                        "range",
                                amounts.whole(mover.range().low()) + " to "
                                        + amounts.whole(mover.range().high())))
                .toList();
    }

    /** What promotional credits paid of the bills; empty where they paid nothing. */
    public static String credits(Audit audit, Amounts amounts) {
        BigDecimal paid = Money.sum(audit.bill().providers().stream()
                .map(ProviderBill::promotionalCredit)
                .filter(java.util.Objects::nonNull)
                .toList());
        return paid.signum() == 0 ? "" : amounts.whole(paid.abs());
    }

    private static Map<String, Object> question(DecisionGroup group, Exclusions exclusions, Amounts amounts) {
        AuditedFinding largest = group.largest();
        int others = group.decisions().size() - 1;
        return View.of(
                "anchor", FindingsView.anchor(largest),
                "amount", amounts.money(group.amount()),
                "name", Findings.name(largest),
                "more", others == 0 ? "" : Amounts.count(others),
                "excluded", exclusions.beside(largest),
                "question", View.prose(String.join(" ", group.questions())));
    }

    private static Map<String, Object> facts(Audit audit) {
        long rejected = audit.bill().providers().stream()
                .mapToLong(ProviderBill::rejectedRows)
                .sum();
        return View.of(
                "gaps",
                CountedNoun.of(audit.gaps().size(), "source"),
                "rejected",
                Amounts.count(rejected),
                "any_gap",
                !audit.gaps().isEmpty(),
                "any_rejected",
                rejected > 0);
    }
}
