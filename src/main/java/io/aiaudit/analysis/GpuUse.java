package io.aiaudit.analysis;

import io.aiaudit.model.Answer;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The accelerators of one leaf over the hours of the window, and how they could be bought.
 *
 * @param gpus how many run in each hour of the window
 * @param covered how many of these a commitment covers
 * @param openPrice what one of the others costs an hour now
 * @param coveredPrice what one of the covered costs an hour now
 * @param onSpot whether it is spot capacity
 * @param interruption whether it may be interrupted
 * @param spotRatio the price of spot over the one on demand; null where it has none
 * @param hoursLeft share (0..1) of its hours that other findings leave
 * @param priceLeft share (0..1) of its price that other findings leave
 * @param commitment what a finding proposes to commit to; null where none does
 */
@RecordBuilder
record GpuUse(
        List<Double> gpus,
        List<Double> covered,
        BigDecimal openPrice,
        BigDecimal coveredPrice,
        boolean onSpot,
        Answer interruption,
        Double spotRatio,
        double hoursLeft,
        double priceLeft,
        ProposedCommitment commitment) {
    GpuUse {
        gpus = List.copyOf(gpus);
        covered = List.copyOf(covered);
    }

    /** What of it may run on spot capacity is only what no commitment covers. */
    boolean toSpot() {
        return onSpot || (interruption == Answer.YES && spotRatio != null && spotRatio < 1);
    }

    boolean isUndecided() {
        return !toSpot() && interruption == Answer.UNSPECIFIED && spotRatio != null;
    }

    /** Spot costs less than a commitment; what counts in the net saving is not taken back for it. */
    boolean isReserved() {
        return commitment != null && (commitment.counts() || !toSpot());
    }

    /** What is left on demand or on spot: a commitment is paid in any case, so the others go first. */
    double open(int hour) {
        return Math.max(0, gpus.get(hour) * hoursLeft - covered.get(hour));
    }

    double allOpen() {
        return IntStream.range(0, gpus.size()).mapToDouble(this::open).sum();
    }

    /** How many accelerators to reserve, so that they are the proposed share of the open hours. */
    double base() {
        if (!isReserved()) {
            return 0;
        }
        List<Double> byLevel = IntStream.range(0, gpus.size())
                .mapToObj(this::open)
                .sorted(Comparator.reverseOrder())
                .toList();
        double wanted = commitment.share() * allOpen();
        // Level for level from below: what is in so many hours of the highest is in each of them.
        double below = 0;
        double reserved = 0;
        for (int hours = byLevel.size(); hours > 0; hours--) {
            double level = byLevel.get(hours - 1);
            double next = reserved + (level - below) * hours;
            if (next >= wanted * (1 - 1e-9)) {
                return below + (wanted - reserved) / hours;
            }
            reserved = next;
            below = level;
        }
        return below;
    }

    /** From its first hour on a commitment is paid, whether it is used or not. */
    int hoursPaid() {
        int first = 0;
        while (first < gpus.size() && gpus.get(first) <= 0) {
            first++;
        }
        return gpus.size() - first;
    }

    /** What so many open hours cost after the other findings, at a price that is this share of the present one. */
    BigDecimal cost(double openHours, double share) {
        return cost(openPrice, openHours * share * priceLeft);
    }

    static BigDecimal cost(BigDecimal price, double gpuHours) {
        return price.multiply(BigDecimal.valueOf(gpuHours));
    }
}
