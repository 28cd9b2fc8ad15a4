package io.aiaudit.store;

/**
 * What one metric of a resource says of a span of time.
 *
 * @param hours with a point
 * @param average mean of the hours, null where no hour has one
 * @param highest of all hours, null where no hour has one
 * @param total of all hours, null where no hour has one
 */
public record MeasuredUse(String metric, long hours, Double average, Double highest, Double total) {}
