package io.aiaudit.model;

/** Where the cost of a leaf comes from. */
public enum CostBasis implements Keyed {
    EFFECTIVE,
    BILLED,
    ALLOCATED,
    LIST,
    UNPRICED
}
