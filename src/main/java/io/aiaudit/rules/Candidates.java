package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;

/**
 * Every resource with what rules see of it in {@code subject} beside its use, in one temporary table. It is joined once
 * for all rules, and only with what there is: with each join, the database plans half as long again.
 */
final class Candidates {
    static final String TABLE = "aiaudit_candidates";

    private final LockedStore store;
    private final String base;
    /** False in the tests of rules. */
    private final boolean hasSources;

    Candidates(LockedStore store, String base) {
        this.store = store;
        this.base = base;
        this.hasSources = store.any(base + "scan WHERE sources IS NOT NULL");
    }

    /** After all that is known of the resources has been read. */
    void read(Placement placement, boolean hasMembers) {
        boolean hasWorkloads = placement.hasWorkloads();
        boolean hasJobs = placement.hasJobs();
        store.execute("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS"
                + " SELECT r.* REPLACE (coalesce(r.created_at, began) AS created_at), known.accelerated, "
                + "n.parts_of_parent, "
                + (hasWorkloads
                        ? "own.workloads, w.unplaced_workloads, "
                        : "NULL::VARCHAR[] AS workloads, NULL::BIGINT AS unplaced_workloads, ")
                + (hasJobs ? "j.unplaced_jobs, j.provider IS NULL AND " : "NULL::BIGINT AS unplaced_jobs, ")
                + (hasSources ? "listed.provider IS NOT NULL" : "true") + " AS knows_jobs, "
                + (hasMembers ? ManagedGroups.COLUMNS : ManagedGroups.NO_COLUMNS)
                + " FROM " + base + "resources r JOIN aiaudit_lifetimes known USING (resource_id)"
                + " LEFT JOIN aiaudit_began USING (resource_id)"
                + " LEFT JOIN aiaudit_parts n ON n.parent_id = r.parent_id"
                + (hasWorkloads
                        ? " LEFT JOIN aiaudit_workloads own USING (resource_id)"
                                + " LEFT JOIN aiaudit_unplaced_workloads w USING (resource_id)"
                        : "")
                + (hasJobs ? " LEFT JOIN aiaudit_unplaced_jobs j ON j.provider = r.provider" : "")
                + (hasSources ? " LEFT JOIN " + listed() + " listed ON listed.provider = r.provider" : "")
                + (hasMembers ? " LEFT JOIN " + ManagedGroups.TABLE + " g USING (resource_id)" : ""));
    }

    /**
     * The clouds whose jobs are known: they stand in inventories and in what clouds list, while bills and usage files
     * alone do not show what runs where. What is known of one cloud says nothing of another.
     */
    private String listed() {
        return "(SELECT DISTINCT provider FROM " + base + "listings WHERE provider IS NOT NULL)";
    }
}
