package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.util.List;

/**
 * Which instances are members of a group that replaces what stops, such as an Auto Scaling group or a node pool: the
 * one place that says so, for the columns {@code group_...} of {@code subject} and for commands.
 */
final class ManagedGroups {
    /** One row a member. */
    static final String TABLE = "aiaudit_members";

    /** What rules see in {@code subject}; NULL: no member, or it isn't known. */
    static final String COLUMNS =
            "g.group_type, g.group_called AS group_name, g.group_key, g.group_size, g.group_minimum";

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
            "instance_group",
            "instance_group_region",
            "instance_group_zone",
            "member_of_unknown_group",
            "aks_node_pool",
            "scale_set",
            "scale_set_number");

    private ManagedGroups() {}

    /** @param base what stands before the name of a table of the store, such as {@code "audit".main.} */
    static void read(LockedStore store, String base) {
        store.execute("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS "
                + Work.text("managed-groups.sql").replace("{base}", base).replace("{machine}", ResourceValues.MACHINE));
    }
}
