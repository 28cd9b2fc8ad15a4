package io.aiaudit.store;

/**
 * Of how many resources of a provider and kind there is a metric; {@code metric} null = how many resources there are.
 */
public record Measured(String provider, String kind, String metric, int resources) {}
