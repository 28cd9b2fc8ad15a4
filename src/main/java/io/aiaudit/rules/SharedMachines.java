package io.aiaudit.rules;

import io.aiaudit.model.Finding;
import io.aiaudit.store.LockedStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which parts run on instances that they share, such as the inference components of an endpoint: the share of one part
 * comes back only when all parts go.
 */
public final class SharedMachines {
    private static final String KEPT = "the instances that it shares stay, with ";

    /** The parts that exist, by what their instances belong to. */
    private final Map<String, Set<String>> parts = new TreeMap<>();

    private final Map<String, String> machines = new HashMap<>();

    private SharedMachines() {}

    /**
     * Components of an endpoint, which has their instances, and models that are deployed to a shared pool.
     *
     * @param base the prefix of the name of a table of the store, such as {@code "audit".main.}
     * @param end of the window, as SQL
     */
    static SharedMachines read(LockedStore store, String base, String end) {
        SharedMachines shared = new SharedMachines();
        store.select("""
                        SELECT r.resource_id, coalesce(r.attributes['shared_pool'], r.parent_id) AS machines
                        FROM %1$sresources r LEFT JOIN %1$sresources p ON p.resource_id = r.parent_id
                        WHERE coalesce(r.replicas, 1) > 0 AND coalesce(r.ended_at > %2$s, true)
                          AND r.parent_id IS NOT NULL
                          AND (r.attributes['shared_pool'] IS NOT NULL
                            OR lower(r.resource_id) LIKE 'arn:%%:inference-component/%%'
                            OR yes_or_no(p.attributes['inference_components']) = 'yes'
                            -- a variant that has components has instances of its own
                            AND r.attributes['inference_components'] IS NULL)
                        """.formatted(base, end))
                .rows()
                .forEach(row -> shared.add((String) row.get(0), (String) row.get(1)));
        return shared;
    }

    /** Whether this is why a resource was not examined: other parts keep its instances. */
    public static boolean isKept(String reason) {
        return reason.startsWith(KEPT);
    }

    /** What the instances of a part belong to; null where it shares none. */
    String machines(String part) {
        return machines.get(part);
    }

    private void add(String part, String machine) {
        machines.put(part, machine);
        parts.computeIfAbsent(machine, id -> new TreeSet<>()).add(part);
    }

    /**
     * Why findings about the running cost of single parts save nothing, by resource: another part, of which the rule
     * does not say the same, keeps the instances.
     */
    Map<String, String> kept(Rule rule, List<Finding> findings) {
        Set<String> concerned = findings.stream()
                .filter(finding -> ManagedGroups.changesInstance(rule, finding.lever()))
                .map(Finding::resourceId)
                .filter(machines::containsKey)
                .collect(Collectors.toSet());
        Map<String, String> reasons = new TreeMap<>();
        for (String part : concerned) {
            Set<String> all = parts.get(machines.get(part));
            long others =
                    all.stream().filter(other -> !concerned.contains(other)).count();
            if (others > 0) {
                reasons.put(part, KEPT + (others == 1 ? "one other part" : others + " other parts"));
            }
        }
        return reasons;
    }
}
