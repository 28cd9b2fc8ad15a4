package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.MetricHour;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In how many hours instances ran, and how many of them there were. */
@Slow
class HoursRunTest {
    @TempDir
    private Path folder;

    @Test
    void a_machine_without_an_hourly_bill_ran_in_the_hours_in_which_its_cloud_measured_it() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,created_at,hours_run_by
                i-night,instance,aws,777777777777,us-east-1,g5.xlarge,,cpu_utilization
                i-unstated,instance,aws,777777777777,us-east-1,g5.xlarge,,cpu_utilization
                i-plain,instance,aws,777777777777,us-east-1,g5.xlarge,,
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int day = 1; day <= 10; day++) {
                Instant hour = Instant.parse("2026-06-%02dT03:00:00Z".formatted(day));
                for (String id : List.of("i-night", "i-plain")) {
                    staging.metric(new MetricHour(id, "cpu_utilization", hour, 0.5, null, null, null));
                }
            }
            staging.metric(new MetricHour(
                    "i-night", "cpu_utilization", Instant.parse("2026-05-31T23:00:00Z"), 0.5, null, null, null));
            staging.metric(new MetricHour(
                    "i-night", "gpu_utilization", Instant.parse("2026-06-20T23:00:00Z"), 0.5, null, null, null));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            LeafCost::hoursMeasuredBy)
                    .containsExactly(
                            tuple("i-night", 10, "cpu_utilization"),
                            tuple("i-plain", 720, null),
                            tuple("i-unstated", 720, null));
        }
    }

    @Test
    void a_machine_that_is_stopped_now_has_the_list_price_of_one_for_the_hours_that_it_ran() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by
                i-ran,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization
                i-runs,instance,aws,777777777777,us-east-1,g5.xlarge,1,cpu_utilization
                i-stopped,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            Instant hour = Instant.parse("2026-06-01T03:00:00Z");
            for (String id : List.of("i-ran", "i-runs")) {
                staging.metric(new MetricHour(id, "cpu_utilization", hour, 0.5, null, null, null));
            }
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue(),
                            leaf -> leaf.basis().key())
                    .containsExactly(
                            tuple("i-ran", 1.006, "list"),
                            tuple("i-runs", 1.006, "list"),
                            tuple("i-stopped", 0.0, "list"));
        }
    }

    @Test
    void a_stopped_machine_that_was_requested_and_has_no_point_did_not_run() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by,hours_run_known
                i-denied,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization,
                i-runs,instance,aws,777777777777,us-east-1,g5.xlarge,1,cpu_utilization,true
                i-stopped,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization,true
                """;
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory))))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            LeafCost::hoursMeasuredBy,
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(
                            tuple("i-denied", 720, null, 0.0),
                            tuple("i-runs", 720, null, 1.006),
                            tuple("i-stopped", 0, "cpu_utilization", 0.0));
        }
    }

    @Test
    void of_what_shows_the_hours_that_it_ran_the_machines_are_those_of_these_hours() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by
                in-all-hours,training_cluster,aws,777777777777,us-east-1,g5.xlarge,0,gpu_utilization
                in-some-hours,training_cluster,aws,777777777777,us-east-1,g5.xlarge,4,gpu_utilization
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int hour = 0; hour < 720; hour++) {
                Instant time = TestStore.JUNE.start().plus(Duration.ofHours(hour));
                boolean runs = hour < 300;
                staging.metric(new MetricHour("in-all-hours", "replicas", time, runs ? 2.0 : 0.0, null, null, null));
                if (hour < 150) {
                    staging.metric(new MetricHour("in-some-hours", "replicas", time, 2.0, null, null, null));
                }
                for (String id : runs ? List.of("in-all-hours", "in-some-hours") : List.<String>of()) {
                    staging.metric(new MetricHour(id, "gpu_utilization", time, 0.5, null, null, null));
                }
            }
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            leaf -> leaf.counted().machines().doubleValue(),
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(tuple("in-all-hours", 300, 2.0, 2.012), tuple("in-some-hours", 300, 3.0, 3.018));
        }
    }

    /** What is lost is not known to run: no more hours than are shown make the coming month. */
    @Test
    void a_metric_that_ends_shows_no_hours_of_the_last_week_while_others_go_on() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,hours_run_by
                ended,instance,aws,777777777777,us-east-1,g5.xlarge,cpu_utilization
                goes-on,instance,aws,777777777777,us-east-1,g5.xlarge,cpu_utilization
                unmeasured,instance,aws,777777777777,us-east-1,g5.xlarge,cpu_utilization
                """;
        assertThat(hoursOfTheLastWeek(inventory, 720))
                .containsExactly(tuple("ended", 0), tuple("goes-on", 168), tuple("unmeasured", null));
        assertThat(hoursOfTheLastWeek(inventory, 480))
                .as("the whole source ended: the mean of the window is left")
                .containsExactly(tuple("ended", null), tuple("goes-on", null), tuple("unmeasured", null));
    }

    private List<Tuple> hoursOfTheLastWeek(String inventory, int hours) {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int hour = 0; hour < hours; hour++) {
                Instant time = TestStore.JUNE.start().plus(Duration.ofHours(hour));
                for (String id : hour < 400 ? List.of("ended", "goes-on") : List.of("goes-on")) {
                    staging.metric(new MetricHour(id, "cpu_utilization", time, 0.5, null, null, null));
                }
            }
        })) {
            return store.scan().leafCosts(TestStore.JUNE).stream()
                    .map(leaf -> tuple(
                            leaf.resource().resourceId(),
                            leaf.lately() == null
                                    ? null
                                    : leaf.lately().hoursRun().intValue()))
                    .toList();
        }
    }

    @Test
    void machines_that_were_counted_are_priced_as_counted_and_in_other_hours_as_many_as_there_are_now() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,created_at
                always,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,2,
                none-now,training_cluster,aws,777777777777,us-east-1,g5.xlarge,0,
                plain,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,2,
                single,instance,aws,777777777777,us-east-1,g5.xlarge,1,
                young,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,1,2026-06-30T21:30:00Z
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int hour = 0; hour < 72; hour++) {
                Instant time = TestStore.JUNE.start().plus(Duration.ofHours(hour));
                for (String id : List.of("always", "none-now", "single")) {
                    staging.metric(new MetricHour(id, "replicas", time, 5.0, null, null, null));
                }
            }
            staging.metric(new MetricHour(
                    "always", "replicas", Instant.parse("2026-05-31T23:00:00Z"), 900.0, null, null, null));
            staging.metric(
                    new MetricHour("young", "replicas", Instant.parse("2026-06-30T21:00:00Z"), 4.0, null, null, null));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue(),
                            leaf -> leaf.counted() == null
                                    ? null
                                    : leaf.counted().hours().doubleValue(),
                            leaf -> leaf.counted() == null
                                    ? null
                                    : leaf.counted().machines().doubleValue())
                    .containsExactly(
                            tuple("always", 2.3138, 72.0, 2.3),
                            tuple("none-now", 0.503, 72.0, 0.5),
                            tuple("plain", 2.012, null, null),
                            tuple("single", 1.006, null, null),
                            tuple("young", 1.6096, 0.5, 1.6));
        }
    }

    /** An offer of its own, which no other machine of the type has. */
    @Test
    void a_cluster_of_low_priority_costs_what_low_priority_costs() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,purchase,priority
                low,training_cluster,azure,s,westeurope,Standard_NC24ads_A100_v4,2,spot,LowPriority
                spot,training_cluster,azure,s,westeurope,Standard_NC24ads_A100_v4,2,spot,
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.offer(TestStore.offer("Standard_NC24ads_A100_v4", "3.673", "1.1"));
            staging.offer(TestStore.offer("lowpriority/Standard_NC24ads_A100_v4", null, "0.73"));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(tuple("low", 1.46), tuple("spot", 2.2));
        }
    }
}
