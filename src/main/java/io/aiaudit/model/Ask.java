package io.aiaudit.model;

/**
 * A permission that a fix may need: to be interrupted, to be slower, to be less good, to leave the region, or to bind
 * money for a term.
 */
public enum Ask implements Keyed {
    INTERRUPTION,
    LATENCY,
    QUALITY,
    RESIDENCY,
    COMMITMENT
}
