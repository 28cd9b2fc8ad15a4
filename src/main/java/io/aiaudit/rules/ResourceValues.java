package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What commands about a resource are filled with, whether it looks like a standby, and whether it may be where it is:
 * read once for all rules, since most of them are about the same resources.
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
    private final Window window;
    /** Null until a rule needs it. */
    private Map<String, Map<String, String>> values;

    private Map<String, String> makers;

    ResourceValues(LockedStore store, String base, Window window) {
        this.store = store;
        this.base = base;
        this.window = window;
    }

    /** To be called when the resources or their policies are others. */
    void forget() {
        values = null;
        makers = null;
    }

    /**
     * The values of one resource by name, with {@code maker} where that is requested and a model is bought from its
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
                  CASE WHEN p.standby IS NULL THEN %2$s END AS standby_hint, %5$s AS capacity_reservation,
                  %6$s AS forbidden_region, %7$s AS excluded_days,
                  coalesce(s.attributes['zone'], s.attributes['availability_zone']) AS zone,
                  coalesce(TRY_CAST(s.attributes['local_ssds'] AS INTEGER) > 0, false) AS has_local_ssd,
                  g.group_type, g.group_key, %3$s
                FROM %1$sresources s LEFT JOIN temp.main.aiaudit_policy p ON p.resource_id = s.resource_id
                  LEFT JOIN %1$sresources up ON up.resource_id = s.parent_id
                  LEFT JOIN temp.main.%4$s g ON g.resource_id = s.resource_id
                """.formatted(
                base,
                StandbyHint.sql("s"),
                String.join(", ", ManagedGroups.PLACEHOLDERS),
                ManagedGroups.TABLE,
                ReservedCapacity.sql("s"),
                ForbiddenRegion.sql("s", "p"),
                ExcludedDays.sql(
                        "s", base + "metrics", Literal.timestamp(window.start()), Literal.timestamp(window.end()))));
        Map<String, Map<String, String>> read = new HashMap<>();
        int localDisks = rows.columns().stream().map(Rows.Column::name).toList().indexOf("has_local_ssd");
        for (List<Object> row : rows.rows()) {
            String id = (String) row.get(0);
            Map<String, String> ofOne = new HashMap<>(IdParts.of(id));
            ofOne.put("window_end", window.end().toString());
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) instanceof String text) {
                    ofOne.put(rows.columns().get(i).name(), text);
                }
            }
            ofOne.putAll(IdParts.namesInCommands(id));
            if (ofOne.containsKey("name") && !ofOne.containsKey("scalable_workload")) {
                ofOne.put("unnamed_workload", ofOne.get("name"));
            }
            String commandKind = IdParts.commandKind(id, ofOne.get("kind"));
            if (commandKind != null) {
                ofOne.put("command_kind", commandKind);
            }
            ofOne.remove("zone", "");
            String zone = ofOne.get("zone");
            if (zone != null) {
                ofOne.put((boolean) row.get(localDisks) ? "local_ssd_zone" : "no_local_ssd_zone", zone);
            }
            read.put(id, ofOne);
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
