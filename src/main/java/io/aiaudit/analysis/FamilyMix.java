package io.aiaudit.analysis;

import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mix of one family of accelerators. Proposed: what lies under a commitment stays there; what may be interrupted
 * runs on spot; of the rest a base load is reserved for a year, the number that at least {@value #ALWAYS} of the hours
 * need; what is above it stays on demand. A reserved hour is paid whether it is used or not.
 */
final class FamilyMix {
    /** As commitment-mix has it. */
    private static final double ALWAYS = 0.98;

    private static final double HOURS_PER_MONTH = 730;
    private static final int HOURS_PER_DAY = 24;
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private final String family;
    private final int hours;
    private final int firstHourOfDay;

    private final Sum now = new Sum();
    private final Sum proposed = new Sum();
    private final double[] reserved;
    private final double[] spot;
    private final double[] onDemand;
    private double undecided;
    private boolean needsCommitment;

    FamilyMix(String family, int hours, int firstHourOfDay) {
        this.family = family;
        this.hours = hours;
        this.firstHourOfDay = firstHourOfDay;
        this.reserved = new double[hours];
        this.spot = new double[hours];
        this.onDemand = new double[hours];
    }

    /** The mix of these; nothing runs beside them. */
    static FamilyMix of(String family, List<GpuUse> uses, int hours, int firstHourOfDay) {
        FamilyMix mix = new FamilyMix(family, hours, firstHourOfDay);
        uses.forEach(mix::add);
        mix.reserve(uses.stream().filter(GpuUse::mayBeReserved).toList());
        return mix;
    }

    /** The sum of several families. */
    static FamilyMix sum(List<FamilyMix> families, int hours, int firstHourOfDay) {
        FamilyMix all = new FamilyMix(GpuMix.ALL, hours, firstHourOfDay);
        for (FamilyMix each : families) {
            all.now.add(each.now);
            all.proposed.add(each.proposed);
            all.undecided += each.undecided;
            all.needsCommitment |= each.needsCommitment;
            for (int hour = 0; hour < hours; hour++) {
                all.reserved[hour] += each.reserved[hour];
                all.spot[hour] += each.spot[hour];
                all.onDemand[hour] += each.onDemand[hour];
            }
        }
        return all;
    }

    private void add(GpuUse use) {
        double all = 0;
        double covered = 0;
        double open = 0;
        for (int hour = 0; hour < hours; hour++) {
            all += use.gpus().get(hour);
            covered += use.covered().get(hour);
            open += use.open(hour);
            reserved[hour] += use.covered().get(hour);
            (use.toSpot() ? spot : onDemand)[hour] += use.open(hour);
        }
        double others = all - covered;
        BigDecimal coveredCost = GpuUse.cost(use.coveredPrice(), covered);
        now.reserved += covered;
        now.spot += use.onSpot() ? others : 0;
        now.onDemand += use.onSpot() ? 0 : others;
        now.cost = now.cost.add(coveredCost).add(GpuUse.cost(use.openPrice(), others));
        proposed.reserved += covered;
        proposed.spot += use.toSpot() ? open : 0;
        proposed.onDemand += use.toSpot() ? 0 : open;
        proposed.cost = proposed.cost
                .add(coveredCost)
                .add(use.cost(open, use.toSpot() && !use.onSpot() ? use.ratio().spot() : 1));
        undecided += use.isUndecided() ? open : 0;
    }

    /** Moves the base load of these from on demand to a commitment. */
    private void reserve(List<GpuUse> uses) {
        double[] open = new double[hours];
        double all = 0;
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal committed = BigDecimal.ZERO;
        for (GpuUse use : uses) {
            double own = 0;
            for (int hour = 0; hour < hours; hour++) {
                open[hour] += use.open(hour);
                own += use.open(hour);
            }
            all += own;
            cost = cost.add(use.cost(own, 1));
            committed = committed.add(use.cost(own, use.ratio().committed()));
        }
        double base = always(open);
        if (base <= 0) {
            return;
        }
        double moved = 0;
        for (int hour = 0; hour < hours; hour++) {
            double used = Math.min(open[hour], base);
            reserved[hour] += used;
            onDemand[hour] -= used;
            moved += used;
        }
        proposed.reserved += moved;
        proposed.onDemand -= moved;
        proposed.cost = proposed.cost
                .add(committed.multiply(BigDecimal.valueOf(base * hours / all)))
                .subtract(cost.multiply(BigDecimal.valueOf(moved / all)));
        needsCommitment = uses.stream().anyMatch(GpuUse::needsApproval);
    }

    /** How many run in at least {@link #ALWAYS} of the hours. */
    private static double always(double[] gpus) {
        double[] sorted = gpus.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.floor((1 - ALWAYS) * sorted.length + 1e-9)];
    }

    GpuMix mix() {
        double all = proposed.hours();
        return new GpuMix(
                family,
                now.part(hours),
                proposed.part(hours),
                all <= 0 ? null : number(undecided / all),
                needsCommitment ? List.of("commitment") : List.of(),
                byHour());
    }

    double gpuHours() {
        return now.hours();
    }

    private List<GpuMix.Hour> byHour() {
        List<GpuMix.Hour> days = new ArrayList<>();
        for (int ofDay = 0; ofDay < HOURS_PER_DAY; ofDay++) {
            days.add(new GpuMix.Hour(ofDay, mean(reserved, ofDay), mean(spot, ofDay), mean(onDemand, ofDay)));
        }
        return days;
    }

    private BigDecimal mean(double[] gpus, int ofDay) {
        double sum = 0;
        int count = 0;
        for (int hour = 0; hour < hours; hour++) {
            if ((hour + firstHourOfDay) % HOURS_PER_DAY == ofDay) {
                sum += gpus[hour];
                count++;
            }
        }
        return number(count == 0 ? 0 : sum / count);
    }

    private static BigDecimal number(double value) {
        return rounded(BigDecimal.valueOf(Math.abs(value) < 1e-9 ? 0 : value));
    }

    private static BigDecimal rounded(BigDecimal value) {
        BigDecimal rounded = value.round(SIX_DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Hours of accelerators by how they are bought, over the window. */
    private static final class Sum {
        private double reserved;
        private double spot;
        private double onDemand;
        private BigDecimal cost = BigDecimal.ZERO;

        void add(Sum other) {
            reserved += other.reserved;
            spot += other.spot;
            onDemand += other.onDemand;
            cost = cost.add(other.cost);
        }

        double hours() {
            return reserved + spot + onDemand;
        }

        GpuMix.Part part(int window) {
            double all = hours();
            double month = HOURS_PER_MONTH / window;
            return new GpuMix.Part(
                    number(all * month),
                    all <= 0 ? null : number(reserved / all),
                    all <= 0 ? null : number(spot / all),
                    all <= 0 ? null : number(onDemand / all),
                    all <= 0 ? null : rounded(cost.divide(BigDecimal.valueOf(all), MathContext.DECIMAL64)),
                    Money.toCents(cost.multiply(BigDecimal.valueOf(month))));
        }
    }
}
