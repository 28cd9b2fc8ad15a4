package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured wins over what a log or a configuration says of the present state. */
class MeasuredStatesTest {
    @TempDir
    private Path folder;

    /** A stop is the present one where the last hour with a point began before it. */
    @Test
    void a_stop_that_a_later_point_contradicts_is_bounded_by_the_points() {
        String inventory = """
                resource_id,kind,provider,state,created_at,stopped_since,measured_until,silent_since
                logged,instance,azure,stopped,2026-01-01,2026-06-10T10:20:00Z,2026-06-10T11:00:00Z,2026-06-10T11:00:00Z
                before,instance,azure,stopped,2026-01-01,2026-05-10T10:20:00Z,,2026-06-01T00:00:00Z
                undone,instance,azure,stopped,2026-01-01,2026-06-05T10:20:00Z,2026-06-10T11:00:00Z,2026-06-10T11:00:00Z
                inside,instance,azure,stopped,2026-01-01,,,2026-06-01T00:00:00Z
                young,instance,azure,stopped,2026-06-07,,,2026-06-01T00:00:00Z
                broken,instance,azure,stopped,2026-01-01,2026-06-05T10:20:00Z,2026-06-10T11:00:00Z,
                unread,instance,azure,stopped,2026-01-01,,,
                """;
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "i.csv", inventory))))) {
            Map<String, String> since = store.scan().resources().stream()
                    .collect(Collectors.toMap(
                            Resource::resourceId,
                            resource -> resource.attributes().getOrDefault("stopped_since", "unknown") + " "
                                    + resource.attributes().getOrDefault("stopped_since_by", "log")));
            assertThat(since)
                    .containsEntry("logged", "2026-06-10T10:20:00Z log")
                    .containsEntry("before", "2026-05-10T10:20:00Z log")
                    .containsEntry("undone", "2026-06-10T11:00:00Z metrics")
                    .containsEntry("inside", "2026-06-01T00:00:00Z metrics")
                    .containsEntry("young", "2026-06-07T00:00:00Z metrics")
                    .containsEntry("broken", "unknown log")
                    .containsEntry("unread", "unknown log");
        }
    }

    @Test
    void a_service_without_a_minimum_that_always_had_instances_has_as_many_as_were_measured() {
        String inventory = """
                resource_id,kind,provider,replicas,min_instances
                kept,service,gcp,0,0
                scaled,service,gcp,0,0
                brief,service,gcp,0,0
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "i.csv", inventory)));
            Instant start = Instant.parse("2026-06-01T00:00:00Z");
            for (int hour = 0; hour < 10 * 24; hour++) {
                Instant time = start.plus(hour, ChronoUnit.HOURS);
                staging.metric(new MetricHour("kept", "replicas", time, hour % 5 == 0 ? 3.5 : 2.5, null, null, null));
                staging.metric(new MetricHour("scaled", "replicas", time, hour == 200 ? 0.5 : 2.5, null, null, null));
                if (hour < 24) {
                    staging.metric(new MetricHour("brief", "replicas", time, 2.0, null, null, null));
                }
            }
        })) {
            assertThat(store.scan().resources())
                    .extracting(resource -> resource.resourceId() + " " + resource.replicas() + " "
                            + resource.attributes().get("replicas_by"))
                    .containsExactlyInAnyOrder("kept 2 metrics", "scaled 0 null", "brief 0 null");
        }
    }
}
