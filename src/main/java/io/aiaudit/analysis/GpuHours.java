package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.store.InstanceTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which hours of the window the accelerators of one leaf ran, which of these a commitment covered, and at which
 * price. What its bill does not show, or what was before its last lasting change, is taken to be as the rest on
 * average.
 */
final class GpuHours {
    private static final Set<String> ONE_INSTANCE = Set.of("instance", "notebook");

    /** Elsewhere cores, memory and accelerators have meters of their own, or may have. */
    private static final Set<String> METERS_OF_INSTANCES = Set.of("aws", "azure");

    private final LeafCost leaf;
    private final Window window;
    private final Map<Instant, Double> counted;
    private final double gpusOfOne;
    private final double machines;
    /** There may have been more instances than now, and meters of its cloud count instances. */
    private final boolean mayScale;

    private final double[] all;
    private final double[] covered;
    private BigDecimal openCost = BigDecimal.ZERO;
    private BigDecimal coveredCost = BigDecimal.ZERO;

    /** @param counted how many instances ran in an hour, as far as they were counted */
    private GpuHours(LeafCost leaf, Window window, Map<Instant, Double> counted) {
        Resource resource = leaf.resource();
        this.leaf = leaf;
        this.window = window;
        this.counted = counted;
        this.gpusOfOne = resource.acceleratorCount().doubleValue();
        this.machines = resource.replicas() == null ? 1 : Math.max(1, resource.replicas());
        this.mayScale = !ONE_INSTANCE.contains(resource.kind()) && METERS_OF_INSTANCES.contains(resource.provider());
        this.all = new double[(int) window.hours()];
        this.covered = new double[all.length];
    }

    static GpuHours of(
            LeafCost leaf, Spend spend, Window window, List<InstanceTime> bill, Map<Instant, Double> counted) {
        GpuHours hours = new GpuHours(leaf, window, counted);
        if (bill.isEmpty()) {
            hours.byLife(spend);
        } else {
            hours.byBill(bill, hours.span(changed(spend)));
        }
        return hours;
    }

