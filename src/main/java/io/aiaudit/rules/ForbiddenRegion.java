package io.aiaudit.rules;

import io.aiaudit.model.Lever;
import java.util.List;
import java.util.Map;

/**
 * The region of a resource that the policy names regions for, and not this one: it has to move. What would bind money
 * to that region, or set up something else in it, waits for the move.
 */
final class ForbiddenRegion {
    static final String COLUMN = "forbidden_region";

    /** Fixes after which something new is there, or is paid for there for a year. */
    private static final List<Lever> STAYING = List.of(Lever.COMMIT, Lever.REPLACE, Lever.RESIZE);

    private ForbiddenRegion() {}

    /** The region, or NULL; the tables have the columns of {@code resources} and {@code policy}. */
    static String sql(String resources, String policy) {
        return ("CASE WHEN len(%2$s.allowed_regions) > 0 AND len(list_filter(%2$s.allowed_regions,"
                        + " lambda pattern: lower(%1$s.region) GLOB lower(pattern)"
                        + " OR lower(%1$s.provider || '/' || %1$s.region) GLOB lower(pattern))) = 0 THEN "
                        + "%1$s.region END")
                .formatted(resources, policy);
    }

    /** Shows the region as evidence of a finding whose fix stays in it. */
    static void apply(Rule rule, Map<String, Object> row, Map<String, Map<String, String>> subjects) {
        String region = subjects.getOrDefault(String.valueOf(row.get("resource_id")), Map.of())
                .get(COLUMN);
        boolean saves = row.get("remaining") != null;
        if (region != null && saves && STAYING.contains(rule.leverOf(row))) {
            row.put(COLUMN, region);
        }
    }
}
