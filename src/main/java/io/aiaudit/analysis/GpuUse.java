package io.aiaudit.analysis;

import io.aiaudit.model.Answer;
import io.aiaudit.store.OfferRatio;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.List;

/**
 * The accelerators of one leaf over the hours of the window, and how they could be bought.
 *
 * @param gpus how many run in each hour of the window
 * @param covered how many of these a commitment covers
 * @param openPrice what one of the others costs an hour now
 * @param coveredPrice what one of the covered costs an hour now
 * @param onSpot whether it is spot capacity
 * @param interruption whether it may be interrupted
 * @param commitment whether money may be bound for a year
 * @param ratio prices over the on-demand price
 * @param hoursLeft share (0..1) of its hours that other findings leave
 * @param priceLeft share (0..1) of its price that other findings leave
 * @param steady whether its hours stay as they are: what will scale or rest is no base load, nor is a job
 */
@RecordBuilder
record GpuUse(
        List<Double> gpus,
        List<Double> covered,
        BigDecimal openPrice,
        BigDecimal coveredPrice,
        boolean onSpot,
        Answer interruption,
        Answer commitment,
        OfferRatio ratio,
        double hoursLeft,
        double priceLeft,
        boolean steady) {
    GpuUse {
        gpus = List.copyOf(gpus);
        covered = List.copyOf(covered);
    }

    /** What of it may run on spot capacity is only what no commitment covers. */
    boolean toSpot() {
        return onSpot || (interruption == Answer.YES && ratio.spot() != null && ratio.spot() < 1);
    }

    boolean isUndecided() {
        return !toSpot() && interruption == Answer.UNSPECIFIED && ratio.spot() != null;
    }

    boolean mayBeReserved() {
        return !toSpot() && steady && commitment != Answer.NO && ratio.committed() != null && ratio.committed() < 1;
    }

    boolean needsApproval() {
        return commitment != Answer.YES;
    }

    /** What is left on demand or on spot: a commitment is paid in any case, so the others go first. */
    double open(int hour) {
        return Math.max(0, gpus.get(hour) * hoursLeft - covered.get(hour));
    }

    /** What so many open hours cost after the other findings, at a price that is this share of the present one. */
    BigDecimal cost(double openHours, double share) {
        return cost(openPrice, openHours * share * priceLeft);
    }

    static BigDecimal cost(BigDecimal price, double gpuHours) {
        return price.multiply(BigDecimal.valueOf(gpuHours));
    }
}
