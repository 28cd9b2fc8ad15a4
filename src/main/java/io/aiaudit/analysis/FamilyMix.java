package io.aiaudit.analysis;

import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The mix of one family of accelerators. Proposed: what lies under a commitment stays there; what findings commit to is
 * reserved; of the rest, what may be interrupted runs on spot, and what may not stays on demand. A reserved hour is
 * paid whether it is used or not, and so is an existing commitment that nothing uses.
 */
final class FamilyMix {
    private static final double HOURS_PER_MONTH = Money.HOURS_PER_MONTH.doubleValue();
    private static final int HOURS_PER_DAY = 24;
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private final String family;
    private final int hours;
    private final int firstHourOfDay;

    private final Sum now = new Sum();
    private final Sum afterFindings = new Sum();
    private final Sum proposed = new Sum();
    private BigDecimal savedOnSpot = BigDecimal.ZERO;
    private BigDecimal savedByReserving = BigDecimal.ZERO;
    private BigDecimal toConfirm = BigDecimal.ZERO;
    private BigDecimal unusedCommitments = BigDecimal.ZERO;
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

    /**
     * The mix of these; nothing runs beside them.
     *
     * @param unusedCommitments what commitments for them that nothing uses cost over the window
     */
    static FamilyMix of(String family, List<GpuUse> uses, BigDecimal unusedCommitments, int hours, int firstHourOfDay) {
        FamilyMix mix = new FamilyMix(family, hours, firstHourOfDay);
        uses.forEach(mix::add);
        mix.unusedCommitments = unusedCommitments;
        for (Sum sum : List.of(mix.now, mix.afterFindings, mix.proposed)) {
            sum.cost = sum.cost.add(unusedCommitments);
        }
        return mix;
    }

    /** The sum of several families. */
    static FamilyMix sum(List<FamilyMix> families, int hours, int firstHourOfDay) {
        FamilyMix all = new FamilyMix(GpuMix.ALL, hours, firstHourOfDay);
        for (FamilyMix each : families) {
            all.now.add(each.now);
            all.afterFindings.add(each.afterFindings);
            all.proposed.add(each.proposed);
            all.savedOnSpot = all.savedOnSpot.add(each.savedOnSpot);
            all.savedByReserving = all.savedByReserving.add(each.savedByReserving);
            all.toConfirm = all.toConfirm.add(each.toConfirm);
            all.unusedCommitments = all.unusedCommitments.add(each.unusedCommitments);
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
        double base = 0;
        double rest = 0;
        double level = use.base();
        for (int hour = 0; hour < hours; hour++) {
            double ofBase = Math.min(use.open(hour), level);
            double above = use.open(hour) - ofBase;
            all += use.gpus().get(hour);
            covered += use.covered().get(hour);
            base += ofBase;
            rest += above;
            reserved[hour] += use.covered().get(hour) + ofBase;
            (use.toSpot() ? spot : onDemand)[hour] += above;
        }
        BigDecimal coveredCost = GpuUse.cost(use.coveredPrice(), covered);
        double others = all - covered;
        now.add(covered, others, use.onSpot(), coveredCost.add(GpuUse.cost(use.openPrice(), others)));
        afterFindings.add(covered, base + rest, use.onSpot(), coveredCost.add(use.cost(base + rest, 1)));
        BigDecimal restCost = use.cost(rest, use.toSpot() && !use.onSpot() ? use.spotRatio() : 1);
        BigDecimal baseCost = level <= 0
                ? BigDecimal.ZERO
                : use.cost(level * use.hoursPaid(), use.commitment().priceRatio());
        proposed.add(
                covered + base, rest, use.toSpot(), coveredCost.add(baseCost).add(restCost));
        savedOnSpot = savedOnSpot.add(use.cost(rest, 1)).subtract(restCost);
        BigDecimal saved = use.cost(base, 1).subtract(baseCost);
        savedByReserving = savedByReserving.add(saved);
        if (level > 0) {
            toConfirm = toConfirm.add(use.commitment().counts() ? BigDecimal.ZERO : saved);
            needsCommitment |= use.commitment().needsApproval();
        }
        undecided += use.isUndecided() ? base + rest : 0;
    }

    GpuMix mix() {
        double all = proposed.hours();
        return new GpuMix(
                family,
                now.part(hours),
                proposed.part(hours),
                all <= 0 ? null : number(undecided / all),
                needsCommitment ? List.of("commitment") : List.of(),
                byHour(),
                afterFindings.part(hours),
                saving(),
                month(unusedCommitments));
    }

    /** To the cent what lies between the two monthly costs; what rounding leaves is on the larger part. */
    private GpuMix.Saving saving() {
        BigDecimal both = month(afterFindings.cost).subtract(month(proposed.cost));
        boolean mostlySpot = savedOnSpot.compareTo(savedByReserving) > 0;
        BigDecimal reserving = mostlySpot ? month(savedByReserving) : both.subtract(month(savedOnSpot));
        boolean allOpen = toConfirm.signum() != 0 && toConfirm.compareTo(savedByReserving) == 0;
        return new GpuMix.Saving(both.subtract(reserving), reserving, allOpen ? reserving : month(toConfirm));
    }

    private BigDecimal month(BigDecimal inWindow) {
        return Money.toCents(inWindow.multiply(BigDecimal.valueOf(HOURS_PER_MONTH / hours)));
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

        void add(double committed, double others, boolean onSpot, BigDecimal costs) {
            reserved += committed;
            spot += onSpot ? others : 0;
            onDemand += onSpot ? 0 : others;
            cost = cost.add(costs);
        }

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
