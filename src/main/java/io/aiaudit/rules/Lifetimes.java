package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.store.CutBill;
import io.aiaudit.store.LockedStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of every resource before any rule runs, in temporary tables that all rules share: whose part it is,
 * when it existed, in which hours it ran (by an hourly bill or else a metric), and in which hours each metric has a
 * point. Hours of the window are the bits of a bit string, so that ten thousand resources take a few megabytes and
 * duplicates do no harm.
 */
final class Lifetimes {
    /** Whether it has an accelerator; NULL where it is unknown. */
    private static final String ACCELERATED =
            "CASE WHEN r.accelerator IS NOT NULL OR r.accelerator_count > 0 THEN true WHEN r.accelerator_count = 0 "
                    + "THEN false ELSE t.accelerated END";

    private final LockedStore store;
    private final WindowHours window;
    private final String base;
    private final Changes changes;
    private final BilledHours billed;
    private final OfferedMachines offered;
    private final ExcludedPeriods excluded;
    private final MetricPoints points;
    private final Candidates candidates;
    private final List<Lifetime> all = new ArrayList<>();
    private final Map<String, String> unreadOfParts = new HashMap<>();
    private ResourceTree tree;
    private SharedMachines shared;

    /**
     * @param base the prefix of the name of a table of the store, such as {@code "audit".main.}
     * @param cutBills by the leaves of their accounts
     */
    Lifetimes(LockedStore store, Window window, String base, Map<String, CutBill> cutBills) {
        this.store = store;
        this.window = new WindowHours(window);
        this.base = base;
        this.changes = new Changes(store, this.window, base);
        this.billed = new BilledHours(store, this.window, base, cutBills);
        this.offered = new OfferedMachines(store, base);
        this.excluded = new ExcludedPeriods(store, this.window);
        this.points = new MetricPoints(store, this.window, base);
        this.candidates = new Candidates(store, base);
    }

    /** Reads them anew, after the table {@code aiaudit_policy} has been filled. */
    void read() {
        tree = ResourceTree.read(store, base);
        changes.read();
        billed.read();
        measured();
        offered.read();
        boolean hasMembers = ManagedGroups.read(store, base, window.start());
        shared = SharedMachines.read(store, base, window.end());
        excluded.read();
        points.read();
        lifetimes();
        all.clear();
        store.select("SELECT " + Lifetime.COLUMNS + " FROM aiaudit_lifetimes")
                .rows()
                .forEach(row -> all.add(Lifetime.of(row)));
        unreadOfParts();
        Placement placement = new Placement(store, window, base, this::has);
        placement.read();
        candidates.read(placement, hasMembers);
    }

