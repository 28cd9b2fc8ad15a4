package io.aiaudit.backtest;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How long pauses last, from pauses of which some were still running when the recording ended (Kaplan and Meier, 1958):
 * no pause is left out for being long, and none is taken to have ended because nobody looked any more.
 */
final class Survival {
    /** @param ended false if the recording or something else ended first */
    record Pause(double days, boolean ended) {}

    private final List<Pause> pauses;
    /** Day to the share of pauses that last longer. */
    private final NavigableMap<Double, Double> shares = new TreeMap<>();

    Survival(List<Pause> pauses) {
        this.pauses = List.copyOf(pauses);
        NavigableMap<Double, Integer> ends = new TreeMap<>();
        pauses.stream().filter(Pause::ended).forEach(pause -> ends.merge(pause.days(), 1, Integer::sum));
        double share = 1;
        shares.put(0.0, share);
        for (var end : ends.entrySet()) {
            share *= 1 - (double) end.getValue() / lasting(end.getKey());
            shares.put(end.getKey(), share);
        }
    }

    /** Pauses that were seen to last so long. */
    long lasting(double days) {
        return pauses.stream().filter(pause -> pause.days() >= days).count();
    }

    private double share(double days) {
        return shares.floorEntry(days).getValue();
    }

    /** Of the pauses that lasted {@code days}, the share that lasts {@code more} days longer. */
    double stays(double days, double more) {
        return share(days) == 0 ? 0 : share(days + more) / share(days);
    }

    /**
     * Of the pauses that lasted {@code days}, the part of the next {@code more} days that passes until they end, on
     * average.
     */
    double quiet(double days, double more) {
        int steps = 1000;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            sum += stays(days, more * (step + 0.5) / steps);
        }
        return sum / steps;
    }
}
