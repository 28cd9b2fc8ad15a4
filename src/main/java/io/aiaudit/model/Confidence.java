package io.aiaudit.model;

/** How sure a finding is, in ascending order; a low one is unconfirmed until somebody has checked it. */
public enum Confidence implements Keyed {
    LOW,
    MEDIUM,
    HIGH
}
