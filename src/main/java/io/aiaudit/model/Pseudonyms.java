package io.aiaudit.model;

/** Replaces each value of a saved scan that could give a name away, or gives the name back. */
public interface Pseudonyms {
    /** Is shown all values before the first one is replaced: any text may have the name of any thing in it. */
    void learn(TextKind kind, String value);

    /** The replacement of a value, the value itself where it may stay. */
    String replaced(TextKind kind, String value);
}
