package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Vertex AI measures of the machines of endpoints, and numbers that Google leaves out since they are zero. */
@Outside
class GoogleEndpointsTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HOURS = 14 * 24;
    private static final Offset<Double> SAME = within(1e-9);
    private static final String VERTEX = "/v1/projects/" + ID + "/locations/us-central1/";
    private static final String ONLINE = "aiplatform.googleapis.com/prediction/online/";
    private static final String MODEL = "idle/c7n-metrics-deploy-0632360e";

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    private GoogleProject project;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void anEmptyProject() {
        google.reset();
        project = new GoogleProject(google, ID).empty();
    }

    private JsonNode scan(String... further) throws Exception {
        GoogleRun run = GoogleRun.scan(google, folder, "locations: [us-central1]\n", arguments(further));
        assertThat(run.exitCode()).as(run::err).isZero();
        return run.audit();
    }

    private String[] arguments(String... further) {
        return Stream.concat(
                        Stream.of(
                                "--window",
                                "2026-06-01/2026-06-15",
                                "-f",
                                "json",
                                "--save",
                                folder.resolve("scan.aiaudit").toString()),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    private SavedScan saved() throws Exception {
        return new SavedScan(folder.resolve("scan.aiaudit"));
    }

    private static String endpoint(String type, int accelerators) throws Exception {
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        return GoogleScanTest.derived(recorded, "idle", "5509121152913506304", 1)
                .replace("g2-standard-12", type)
                .replaceAll("\"acceleratorCount\":\\d+", "\"acceleratorCount\":" + accelerators);
    }

    private void gauge(String type, String value) {
        String series = GoogleProject.oneSeries(
                "\"deployed_model_id\": \"5509121152913506304\"",
                "\"endpoint_id\": \"idle\", \"location\": \"us-central1\"",
                START,
                HOURS,
                value);
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            project.series(ONLINE + type, aligner, series);
        }
    }

    /** Derived: half a core of twelve, which is what a server needs to wait for requests. */
    @Test
    void processors_are_counted_in_cores_of_a_replica_and_memory_over_all_its_accelerators() throws Exception {
        project.answers(VERTEX + "endpoints", "{\"endpoints\": [" + endpoint("g2-standard-96", 8) + "]}");
        gauge("accelerator/duty_cycle", "\"doubleValue\": 0");
        gauge("cpu/utilization", "\"doubleValue\": 0.5");
        gauge("accelerator/memory/bytes_used", "\"int64Value\": \"" + (80L << 30) + "\"");
        JsonNode audit = scan();
        String id = AwsRun.resource(audit, MODEL).get("resource_id").asText();
        try (SavedScan saved = saved()) {
            assertThat(saved.average(id, "cpu_utilization")).isCloseTo(0.5 / 96, SAME);
            assertThat(saved.average(id, "gpu_memory_used_gib")).isCloseTo(10, SAME);
        }
        assertThat(AwsRun.found(audit, "inference-endpoint-idle")).containsExactly(MODEL);
    }

    @Test
    void the_use_of_a_pool_that_models_share_is_measured_of_itself() throws Exception {
        project.answers(VERTEX + "deploymentResourcePools", """
                {"deploymentResourcePools": [{"name": "projects/1/locations/us-central1/deploymentResourcePools/shared",
                  "createTime": "2026-01-01T00:00:00Z", "dedicatedResources": {"minReplicaCount": 2, "machineSpec":
                  {"machineType": "g2-standard-24", "acceleratorType": "NVIDIA_L4", "acceleratorCount": 2}}}]}""");
        String labels = "\"deployment_resource_pool_id\": \"shared\", \"location\": \"us-central1\"";
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            String pool = ONLINE + "deployment_resource_pool/";
            project.series(
                    pool + "accelerator/duty_cycle",
                    aligner,
                    GoogleProject.oneSeries("", labels, START, HOURS, "\"doubleValue\": 0.25"));
            project.series(
                    pool + "accelerator/memory/bytes_used",
                    aligner,
                    GoogleProject.oneSeries("", labels, START, HOURS, "\"int64Value\": \"" + (20L << 30) + "\""));
            project.series(
                    pool + "cpu/utilization",
                    aligner,
                    GoogleProject.oneSeries("", labels, START, HOURS, "\"doubleValue\": 6"));
            project.series(
                    pool + "replicas",
                    aligner,
                    GoogleProject.oneSeries("", labels, START, HOURS, "\"doubleValue\": 2"));
        }
        JsonNode audit = scan("--rule", OneRule.ID);
        String id = AwsRun.resource(audit, "shared").get("resource_id").asText();
        try (SavedScan saved = saved()) {
            assertThat(saved.average(id, "gpu_utilization")).isCloseTo(0.25, SAME);
            assertThat(saved.average(id, "gpu_memory_used_gib")).isCloseTo(10, SAME);
            assertThat(saved.average(id, "cpu_utilization")).isCloseTo(0.25, SAME);
            assertThat(saved.average(id, "replicas")).isCloseTo(2, SAME);
        }
    }

    /** What the model replaced was in the pool before, and is in no list. */
    @Test
    void a_pool_has_no_zeros_from_before_its_newest_model_was_deployed() throws Exception {
        project.answers(VERTEX + "deploymentResourcePools", """
                {"deploymentResourcePools": [{"name": "projects/1/locations/us-central1/deploymentResourcePools/shared",
                  "createTime": "2026-01-01T00:00:00Z", "dedicatedResources": {"minReplicaCount": 2, "machineSpec":
                  {"machineType": "g2-standard-24", "acceleratorType": "NVIDIA_L4", "acceleratorCount": 2}}}]}""");
        deployedInPool("2026-01-01T00:00:00Z");
        assertThat(AwsRun.found(scan(), "inference-endpoint-idle")).containsExactly("shared");
        deployedInPool("2026-06-14T00:00:00Z");
        assertThat(AwsRun.found(scan(), "inference-endpoint-idle")).isEmpty();
    }

    private void deployedInPool(String created) {
        project.answers(VERTEX + "endpoints", """
                {"endpoints": [{"name": "projects/1/locations/us-central1/endpoints/7", "displayName": "chat",
                  "createTime": "2026-01-01T00:00:00Z", "deployedModels": [{"id": "70", "displayName": "m",
                  "model": "projects/1/locations/us-central1/models/9", "createTime": "%s",
                  "sharedResources":
                  "projects/1/locations/us-central1/deploymentResourcePools/shared"}]}]}""".formatted(created));
    }

    /** JSON of proto3 leaves a plain number out where it is zero. */
    @Test
    void numbers_that_are_left_out_of_what_was_returned_are_zero() throws Exception {
        String key = "projects/" + ID + "/locations/europe-west4/keyRings/ring/cryptoKeys/";
        project.answers(
                        "/v1/projects/" + ID + "/cryptoKeys",
                        "{\"cryptoKeys\": [{\"name\": \"" + key + "unused\"}, {\"name\": \"" + key + "unknown\"}]}")
                .answers(
                        "/v1/" + key + "unused/protectedResourcesSummary",
                        "{\"name\": \"" + key + "unused/protectedResourcesSummary\"}")
                .answers(
                        VERTEX + "endpoints",
                        "{\"endpoints\": ["
                                + endpoint("g2-standard-12", 1).replaceFirst(",\"availableReplicaCount\":1", "")
                                + "]}")
                .answers(VERTEX + "persistentResources", """
                        {"persistentResources": [{"name": "projects/1/locations/us-central1/persistentResources/p",
                          "displayName": "research", "state": "RUNNING", "createTime": "2026-01-01T00:00:00Z",
                          "startTime": "2026-01-01T00:00:00Z", "resourcePools": [{"id": "gpus", "replicaCount": "4",
                          "machineSpec": {"machineType": "a2-highgpu-1g"}}]}]}""")
                .answers("/v1/projects/" + ID + "/locations/-/clusters", """
                        {"clusters": [{"name": "serving", "location": "us-central1", "nodePools": [{"name": "gpus",
                          "config": {"machineType": "a2-highgpu-1g"}, "autoscaling": {"enabled": true,
                          "maxNodeCount": 5}}, {"name": "total", "config": {"machineType": "a2-highgpu-1g"},
                          "autoscaling": {"enabled": true, "totalMaxNodeCount": 5}}]}]}""");
        JsonNode audit = scan("--rule", OneRule.ID);
        assertThat(AwsRun.resource(audit, MODEL).get("replicas").asInt(-1)).isZero();
        try (SavedScan saved = saved()) {
            assertThat(saved.attribute("unused", "used_by")).isEqualTo("0");
            assertThat(saved.attribute("unknown", "used_by"))
                    .as("an answer without anything")
                    .isNull();
            assertThat(saved.attribute("research", "used_replicas")).isEqualTo("0");
            assertThat(saved.attribute("serving/gpus", "min_nodes")).isEqualTo("0");
            assertThat(saved.attribute("serving/total", "min_nodes")).isNull();
            assertThat(saved.attribute("serving/total", "total_min_nodes")).isEqualTo("0");
        }
    }
}
