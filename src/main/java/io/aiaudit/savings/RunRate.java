package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the coming month of a leaf costs if nothing changes, the base of every saving (docs/money.md, "Run rate"). */
public final class RunRate {
    /** A row of a bill that covers more than a day of whatever time zone says nothing about single days. */
    private static final long LONGEST_DAY = Duration.ofHours(25).toSeconds();

    private static final BigDecimal SECONDS_PER_MONTH = Money.HOURS_PER_MONTH.multiply(BigDecimal.valueOf(3600));

    private RunRate() {}

    /**
     * The monthly cost and the run rate of a leaf.
     *
     * @param scannedAt when the bill was read: its last 72 hours may still grow
     */
    public static Spend of(LeafCost cost, Window window, Instant scannedAt) {
        Spend monthly = mean(cost, window);
        Resource resource = cost.resource();
        if (monthly.gone()) {
            return monthly.goneSince(day(resource.endedAt()), null);
        }
        if (MonthlyCost.isRecurring(resource)) {
            return monthly;
        }
        if (cost.course() != null && cost.course().ended() != null) {
            Course.Ended ended = cost.course().ended();
            return monthly.goneSince(ended.since() == null ? null : day(ended.since()), ended.why());
        }
        if (monthly.basis() == CostBasis.UNPRICED || !MonthlyCost.isScaled(cost, window)) {
            return monthly;
        }
        return cost.parts().isEmpty() ? listed(monthly, cost) : charged(monthly, cost, window, scannedAt);
    }

    /** The mean of the window, without what does not come back. */
    private static Spend mean(LeafCost cost, Window window) {
        Spend monthly = MonthlyCost.of(cost, window);
        LeafCost left = cost.withoutOneOffs();
        if (monthly.gone() || left.parts().size() == cost.parts().size()) {
            return monthly;
        }
        return left.parts().isEmpty()
                ? monthly.withRunRate(Map.of(), BigDecimal.ZERO)
                : monthly.withRunRate(
                        MonthlyCost.of(left, window).byComponent(),
                        MonthlyCost.of(left, window).committedShare());
    }

    private static Spend listed(Spend monthly, LeafCost cost) {
        LeafCost.Lately lately = cost.lately();
        if (lately == null || lately.hoursRun() == null || lately.listPricePerHour() == null) {
            return monthly;
        }
        Instant born = cost.resource().createdAt();
        Instant start = born == null || born.isBefore(lately.span().start())
                ? lately.span().start()
                : born;
        BigDecimal ran = lately.listPricePerHour().multiply(lately.hoursRun());
        Map<Component, BigDecimal> rate = Map.of(
                Component.TIME, perMonth(ran, 1, 1, seconds(start, lately.span().end())));
        return monthly.withRunRate(rate, monthly.committedShare(), null, start);
    }

    private static Spend charged(Spend monthly, LeafCost cost, Window window, Instant scannedAt) {
        Span span = cost.course() == null || cost.course().days().isEmpty() ? null : Span.of(cost, window, scannedAt);
        if (span == null) {
            return monthly;
        }
        Map<Component, BigDecimal> rate = new EnumMap<>(Component.class);
        BigDecimal committed = BigDecimal.ZERO;
        for (LeafCost.Part part : cost.withoutOneOffs().parts()) {
            BigDecimal mean = BigDecimal.ZERO;
            if (!isMetered(part)) {
                mean = MonthlyCost.monthly(part.cost(), part, cost, window);
                committed = part.component() == Component.TIME
                        ? committed.add(MonthlyCost.monthly(part.committed(), part, cost, window))
                        : committed;
            }
            rate.merge(part.component(), mean, BigDecimal::add);
        }
        for (Map.Entry<Length, Sums> metered : metered(cost.course(), span).entrySet()) {
            Length length = metered.getKey();
            rate.merge(length.component(), span.perMonth(metered.getValue().cost(), length), BigDecimal::add);
            committed = length.component() == Component.TIME
                    ? committed.add(span.perMonth(metered.getValue().committed(), length))
                    : committed;
        }
        BigDecimal time = rate.getOrDefault(Component.TIME, BigDecimal.ZERO);
        return monthly.withRunRate(
                rate, MonthlyCost.committedShare(cost, committed, time), span.changedAt(), span.start());
    }

