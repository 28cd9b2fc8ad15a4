package io.aiaudit.model;

import java.time.Instant;

/**
 * What one metric of one resource did in one hour (UTC hour start): a row of {@code metrics}. Ratios are 0..1; absent
 * statistics are null, never 0.
 */
public record MetricHour(
        String resourceId, String metric, Instant hour, Double average, Double maximum, Double total, Long samples) {}
