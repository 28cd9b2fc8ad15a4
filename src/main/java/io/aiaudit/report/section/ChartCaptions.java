package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.DailySpend;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Plan;
import io.aiaudit.model.SpendClass;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One line under each picture that says what it shows, in the words of its own figures. */
public final class ChartCaptions {
    private ChartCaptions() {}

    /**
     * What the ends of the range are, and the findings that make it wide.
     *
     * @param where the sums of both ends are; empty where they are nowhere
     */
    public static String range(Audit audit, Amounts amounts, String where) {
        String movers = SummaryView.movers(audit).stream()
                .map(mover -> mover.name() + " " + amounts.whole(mover.range().low()) + " to "
                        + amounts.whole(mover.range().high()))
                .collect(Collectors.joining("; "));
        return "Low adds up all worst cases, high all best cases"
                + (where.isEmpty() ? "." : " (see " + where + ").")
                + (movers.isEmpty() ? "" : " What moves the range most: " + movers + ".");
    }

    /** The lowest and the highest day, and of what: the AI cost where all of it is, as the same days have two sums. */
    public static String days(List<DailySpend> spend, Amounts amounts) {
        String daily = spend.stream().allMatch(day -> day.spendClass() == SpendClass.AI)
                ? "Daily AI cost was "
                : "Daily cost, all services, was ";
        Map<LocalDate, BigDecimal> sums = new TreeMap<>();
        spend.forEach(day -> sums.merge(day.day(), day.cost(), BigDecimal::add));
        if (sums.isEmpty()) {
            return "No day has a cost.";
        }
        Map.Entry<LocalDate, BigDecimal> highest =
                sums.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Map.Entry<LocalDate, BigDecimal> lowest =
                sums.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        if (amounts.whole(lowest.getValue()).equals(amounts.whole(highest.getValue()))) {
            return daily + amounts.whole(lowest.getValue()) + " on each day.";
        }
        return daily + "between " + amounts.whole(lowest.getValue()) + " (" + lowest.getKey() + ") and "
                + amounts.whole(highest.getValue()) + " (" + highest.getKey() + ").";
    }

    /** How much of the saving the first step brings. */
    public static String roadmap(List<Plan.Stage> stages) {
        Plan.Stage first = stages.get(0);
        BigDecimal all = stages.get(stages.size() - 1).cumulative().likely();
        return "The \"" + PlanView.word(first.step()) + "\" step accounts for "
                + Amounts.share(first.saving().likely(), all) + " of the net saving.";
    }

    /** The largest class, what is counted apart. */
    public static String coverage(Audit audit) {
        List<CoverageView.Line> lines = CoverageView.lines(audit);
        BigDecimal all = lines.stream().map(CoverageView.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        CoverageView.Line largest = lines.stream()
                .max(Comparator.comparing(CoverageView.Line::amount))
                .orElseThrow();
        return "The largest class is \"" + largest.name() + "\", " + Amounts.share(largest.amount(), all)
                + " of the AI spend in the window." + checkedInPart(audit);
    }

    /** What looks clean though a rule, such as one for a smaller size, could not judge it. */
    private static String checkedInPart(Audit audit) {
        BigDecimal partly = audit.totals().inUsePartlyChecked();
        return partly == null || partly.signum() <= 0
                ? ""
                : " Of \"No waste found\", " + Amounts.rounded(audit.currency()).money(partly) + " ("
                        + Amounts.share(partly, audit.totals().windowAiCost())
                        + " of AI spend) was checked only in part: a rule, such as one for smaller sizes, lacked "
                        + "data.";
    }

    /** The quietest and the busiest hour of the day. */
    public static String hours(GpuMix mix) {
        List<BigDecimal> sums = mix.byHour().stream()
                .map(hour -> hour.reserved().add(hour.spot()).add(hour.onDemand()))
                .toList();
        BigDecimal least = sums.stream().min(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
        BigDecimal most = sums.stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
        if (Amounts.count(least).equals(Amounts.count(most))) {
            return "On average, "
                    + CountedNoun.of(most.setScale(0, RoundingMode.HALF_EVEN).longValue(), "accelerator")
                    + " run in each hour of the day.";
        }
        return "Between " + Amounts.count(least) + " and " + Amounts.count(most)
                + " accelerators run in each hour of the day, on average.";
    }
}
