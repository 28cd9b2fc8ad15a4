package io.aiaudit.savings;

import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * The days that show what the coming month costs: the last seven complete ones, shortened to what follows the last
 * lasting change.
 *
 * @param shift that change, wherever in the window it was; null without one
 * @param machineShift the last one of how it runs; its price, or a commitment that begins
 * or ends to cover it, changes its cost only.
 * Null without one
 * @param alteration the same without another number of instances or units
 * @param asNow since when, within the span, its number and its price are what they are now, which counts where it
 * costs less; null where that is not shown
 * @param missing days that the bill of its account lacks
 * @param late a change after these days, as far as the bill has it; null without one
 */
record Span(
        Instant start,
        Instant end,
        Shift shift,
        Shift machineShift,
        Shift alteration,
        Shift asNow,
        Set<LocalDate> missing,
        LateChange late) {
    private static final BigDecimal SECONDS_PER_MONTH = Money.HOURS_PER_MONTH.multiply(BigDecimal.valueOf(3600));
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofDays(2);
    /** Clouds add to the rows of a day for up to three days. */
    private static final Duration COMPLETE = Duration.ofDays(3);

    /** Null where the bill has not a day. */
    static Span of(LeafCost cost, Window window, Instant scannedAt) {
        Window billed = cost.billed() == null ? window : cost.billed();
        Instant born = MonthlyCost.born(cost);
        Instant known = end(billed, window, scannedAt);
        Instant account = cost.course().billedTo();
        Instant end = account == null ? known : earlier(known, wholeDays(account, billed.start(), born));
        Instant first = later(end.minus(LONGEST), billed.start());
        Instant start = born == null ? first : later(first, born);
        Instant from = later(window.start(), billed.start());
        Shift shift = Shift.last(cost.course(), from, end);
        Instant there = thereTo(billed, window);
        LateChange late = LateChange.of(
                cost, from, end, account == null ? there : earlier(there, wholeDays(account, billed.start(), born)));
        Instant changedTo = late == null ? end : late.end();
        Course unpriced = (late == null ? cost.course() : late.shown()).withoutPrices();
        Shift machine = Shift.last(unpriced, from, changedTo);
        Shift alteration = Shift.last(unpriced.withoutNumbers(), from, changedTo);
        if (shift != null && shift.wholeDaysFrom().isAfter(start)) {
            start = later(start, earlier(shift.wholeDaysFrom(), end.minus(SHORTEST)));
        }
        if (!start.isBefore(end)) {
            return null;
        }
        Shift now = Shift.toAsManyAsNow(cost.course(), end);
        Shift asNow = now != null && now.wholeDaysFrom().isAfter(start) ? now : null;
        return new Span(
                start, end, shift, machine, alteration, asNow, cost.course().missing(), late);
    }

    static Window longest(Window billed, Window window, Instant scannedAt) {
        Instant end = end(billed, window, scannedAt);
        return new Window(later(end.minus(LONGEST), billed.start()), end);
    }

    private static Instant end(Window billed, Window window, Instant scannedAt) {
        Instant there = thereTo(billed, window);
        Instant complete = day(scannedAt.minus(COMPLETE)).atStartOfDay().toInstant(ZoneOffset.UTC);
        return complete.isBefore(billed.start().plus(SHORTEST)) ? there : earlier(there, complete);
    }

    private static Instant thereTo(Window billed, Window window) {
        return earlier(window.end(), wholeDays(billed.end(), billed.start(), null));
    }

    /** The day within which a bill ends is not complete: it counts where little else is there. */
    private static Instant wholeDays(Instant billedTo, Instant billedFrom, Instant born) {
        Instant whole = billedTo.truncatedTo(ChronoUnit.DAYS);
        boolean isShort = whole.isBefore(billedFrom.plus(SHORTEST)) || (born != null && !born.isBefore(whole));
        return isShort ? Shift.wholeDay(billedTo) : whole;
    }

    boolean isAfterShift() {
        return shift == null || !start.isBefore(shift.aloneFrom(end));
    }

    Span since(Shift change) {
        return new Span(change.aloneFrom(end), end, change, machineShift, alteration, null, missing, null);
    }

    /** The same for what is of all days, whether the bill names it on each of them or not. */
    Span withAllDays() {
        return new Span(start, end, shift, machineShift, alteration, asNow, Set.of(), null);
    }

    boolean isOfWholeDays() {
        return start.equals(Shift.wholeDay(start));
    }

    /** The day of the change, where no day before it is in the span. */
    LocalDate changedAt() {
        return shift == null || !isAfterShift() ? null : day(shift.at());
    }

    boolean contains(Course.Day day) {
        Instant from = day.date().atStartOfDay().toInstant(ZoneOffset.UTC);
        boolean isWithin = from.isBefore(end) && from.plus(Duration.ofDays(1)).isAfter(start);
        // Where the change was within a day, what was charged on it before the change is not after it.
        boolean isBefore =
                shift != null && start.equals(shift.at()) && day.from().isBefore(start);
        return isWithin && !isBefore;
    }

    /** What an amount of the span is a month, of which so many seconds of its period count. */
    BigDecimal perMonth(BigDecimal amount, long insideSeconds, long periodSeconds) {
        BigDecimal seconds = BigDecimal.valueOf(billedSeconds());
        return amount.multiply(SECONDS_PER_MONTH)
                .multiply(BigDecimal.valueOf(insideSeconds))
                .divide(BigDecimal.valueOf(periodSeconds).multiply(seconds), Money.PRECISION);
    }

    /** Days that the bill lacks say nothing; where it lacks all of them, that is not known. */
    long billedSeconds() {
        long all = Duration.between(start, end).toSeconds();
        long lacking = missing.stream()
                .map(date -> date.atStartOfDay().toInstant(ZoneOffset.UTC))
                .filter(from ->
                        !from.isBefore(start) && !from.plus(Duration.ofDays(1)).isAfter(end))
                .count();
        long left = all - Duration.ofDays(lacking).toSeconds();
        return left > 0 ? left : all;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }
}
