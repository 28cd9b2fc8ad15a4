package io.aiaudit.rules;

import java.util.Map;
import java.util.Optional;

/**
 * Days that the policy excludes for a resource: nothing of them is in the metrics that a rule reads, so "No requests in
 * 14 days" may be false of the calendar. A finding that rests on metrics says which days were left out.
 */
final class ExcludedDays {
    static final String COLUMN = "excluded_days";

    private ExcludedDays() {}

    /**
     * The days that lie between the first hour that anything measured and the end of the window, as text, or NULL;
     * {@code resources} has the column {@code resource_id}.
     */
    static String sql(String resources, String metrics, String start, String end) {
        return """
                (SELECT string_agg(strftime(x.first_day, '%%Y-%%m-%%d')
                    || if(x.next_day - INTERVAL 1 DAY > x.first_day,
                      ' to ' || strftime(x.next_day - INTERVAL 1 DAY, '%%Y-%%m-%%d'), ''),
                    ', ' ORDER BY x.first_day)
                  FROM temp.main.aiaudit_excluded x
                  WHERE x.resource_id = %1$s.resource_id AND x.period_start < %4$s
                    AND x.period_end > least(%3$s, (SELECT min(hour) FROM %2$s)))
                """.formatted(resources, metrics, start, end);
    }

    /** Adds the sentence to the reason of what a rule finds by metrics. */
    static void apply(Rule rule, Map<String, Object> row, Map<String, Map<String, String>> subjects) {
        String days = subjects.getOrDefault(String.valueOf(row.get("resource_id")), Map.of())
                .get(COLUMN);
        if (days != null && (!rule.needs().isEmpty() || Work.isReadBy(rule)) && row.get("remaining") != null) {
            row.put(
                    "reason",
                    Optional.ofNullable((String) row.get("reason")).orElse(rule.summary())
                            + " Use in days that the policy excludes is left out: " + days + ".");
        }
    }
}
