package io.aiaudit.model;

/** What stands behind a rule's estimate; {@code NONE} is always unconfirmed. */
public enum Proof implements Keyed {
    BACKTEST,
    ARITHMETIC,
    NONE
}
