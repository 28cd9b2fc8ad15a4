package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What commands about a resource are filled with, and whether it looks like a standby: read once for all rules, since
 * most of them are about the same resources.
 */
final class ResourceValues {
    /**
     * Ids of bare machines. Commands follow the product that an id names: a model served from one of these is no
     * endpoint that a managed service could delete.
     */
    static final String MACHINE = "i-[0-9a-f]+|//compute\\.googleapis\\.com/.*/instances/[^/]+"
            + "|(?i:/subscriptions/.*/microsoft\\.compute/virtualmachines/[^/]+)";

    private final LockedStore store;
    private final String base;
    private final Instant windowEnd;
    /** Null until a rule asks. */
    private Map<String, Map<String, String>> values;

    private Map<String, String> makers;

    ResourceValues(LockedStore store, String base, Instant windowEnd) {
        this.store = store;
        this.base = base;
        this.windowEnd = windowEnd;
    }

    /** To be called when the resources or their policies are others. */
    void forget() {
        values = null;
        makers = null;
    }

    /**
     * The values of one resource by name, with {@code maker} where that is asked for and a model is bought from its
     * maker.
     */
    Map<String, String> of(String resourceId, boolean withMaker) {
        if (values == null) {
            values = read();
        }
        Map<String, String> found = values.get(resourceId);
        if (!withMaker) {
            return found;
        }
        if (makers == null) {
            makers = readMakers();
        }
        String maker = makers.get(resourceId);
        if (maker == null) {
            return found;
        }
        Map<String, String> all = new HashMap<>(found);
        all.put("maker", maker);
        return all;
    }

    private Map<String, Map<String, String>> read() {
        Rows rows = store.select("""
                SELECT s.resource_id, s.provider, s.kind, s.name,
                  CASE WHEN s.parent_id IS NULL THEN s.name END AS standalone_name, up.name AS parent_name,
                  s.parent_id, s.account_id, s.region, s.machine_type, s.workload,
                  CASE WHEN p.standby IS NULL THEN %2$s END AS standby_hint,
                  nullif(coalesce(s.attributes['zone'], s.attributes['availability_zone'],
                    regexp_extract(s.resource_id, '/(?:zones|locations)/([a-z]+-[a-z]+[0-9]+-[a-z])/', 1)), '') AS zone,
                  coalesce(TRY_CAST(s.attributes['local_ssds'] AS INTEGER) > 0, false) AS has_local_ssd,
                  CASE WHEN has_local_ssd THEN zone END AS local_ssd_zone,
                  CASE WHEN NOT has_local_ssd THEN zone END AS no_local_ssd_zone,
                  nullif(regexp_extract(s.resource_id, '([^/]+)/*$', 1), '') AS short_id,
                  CASE WHEN s.resource_id ILIKE '/subscriptions/%%'
                    THEN regexp_replace(s.resource_id, '(?i)/deployments/.*', '') END AS service_id,
                  nullif(regexp_extract(s.resource_id, '(?i)/resourcegroups/([^/]+)', 1), '') AS resource_group,
                  nullif(regexp_extract(s.resource_id, '(?i)/workspaces/([^/]+)', 1), '') AS workspace_name,
                  nullif(regexp_extract(s.resource_id, '(?i)/onlineendpoints/([^/]+)', 1), '') AS endpoint_name,
                  nullif(regexp_extract(s.resource_id, '(?i)/onlineendpoints/[^/]+/deployments/([^/]+)$', 1),
                    '') AS deployment_name,
                  CASE WHEN deployment_name IS NULL THEN endpoint_name END AS whole_endpoint_name,
                  nullif(regexp_extract(s.resource_id, '/keyRings/([^/]+)', 1), '') AS key_ring,
                  CASE WHEN regexp_full_match(s.resource_id, '%3$s') THEN 'instance'
                       WHEN s.resource_id LIKE '%%/batchPredictionJobs/%%' THEN 'batch_prediction_job'
                         ELSE s.kind END AS command_kind, g.group_type, %4$s
                FROM %1$sresources s LEFT JOIN temp.main.aiaudit_policy p ON p.resource_id = s.resource_id
                  LEFT JOIN %1$sresources up ON up.resource_id = s.parent_id
                  LEFT JOIN temp.main.%5$s g ON g.resource_id = s.resource_id
                """.formatted(
                        base,
                        StandbyHint.sql("s"),
                        MACHINE,
                        String.join(", ", ManagedGroups.PLACEHOLDERS),
                        ManagedGroups.TABLE));
        Map<String, Map<String, String>> read = new HashMap<>();
        for (List<Object> row : rows.rows()) {
            Map<String, String> ofOne = new HashMap<>();
            ofOne.put("window_end", windowEnd.toString());
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) instanceof String text) {
                    ofOne.put(rows.columns().get(i).name(), text);
                }
            }
            read.put((String) row.get(0), ofOne);
        }
        return read;
    }

    private Map<String, String> readMakers() {
        Map<String, String> read = new HashMap<>();
        store.select("SELECT s.resource_id, made.maker FROM " + base + "resources s " + Relations.makers(base))
                .rows()
                .forEach(row -> read.put((String) row.get(0), (String) row.get(1)));
        return read;
    }
}
