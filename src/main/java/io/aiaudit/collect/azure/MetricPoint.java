package io.aiaudit.collect.azure;

import java.time.Instant;

/**
 * One point of Azure Monitor: an hour of a metric of a resource, or of a part of it. A statistic without a value is
 * null, which is not 0.
 *
 * @param resourceId in lower case
 * @param name as Azure calls the metric
 * @param part the value of the dimension that was requested, null = the whole
 */
record MetricPoint(
        String resourceId, String name, String part, Instant hour, Double average, Double maximum, Double total) {}
