package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One scan of a project that has something of each service, in the documented forms: recorded answers, and those
 * derived from them with accelerators.
 */
@Outside
class GoogleInventoryTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final int HOURS = GoogleEverything.HOURS;
    private static final Offset<Double> SAME = within(1e-9);

    @TempDir
    private static Path folder;

    @AutoClose
    private static GoogleServer google;

    private static JsonNode audit;

    @BeforeAll
    static void scan() throws Exception {
        google = GoogleServer.start();
        GoogleEverything.fill(new GoogleProject(google, ID).empty(), ID);
        GoogleRun run = GoogleRun.scan(
                google,
                folder,
                "locations: [us-central1]\n",
                "--window",
                "2026-06-01/2026-06-15",
                "-f",
                "json",
                "--save",
                folder.resolve("scan.aiaudit").toString());
        assertThat(run.exitCode()).as(run::err).isZero();
        audit = run.audit();
    }

    private static Double average(String name, String metric) throws SQLException {
        try (SavedScan saved = new SavedScan(folder.resolve("scan.aiaudit"))) {
            return saved.average(attribute(name, "resource_id"), metric);
        }
    }

    private static Double total(String name, String metric) throws SQLException {
        try (SavedScan saved = new SavedScan(folder.resolve("scan.aiaudit"))) {
            return saved.total(attribute(name, "resource_id"), metric);
        }
    }

    private static String attribute(String name, String field) {
        return AwsRun.resource(audit, name).path(field).asText();
    }

    @Test
    void a_reservation_pays_for_what_does_not_run_of_it() {
        assertThat(attribute("a100-pool", "kind")).isEqualTo("capacity_reservation");
        assertThat(attribute("a100-pool", "replicas")).isEqualTo("3");
        assertThat(AwsRun.found(audit, "capacity-reservation-unused")).containsExactly("a100-pool");
    }

    @Test
    void jobs_of_the_window_have_their_machines_and_what_their_accelerators_did() throws Exception {
        assertThat(attribute("fine-tune", "kind")).isEqualTo("training_job");
        assertThat(attribute("fine-tune", "replicas")).isEqualTo("2");
        assertThat(attribute("tune", "replicas")).as("three trials at a time").isEqualTo("3");
        assertThat(attribute("tune", "purchase")).isEqualTo("spot");
        assertThat(attribute("score", "kind")).isEqualTo("batch_job");
        assertThat(attribute("score", "replicas")).isEqualTo("2");
        assertThat(attribute("research", "kind")).isEqualTo("training_cluster");
        assertThat(attribute("research", "replicas")).isEqualTo("4");
        assertThat(names()).doesNotContain("before");
        assertThat(average("fine-tune", "gpu_utilization")).isCloseTo(0.9, SAME);
        assertThat(average("fine-tune", "gpu_memory_used_gib"))
                .as("half of 40 GiB")
                .isCloseTo(20.0, SAME);
    }

    @Test
    void the_machines_of_a_persistent_resource_are_paid_for_once_whatever_runs_on_them() throws Exception {
        JsonNode job = AwsRun.resource(audit, "tune-in-pool");
        try (SavedScan saved = new SavedScan(folder.resolve("scan.aiaudit"))) {
            assertThat(saved.attribute("tune-in-pool", "persistent_resource")).isEqualTo("pool");
        }
        assertThat(job.get("accelerator").asText()).isEqualTo("A100-40GB");
        assertThat(job.path("machine_type").isNull()).isTrue();
        assertThat(job.path("replicas").isNull()).isTrue();
        assertThat(attribute("research", "machine_type")).isEqualTo("a2-highgpu-1g");
    }

    @Test
    void tpus_have_their_chips_and_the_duty_cycle_of_the_workers_in_their_zone() throws Exception {
        JsonNode pod = AwsRun.resource(audit, "pod");
        assertThat(pod.get("accelerator").asText()).isEqualTo("TPU v5e");
        assertThat(pod.get("accelerator_count").asInt()).isEqualTo(8);
        assertThat(pod.get("purchase").asText()).isEqualTo("spot");
        assertThat(average("pod", "gpu_utilization")).as("percent").isCloseTo(0.55, SAME);
        assertThat(attribute("old", "replicas")).isEqualTo("0");
        assertThat(attribute("old", "accelerator_count"))
                .as("two cores to a chip")
                .isEqualTo("4");
        assertThat(average("old", "gpu_utilization")).isCloseTo(0.1, SAME);
        assertThat(names()).doesNotContain("wanted");
    }

    @Test
    void a_service_with_gpus_has_its_least_instances_and_what_they_did() throws Exception {
        JsonNode service = AwsRun.resource(audit, "generate");
        assertThat(service.get("replicas").asInt())
                .as("of the service, which is more than of its revision")
                .isEqualTo(3);
        assertThat(service.get("accelerator").asText()).isEqualTo("L4");
        assertThat(service.get("accelerator_count").asInt())
                .as("of the second container")
                .isEqualTo(1);
        assertThat(average("generate", "gpu_utilization")).isCloseTo(0.4, SAME);
        assertThat(average("generate", "replicas")).isCloseTo(2.5, SAME);
        assertThat(names()).doesNotContain("hello");
    }

    @Test
    void a_node_pool_has_its_size_of_now_and_its_nodes_are_its_own() throws Exception {
        assertThat(attribute("serving/gpus", "replicas")).isEqualTo("1");
        assertThat(attribute("gke-node-1", "parent_id")).isEqualTo(attribute("serving/gpus", "resource_id"));
        assertThat(average("gke-node-1", "gpu_utilization")).as("percent").isCloseTo(0.75, SAME);
        assertThat(names()).doesNotContain("serving/default-pool");
    }

    @Test
    void models_are_those_that_were_called_and_units_those_that_were_there() throws Exception {
        assertThat(attribute("gemini-2.5-pro", "kind")).isEqualTo("model_usage");
        assertThat(total("gemini-2.5-pro", "requests")).isEqualTo(60.0 * HOURS);
        assertThat(total("gemini-2.5-pro", "tokens_input")).isEqualTo(9000.0 * HOURS);
        JsonNode units = AwsRun.resource(audit, "gemini-2.5-flash provisioned");
        assertThat(units.get("kind").asText()).isEqualTo("provisioned_throughput");
        assertThat(units.get("replicas").asInt()).isEqualTo(3);
        assertThat(average("gemini-2.5-flash provisioned", "throughput_utilization"))
                .as("2,000 of 8,000")
                .isCloseTo(0.25, SAME);
        assertThat(AwsRun.found(audit, "provisioned-throughput-idle")).isEmpty();
    }

    @Test
    void disks_that_nothing_is_attached_to_are_found_and_those_of_other_machines_are_not_read() {
        assertThat(AwsRun.found(audit, "storage-orphaned")).containsExactly("disk-1");
        assertThat(attribute("idle-boot", "kind")).isEqualTo("volume");
        assertThat(names()).doesNotContain("of-a-machine-without");
    }

    @Test
    void what_google_advises_is_beside_the_own_finding() {
        assertThat(advice("gpu-instance-idle", "idle")).singleElement().satisfies(advice -> {
            assertThat(advice.get("source").asText()).isEqualTo("Google Cloud Recommender");
            assertThat(advice.path("monthly_saving").isNull())
                    .as("2678.19 of another currency")
                    .isTrue();
        });
        assertThat(audit.get("warnings").toString()).contains("EUR");
        assertThat(advice("storage-orphaned", "disk-1"))
                .singleElement()
                .satisfies(advice ->
                        assertThat(advice.get("monthly_saving").decimalValue()).isEqualByComparingTo("1.57"));
    }

    private static List<JsonNode> advice(String rule, String name) {
        return AwsRun.each(audit.get("findings"))
                .filter(finding -> finding.get("rule").asText().equals(rule)
                        && finding.get("resource_name").asText().equals(name))
                .flatMap(finding -> AwsRun.each(finding.get("advice")))
                .toList();
    }

    @Test
    void commitments_are_reported_without_a_bill() {
        assertThat(AwsRun.each(audit.get("commitments")).toList())
                .singleElement()
                .satisfies(commitment -> {
                    assertThat(commitment.get("kind").asText())
                            .isEqualTo("committed use, accelerator optimized: 96 vCPU, 680 GiB, 8 nvidia-tesla-a100");
                    assertThat(commitment.get("end").asText()).startsWith("2027-01-01");
                });
    }

    private static List<String> names() {
        return AwsRun.each(audit.get("resources"))
                .map(resource -> resource.path("name").asText())
                .toList();
    }
}
