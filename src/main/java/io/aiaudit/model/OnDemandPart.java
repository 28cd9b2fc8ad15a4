package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * Periods (hours, or days of a pool of several units) in which the same share of a resource's time was on demand beside
 * what a commitment covered: what is given back in them is on demand first.
 *
 * @param cost what the time cost in them
 * @param share the share (0..1) of it under no commitment
 */
public record OnDemandPart(BigDecimal cost, BigDecimal share) {}
