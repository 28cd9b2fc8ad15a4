package io.aiaudit.rules;

import java.time.Instant;
import java.util.List;

/**
 * What is known of one resource before any rule runs, as {@link Lifetimes} finds it.
 *
 * @param accelerated whether it has an accelerator; null where it is unknown
 * @param windowDays days of its life in the
 *     window
 * @param lifeDays its age at the end of the window or of its life; null where its start is unknown
 * @param expectedHours hours of the window in which it ran, as far as it is known
 * @param wantedHours those of them in which there should be points, since no policy excludes them
 * @param isGuest whether it is a job without a charge of its own on a machine or cluster, which is what is paid for,
 *     or a model in a pool
 * @param unchangedDays days from its last lasting change to the end of the window; null where it was not changed
 * @param unalteredDays the same without another number of instances or units
 * @param unreadMetrics metrics of it, with commas between, that a source failed to return as a whole; null for none
 * @param seenTo the end of the window, or of the life of a job, which is meant to end
 */
record Lifetime(
        String resourceId,
        String kind,
        Boolean accelerated,
        double windowDays,
        Double lifeDays,
        long expectedHours,
        long wantedHours,
        boolean isGuest,
        Instant seenTo,
        Double unchangedDays,
        Double unalteredDays,
        String unreadMetrics) {
    static final String COLUMNS = "resource_id, kind, accelerated, window_days, life_days,"
            + " bit_count(expected), bit_count(wanted), is_guest, seen_to, unchanged_days, unaltered_days,"
            + " unread_metrics";

    /** Days since the last change that counts for a rule; null without one. */
    Double daysSinceChange(Rule rule) {
        return rule.atAnyNumber() ? unalteredDays : unchangedDays;
    }

    static Lifetime of(List<Object> row) {
        return new Lifetime(
                (String) row.get(0),
                (String) row.get(1),
                (Boolean) row.get(2),
                (Double) row.get(3),
                (Double) row.get(4),
                (Long) row.get(5),
                (Long) row.get(6),
                (Boolean) row.get(7),
                (Instant) row.get(8),
                (Double) row.get(9),
                (Double) row.get(10),
                (String) row.get(11));
    }
}
