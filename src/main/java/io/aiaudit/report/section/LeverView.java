package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.chart.Bar;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The saving by what has to be done for it. */
final class LeverView {
    private static final Set<Status> WITH_AMOUNTS = EnumSet.of(Status.COUNTED, Status.UNCONFIRMED, Status.BLOCKED);

    private LeverView() {}

    private record Sum(Lever lever, long findings, BigDecimal counted, BigDecimal unconfirmed, BigDecimal blocked) {
        BigDecimal all() {
            return counted.add(unconfirmed).add(blocked);
        }
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Sum> sums = sums(audit);
        return View.of(
                "rows",
                sums.stream().map(sum -> row(sum, amounts)).toList(),
                "others",
                others(audit, sums),
                "charts",
                charts(sums, amounts));
    }

    /** Which findings have no row, so that their numbers add up to all; empty where all have one. */
    private static String others(Audit audit, List<Sum> sums) {
        Set<Lever> shown = sums.stream().map(Sum::lever).collect(Collectors.toSet());
        Map<String, Long> others = audit.findings().stream()
                .filter(finding -> !shown.contains(finding.lever()) || !hasAmount(finding))
                .collect(Collectors.groupingBy(
                        finding -> Glossary.word(finding).toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.counting()));
        return others.isEmpty()
                ? ""
                : CountedNoun.of(
                                others.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                "more finding")
                        + " not in this table: "
                        + others.entrySet().stream()
                                .map(each -> each.getKey() + " " + Amounts.count(each.getValue()))
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static List<Sum> sums(Audit audit) {
        Map<Lever, List<AuditedFinding>> byLever = new EnumMap<>(Lever.class);
        audit.findings()
                .forEach(finding -> byLever.computeIfAbsent(finding.lever(), lever -> new ArrayList<>())
                        .add(finding));
        return byLever.entrySet().stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .filter(sum -> sum.all().signum() > 0)
                .sorted(Comparator.comparing(Sum::counted)
                        .thenComparing(Sum::all)
                        .reversed()
                        .thenComparing(Sum::lever))
                .toList();
    }

    private static Sum sum(Lever lever, List<AuditedFinding> findings) {
        return new Sum(
                lever,
                findings.stream().filter(LeverView::hasAmount).count(),
                total(findings, Status.COUNTED),
                total(findings, Status.UNCONFIRMED),
                total(findings, Status.BLOCKED));
    }

    private static boolean hasAmount(AuditedFinding finding) {
        return WITH_AMOUNTS.contains(finding.status()) && !finding.onlyFrees();
    }

    private static BigDecimal total(List<AuditedFinding> findings, Status status) {
        return Money.sum(findings.stream()
                .filter(finding -> finding.status() == status)
                .map(AuditedFinding::monthlyAmount)
                .filter(Objects::nonNull)
                .toList());
    }

    private static Map<String, Object> row(Sum sum, Amounts amounts) {
        return View.of(
                "lever", name(sum.lever()),
                "meaning", Glossary.LEVERS.get(sum.lever()),
                "findings", Amounts.count(sum.findings()),
                "counted", amounts.plain(sum.counted()),
                "unconfirmed", amounts.plain(sum.unconfirmed()),
                "blocked", amounts.plain(sum.blocked()));
    }

    private static List<Object> charts(List<Sum> sums, Amounts amounts) {
        if (sums.isEmpty()) {
            return List.of();
        }
        List<Bar> bars = sums.stream().map(sum -> bar(sum, amounts)).toList();
        String label =
                "Saving a month by kind of fix: counted, needs your decision, and blocked. The table below has the "
                        + "amounts.";
        return Charts.rows(bars, label).stream().<Object>map(View::markup).toList();
    }

    /** The label, the whole bar and what of it is counted, is behind the last part that there is. */
    private static Bar bar(Sum sum, Amounts amounts) {
        List<Bar.Part> parts = new ArrayList<>();
        String label = amounts.whole(sum.all()) + ofIt(sum, amounts);
        boolean blocked = sum.blocked().signum() > 0;
        boolean unconfirmed = sum.unconfirmed().signum() > 0;
        parts.add(new Bar.Part(sum.counted(), Ink.COUNTED, blocked || unconfirmed ? null : label));
        parts.add(new Bar.Part(sum.unconfirmed(), Ink.UNCONFIRMED, unconfirmed && !blocked ? label : null));
        parts.add(new Bar.Part(sum.blocked(), Ink.BLOCKED, blocked ? label : null));
        return new Bar(name(sum.lever()), parts);
    }

    private static String ofIt(Sum sum, Amounts amounts) {
        if (sum.all().compareTo(sum.counted()) == 0) {
            return "";
        }
        return sum.counted().signum() == 0 ? ", none counted" : ", " + amounts.whole(sum.counted()) + " counted";
    }

    static String name(Lever lever) {
        String key = lever.key();
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