    private static Instant changed(Spend spend) {
        return spend.changedAt() == null
                ? spend.shiftedAt()
                : spend.changedAt().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    List<Double> all() {
        return Arrays.stream(all).boxed().toList();
    }

    List<Double> covered() {
        return Arrays.stream(covered).boxed().toList();
    }

    /** Of one accelerator in an hour that no commitment covers; that of the covered ones where there is no other. */
    BigDecimal openPrice() {
        double hours = sum(all) - sum(covered);
        return isNothing(hours) || isNothing(sum(covered))
                ? price(openCost.add(coveredCost), sum(all))
                : price(openCost, hours);
    }

    /** A fee under a commitment is a cost of hours without one where there are no others, and the other way round. */
    BigDecimal coveredPrice() {
        return isNothing(sum(covered)) || isNothing(sum(all) - sum(covered))
                ? openPrice()
                : price(coveredCost, sum(covered));
    }

    private static BigDecimal price(BigDecimal cost, double hours) {
        return cost.divide(BigDecimal.valueOf(hours), Money.PRECISION);
    }

    boolean isEmpty() {
        return isNothing(sum(all));
    }

    private static double sum(double[] hours) {
        return Arrays.stream(hours).sum();
    }

    private static boolean isNothing(double hours) {
        return hours < 1e-6;
    }

    private Window span(Instant changed) {
        Instant start = leaf.billed() == null || leaf.billed().start().isBefore(window.start())
                ? window.start()
                : leaf.billed().start();
        Instant end = leaf.billed() == null || leaf.billed().end().isAfter(window.end())
                ? window.end()
                : leaf.billed().end();
        Instant from = changed != null && changed.isAfter(start) && changed.isBefore(end) ? changed : start;
        return new Window(from, end);
    }

    private void byBill(List<InstanceTime> bill, Window span) {
        for (InstanceTime time : bill) {
            if (time.isFee()) {
                addFee(time, span);
                continue;
            }
            if (time.cost().signum() <= 0 || !span.contains(time.start())) {
                continue;
            }
            double share = running(time) / machines;
            double coveredShare = coveredShare(time);
            int first = index(time.start());
            for (int hour = first; hour < Math.min(all.length, first + time.hours()); hour++) {
                all[hour] = gpusOfOne * counted.getOrDefault(at(hour), machines * share);
                covered[hour] = all[hour] * coveredShare;
            }
            openCost = openCost.add(time.cost()).subtract(time.committed());
            coveredCost = coveredCost.add(time.committed());
        }
        fill(span);
    }

    /** As much of it as lies in the span. */
    private void addFee(InstanceTime fee, Window span) {
        Window period = fee.period();
        Instant start = period.start().isAfter(span.start()) ? period.start() : span.start();
        Instant end = period.end().isBefore(span.end()) ? period.end() : span.end();
        long inside = Math.max(0, Duration.between(start, end).toSeconds());
        BigDecimal share = BigDecimal.valueOf(inside)
                .divide(BigDecimal.valueOf(Duration.ofHours(fee.hours()).toSeconds()), Money.PRECISION);
        BigDecimal committed = fee.committed().multiply(share);
        openCost = openCost.add(fee.cost().multiply(share).subtract(committed));
        coveredCost = coveredCost.add(committed);
    }

    /**
     * How many instances ran: as many as the bill has hours of, up to those that there are at the time of the scan.
     * Where a meter counts instances, and not cores, there may have been more: as many as one meter shows.
     */
    private double running(InstanceTime time) {
        if (time.paidHours() == null) {
            return machines;
        }
        double atMostNow = Math.min(machines, time.paidHours() / time.hours());
        return mayScale && time.hoursOfOneMeter() != null
                ? Math.max(atMostNow, time.hoursOfOneMeter() / time.hours())
                : atMostNow;
    }

    private static double coveredShare(InstanceTime time) {
        if (time.committed().signum() <= 0) {
            return 0;
        }
        if (time.committed().compareTo(time.cost()) >= 0) {
            return 1;
        }
        return time.paidHours() == null || time.paidHours() <= 0
                ? time.committed().divide(time.cost(), Money.PRECISION).doubleValue()
                : time.committedHours() / time.paidHours();
    }

    /** Hours of its life outside of the span are as those in it. */
    private void fill(Window span) {
        double known = 0;
        double unknown = 0;
        for (int hour = 0; hour < all.length; hour++) {
            if (exists(hour)) {
                known += span.contains(at(hour)) ? 1 : 0;
                unknown += span.contains(at(hour)) ? 0 : 1;
            }
        }
        if (known <= 0 || unknown <= 0) {
            return;
        }
        double gpus = sum(all) / known;
        double ofThemCovered = sum(covered) / known;
        for (int hour = 0; hour < all.length; hour++) {
            if (exists(hour) && !span.contains(at(hour))) {
                all[hour] = gpus;
                covered[hour] = ofThemCovered;
            }
        }
        BigDecimal factor = BigDecimal.valueOf(1 + unknown / known);
        openCost = openCost.multiply(factor);
        coveredCost = coveredCost.multiply(factor);
    }

    /** Evenly over its life, as far as it ran. */
    private void byLife(Spend spend) {
        double lifetime = 0;
        for (int hour = 0; hour < all.length; hour++) {
            lifetime += exists(hour) ? 1 : 0;
        }
        double share = leaf.hoursRun() == null || lifetime == 0
                ? 1
                : Math.min(1, leaf.hoursRun().doubleValue() / lifetime);
        double committed = spend.committedShare().doubleValue();
        Window span = span(null);
        double known = 0;
        for (int hour = 0; hour < all.length; hour++) {
            if (exists(hour)) {
                all[hour] = gpusOfOne * counted.getOrDefault(at(hour), machines * share);
                covered[hour] = all[hour] * committed;
                known += span.contains(at(hour)) ? all[hour] : 0;
            }
        }
        if (known > 0) {
            BigDecimal cost = inWindow().multiply(BigDecimal.valueOf(sum(all) / known));
            coveredCost = cost.multiply(spend.committedShare());
            openCost = cost.subtract(coveredCost);
        }
    }

    private BigDecimal inWindow() {
        BigDecimal billed = leaf.inWindow(Component.TIME);
        if (billed != null) {
            return billed;
        }
        return leaf.listPricePerHour() == null || leaf.hoursRun() == null
                ? BigDecimal.ZERO
                : leaf.listPricePerHour().multiply(leaf.hoursRun());
    }

    private boolean exists(int hour) {
        Resource resource = leaf.resource();
        return (resource.createdAt() == null || !at(hour).isBefore(resource.createdAt()))
                && (resource.endedAt() == null || at(hour).isBefore(resource.endedAt()));
    }

    private Instant at(int hour) {
        return window.start().plus(Duration.ofHours(hour));
    }

    private int index(Instant instant) {
        return (int) Duration.between(window.start(), instant).toHours();
    }
}
