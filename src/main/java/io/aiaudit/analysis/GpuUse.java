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
 * @param unit what one of them costs an hour now
 * @param committed share (0..1) of its time that lies under a commitment
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
        BigDecimal unit,
        double committed,
        boolean onSpot,
        Answer interruption,
        Answer commitment,
        OfferRatio ratio,
        double hoursLeft,
        double priceLeft,
        boolean steady) {
    GpuUse {
        gpus = List.copyOf(gpus);
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

    /** What one accelerator costs an hour after the other findings, bought as now. */
    BigDecimal unitLeft() {
        return unit.multiply(BigDecimal.valueOf(priceLeft));
    }

    /** What so many hours of one accelerator cost at a price that is this share of {@link #unitLeft}. */
    BigDecimal cost(double gpuHours, double share) {
        return unitLeft().multiply(BigDecimal.valueOf(gpuHours * share));
    }
}
