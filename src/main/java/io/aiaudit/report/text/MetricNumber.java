package io.aiaudit.report.text;

import io.aiaudit.model.Vocabulary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The numbers of a metric as people read them: three digits, ratios in percent.
 *
 * @param ratio whether it is a share of a whole
 * @param addsUp whether the points of an hour add up, as requests do; else its maximum is that of a moment
 */
public record MetricNumber(boolean ratio, boolean addsUp) {
    private static final MathContext SHOWN = new MathContext(3);
    private static final Pattern ADD_UP = Pattern.compile(Vocabulary.ADD_UP);

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("gpu_utilization", "GPU utilization"),
            Map.entry("accelerators_active", "GPUs active"),
            Map.entry("gpu_memory_used_gib", "GPU memory used, GiB"),
            Map.entry("kv_cache_utilization", "KV cache utilization"),
            Map.entry("cpu_utilization", "CPU utilization"),
            Map.entry("memory_used_gib", "Memory used, GiB"),
            Map.entry("network_bytes", "Network, bytes an hour"),
            Map.entry("requests", "Requests an hour"),
            Map.entry("latency_ms", "Latency, ms"),
            Map.entry("tokens_input", "Input tokens an hour"),
            Map.entry("tokens_output", "Output tokens an hour"),
            Map.entry("tokens_cache_read", "Tokens read from a cache an hour"),
            Map.entry("tokens_cache_write", "Tokens written to a cache an hour"),
            Map.entry("throughput_utilization", "Throughput utilization"),
            Map.entry("replicas", "Instances"),
            Map.entry("queue_depth", "Queue depth"),
            Map.entry("sessions", "Sessions"),
            Map.entry("requests_hashed", "Requests with a hash an hour"),
            Map.entry("requests_repeated_1h", "Repeated within the hour"),
            Map.entry("requests_repeated_24h", "Repeated within the day"),
            Map.entry("requests_repeated_7d", "Repeated within the week"));

    /** As people call the metric; its own name where it is none of ours. */
    public static String name(String metric) {
        return NAMES.getOrDefault(metric, metric.replace('_', ' '));
    }

    public static MetricNumber of(String metric) {
        return new MetricNumber(
                metric.endsWith("_utilization"), ADD_UP.matcher(metric).find());
    }

    /** As the JSON report holds it, so that a report from there has the same values to the last digit. */
    public static Double asWritten(Double value) {
        return value == null || !Double.isFinite(value) ? null : Double.valueOf(PlainNumber.of(value));
    }

    public String text(double value) {
        BigDecimal rounded = new BigDecimal(ratio ? value * 100 : value).round(SHOWN);
        int decimals = Math.max(0, rounded.stripTrailingZeros().scale());
        String digits = Amounts.grouped(rounded, decimals);
        return ratio ? digits + " %" : digits;
    }
}