    /**
     * The hours in which a resource has a point of the metric that its cloud has only while it runs, or of another
     * gauge; nothing where none is named, or nothing is measured.
     */
    private void measured() {
        if (!store.any(base + "resources WHERE attributes['hours_run_by'] IS NOT NULL")) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_measured (resource_id VARCHAR, ran BIT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_measured AS
                SELECT resource_id, bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0, %4$d) AS ran
                FROM %1$smetrics m JOIN %1$sresources r USING (resource_id)
                WHERE (m.metric = r.attributes['hours_run_by'] OR r.attributes['hours_run_by'] IS NOT NULL
                  AND m.metric IN %5$s) AND hour >= %2$s AND hour < %3$s
                  AND coalesce(average, maximum, total) IS NOT NULL
                GROUP BY resource_id
                HAVING bool_or(m.metric = r.attributes['hours_run_by'])
                """.formatted(
                        base, window.start(), window.end(), window.hours() - 1, Literal.texts(MetricPoints.LEVELS)));
    }

    /**
     * {@code accelerated}, see above; {@code seen_to}: the end of the window, or of the life of a job, which is meant
     * to end; {@code expected}: the hours of window and life, and of running where that is known; {@code wanted}: those
     * of them in which there should be points, since no policy excludes them.
     */
    private void lifetimes() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_lifetimes AS
                WITH life AS (
                  SELECT r.resource_id, r.kind, %5$s AS accelerated, -- what was made again after the window was there \
                before
                    CASE WHEN r.created_at >= %3$s AND c.first_charge < %3$s THEN c.first_charge
                      ELSE coalesce(r.created_at, c.first_charge) END AS born,
                    coalesce(r.ended_at, %3$s) AS died,
                    CASE WHEN c.hourly THEN c.ran ELSE m.ran END AS ran,
                    c.resource_id IS NULL AND if(r.kind IN ('training_job', 'batch_job'),
                      coalesce(r.attributes['runs_on'], r.attributes['persistent_resource']) IS NOT NULL,
                      -- a pool itself is part of nothing
                      r.attributes['shared_pool'] IS NOT NULL AND r.parent_id IS NOT NULL) AS is_guest,
                    r.attributes['unread_metrics'] AS unread_metrics
                  FROM %1$sresources r LEFT JOIN aiaudit_charged c USING (resource_id)
                    LEFT JOIN aiaudit_measured m USING (resource_id)
                    LEFT JOIN aiaudit_machine_types t ON t.machine_type = %6$s
                ), clipped AS (
                  SELECT *, greatest(coalesce(born, %2$s), %2$s) AS existed_from, least(died, %3$s) AS existed_to
                  FROM life
                ), masked AS (
                  SELECT *, %4$s AS existed FROM clipped
                )
                SELECT resource_id, kind, accelerated,
                  greatest(0, epoch(existed_to - existed_from) / 86400) AS window_days,
                  epoch(least(died, %3$s) - born) / 86400 AS life_days,
                  CASE WHEN ran IS NULL THEN existed ELSE existed & ran END AS expected,
                  coalesce(expected & ~x.hours, expected) AS wanted, is_guest,
                  CASE WHEN kind IN ('training_job', 'batch_job') THEN existed_to ELSE %3$s END AS seen_to,
                  epoch(%3$s - h.changed_at) / 86400 AS unchanged_days,
                  epoch(%3$s - h.altered_at) / 86400 AS unaltered_days, unread_metrics
                FROM masked LEFT JOIN aiaudit_excluded_hours x USING (resource_id)
                  LEFT JOIN aiaudit_changes h USING (resource_id)
                """.formatted(
                        base,
                        window.start(),
                        window.end(),
                        window.bits("existed_from", "existed_to"),
                        ACCELERATED,
                        OfferedMachines.bare("r.machine_type")));
    }

    /**
     * What works in a part works in its whole. A metric that a whole has itself, in nine tenths of its hours, shows
     * what its parts did, and jobs are known from lists.
     */
    private void unreadOfParts() {
        unreadOfParts.clear();
        if (!store.any(base + "resources WHERE attributes['unread_metrics'] IS NOT NULL AND parent_id IS NOT NULL")) {
            return;
        }
        store.select("""
                        WITH part AS (
                          SELECT a.ancestor_id AS resource_id, unnest(string_split(p.attributes['unread_metrics'], ','))
                            AS metric
                          FROM aiaudit_ancestors a JOIN %1$sresources p USING (resource_id)
                            JOIN aiaudit_lifetimes USING (resource_id)
                          WHERE a.depth > 0 AND p.attributes['unread_metrics'] IS NOT NULL AND window_days > 0
                            AND p.kind NOT IN ('training_job', 'batch_job')
                        )
                        SELECT resource_id, string_agg(DISTINCT metric, ',' ORDER BY metric)
                        FROM part ANTI JOIN (
                          SELECT resource_id, metric FROM %1$smetrics JOIN aiaudit_lifetimes USING (resource_id)
                          WHERE resource_id IN (SELECT resource_id FROM part) AND hour >= %2$s AND hour < %3$s
                          GROUP BY resource_id, metric, window_days
                          HAVING count(DISTINCT date_trunc('hour', hour)) >= 0.9 * 24 * window_days
                        ) USING (resource_id, metric)
                        GROUP BY resource_id
                        """.formatted(base, window.start(), window.end()))
                .rows()
                .forEach(row -> unreadOfParts.put((String) row.get(0), (String) row.get(1)));
    }

    /** Metrics of its parts that a source failed to return and it lacks itself, with commas between; null for none. */
    String unreadOfParts(String resourceId) {
        return unreadOfParts.get(resourceId);
    }

    /** Days of the window. */
    double windowDays() {
        return window.hours() / 24.0;
    }

    List<Lifetime> all() {
        return all;
    }

    /** Whether there is a resource of this kind. */
    boolean has(String kind) {
        return all.stream().anyMatch(lifetime -> lifetime.kind().equals(kind));
    }

    ResourceTree tree() {
        return tree;
    }

    Changes changes() {
        return changes;
    }

    BilledHours billed() {
        return billed;
    }

    OfferedMachines offered() {
        return offered;
    }

    ExcludedPeriods excluded() {
        return excluded;
    }

    MetricPoints points() {
        return points;
    }

    SharedMachines shared() {
        return shared;
    }
}
