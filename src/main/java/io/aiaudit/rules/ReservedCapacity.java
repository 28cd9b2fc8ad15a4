package io.aiaudit.rules;

import io.aiaudit.model.Confidence;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that runs in a capacity reservation, as its inventory says. When it stops the cloud bills the reservation
 * instead, at the same price, until that is released as well: the saving needs a check.
 */
final class ReservedCapacity {
    static final String COLUMN = "capacity_reservation";

    private ReservedCapacity() {}

    /** The reservation, or NULL; {@code table} has the columns of {@code resources}. */
    static String sql(String table) {
        return """
                CASE WHEN %1$s.kind = 'instance'
                  THEN coalesce(%1$s.attributes['capacity_reservation'], %1$s.attributes['capacity_reservation_id']) END
                """.formatted(table);
    }

    /** Takes the confidence from a finding that would end or change such an instance, and says why. */
    static void apply(Rule rule, Map<String, Object> row, Map<String, Map<String, String>> subjects) {
        String reservation = subjects.getOrDefault(String.valueOf(row.get("resource_id")), Map.of())
                .get(COLUMN);
        if (reservation == null
                || row.get("remaining") == null
                || !ManagedGroups.changesInstance(rule, rule.leverOf(row))) {
            return;
        }
        row.put("confidence", Confidence.LOW.key());
        row.put(COLUMN, reservation);
        row.put(
                "reason",
                Optional.ofNullable((String) row.get("reason")).orElse(rule.summary())
                        + " It runs in the capacity reservation "
                        + reservation.substring(reservation.lastIndexOf('/') + 1)
                        + ", which is billed instead until it is released.");
    }
}
