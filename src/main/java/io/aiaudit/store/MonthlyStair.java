package io.aiaudit.store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The price of a meter by quarters of the month. What runs all month is cheaper by the same step in each quarter, and
 * as expensive as before when the next month begins: that is Google's discount for sustained use, whether or not a
 * bill names it.
 */
final class MonthlyStair {
    private static final int QUARTERS = 4;
    /** Months are those of California, eight hours at most behind ours. */
    private static final double BEHIND = 8.0 / 24;
    /** Steps of general-purpose machines of the first generation, and of the later ones, of the full price. */
    private static final double[] STEPS = {0.2, 0.4 / 3};

    private static final double ROUNDING = 0.005;

    private record Amount(double cost, double quantity) {
        Amount plus(Amount other) {
            return new Amount(cost + other.cost, quantity + other.quantity);
        }
    }

    private final TreeMap<LocalDate, Amount> days = new TreeMap<>();

    void add(LocalDate day, BigDecimal cost, BigDecimal quantity) {
        days.merge(day, new Amount(cost.doubleValue(), quantity.doubleValue()), Amount::plus);
    }

    /** A single step may be another price as well: it must be one of those that Google publishes. */
    boolean isOfSustainedUse() {
        List<List<Double>> quarters = new ArrayList<>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            quarters.add(new ArrayList<>());
        }
        days.forEach((day, amount) -> {
            int quarter = quarter(day);
            if (quarter >= 0 && isWholeDay(amount)) {
                quarters.get(quarter).add(amount.cost() / amount.quantity());
            }
        });
        int first = -1;
        int last = -1;
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            if (!quarters.get(quarter).isEmpty()) {
                first = first < 0 ? quarter : first;
                last = quarter;
            }
        }
        if (first == last) {
            return false;
        }
        double step = (quarters.get(first).get(0) - quarters.get(last).get(0)) / (last - first);
        double full = quarters.get(first).get(0) + first * step;
        return step > ROUNDING * full && isKnown(step / full, last - first) && isEven(quarters, full, step);
    }

    private static boolean isKnown(double share, int steps) {
        for (double known : STEPS) {
            if (Math.abs(share - known) <= ROUNDING || (steps > 1 && share < known)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEven(List<List<Double>> quarters, double full, double step) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            double expected = full - quarter * step;
            if (quarters.get(quarter).stream().anyMatch(price -> Math.abs(price - expected) > ROUNDING * full)) {
                return false;
            }
        }
        return true;
    }

    /** What ran for a part of a day has its steps on other days. */
    private boolean isWholeDay(Amount amount) {
        double most = days.values().stream().mapToDouble(Amount::quantity).max().orElse(0);
        return amount.quantity() > 0 && amount.quantity() >= 0.99 * most;
    }

    /** Below 0 where a day may be of two of them. */
    private static int quarter(LocalDate day) {
        int quarter = quarter(day.getDayOfMonth(), day);
        return day.getDayOfMonth() - 1 >= BEHIND && quarter == quarter(day.getDayOfMonth() - 1 - BEHIND, day)
                ? quarter
                : -1;
    }

    private static int quarter(double elapsed, LocalDate day) {
        return (int) Math.ceil(elapsed * QUARTERS / day.lengthOfMonth()) - 1;
    }
}
