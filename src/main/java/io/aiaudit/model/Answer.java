package io.aiaudit.model;

import java.util.Optional;

/** What the policy says when a fix needs a permission; no entry is {@code UNSPECIFIED}, never a yes. */
public enum Answer implements Keyed {
    YES,
    NO,
    UNSPECIFIED;

    /** How configurations of earlier versions write it. */
    private static final String EARLIER = "untold";

    /** The answer that a configuration writes with this word; empty for a word that is none. */
    public static Optional<Answer> read(String word) {
        return EARLIER.equals(word) ? Optional.of(UNSPECIFIED) : Keyed.find(Answer.class, word);
    }
}
