package io.aiaudit.rules;

import io.aiaudit.model.Component;
import io.aiaudit.model.Lever;
import io.aiaudit.store.LockedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which instances are members of a group that replaces what stops, such as an Auto Scaling group or a node pool, and on
 * nodes of which group workloads run: the only source of the columns {@code group_...} of {@code subject} and for
 * commands.
 */
final class ManagedGroups {
    /** One row a member. */
    static final String TABLE = "aiaudit_members";

    /** What rules see in {@code subject}; NULL: no member, or it isn't known. */
    static final String COLUMNS =
            "g.group_type, g.group_called AS group_name, g.group_key, g.group_size, g.group_minimum, g.node_kept_by, "
                    + "g.node_has_jobs";

    /** The same where nothing is a member. */
    static final String NO_COLUMNS =
            "NULL::VARCHAR AS group_type, NULL::VARCHAR AS group_name, NULL::VARCHAR AS group_key, "
                    + "NULL::INTEGER AS group_size, NULL::INTEGER AS group_minimum, NULL::VARCHAR AS node_kept_by, "
                    + "NULL::BOOLEAN AS node_has_jobs";

    /** Placeholders of commands: names of the group where it is of that product, and how to name the member. */
    static final List<String> PLACEHOLDERS = List.of(
            "group_cluster",
            "group_location",
            "eks_node_group",
            "autoscaling_group",
            "scaling_member",
            "karpenter_node_pool",
            "gke_node_pool",
            "scaled_gke_node_pool",
            "total_gke_node_pool",
            "instance_group",
            "instance_group_region",
            "instance_group_zone",
            "member_of_unknown_group",
            "aks_node_pool",
            "scaled_aks_node_pool",
            "fixed_aks_node_pool",
            "system_aks_node_pool",
            "aks_resource_group",
            "aks_node_pool_without_group",
            "aks_node_pool_without_cluster",
            "scale_set",
            "scale_set_number");

    /** A finding with one of these ends or changes the instance, where it saves what running costs. */
    private static final List<Lever> CHANGES_INSTANCE =
            List.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);

    private ManagedGroups() {}

    /**
     * Why a remedy saves nothing at this resource: it is a member of a group, which replaces an instance that stops and
     * keeps the type of all its instances, and the remedy does not change the group.
     */
    static Optional<String> undone(Rule rule, RemedyChoice remedy, Map<String, String> subject) {
        Lever lever = remedy.lever() == null ? rule.lever() : remedy.lever();
        return subject.get("group_type") != null && changesInstance(rule, lever) && !changesGroup(remedy)
                ? Optional.of("its " + subject.get("group_type") + " would undo a change to a single instance")
                : Optional.empty();
    }

    /** Whether a finding with this lever saves what an instance costs by ending or changing it. */
    static boolean changesInstance(Rule rule, Lever lever) {
        return CHANGES_INSTANCE.contains(lever) && rule.saves().contains(Component.TIME);
    }

    /** Its commands name the group. */
    private static boolean changesGroup(RemedyChoice remedy) {
        return remedy.commands().values().stream()
                .flatMap(List::stream)
                .anyMatch(line -> PLACEHOLDERS.stream().anyMatch(name -> line.contains("{" + name + "}")));
    }

    /**
     * Reads the members of the store's resources into the table; false where there is nothing that could be one.
     *
     * @param base the prefix of the name of a table of the store, such as {@code "audit".main.}
     * @param start of the window, as SQL
     */
    static boolean read(LockedStore store, String base, String start) {
        String table = "CREATE OR REPLACE TEMP TABLE " + TABLE;
        if (!mayHaveMembers(store, base)) {
            store.execute(table + " (resource_id VARCHAR, group_type VARCHAR, group_name VARCHAR, group_key VARCHAR, "
                    + "group_called VARCHAR, group_size INTEGER, group_minimum INTEGER, "
                    + "node_kept_by VARCHAR, node_has_jobs BOOLEAN, "
                    + String.join(" VARCHAR, ", PLACEHOLDERS) + " VARCHAR)");
            return false;
        }
        store.execute(table + " AS "
                + Work.text("managed-groups.sql")
                        .replace("{base}", base)
                        .replace("{start}", start)
                        .replace("{machine}", ResourceValues.MACHINE));
        return true;
    }

    /** Whether anything shows a group: a quick question before a query that takes long to plan. */
    private static boolean mayHaveMembers(LockedStore store, String base) {
        return store.any(base + "resources WHERE kind = 'node_group' OR (kind IN ('instance', 'gpu_workload')"
                + " OR regexp_full_match("
                + "resource_id, '" + ResourceValues.MACHINE + "')) AND "
                + "(cardinality(tags) > 0 OR parent_id IS NOT NULL OR attributes['autoscaling_group'] IS NOT NULL"
                + " OR attributes['created_by'] IS NOT NULL OR attributes['scale_set'] IS NOT NULL"
                + " OR contains(lower(resource_id), '/virtualmachinescalesets/'))");
    }
}
