package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What the coming month of a leaf costs if nothing changes, the base of every saving (docs/money.md, "Run rate"). */
public final class RunRate {
    /** A row of a bill that covers more than a day of whatever time zone says nothing about single days. */
    private static final long LONGEST_DAY = Duration.ofHours(25).toSeconds();

    private RunRate() {}

    /**
     * The monthly cost and the run rate of a leaf.
     *
     * @param scannedAt when the bill was read: its last 72 hours may still grow
     */
    public static Spend of(LeafCost cost, Window window, Instant scannedAt) {
        Shift shift = cost.course() == null
                ? null
                : Shift.configured(cost.course().configuredAt(), window.start(), window.end());
        Spend monthly = withShifts(mean(cost, window), shift, shift);
        Resource resource = cost.resource();
        if (monthly.gone()) {
            return monthly.goneSince(day(resource.endedAt()), null);
        }
        if (MonthlyCost.isRecurring(resource)) {
            return MonthlyCost.isService(resource) ? ServiceRate.of(monthly, cost, window, scannedAt) : monthly;
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

    /** The days that show what the coming month costs, of what has neither a change nor a life. */
    public static Window lastDays(Window billed, Window window, Instant scannedAt) {
        return Span.longest(billed, window, scannedAt);
    }

    /** The later one counts: how a resource ran before it says nothing of how it runs now. */
    private static Spend withShifts(Spend spend, Shift shift, Shift alteration) {
        return spend.withShiftedAt(later(spend.shiftedAt(), shift)).withAlteredAt(later(spend.alteredAt(), alteration));
    }

    private static Instant later(Instant known, Shift shift) {
        return shift == null || (known != null && !shift.at().isAfter(known)) ? known : shift.at();
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
                Component.TIME,
                new Span(start, lately.span().end(), null, null, null, null, Set.of(), null).perMonth(ran, 1, 1));
        return monthly.withRunRate(rate, monthly.committedShare(), null, start);
    }

    private static Spend charged(Spend monthly, LeafCost cost, Window window, Instant scannedAt) {
        boolean hasDays = cost.course() != null && !cost.course().days().isEmpty();
        Span span = cost.course() == null ? null : Span.of(cost, window, scannedAt);
        if (span == null || !(hasDays || LongRows.areThere(cost))) {
            return monthly;
        }
        DailyRate metered = DailyRate.of(cost.course(), span);
        LongRows ofTime = new LongRows(cost, Component.TIME, metered.span());
        LongRows ofStorage = new LongRows(cost, Component.STORAGE, span);
        Map<Component, BigDecimal> rate = new EnumMap<>(metered.byComponent());
        BigDecimal committed = metered.committed();
        for (LeafCost.Part part : cost.withoutOneOffs().parts()) {
            BigDecimal share = BigDecimal.ZERO;
            if (ofTime.isShown(part)) {
                share = ofTime.perMonth(part.cost(), part);
                committed = committed.add(ofTime.perMonth(part.committed(), part));
            } else if (ofStorage.isShown(part)) {
                share = ofStorage.perMonth(part.cost(), part);
            } else if (!isMetered(part)) {
                share = MonthlyCost.monthly(part.cost(), part, cost, window);
                committed = part.component() == Component.TIME
                        ? committed.add(MonthlyCost.monthly(part.committed(), part, cost, window))
                        : committed;
            }
            rate.merge(part.component(), share, BigDecimal::add);
        }
        BigDecimal time = rate.getOrDefault(Component.TIME, BigDecimal.ZERO);
        BigDecimal share = MonthlyCost.committedShare(cost, committed, time);
        return hasDays
                ? withShifts(monthly, span.machineShift(), span.alteration())
                        .withRunRate(
                                rate,
                                share,
                                metered.span().changedAt(),
                                metered.span().start())
                : monthly.withRunRate(rate, share);
    }

    /**
     * What the days of the course hold: no use, which is seen in the whole window, and no row of more or less than a
     * day.
     */
    private static boolean isMetered(LeafCost.Part part) {
        return part.component() != Component.USAGE && part.periodSeconds() > 1 && part.periodSeconds() <= LONGEST_DAY;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
