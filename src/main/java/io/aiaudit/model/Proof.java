package io.aiaudit.model;

/** The evidence behind a rule's estimate; {@code NONE} is unconfirmed until somebody has checked it. */
public enum Proof implements Keyed {
    BACKTEST,
    ARITHMETIC,
    NONE
}
