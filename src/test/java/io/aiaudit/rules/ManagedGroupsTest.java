package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.List;
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
            assertThat(store.select("SELECT group_type FROM " + ManagedGroups.TABLE)
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

    @Test
    void the_table_has_the_same_columns_whether_or_not_anything_may_be_a_member() throws Exception {
        try (LockedStore without = read("('i-1a', 'instance', 'aws', NULL, NULL, NULL)");
                LockedStore with = read("('i-1a', 'instance', 'aws', NULL, MAP {'team': 'search'}, NULL)")) {
            assertThat(columns(without)).isEqualTo(columns(with)).hasSize(24);
        }
    }
}
