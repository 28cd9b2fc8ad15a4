package io.aiaudit.store;

/**
 * What other ways of buying the same machine cost over its on-demand price.
 *
 * @param spot null where it has no spot price
 * @param committed for a year; null where it has no such price
 */
public record OfferRatio(Double spot, Double committed) {}
