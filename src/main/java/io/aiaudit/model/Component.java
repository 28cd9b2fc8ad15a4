package io.aiaudit.model;

/** The part of a cost that a charge belongs to: metered while it runs, by use, stored, licensed or committed. */
public enum Component implements Keyed {
    TIME,
    USAGE,
    STORAGE,
    LICENCE,
    COMMITMENT
}
