package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedGroupsTest {
    private static final String INSERT =
            "INSERT INTO resources (resource_id, kind, provider, parent_id, tags, attributes) VALUES ";

    @TempDir
    private Path folder;

    private LockedStore read(String rows) throws Exception {
        LockedStore store = TestRule.store(folder, INSERT + rows);
        ManagedGroups.read(store, RuleRun.storeTables(store), "TIMESTAMP '2026-06-01'");
        return store;
    }

    private static List<List<Object>> columns(LockedStore store) {
        return store.select("SELECT column_name, column_type FROM (DESCRIBE " + ManagedGroups.TABLE + ") ORDER BY ALL")
                .rows();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", textBlock = """
            Auto Scaling group     | ('i-1a', 'instance', 'aws', NULL, MAP {'aws:autoscaling:groupName': 'web'}, NULL)
            Auto Scaling group     | ('i-1a', 'service', 'aws', NULL, NULL, MAP {'autoscaling_group': 'web'})
            managed instance group | ('vm', 'instance', 'gcp', NULL, NULL, MAP {'created_by': \
            '/zones/z/instanceGroupManagers/m'})
            scale set              | ('vm', 'instance', 'azure', NULL, NULL, MAP {'scale_set': 'workers'})
            scale set              | ('/virtualMachineScaleSets/s/virtualMachines/0', 'instance', 'azure', NULL, NULL, \
            NULL)
            node group             | ('i-1a', 'instance', 'aws', 'pool', NULL, NULL), ('pool', 'node_group', 'aws', \
            NULL, NULL, NULL)
            """)
    void whatever_shows_a_group_makes_a_member_of_it(String group, String rows) throws Exception {
        try (LockedStore store = read(rows)) {
            assertThat(store.select("SELECT group_type FROM " + ManagedGroups.TABLE + " WHERE group_type IS NOT NULL")
                            .rows())
                    .containsExactly(List.of(group));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an instance alone         | ('i-1a', 'instance', 'aws', NULL, NULL, MAP {'zone': 'a'})
            tags of something else    | ('i-1a', 'instance', 'aws', NULL, MAP {'team': 'search'}, NULL)
            a volume with the tag     | ('v', 'volume', 'aws', NULL, MAP {'aws:autoscaling:groupName': 'web'}, NULL)
            """)
    void others_are_no_members(String what, String rows) throws Exception {
        try (LockedStore store = read(rows)) {
            assertThat(store.select("FROM " + ManagedGroups.TABLE).rows())
                    .as(what)
                    .isEmpty();
        }
    }

    private static final String SETS =
            "/subscriptions/s/resourcegroups/%s/providers/microsoft.compute/virtualmachinescalesets/%s";

    /** Of a node group itself: commands name what its id, its tags or the collectors show. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", textBlock = """
            scale_set=set                                | mc_no_cluster/set      | NULL | NULL
            fixed_aks_node_pool=gpu group_cluster=shop aks_resource_group=rg_a aks_node_pool=gpu \
            | mc_rg_a_shop_westeurope/s | MAP {'aks-managed-poolName': 'gpu', 'kubernetes.io/cluster/shop': ''} | NULL
            fixed_aks_node_pool=gpu aks_node_pool_without_group=gpu aks_node_pool_without_cluster=gpu \
            aks_node_pool=gpu | nodes/s | MAP {'aks-managed-poolName': 'gpu'} | NULL
            scaled_aks_node_pool=gpu group_cluster=shop aks_resource_group=rg aks_node_pool=gpu | nodes/s | NULL \
            | MAP {'pool': 'gpu', 'cluster': 'shop', 'cluster_resource_group': 'rg', 'autoscaling': 'enabled'}
            system_aks_node_pool=sys group_cluster=shop aks_resource_group=rg aks_node_pool=sys | nodes/s | NULL \
            | MAP {'pool': 'sys', 'cluster': 'shop', 'cluster_resource_group': 'rg', 'autoscaling': 'enabled', \
            'mode': 'System'}
            """)
    void a_scale_set_is_named_in_commands_as_what_it_is(String names, String set, String tags, String attributes)
            throws Exception {
        String id = SETS.formatted((Object[]) set.split("/"));
        try (LockedStore store =
                read("('" + id + "', 'node_group', 'azure', NULL, " + tags + ", " + attributes + ")")) {
            verifyNames(store, names);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", textBlock = """
            eks_node_group=ng group_cluster=c    | aws   | arn:aws:eks:us-east-1:1:nodegroup/c/ng/1 | NULL
            autoscaling_group=web                | aws   \
            | arn:aws:autoscaling:us-east-1:1:autoScalingGroup:u:autoScalingGroupName/web | NULL
            eks_node_group=ng group_cluster=c    | aws   \
            | arn:aws:autoscaling:us-east-1:1:autoScalingGroup:u:autoScalingGroupName/eks-ng-1 \
            | MAP {'eks:cluster-name': 'c', 'eks:nodegroup-name': 'ng'}
            gke_node_pool=n group_cluster=c group_location=l | gcp \
            | //container.googleapis.com/projects/p/locations/l/clusters/c/nodePools/n | NULL
            fixed_aks_node_pool=n group_cluster=c aks_resource_group=rg aks_node_pool=n | azure \
            | /subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/c/agentpools/n \
            | NULL
            """)
    void a_node_group_is_named_in_commands_by_its_id_or_its_tags(String names, String provider, String id, String tags)
            throws Exception {
        try (LockedStore store = read("('" + id + "', 'node_group', '" + provider + "', NULL, " + tags + ", NULL)")) {
            verifyNames(store, names);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            min_nodes, scaled_gke_node_pool
            total_min_nodes, total_gke_node_pool
            """)
    void the_limits_of_a_pool_of_gke_are_for_each_zone_or_for_all(String limit, String placeholder) throws Exception {
        String id = "//container.googleapis.com/projects/p/locations/l/clusters/c/nodePools/n";
        try (LockedStore store = read(
                "('" + id + "', 'node_group', 'gcp', NULL, NULL, MAP {'autoscaling': 'true', '" + limit + "': '1'})")) {
            verifyNames(store, "gke_node_pool=n group_cluster=c group_location=l " + placeholder + "=n");
        }
    }

    /** These placeholders and no others, and that a group is a member of nothing. */
    private static void verifyNames(LockedStore store, String names) {
        Set<String> known = new TreeSet<>();
        for (String placeholder : ManagedGroups.PLACEHOLDERS) {
            store.select("SELECT " + placeholder + " FROM " + ManagedGroups.TABLE + " WHERE " + placeholder
                            + " IS NOT NULL")
                    .rows()
                    .forEach(row -> known.add(placeholder + "=" + row.get(0)));
        }
        assertThat(known).containsExactlyInAnyOrder(names.split(" "));
        assertThat(store.select("SELECT group_type, group_key, node_has_jobs FROM " + ManagedGroups.TABLE)
                        .rows())
                .containsExactly(Arrays.asList(null, null, null));
    }

    @Test
    void the_table_has_the_same_columns_whether_or_not_anything_may_be_a_member() throws Exception {
        try (LockedStore without = read("('i-1a', 'instance', 'aws', NULL, NULL, NULL)");
                LockedStore with = read("('i-1a', 'instance', 'aws', NULL, MAP {'team': 'search'}, NULL)")) {
            assertThat(columns(without)).isEqualTo(columns(with)).hasSize(31);
        }
    }
}
