package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One scan of a project that has something of each service, in the documented forms: recorded answers, and those derived from them with accelerators. */
class GoogleInventoryTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String ZONE = "https://www.googleapis.com/compute/v1/projects/" + ID + "/zones/us-central1-a";
    private static final String VERTEX = "/v1/projects/" + ID + "/locations/us-central1/";
    private static final String MACHINE =
            "\"machineSpec\": {\"machineType\": \"a2-highgpu-1g\", \"acceleratorType\": \"NVIDIA_TESLA_A100\", \"acceleratorCount\": 1}";
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HOURS = 14 * 24;
    private static final Offset<Double> SAME = within(1e-9);

    @TempDir
    private static Path folder;

    private static GoogleServer google;
    private static JsonNode audit;

    @BeforeAll
    static void scan() throws Exception {
        google = GoogleServer.start();
        GoogleProject project = new GoogleProject(google, ID).empty();
        compute(project);
        vertex(project);
        tpusServicesAndClusters(project);
        metrics(project);
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

    @AfterAll
    static void stop() {
        google.close();
    }

    private static void compute(GoogleProject project) throws Exception {
        ObjectNode idle = GoogleProject.inIowa(GoogleProject.machine("idle", "11", "a2-highgpu-1g"));
        idle.putArray("disks").addObject().put("source", ZONE + "/disks/idle-boot");
        ObjectNode node = GoogleProject.inIowa(GoogleProject.machine("gke-node-1", "12", "a2-highgpu-1g"));
        node.putObject("labels")
                .put("goog-k8s-cluster-name", "serving")
                .put("goog-k8s-node-pool-name", "gpus")
                .put("goog-k8s-cluster-location", "us-central1-a");
        project.machines(null, null, idle, node, GoogleProject.inIowa(GoogleProject.recordedInstance()));
        ObjectNode disks = (ObjectNode) GoogleProject.recorded(
                "disk-recommend/get-compute-v1-projects-cloud-custodian-aggregated-disks_1.json");
        ObjectNode unattached = (ObjectNode) disks.at("/items/zones~1us-central1-a/disks/0");
        ObjectNode boot = unattached.deepCopy();
        boot.put("name", "idle-boot").put("id", "72").put("selfLink", ZONE + "/disks/idle-boot");
        boot.putArray("users").add(ZONE + "/instances/idle");
        ObjectNode other = boot.deepCopy();
        other.put("name", "of-a-machine-without").put("id", "73").put("selfLink", ZONE + "/disks/other");
        project.answers(
                "/compute/v1/projects/" + ID + "/aggregated/disks",
                "{\"items\": {\"zones/us-central1-a\": {\"disks\": [" + unattached + "," + boot + "," + other + "]}}}");
        project.answers("/compute/v1/projects/" + ID + "/aggregated/reservations", """
                {"items": {"zones/us-central1-b": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}, "zones/us-central1-a": {"reservations": [
                  {"id": "7001", "name": "a100-pool", "zone": "%s", "status": "READY", "creationTimestamp": "2026-01-05T00:00:00.000-08:00",
                   "specificReservation": {"count": "4", "inUseCount": "1", "assuredCount": "4", "instanceProperties": {
                     "machineType": "a2-highgpu-1g", "guestAccelerators": [{"acceleratorType": "nvidia-tesla-a100", "acceleratorCount": 1}]}}}]}}}""".formatted(ZONE));
        project.answers("/compute/v1/projects/" + ID + "/aggregated/commitments", """
                {"items": {"regions/us-central1": {"commitments": [
                  {"id": "8001", "name": "gpus", "region": "https://www.googleapis.com/compute/v1/projects/p/regions/us-central1", "status": "ACTIVE",
                   "plan": "TWELVE_MONTH", "type": "ACCELERATOR_OPTIMIZED", "startTimestamp": "2026-01-01T00:00:00.000-08:00", "endTimestamp": "2027-01-01T00:00:00.000-08:00",
                   "resources": [{"type": "VCPU", "amount": "96"}, {"type": "MEMORY", "amount": "696320"},
                     {"type": "ACCELERATOR", "amount": "8", "acceleratorType": "nvidia-tesla-a100"}]},
                  {"id": "8002", "status": "EXPIRED", "endTimestamp": "2025-01-01T00:00:00.000-08:00"}]}}}""");
        String recommenders = "/v1/projects/" + ID + "/locations/us-central1-a/recommenders/google.compute.";
        JsonNode recorded = GoogleProject.recorded(
                "disk-recommend/get-v1-projects-cloud-custodian-locations-us-central1-a-recommenders-google.compute.disk.IdleResourceRecommender-recommendations_1.json");
        project.answers(recommenders + "disk.IdleResourceRecommender/recommendations", recorded.toString());
        project.answers(recommenders + "instance.IdleResourceRecommender/recommendations", """
                {"recommendations": [{"description": "Save cost by stopping idle VM 'idle'.", "stateInfo": {"state": "ACTIVE"},
                  "primaryImpact": {"category": "COST", "costProjection": {"cost": {"currencyCode": "EUR", "units": "-2641", "nanos": -500000000}, "duration": "2592000s"}},
                  "content": {"overview": {"resourceName": "idle", "resource": "//compute.googleapis.com/projects/%1$s/zones/us-central1-a/instances/idle"}}},
                 {"description": "one that was dismissed", "stateInfo": {"state": "DISMISSED"},
                  "content": {"overview": {"resource": "//compute.googleapis.com/projects/%1$s/zones/us-central1-a/instances/idle"}}}]}""".formatted(ID));
    }

    private static void vertex(GoogleProject project) throws Exception {
        ObjectNode job = (ObjectNode) GoogleProject.recorded(
                        "vertexai_custom_job_query/get-v1-projects-cloud-custodian-locations-us-central1-customJobs_1.json")
                .at("/customJobs/0");
        job.put("displayName", "fine-tune")
                .put("state", "JOB_STATE_SUCCEEDED")
                .put("startTime", "2026-06-03T00:00:00Z")
                .put("endTime", "2026-06-04T00:00:00Z");
        ObjectNode pool = (ObjectNode) job.at("/jobSpec/workerPoolSpecs/0");
        pool.put("replicaCount", "2");
        ((ObjectNode) pool.get("machineSpec"))
                .put("machineType", "a2-highgpu-1g")
                .put("acceleratorType", "NVIDIA_TESLA_A100")
                .put("acceleratorCount", 1);
        project.answers(VERTEX + "customJobs", "{\"customJobs\": [" + job + "]}");
        project.answers(VERTEX + "hyperparameterTuningJobs", """
                {"hyperparameterTuningJobs": [{"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/51", "displayName": "tune", "parallelTrialCount": 3,
                  "trialJobSpec": {"scheduling": {"strategy": "SPOT"}, "workerPoolSpecs": [{%1$s, "replicaCount": "1"}]}, "state": "JOB_STATE_RUNNING", "startTime": "2026-06-10T00:00:00Z"},
                 {"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/53", "displayName": "tune-in-pool", "parallelTrialCount": 2,
                  "trialJobSpec": {"persistentResourceId": "pool", "workerPoolSpecs": [{%1$s, "replicaCount": "1"}]}, "state": "JOB_STATE_RUNNING", "startTime": "2026-06-10T00:00:00Z"},
                 {"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/52", "displayName": "before", "state": "JOB_STATE_SUCCEEDED",
                  "startTime": "2026-05-01T00:00:00Z", "endTime": "2026-05-02T00:00:00Z"}]}""".formatted(MACHINE));
        project.answers(VERTEX + "batchPredictionJobs", """
                {"batchPredictionJobs": [{"name": "projects/1/locations/us-central1/batchPredictionJobs/61", "displayName": "score", "state": "JOB_STATE_SUCCEEDED",
                  "startTime": "2026-06-05T00:00:00Z", "endTime": "2026-06-05T06:00:00Z", "dedicatedResources": {%s, "startingReplicaCount": 2, "maxReplicaCount": 10}}]}""".formatted(MACHINE));
        project.answers(VERTEX + "persistentResources", """
                {"persistentResources": [{"name": "projects/1/locations/us-central1/persistentResources/pool", "displayName": "research", "state": "RUNNING",
                  "createTime": "2026-01-01T00:00:00Z", "resourcePools": [{%s, "replicaCount": "4", "usedReplicaCount": "1"}]}]}""".formatted(MACHINE));
    }

    private static void tpusServicesAndClusters(GoogleProject project) throws Exception {
        project.answers("/v2/projects/" + ID + "/locations/-/nodes", """
                {"nodes": [{"name": "projects/%1$s/locations/us-central1-a/nodes/pod", "id": "991", "acceleratorType": "v5litepod-8", "state": "READY",
                   "createTime": "2026-01-01T00:00:00Z", "runtimeVersion": "v2-alpha-tpuv5-lite", "schedulingConfig": {"spot": true},
                   "queuedResource": "projects/%1$s/locations/us-central1-a/queuedResources/wanted"},
                  {"name": "projects/%1$s/locations/us-central1-b/nodes/old", "acceleratorType": "v4-8", "state": "STOPPED", "createTime": "2026-01-01T00:00:00Z"}],
                 "unreachable": []}""".formatted(ID));
        project.answers("/v2/projects/" + ID + "/locations/-/queuedResources", """
                {"queuedResources": [{"name": "projects/%s/locations/us-central1-a/queuedResources/wanted", "state": {"state": "ACTIVE"}}]}""".formatted(ID));
        ObjectNode services = (ObjectNode) GoogleProject.recorded(
                "gcp-cloud-run-service/get-v1-projects-cloud-custodian-locations---services_1.json");
        ObjectNode without = (ObjectNode) services.at("/items/0");
        ObjectNode service = without.deepCopy();
        ((ObjectNode) service.get("metadata")).put("name", "generate");
        ((ObjectNode) service.at("/metadata/annotations")).put("run.googleapis.com/minScale", "3");
        ObjectNode template = (ObjectNode) service.at("/spec/template");
        ((ObjectNode) template.at("/metadata/annotations")).put("autoscaling.knative.dev/minScale", "2");
        ((ObjectNode) template.get("spec"))
                .putObject("nodeSelector")
                .put("run.googleapis.com/accelerator", "nvidia-l4");
        ObjectNode withGpu = template.at("/spec/containers/0").deepCopy();
        ((ObjectNode) withGpu.at("/resources/limits")).put("nvidia.com/gpu", "1");
        ((ArrayNode) template.at("/spec/containers")).add(withGpu);
        project.answers(
                "/v1/projects/" + ID + "/locations/-/services", "{\"items\": [" + without + "," + service + "]}");
        ObjectNode clusters = (ObjectNode) GoogleProject.recorded(
                "gke-cluster-nodepool-query/get-v1-projects-cloud-custodian-locations---clusters_1.json");
        ObjectNode cluster = (ObjectNode) clusters.at("/clusters/0");
        cluster.put("name", "serving");
        ObjectNode pool = (ObjectNode) cluster.at("/nodePools/0");
        ObjectNode gpus = pool.deepCopy();
        gpus.put("name", "gpus");
        gpus.putArray("instanceGroupUrls").add(ZONE + "/instanceGroupManagers/gke-serving-gpus");
        gpus.putObject("autoscaling")
                .put("enabled", true)
                .put("minNodeCount", 1)
                .put("maxNodeCount", 5);
        gpus.putObject("config").put("machineType", "a2-highgpu-1g").put("spot", false);
        ((ArrayNode) cluster.get("nodePools")).add(gpus);
        project.answers("/v1/projects/" + ID + "/locations/-/clusters", clusters.toString());
        project.answers(
                "/compute/v1/projects/" + ID + "/zones/us-central1-a/instanceGroupManagers/gke-serving-gpus",
                "{\"name\": \"gke-serving-gpus\", \"targetSize\": 1}");
    }

    private static void metrics(GoogleProject project) {
        gauge(project, "agent.googleapis.com/gpu/utilization", "\"instance_id\": \"11\"", "\"doubleValue\": 0");
        gauge(
                project,
                "kubernetes.io/node/accelerator/duty_cycle",
                "\"node_name\": \"gke-node-1\"",
                "\"int64Value\": \"75\"");
        gauge(
                project,
                "ml.googleapis.com/training/accelerator/utilization",
                "\"job_id\": \"2406756744756723712\"",
                "\"doubleValue\": 0.9");
        gauge(
                project,
                "ml.googleapis.com/training/accelerator/memory/utilization",
                "\"job_id\": \"2406756744756723712\"",
                "\"doubleValue\": 0.5");
        gauge(
                project,
                "tpu.googleapis.com/accelerator/duty_cycle",
                "\"location\": \"us-central1-a\"",
                "\"doubleValue\": 55");
        gauge(
                project,
                "tpu.googleapis.com/tpu/mxu/utilization",
                "\"node_id\": \"old\", \"zone\": \"us-central1-b\"",
                "\"doubleValue\": 10");
        series(
                project,
                "run.googleapis.com/container/gpu/utilizations",
                "ALIGN_DELTA",
                "\"service_name\": \"generate\", \"location\": \"us-central1\"",
                "\"distributionValue\": {\"count\": \"60\", \"mean\": 0.4}");
        series(
                project,
                "run.googleapis.com/container/instance_count",
                "ALIGN_MEAN",
                "\"service_name\": \"generate\", \"location\": \"us-central1\"",
                "\"doubleValue\": 2.5");
        series(
                project,
                "publisher/online_serving/model_invocation_count",
                "ALIGN_DELTA",
                "\"model_user_id\": \"gemini-2.5-pro\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"60\"");
        series(
                project,
                "publisher/online_serving/token_count",
                "ALIGN_DELTA",
                "\"model_user_id\": \"gemini-2.5-pro\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"9000\"");
        series(
                project,
                "publisher/online_serving/dedicated_gsu_limit",
                "ALIGN_MAX",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"3\"");
        series(
                project,
                "publisher/online_serving/dedicated_token_limit",
                "ALIGN_MAX",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"8000\"");
        series(
                project,
                "publisher/online_serving/consumed_token_throughput",
                "ALIGN_RATE",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\"",
                "\"doubleValue\": 2000");
    }

    private static void gauge(GoogleProject project, String type, String labels, String value) {
        series(project, type, "ALIGN_MEAN", labels, value);
        series(project, type, "ALIGN_MAX", labels, value);
    }

    private static void series(GoogleProject project, String type, String aligner, String labels, String value) {
        project.series(type, aligner, GoogleProject.oneSeries("", labels, START, HOURS, value));
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
    void what_google_advises_stands_beside_the_own_finding() {
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
    void commitments_are_told_without_a_bill() {
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
