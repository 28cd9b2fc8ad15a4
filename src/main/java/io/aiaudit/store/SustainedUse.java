package io.aiaudit.store;

import io.aiaudit.store.Courses.DailyCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Google's discount for sustained use grows within a month and begins again with the next: the last days of a month are
 * always its cheapest. What such a machine costs a day is its mean price in the window, or the coming month would look
 * like the end of the last one. Thirty days that begin amid a month have each step of the discount too.
 */
final class SustainedUse {
    private record Meter(String resourceId, String machine, String purchase, String cover) {
        static Meter of(DailyCost cost) {
            return new Meter(cost.resourceId(), cost.machine(), cost.purchase(), cost.cover());
        }
    }

    private final Set<Meter> discounted = new HashSet<>();
    private final Map<Meter, BigDecimal> costs = new HashMap<>();
    private final Map<Meter, BigDecimal> quantities = new HashMap<>();
    private final Map<Meter, MonthlyStair> stairs = new HashMap<>();

    private SustainedUse() {}

    /** The same days, with the price level where the discount was given. */
    static List<DailyCost> levelled(List<DailyCost> days) {
        SustainedUse use = new SustainedUse();
        days.forEach(use::add);
        use.stairs.forEach((meter, stair) -> {
            if (stair.isOfSustainedUse()) {
                use.discounted.add(meter);
            }
        });
        if (use.discounted.isEmpty()) {
            return days;
        }
        List<DailyCost> levelled = new ArrayList<>(days.size());
        days.forEach(day -> levelled.add(use.levelled(day)));
        return levelled;
    }

    private void add(DailyCost day) {
        if (day.growsCheaper()) {
            discounted.add(Meter.of(day));
        }
        if (isMetered(day)) {
            costs.merge(Meter.of(day), day.cost(), BigDecimal::add);
            quantities.merge(Meter.of(day), day.quantity(), BigDecimal::add);
            if (day.mayGrowCheaper() && "on_demand".equals(day.purchase()) && "uncovered".equals(day.cover())) {
                stairs.computeIfAbsent(Meter.of(day), meter -> new MonthlyStair())
                        .add(day.day(), day.cost(), day.quantity());
            }
        }
    }

    private DailyCost levelled(DailyCost day) {
        Meter meter = Meter.of(day);
        return isMetered(day) && discounted.contains(meter)
                ? day.costing(
                        costs.get(meter).multiply(day.quantity()).divide(quantities.get(meter), MathContext.DECIMAL128))
                : day;
    }

    private static boolean isMetered(DailyCost day) {
        return day.machine() != null && day.quantity() != null && day.quantity().signum() > 0;
    }
}
