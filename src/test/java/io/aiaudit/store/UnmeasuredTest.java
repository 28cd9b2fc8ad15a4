package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Unmeasured;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is unknown of resources where a slice of metrics, or the list of them, was not read. */
@Slow
class UnmeasuredTest {
    private static final Map<String, Set<String>> OF_MACHINES =
            Map.of("instance", Set.of("cpu_utilization", "network_bytes"));

    @TempDir
    private Path folder;

    private static Resource machine(String name, String account, String region) {
        return Resource.builder(name, "instance", "azure")
                .accountId(account)
                .region(region)
                .build();
    }

    private static void measure(Staging staging, String resource, String metric, int hours) {
        for (int hour = 0; hour < hours; hour++) {
            staging.metric(new MetricHour(
                    resource, metric, TestStore.JUNE.start().plus(Duration.ofHours(hour)), 0.5, null, null, null));
        }
    }

    /** By resource. */
    private Map<String, String> unread(Unmeasured... all) {
        Path file = folder.resolve("store-" + System.nanoTime() + ".duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            Staging files = store.begin("files", "inventory");
            files.resource(machine("of-files", "s-1", "eastus"));
            files.resource(machine("elsewhere", "s-1", "westus"));
            files.resource(machine("of-other", "s-2", "eastus"));
            files.resource(Resource.builder("of-nobody", "instance", "azure").build());
            files.resource(Resource.builder("endpoint", "inference_endpoint", "azure")
                    .accountId("s-1")
                    .region("eastus")
                    .build());
            files.resource(Resource.builder("at-home", "instance", "aws")
                    .accountId("s-1")
                    .region("eastus")
                    .build());
            measure(files, "of-files", "gpu_utilization", 100);
            measure(files, "of-files", "cpu_utilization", 90);
            measure(files, "of-files", "network_bytes", 89);
            store.commit(files);
            Staging listed = store.begin("azure", "s-1 instances");
            listed.resource(machine("listed", "s-1", "eastus"));
            listed.resource(Resource.builder("listed-2", "instance", "azure")
                    .accountId("s-1")
                    .region("eastus")
                    .attributes(Map.of("unread_metrics", "gpu_utilization"))
                    .build());
            store.commit(listed);
            for (Unmeasured one : all) {
                store.unmeasured(one);
            }
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        Map<String, String> unread = new TreeMap<>();
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            locked.select("SELECT resource_id, attributes['unread_metrics'] FROM resources"
                            + " WHERE attributes['unread_metrics'] IS NOT NULL")
                    .rows()
                    .forEach(row -> unread.put((String) row.get(0), (String) row.get(1)));
        }
        return unread;
    }

    @Test
    void without_a_slice_of_metrics_all_of_its_kinds_there_that_nothing_else_measured_are_unread() {
        assertThat(unread(new Unmeasured("azure", "s-1", "eastus", false, OF_MACHINES)))
                .isEqualTo(Map.of(
                        "of-files", "network_bytes",
                        "of-nobody", "cpu_utilization,network_bytes",
                        "listed", "cpu_utilization,network_bytes",
                        "listed-2", "cpu_utilization,gpu_utilization,network_bytes"));
    }

    @Test
    void without_a_list_those_that_are_not_on_it_are_unread_wherever_it_is_about() {
        assertThat(unread(new Unmeasured("azure", null, null, true, OF_MACHINES)))
                .isEqualTo(Map.of(
                        "of-files", "network_bytes",
                        "of-nobody", "cpu_utilization,network_bytes",
                        "elsewhere", "cpu_utilization,network_bytes",
                        "of-other", "cpu_utilization,network_bytes",
                        "listed-2", "gpu_utilization"));
    }

    @Test
    void how_many_instances_ran_is_no_work_and_tokens_are_work_that_requests_show() {
        assertThat(unread(new Unmeasured(
                        "azure",
                        "s-1",
                        null,
                        false,
                        Map.of("inference_endpoint", Set.of("replicas", "requests", "tokens_input")))))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("endpoint", "requests,tokens_input", "listed-2", "gpu_utilization"));
        assertThat(unread()).isEqualTo(Map.of("listed-2", "gpu_utilization"));
    }
}
