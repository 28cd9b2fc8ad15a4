package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.model.WeeklySchedule;
import io.aiaudit.model.Window;
import io.aiaudit.store.HourCost;
import io.aiaudit.store.StoredScan;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of the hours that a schedule takes away lies under a commitment, hour by hour, where the bill is hourly. It
 * matters where a part of the time does: a plan that covers the working hours is not freed by a machine that stops at
 * night.
 */
public final class HoursOff {
    private final StoredScan scan;
    private final Window window;

    public HoursOff(StoredScan scan, Window window) {
        this.scan = scan;
        this.window = window;
    }

    /** Puts it into the spend of the leaves that these findings are about. */
    public void addTo(Map<String, Spend> spend, List<Finding> findings) {
        Map<String, Map<String, WeeklySchedule>> schedules = new TreeMap<>();
        for (Finding finding : findings) {
            if (finding.lever() == Lever.SCHEDULE && isPartlyCommitted(spend.get(finding.resourceId()))) {
                WeeklySchedule.parse(finding.target())
                        .ifPresent(schedule -> schedules
                                .computeIfAbsent(finding.resourceId(), leaf -> new HashMap<>())
                                .put(finding.target(), schedule));
            }
        }
        if (schedules.isEmpty()) {
            return;
        }
        scan.hourlyTime(schedules.keySet(), window).forEach((leaf, hours) -> {
            Map<String, BigDecimal> shares = new HashMap<>();
            schedules.get(leaf).forEach((target, schedule) -> {
                BigDecimal share = committedShare(schedule, hours, spend.get(leaf));
                if (share != null) {
                    shares.put(target, share);
                }
            });
            spend.computeIfPresent(leaf, (id, cost) -> cost.withCommittedShareOff(shares));
        });
    }

    static boolean isPartlyCommitted(Spend spend) {
        return spend != null
                && spend.committedShare().signum() > 0
                && spend.committedShare().compareTo(BigDecimal.ONE) < 0;
    }

    /**
     * Of the days that the run rate is from. What is covered may be worth something else than the bill has it at: the
     * bill shows in which hours it lies, and the spend how much of all of them it is. Null where nothing was paid for
     * the hours off, or the bill shows nothing covered.
     */
    private static BigDecimal committedShare(WeeklySchedule schedule, List<HourCost> hours, Spend spend) {
        BigDecimal onDemand = BigDecimal.ZERO;
        BigDecimal onDemandOff = BigDecimal.ZERO;
        BigDecimal committed = BigDecimal.ZERO;
        BigDecimal committedOff = BigDecimal.ZERO;
        for (HourCost hour : hours) {
            if (spend.runRateFrom() != null && hour.hour().isBefore(spend.runRateFrom())) {
                continue;
            }
            BigDecimal open = hour.cost().subtract(hour.committed());
            onDemand = onDemand.add(open);
            committed = committed.add(hour.committed());
            if (!schedule.isOn(hour.hour())) {
                onDemandOff = onDemandOff.add(open);
                committedOff = committedOff.add(hour.committed());
            }
        }
        if (committed.signum() <= 0 || onDemand.signum() <= 0) {
            return null;
        }
        BigDecimal worth = committedOff
                .multiply(spend.committedShare())
                .multiply(onDemand)
                .divide(committed.multiply(BigDecimal.ONE.subtract(spend.committedShare())), Money.PRECISION);
        BigDecimal cost = onDemandOff.add(worth);
        return cost.signum() <= 0
                ? null
                : worth.divide(cost, Money.PRECISION).max(BigDecimal.ZERO).min(BigDecimal.ONE);
    }
}
