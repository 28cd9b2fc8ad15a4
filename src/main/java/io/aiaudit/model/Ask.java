package io.aiaudit.model;

/** A permission that a fix may need: to be interrupted, to be slower, to be less good, or to leave the region. */
public enum Ask implements Keyed {
    INTERRUPTION,
    LATENCY,
    QUALITY,
    RESIDENCY
}
