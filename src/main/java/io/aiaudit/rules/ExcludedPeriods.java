package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;

/**
 * The periods that the policy of a resource excludes, and the hours of the window in them, in temporary tables. They
 * are days of its time zone: an hour that only a part of them has is not excluded.
 */
final class ExcludedPeriods {
    private final LockedStore store;
    private final WindowHours window;
    private boolean any;

    ExcludedPeriods(LockedStore store, WindowHours window) {
        this.store = store;
        this.window = window;
    }

    /** Whether any policy excludes a period. */
    boolean any() {
        return any;
    }

    void read() {
        any = store.any("aiaudit_policy WHERE len(excluded_periods) > 0");
        if (!any) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded "
                    + "(resource_id VARCHAR, first_day TIMESTAMP, next_day TIMESTAMP, period_start TIMESTAMP, "
                    + "period_end TIMESTAMP)");
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded_hours (resource_id VARCHAR, hours BIT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_excluded AS
                SELECT resource_id, first_day, next_day,
                  date_trunc('hour', timezone('UTC', timezone(zone, first_day)) + INTERVAL 59 MINUTE) AS period_start,
                  date_trunc('hour', timezone('UTC', timezone(zone, next_day))) AS period_end
                FROM (SELECT resource_id, zone, trim(split_part(period, '/', 1))::TIMESTAMP AS first_day,
                    trim(split_part(period, '/', 2))::TIMESTAMP AS next_day
                  FROM (SELECT resource_id, coalesce(timezone, 'UTC') AS zone, unnest(excluded_periods) AS period
                    FROM aiaudit_policy))
                """);
        store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded_hours AS SELECT resource_id, bit_or("
                + window.bits("period_start", "period_end") + ") AS hours FROM aiaudit_excluded GROUP BY resource_id");
    }
}
