package io.aiaudit.store;

/**
 * One metric of one resource over a span of time.
 *
 * @param hours how many hours have a point
 * @param total sum of the totals, null where no hour has one
 * @param average of the averages, null where no hour has one
 */
public record MetricSum(long hours, Double total, Double average) {}
