package io.aiaudit.model;

/**
 * A text that the user wrote into aiaudit.yaml and that sentences of an audit quote: whoever replaces names in them
 * need not guess where it begins and ends.
 *
 * @param text as the sentences have it; a condition with its key, such as {@code tag env=prod}, a value with its key,
 *     such as {@code owner: search}
 */
public record UserText(Part part, String text) {
    /** Of what it is a part. */
    public enum Part implements Keyed {
        CONDITION,
        VALUE,
        REASON,
        OWNER,
        RULE,
        FILE
    }
}
