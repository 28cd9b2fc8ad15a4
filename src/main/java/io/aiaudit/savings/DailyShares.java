package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which share of the time that is billed on a parent each of its parts has by the day. Instances that no part explains,
 * a price, an instance more of one part: what changes the shares for good divides the bill anew.
 */
final class DailyShares {
    /** Shares that differ less are the same. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.0005");

    private static final int LASTING = 2;
    private static final int WEEK = 7;

    private final List<LocalDate> days;
    private final List<BigDecimal> totals;
    private final List<List<BigDecimal>> shares = new ArrayList<>();

    private DailyShares(List<LeafCost> parts) {
        TreeMap<LocalDate, BigDecimal> billed = new TreeMap<>();
        List<Map<LocalDate, BigDecimal>> costs = parts.stream()
                .filter(part -> part.course() != null)
                .map(DailyShares::ofTime)
                .toList();
        costs.forEach(cost -> cost.forEach((day, amount) -> billed.merge(day, amount, BigDecimal::add)));
        billed.values().removeIf(total -> total.signum() <= 0);
        days = List.copyOf(billed.keySet());
        totals = List.copyOf(billed.values());
        costs.forEach(cost -> shares.add(days.stream()
                .map(day -> cost.getOrDefault(day, BigDecimal.ZERO).divide(billed.get(day), Money.PRECISION))
                .toList()));
    }

    private static Map<LocalDate, BigDecimal> ofTime(LeafCost part) {
        Map<LocalDate, BigDecimal> cost = new TreeMap<>();
        for (Course.Day day : part.course().days()) {
            if (day.component() == Component.TIME) {
                BigDecimal inside = day.cost()
                        .multiply(BigDecimal.valueOf(day.insideSeconds()))
                        .divide(BigDecimal.valueOf(day.periodSeconds()), Money.PRECISION);
                cost.merge(day.date(), inside, BigDecimal::add);
            }
        }
        return cost;
    }

    /** The first day since which the shares are as they are now, where they were others before. */
    static Optional<Instant> lastChange(List<LeafCost> parts) {
        DailyShares shares = new DailyShares(parts);
        return shares.shares.stream()
                .map(shares::since)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(shares.days::get)
                .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /**
     * The index of the first of the last days with one share. Two days before had one other share, but for the day of
     * the change; what was there less than a week before comes and goes.
     */
    private Optional<Integer> since(List<BigDecimal> ofPart) {
        int last = ofPart.size() - 1;
        int first = firstLike(last, ofPart);
        int before = first - 1;
        if (before > 0 && firstLike(before, ofPart) == before) {
            before--;
        }
        if (before < 1 || isSame(ofPart.get(before), ofPart.get(last))) {
            return Optional.empty();
        }
        int steady = firstLike(before, ofPart);
        int days = before - steady + 1;
        boolean isBack =
                days < WEEK && ofPart.subList(0, steady).stream().anyMatch(share -> isSame(share, ofPart.get(last)));
        boolean isLasting = first < last || isBelow(last, before);
        return days >= LASTING && !isBack && isLasting ? Optional.of(first) : Optional.empty();
    }

    /** The first of the days before one, without another between, that have its share. */
    private static int firstLike(int day, List<BigDecimal> ofPart) {
        int first = day;
        while (first > 0 && isSame(ofPart.get(first - 1), ofPart.get(day))) {
            first--;
        }
        return first;
    }

    /** A day alone proves nothing, but no saving is above what it costs. */
    private boolean isBelow(int day, int before) {
        return totals.get(day).compareTo(totals.get(before)) < 0;
    }

    private static boolean isSame(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(TOLERANCE) <= 0;
    }
}