    /** Days that count alike: they are added up exactly and divided once, so that no cent hangs on the order of the digits. */
    private record Length(Component component, long inside, long period) {}

    private record Sums(BigDecimal cost, BigDecimal committed) {
        Sums plus(Sums other) {
            return new Sums(cost.add(other.cost), committed.add(other.committed));
        }
    }

    private static Map<Length, Sums> metered(Course course, Span span) {
        Map<Length, Sums> sums = new HashMap<>();
        course.days().stream()
                .filter(day -> day.component() != Component.USAGE && span.contains(day.date()))
                .forEach(day -> sums.merge(
                        new Length(day.component(), day.insideSeconds(), day.periodSeconds()),
                        new Sums(day.cost(), day.committed()),
                        Sums::plus));
        return sums;
    }

    /** What the days of the course hold: no use, which is seen in the whole window, and no row of more or less than a day. */
    private static boolean isMetered(LeafCost.Part part) {
        return part.component() != Component.USAGE && part.periodSeconds() > 1 && part.periodSeconds() <= LONGEST_DAY;
    }

    private static BigDecimal perMonth(BigDecimal amount, long inside, long period, long spanSeconds) {
        return amount.multiply(SECONDS_PER_MONTH)
                .multiply(BigDecimal.valueOf(inside))
                .divide(BigDecimal.valueOf(period).multiply(BigDecimal.valueOf(spanSeconds)), Money.PRECISION);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static long seconds(Instant start, Instant end) {
        return Duration.between(start, end).toSeconds();
    }

    /**
     * The days that show what the coming month costs: the last seven complete ones, shortened to what follows the last lasting change.
     *
     * @param changedAt the day of that change, wherever in the window it was; null without one
     */
    record Span(Instant start, Instant end, LocalDate changedAt) {
        private static final Duration LONGEST = Duration.ofDays(7);
        private static final Duration SHORTEST = Duration.ofDays(2);
        /** Clouds add to the rows of a day for up to three days. */
        private static final Duration COMPLETE = Duration.ofDays(3);

        /** Null where the bill has not a day. */
        static Span of(LeafCost cost, Window window, Instant scannedAt) {
            Window billed = cost.billed() == null ? window : cost.billed();
            Instant account = cost.course().billedTo();
            Instant known = end(billed, window, scannedAt);
            Instant end = account == null ? known : earlier(known, Shift.wholeDay(account));
            Instant first = later(end.minus(LONGEST), billed.start());
            Instant born = MonthlyCost.born(cost);
            Instant start = born == null ? first : later(first, born);
            Shift shift = Shift.last(cost.course(), later(window.start(), billed.start()), end);
            if (shift != null && shift.wholeDaysFrom().isAfter(start)) {
                start = later(start, earlier(shift.wholeDaysFrom(), end.minus(SHORTEST)));
            }
            return start.isBefore(end) ? new Span(start, end, shift == null ? null : day(shift.at())) : null;
        }

        private static Instant end(Window billed, Window window, Instant scannedAt) {
            Instant whole = billed.end().truncatedTo(ChronoUnit.DAYS);
            boolean isShort = whole.isBefore(billed.start().plus(SHORTEST));
            Instant there = earlier(window.end(), isShort ? Shift.wholeDay(billed.end()) : whole);
            Instant complete = day(scannedAt.minus(COMPLETE)).atStartOfDay().toInstant(ZoneOffset.UTC);
            return complete.isBefore(billed.start().plus(SHORTEST)) ? there : earlier(there, complete);
        }

        boolean contains(LocalDate date) {
            Instant from = date.atStartOfDay().toInstant(ZoneOffset.UTC);
            return from.isBefore(end) && from.plus(Duration.ofDays(1)).isAfter(start);
        }

        BigDecimal perMonth(BigDecimal amount, Length length) {
            return RunRate.perMonth(amount, length.inside(), length.period(), seconds(start, end));
        }

        private static Instant later(Instant one, Instant other) {
            return other.isAfter(one) ? other : one;
        }

        private static Instant earlier(Instant one, Instant other) {
            return other.isBefore(one) ? other : one;
        }
    }
}
