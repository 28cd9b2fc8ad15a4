package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.util.function.Predicate;

/**
 * Which parts and workloads each resource holds, and how many jobs and workloads may run on it of which nothing says
 * where they do, in temporary tables.
 */
final class Placement {
    /** What a batch endpoint of Azure is made of: its jobs run on clusters, whose nodes at work are counted. */
    private static final String OF_BATCH_ENDPOINTS = "(?i:/batchendpoints/)";

    private final LockedStore store;
    private final WindowHours window;
    private final String base;
    private final Predicate<String> has;

    /** @param has whether there is a resource of this kind */
    Placement(LockedStore store, WindowHours window, String base, Predicate<String> has) {
        this.store = store;
        this.window = window;
        this.base = base;
        this.has = has;
    }

    void read() {
        parts();
        unplacedJobs();
        unplacedWorkloads();
    }

    /** Whether the two tables about workloads are there. */
    boolean hasWorkloads() {
        return has.test("gpu_workload");
    }

    /** Whether the table about jobs is there. */
    boolean hasJobs() {
        return has.test("training_job") || has.test("batch_job");
    }

    /** How many parts of each resource still exist, and which workloads run on it or on a part of it. */
    private void parts() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_parts AS
                SELECT parent_id, count(*) AS parts_of_parent FROM %1$sresources
                WHERE parent_id IS NOT NULL AND coalesce(replicas, 1) > 0 AND coalesce(ended_at > %2$s, true)
                  -- what no part explains of the cost of a parent is no part that could keep it
                  AND attributes['unallocated'] IS NULL
                  GROUP BY ALL
                """.formatted(base, window.end()));
        if (!hasWorkloads()) {
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_workloads AS
                SELECT a.ancestor_id AS resource_id, list(DISTINCT r.resource_id ORDER BY r.resource_id) AS workloads
                FROM aiaudit_ancestors a JOIN %1$sresources r USING (resource_id)
                WHERE a.depth > 0 AND r.kind = 'gpu_workload' AND coalesce(r.replicas, 1) > 0
                  AND coalesce(r.ended_at > %2$s, true)
                GROUP BY ALL
                """.formatted(base, window.end()));
    }

    /**
     * How many jobs of its provider may run on any resource: what they run on is unknown, and neither a machine type
     * nor a charge shows that they have machines of their own (docs/adr/0194).
     */
    private void unplacedJobs() {
        if (!hasJobs()) {
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_jobs AS
                WITH job AS (
                  SELECT resource_id, provider, [parent_id, attributes['runs_on'], attributes['persistent_resource']]
                    AS hosts
                  FROM %1$sresources
                  WHERE kind IN ('training_job', 'batch_job') AND provider IS NOT NULL
                    -- one with a type may have instances of its own, unless others of that type are there
                    AND (machine_type IS NULL OR (provider, hardware_type(machine_type)) IN (
                      SELECT (provider, hardware_type(machine_type)) FROM %1$sresources
                      WHERE kind IN ('training_cluster', 'node_group', 'instance', 'notebook')))
                    AND NOT has_own_machines(resource_id) AND NOT regexp_matches(resource_id, '%3$s')
                    AND coalesce(ended_at > %2$s, true) AND resource_id NOT IN (SELECT resource_id FROM aiaudit_charged)
                ), named AS (
                  SELECT resource_id, provider, unnest(hosts) AS host FROM job
                ), placed AS (
                  SELECT named.resource_id FROM named JOIN %1$sresources r ON r.resource_id = host
                  UNION
                  SELECT named.resource_id FROM named
                    JOIN %1$sresources r ON r.provider = named.provider AND r.name = host
                )
                SELECT provider, count(*) AS unplaced_jobs FROM job ANTI JOIN placed USING (resource_id)
                GROUP BY provider
                """.formatted(base, window.start(), OF_BATCH_ENDPOINTS));
    }

    /** The same of workloads without metrics, on any node of their account. */
    private void unplacedWorkloads() {
        if (!hasWorkloads()) {
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_workloads AS
                WITH unplaced AS (
                  SELECT account_id AS account, count(*) AS workloads
                  FROM %1$sresources
                  WHERE kind = 'gpu_workload' AND parent_id IS NULL AND machine_type IS NULL
                    AND coalesce(replicas, 1) > 0 AND coalesce(ended_at > %3$s, true)
                    AND resource_id NOT IN (SELECT resource_id FROM aiaudit_charged)
                    AND resource_id NOT IN (SELECT resource_id FROM %1$smetrics
                      WHERE metric = 'gpu_utilization' AND hour >= %2$s AND hour < %3$s)
                  GROUP BY account_id
                )
                SELECT resource_id, sum(workloads)::BIGINT AS unplaced_workloads
                FROM %1$sresources JOIN unplaced ON coalesce(account = account_id, true)
                WHERE kind IN ('instance', 'node_group')
                GROUP BY resource_id
                """.formatted(base, window.start(), window.end()));
    }
}
