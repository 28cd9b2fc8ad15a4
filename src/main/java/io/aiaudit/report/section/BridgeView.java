package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.report.chart.Bar;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the sum of all findings becomes the headline, step by step. */
final class BridgeView {
    private BridgeView() {}

    private record Step(String name, BigDecimal amount, Ink ink, String meaning) {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Totals totals = audit.totals();
        if (totals.saving() == null || totals.standAloneSaving() == null) {
            return View.of("known", false);
        }
        List<Step> steps = steps(totals);
        return View.of(
                "known", true,
                "sum", amounts.money(totals.standAloneSaving()),
                "saving", amounts.money(totals.saving().likely()),
                "steps", steps.stream().map(step -> row(step, amounts)).toList(),
                "charts", charts(totals, steps, amounts));
    }

    private static List<Step> steps(Totals totals) {
        BigDecimal decided = totals.toDecide();
        BigDecimal twice = decided == null ? null : totals.unconfirmedSaving().subtract(decided);
        return List.of(
                new Step(
                        "Overlap",
                        twice == null ? totals.overlap() : totals.overlap().add(twice),
                        Ink.OVERLAP,
                        "Several findings on one resource can't save the same cost twice."),
                new Step(
                        "Needs your decision",
                        decided,
                        Ink.UNCONFIRMED,
                        "Counts once you approve it, or confirm it after a check by hand."),
                new Step("Blocked", totals.blockedSaving(), Ink.BLOCKED, "The policy in aiaudit.yaml forbids the fix."),
                new Step(
                        "Accepted",
                        totals.acceptedSaving(),
                        Ink.ACCEPTED,
                        "You decided to keep it as it is ('ignore' in aiaudit.yaml)."),
                new Step(
                        "Unused commitment",
                        totals.freedCommitment(),
                        Ink.FREED,
                        "Paid until the commitment expires, whether it is used or not."));
    }

    private static Map<String, Object> row(Step step, Amounts amounts) {
        boolean nothing = step.amount() == null || step.amount().signum() == 0;
        String amount = step.amount() == null
                ? Amounts.UNKNOWN
                : amounts.money(step.amount().negate());
        return View.of(
                "name",
                step.name(),
                "amount",
                nothing && step.amount() != null ? amounts.money(step.amount()) : amount,
                "ink",
                step.ink().css(),
                "meaning",
                step.meaning());
    }

    private static List<Object> charts(Totals totals, List<Step> steps, Amounts amounts) {
        List<Bar> bars = new ArrayList<>();
        BigDecimal left = totals.standAloneSaving();
        bars.add(whole("Gross saving", left, Ink.TOTAL, amounts));
        for (Step step : steps) {
            if (step.amount() != null && step.amount().signum() > 0) {
                left = left.subtract(step.amount());
                bars.add(new Bar(
                        step.name(),
                        List.of(
                                new Bar.Part(left, Ink.CLEAR, null),
                                new Bar.Part(
                                        step.amount(),
                                        step.ink(),
                                        amounts.whole(step.amount().negate())))));
            }
        }
        bars.add(whole("Net saving", totals.saving().likely(), Ink.COUNTED, amounts));
        String label = "From the gross saving of all findings, " + amounts.money(totals.standAloneSaving())
                + " a month, to the net saving, "
                + amounts.money(totals.saving().likely()) + " a month. The table below lists every step.";
        return Charts.columns(bars, label).stream().<Object>map(View::markup).toList();
    }

    private static Bar whole(String name, BigDecimal amount, Ink ink, Amounts amounts) {
        return new Bar(name, List.of(new Bar.Part(amount, ink, amounts.whole(amount))));
    }
}
