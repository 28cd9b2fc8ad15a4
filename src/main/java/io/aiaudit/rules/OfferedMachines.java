package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;

/** What the offers show of each type of machine: whether it has accelerators, and under which name it is sold. */
final class OfferedMachines {
    private final LockedStore store;
    private final String base;
    private boolean isNamed;

    OfferedMachines(LockedStore store, String base) {
        this.store = store;
        this.base = base;
    }

    /**
     * Which types of machines have accelerators, as far as the offers show: the same hardware, whatever service sells
     * it. N1 machines of Google Cloud take some that their type does not name.
     */
    void read() {
        isNamed = false;
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_machine_types AS
                SELECT %2$s AS machine_type,
                  bool_or(accelerator IS NOT NULL OR coalesce(accelerator_count, 0) > 0) AS accelerated
                FROM %1$soffers WHERE machine_type IS NOT NULL AND NOT starts_with(%2$s, 'n1-') GROUP BY ALL
                """.formatted(base, bare("machine_type")));
    }

    /** A type of machine without the service that sells it. */
    static String bare(String machineType) {
        return "regexp_replace(lower(" + machineType + "), '^(ml[.]|[a-z]+/)', '')";
    }

    /**
     * The name under which each machine is in the offers, {@code offered_as}, and that of the same machine without the
     * service that runs it, {@code bare_as}; {@code offered_by}: the cloud that sells it, of a workload of Kubernetes
     * that of its node. NULL where the offers know the machine only without its accelerators, and
     * for TPU, which are sold by the chip. Made when the first rule needs it: planning it takes longer than most rules.
     */
    void readNames() {
        if (isNamed) {
            return;
        }
        isNamed = true;
        store.makeOfferedNames(base);
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_offered AS
                WITH seller AS MATERIALIZED (
                  SELECT a.resource_id, arg_min(h.provider, a.depth) AS offered_by
                  FROM aiaudit_ancestors a JOIN %1$sresources h ON h.resource_id = a.ancestor_id
                  WHERE h.provider IN ('aws', 'azure', 'gcp') GROUP BY a.resource_id
                ), named AS MATERIALIZED (
                  SELECT resource_id, coalesce(offered_by, r.provider) AS provider,
                    unnest(['offered', 'bare']) AS question,
                    coalesce(accelerator_count > 0, accelerator IS NOT NULL) AS has_accelerators,
                    CASE WHEN question = 'offered' THEN own_alone WHEN contains(machine_type, '/')
                      THEN regexp_replace(lower(machine_type), '^[a-z]+/', '')
                      ELSE regexp_replace(lower(machine_type), '^ml[.]', '') END AS alone,
                    CASE WHEN question = 'offered' THEN own_attached
                      ELSE 'attached/' || alone || '+' || accelerator_count::INTEGER || 'x' || lower(accelerator) END AS
                      attached,
                    sold_as(alone) = 'tpu/' AND units_of(machine_type) > 1 AS is_by_chip
                  FROM %1$sresources r
                    JOIN (SELECT resource_id, alone AS own_alone, attached AS own_attached
                    FROM offered_names) USING (resource_id) LEFT JOIN seller USING (resource_id)
                ), offered AS (
                  SELECT provider, lower(machine_type) AS name, bool_and(accelerator_count = 0) IS TRUE AS is_without
                  FROM %1$soffers WHERE lower(machine_type) IN (SELECT alone FROM named UNION SELECT attached
                    FROM named) GROUP BY ALL
                )
                SELECT resource_id, max(name) FILTER (question = 'offered') AS offered_as,
                  max(name) FILTER (question = 'bare') AS bare_as, any_value(provider) AS offered_by
                FROM (
                  SELECT resource_id, named.provider, question,
                    CASE WHEN is_by_chip THEN NULL WHEN a.name IS NOT NULL THEN a.name
                    WHEN has_accelerators AND coalesce(b.is_without, false) THEN NULL ELSE alone END AS name
                  FROM named LEFT JOIN offered a ON a.provider = named.provider AND a.name = attached
                    LEFT JOIN offered b ON b.provider = named.provider AND b.name = alone
                ) GROUP BY resource_id
                """.formatted(base));
    }
}
