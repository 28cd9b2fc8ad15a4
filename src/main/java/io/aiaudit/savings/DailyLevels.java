package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one component of a leaf cost on each day on which the leaf cost anything. Disks and licences have no number and
 * no type in a bill: that they are other ones shows in what they cost.
 */
final class DailyLevels {
    /** Of the highest of them: what differs less is the same. */
    private static final int DIGITS = 3;

    private static final int LASTING_DAYS = 2;
    private static final BigDecimal DAYS_PER_MONTH =
            Money.HOURS_PER_MONTH.divide(BigDecimal.valueOf(24), Money.PRECISION);

    private final NavigableMap<LocalDate, BigDecimal> costs = new TreeMap<>();

    /** Of the whole days before the end of a span. */
    DailyLevels(Course course, Component component, Instant end) {
        course.days().stream()
                .filter(day -> day.component() != Component.USAGE)
                .filter(day -> !startOf(day.date().plusDays(1)).isAfter(end))
                .forEach(day -> costs.merge(
                        day.date(), day.component() == component ? cost(day) : BigDecimal.ZERO, BigDecimal::add));
    }

    private static BigDecimal cost(Course.Day day) {
        return day.cost()
                .multiply(BigDecimal.valueOf(day.insideSeconds()))
                .divide(BigDecimal.valueOf(day.periodSeconds()), Money.PRECISION);
    }

    /** Since when it costs what it costs now, for two days at least. */
    Optional<Instant> changedAt() {
        BigDecimal highest =
                costs.values().stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
        if (highest.signum() <= 0) {
            return Optional.empty();
        }
        NavigableMap<LocalDate, String> levels = new TreeMap<>();
        costs.forEach((day, cost) -> levels.put(
                day,
                cost.divide(highest, Money.PRECISION)
                        .setScale(DIGITS, RoundingMode.HALF_UP)
                        .toPlainString()));
        return LastStretch.of(levels)
                .filter(stretch -> stretch.isChange() && stretch.days() >= LASTING_DAYS)
                .map(stretch -> startOf(stretch.from()));
    }

    /** What the last day that was charged is a month; null where none was. */
    BigDecimal lastPerMonth() {
        return costs.descendingMap().values().stream()
                .filter(cost -> cost.signum() != 0)
                .findFirst()
                .map(DAYS_PER_MONTH::multiply)
                .orElse(null);
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
