package io.aiaudit.collect.demo;

import io.aiaudit.model.MetricHour;
import java.time.Instant;
import java.util.Set;

/** What one metric of a resource does, such as {@code requests=shop 3400}: a shape and the level of its peak. */
record Use(String metric, Shape shape, double level) {
    private static final Set<String> COUNTERS = Set.of(
            "requests",
            "tokens_input",
            "tokens_output",
            "tokens_cache_read",
            "tokens_cache_write",
            "network_bytes",
            "requests_hashed",
            "requests_repeated_1h",
            "requests_repeated_24h",
            "requests_repeated_7d");
    private static final Set<String> RATIOS = Set.of("gpu_utilization", "cpu_utilization", "throughput_utilization");
    private static final Set<String> WHOLE = Set.of("replicas", "sessions");
    private static final Set<String> MEMORY = Set.of("gpu_memory_used_gib", "memory_used_gib");
    private static final long SAMPLES = 60;

    static Use of(String metric, String shapeAndLevel) {
        String[] words = shapeAndLevel.split(" ");
        return new Use(metric, Shape.of(words[0]), Double.parseDouble(words[1]));
    }

    /**
     * The hour as a monitoring system reports it, or null where it reports nothing: there is no latency without a
     * request.
     */
    MetricHour hour(String resourceId, String name, Instant hour, Instant startedAt) {
        double value = value(name, hour, startedAt);
        if (metric.equals("latency_ms") && value == 0) {
            return null;
        }
        if (COUNTERS.contains(metric)) {
            return new MetricHour(resourceId, metric, hour, null, null, value, SAMPLES);
        }
        double swing = WHOLE.contains(metric) || value == 0 ? 1 : swing(name, hour);
        double maximum = RATIOS.contains(metric) ? Math.min(1, rounded(value * swing)) : rounded(value * swing);
        return new MetricHour(resourceId, metric, hour, value, maximum, null, SAMPLES);
    }

    /** How far the highest value of an hour lies above its average; what programs hold in memory hardly moves. */
    private double swing(String name, Instant hour) {
        return MEMORY.contains(metric)
                ? 1.005
                : Noise.around(name + metric + "/max", hour.getEpochSecond(), 0.15) + 0.25;
    }

    /** A counter's sum or a gauge's average. */
    double value(String name, Instant hour, Instant startedAt) {
        double share = shape.share(name, hour, startedAt);
        if (share == 0) {
            return 0;
        }
        if (WHOLE.contains(metric)) {
            return level;
        }
        double value = level * share * Noise.around(name + metric, hour.getEpochSecond(), spread());
        if (COUNTERS.contains(metric)) {
            return Math.max(1, Math.rint(value));
        }
        return RATIOS.contains(metric) ? Math.min(0.98, rounded(value)) : rounded(value);
    }

    /** Memory hardly moves, a rare event not at all, everything else a little. */
    private double spread() {
        return shape == Shape.TRICKLE ? 0 : MEMORY.contains(metric) ? 0.004 : 0.09;
    }

    private static double rounded(double value) {
        return Math.rint(value * 10_000) / 10_000;
    }
}
