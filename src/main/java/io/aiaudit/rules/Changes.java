package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;

/** When each resource was last changed for good, in the window and before it, in temporary tables. */
final class Changes {
    private final LockedStore store;
    private final WindowHours window;
    private final String base;
    private boolean any;

    Changes(LockedStore store, WindowHours window, String base) {
        this.store = store;
        this.window = window;
        this.base = base;
    }

    /** A parent was changed when any part of it was. */
    void read() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_changes AS
                SELECT a.ancestor_id AS resource_id, max(p.changed_at) AS changed_at,
                  max(p.altered_at) AS altered_at
                FROM aiaudit_spend p JOIN aiaudit_ancestors a USING (resource_id)
                WHERE p.changed_at IS NOT NULL GROUP BY ALL
                """);
        any = !store.select("FROM aiaudit_changes LIMIT 1").rows().isEmpty();
        store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_earlier_changes AS "
                + Work.text("earlier-changes.sql")
                        .replace("{base}", base)
                        .replace("{start}", window.start())
                        .replace("{end}", window.end()));
    }

    /**
     * A condition on rows by the hour: the resource was then what it is now. Nothing where none was changed.
     *
     * @param change the column that says when
     */
    String unchanged(String change) {
        return any
                ? " AND NOT EXISTS (FROM temp.main.aiaudit_changes c WHERE c.resource_id = hourly.resource_id AND "
                        + "hourly.hour < c." + change + ")"
                : "";
    }
}
