package io.aiaudit.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of a finding when the savings were put together; only {@code COUNTED} is in the headline. */
public enum Status implements Keyed {
    COUNTED,
    ALTERNATIVE,
    UNCONFIRMED,
    BLOCKED,
    ACCEPTED,
    UNPRICED,
    NO_SAVING,
    GOVERN;

    /** What people read for the status {@link #UNCONFIRMED}; where they write a status, they may write it, too. */
    private static final String NEEDS_DECISION = "needs_decision";

    /** The status of this key, or of the words that reports have for it; empty for others. */
    public static Optional<Status> named(String name) {
        return NEEDS_DECISION.equals(name) ? Optional.of(UNCONFIRMED) : Keyed.find(Status.class, name);
    }

    /** Every name that {@link #named} knows. */
    public static List<String> names() {
        return Stream.concat(Keyed.keys(Status.class).stream(), Stream.of(NEEDS_DECISION))
                .toList();
    }
}
