package io.aiaudit.model;

/** How sure a finding is, in ascending order; a low one is always unconfirmed. */
public enum Confidence implements Keyed {
    LOW,
    MEDIUM,
    HIGH
}
