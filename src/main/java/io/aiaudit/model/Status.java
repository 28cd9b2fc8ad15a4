package io.aiaudit.model;

/** What became of a finding when the savings were put together; only {@code COUNTED} is in the headline. */
public enum Status implements Keyed {
    COUNTED,
    ALTERNATIVE,
    UNCONFIRMED,
    BLOCKED,
    ACCEPTED,
    UNPRICED,
    NO_SAVING,
    GOVERN
}
