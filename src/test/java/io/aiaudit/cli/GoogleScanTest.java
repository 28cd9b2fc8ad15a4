package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole scans of Google Cloud: recorded answers and those derived from them, from WireMock. */
@Outside
class GoogleScanTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String[] TWO_WEEKS = {"--window", "2026-06-01/2026-06-15", "-f", "json"};
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HOURS = 14 * 24;
    private static final String INSTANCES = "/compute/v1/projects/" + ID + "/aggregated/instances";
    private static final String IN_IOWA = "locations: [us-central1]\n";

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

    private JsonNode judged(int exitCode, String further, String rule) throws Exception {
        GoogleRun run = GoogleRun.scan(
                google, folder, further, TWO_WEEKS[0], TWO_WEEKS[1], TWO_WEEKS[2], TWO_WEEKS[3], "--rule", rule);
        assertThat(run.exitCode()).as(run::err).isEqualTo(exitCode);
        return run.audit();
    }

    private JsonNode read(int exitCode, String further) throws Exception {
        GoogleRun run = GoogleRun.scan(google, folder, further, OneRule.with(TWO_WEEKS));
        assertThat(run.exitCode()).as(run::err).isEqualTo(exitCode);
        return run.audit();
    }

    private static List<String> gaps(JsonNode audit) {
        return AwsRun.each(audit.get("gaps"))
                .map(gap ->
                        gap.get("scope").asText() + ": " + gap.get("problem").asText())
                .toList();
    }

    @Test
    void an_empty_project_is_reported_to_show_nothing() throws Exception {
        JsonNode audit = read(0, "");
        assertThat(audit.get("resources")).isEmpty();
        assertThat(audit.get("warnings").toString())
                .contains("Nothing was found in gcp")
                .contains("No billing export was found in the projects of gcp");
        assertThat(GoogleRun.requests(audit, "GET:/v3/projects/{project}/timeSeries"))
                .as("one for models that were called, two for throughput: its units and its tokens")
                .isEqualTo(3);
    }

    @Test
    void machines_have_their_accelerators_in_the_type_or_attached_and_are_counted_once() throws Exception {
        ObjectNode listedTwice = GoogleProject.withAttached(
                GoogleProject.machine("train", "11", "a2-highgpu-1g"), "nvidia-tesla-a100", 1);
        ObjectNode attached =
                GoogleProject.withAttached(GoogleProject.machine("infer", "12", "n1-standard-8"), "nvidia-tesla-t4", 2);
        ((ObjectNode) attached.get("scheduling")).put("preemptible", true);
        ObjectNode stopped =
                GoogleProject.machine("old", "13", "g2-standard-24").put("status", "TERMINATED");
        ((ObjectNode) stopped.get("scheduling")).put("provisioningModel", "FLEX_START");
        project.machines(null, "second", listedTwice, GoogleProject.recordedInstance())
                .machines("second", null, attached, stopped);
        JsonNode audit = read(0, "");
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .containsExactlyInAnyOrder("train", "infer", "old");
        JsonNode train = AwsRun.resource(audit, "train");
        assertThat(train.get("resource_id").asText())
                .isEqualTo("//compute.googleapis.com/projects/1098479648729/zones/us-east4-c/instances/11");
        assertThat(train.get("accelerator").asText()).isEqualTo("A100-40GB");
        assertThat(train.get("accelerator_count").asInt()).isEqualTo(1);
        assertThat(train.get("region").asText()).isEqualTo("us-east4");
        JsonNode infer = AwsRun.resource(audit, "infer");
        assertThat(infer.get("accelerator").asText()).isEqualTo("T4");
        assertThat(infer.get("accelerator_count").asInt()).isEqualTo(2);
        assertThat(infer.get("purchase").asText()).isEqualTo("spot");
        JsonNode old = AwsRun.resource(audit, "old");
        assertThat(old.get("replicas").asInt()).isZero();
    }

    @Test
    void a_zone_that_does_not_answer_is_a_gap_and_the_others_are_read() throws Exception {
        project.machines(null, null, GoogleProject.machine("train", "11", "a2-highgpu-1g"));
        project.answers(
                INSTANCES,
                "{\"items\": {\"zones/us-east4-c\": {\"instances\": ["
                        + GoogleProject.machine("train", "11", "a2-highgpu-1g")
                        + "]}}, \"unreachables\": [\"projects/" + ID + "/zones/us-east1-b\"]}");
        JsonNode audit = read(4, "");
        assertThat(AwsRun.resource(audit, "train").get("kind").asText()).isEqualTo("instance");
        assertThat(gaps(audit))
                .containsExactly(ID + "/us-east1-b instances: this location did not respond; other locations did.");
    }

    @Test
    void a_list_that_names_its_own_page_as_the_next_one_is_a_gap() throws Exception {
        project.machines(null, "second", GoogleProject.machine("train", "11", "a2-highgpu-1g"))
                .machines("second", "second", GoogleProject.machine("infer", "12", "a2-highgpu-1g"))
                .answers("/v1/projects/" + ID + "/locations/-/services", "{\"metadata\": {\"continue\": \"again\"}}");
        assertThat(gaps(read(4, "")))
                .anyMatch(gap ->
                        gap.startsWith(ID + " instances: the list broke off after ") && gap.contains("does not end"))
                .anyMatch(gap -> gap.startsWith(ID + "/all services: ") && gap.contains("does not end"));
    }

    @Test
    void three_kinds_of_403_are_distinguished() throws Exception {
        project.refuses(
                        INSTANCES,
                        403,
                        "PERMISSION_DENIED",
                        "IAM_PERMISSION_DENIED",
                        "Required 'compute.instances.list' permission")
                .refuses(
                        "/v2/projects/" + ID + "/locations/-/nodes",
                        403,
                        "PERMISSION_DENIED",
                        "SERVICE_DISABLED",
                        "Cloud TPU API has not been used in project 1 before or it is disabled.")
                .refuses(
                        "/v2/projects/" + ID + "/locations/-/instances",
                        403,
                        "PERMISSION_DENIED",
                        "USER_PROJECT_DENIED",
                        "Caller does not have required permission to use project quota-1.");
        JsonNode audit = read(4, "");
        assertThat(gaps(audit))
                .anyMatch(gap -> gap.startsWith(ID + "/all instances: access denied for compute.instances.list"))
                .anyMatch(gap -> gap.startsWith(ID + "/all tpus: the API of tpu.nodes.list is disabled"))
                .anyMatch(gap -> gap.startsWith(ID + "/all notebooks: the quota project cannot be used"))
                .hasSize(3);
    }

    @Test
    void a_service_that_is_switched_off_in_the_project_has_nothing_there_and_one_that_measures_is_a_gap()
            throws Exception {
        project.machines(null, null, GoogleProject.machine("train", "11", "a2-highgpu-1g"))
                .refuses(
                        "/v2/projects/" + ID + "/locations/-/nodes",
                        403,
                        "PERMISSION_DENIED",
                        "SERVICE_DISABLED",
                        "Cloud TPU API has not been used in project 1098479648729 before or it is disabled.")
                .refuses(
                        "/v1/projects/" + ID + "/locations/us-central1/customJobs",
                        403,
                        "PERMISSION_DENIED",
                        "SERVICE_DISABLED",
                        "Vertex AI API has not been used in project " + ID + " before or it is disabled.")
                .refuses(
                        "/v3/projects/" + ID + "/timeSeries",
                        403,
                        "PERMISSION_DENIED",
                        "SERVICE_DISABLED",
                        "Cloud Monitoring API has not been used in project " + ID + " before or it is disabled.");
        JsonNode audit = read(4, IN_IOWA);
        assertThat(audit.get("warnings").toString())
                .contains("Not available, because the API is disabled in the project: jobs in " + ID + "; tpus in " + ID
                        + ".");
        assertThat(gaps(audit))
                .hasSize(2)
                .allMatch(gap -> gap.contains("the API of monitoring.timeSeries.list is disabled"));
    }

    private static String workers(String machine, int replicas) {
        return "{\"machineSpec\": {\"machineType\": \"" + machine + "\"}, \"replicaCount\": \"" + replicas + "\"}";
    }

    private static String ofVertex(String list, int number, String name, String pools) {
        return """
                {"name": "projects/1/locations/us-central1/%1$s/%2$d", "displayName": "%3$s", "state": \
                "JOB_STATE_SUCCEEDED",
                 "createTime": "2026-06-03T00:00:00Z", "startTime": "2026-06-03T00:00:00Z", "endTime": \
                "2026-06-04T00:00:00Z", %4$s}""".formatted(list, number, name, pools);
    }

    private static String job(int number, String name, String... pools) {
        return ofVertex(
                "customJobs", number, name, "\"jobSpec\": {\"workerPoolSpecs\": [" + String.join(", ", pools) + "]}");
    }

    /** Vertex wants one replica in the first pool: the workers of a job with eight machines stand in the second. */
    @Test
    void the_replicas_of_all_worker_pools_of_the_same_machine_are_those_of_the_job() throws Exception {
        String all = "/v1/projects/" + ID + "/locations/us-central1/";
        project.answers(
                        all + "customJobs",
                        "{\"customJobs\": ["
                                + String.join(
                                        ", ",
                                        job(1, "alone", workers("a2-highgpu-1g", 1)),
                                        job(2, "many", workers("a2-highgpu-1g", 1), workers("a2-highgpu-1g", 7), "{}"),
                                        job(3, "led", workers("n1-standard-8", 1), workers("a2-highgpu-1g", 4)),
                                        job(4, "mixed", workers("a2-highgpu-1g", 1), workers("a3-highgpu-8g", 2)),
                                        job(
                                                7,
                                                "unreported",
                                                workers("a2-highgpu-1g", 1),
                                                workers("a2-highgpu-1g", 7).replaceFirst("replicaCount", "unknown")))
                                + "]}")
                .answers(
                        all + "hyperparameterTuningJobs",
                        "{\"hyperparameterTuningJobs\": ["
                                + ofVertex(
                                        "hyperparameterTuningJobs",
                                        5,
                                        "tune",
                                        "\"parallelTrialCount\": 3, \"trialJobSpec\": {\"workerPoolSpecs\": ["
                                                + workers("a2-highgpu-1g", 1) + ", " + workers("a2-highgpu-1g", 3)
                                                + "]}")
                                + "]}")
                .answers(
                        all + "persistentResources",
                        "{\"persistentResources\": ["
                                + ofVertex(
                                        "persistentResources",
                                        6,
                                        "pool",
                                        "\"resourcePools\": [" + workers("a2-highgpu-1g", 2) + ", "
                                                + workers("n1-standard-8", 5) + ", " + workers("a2-highgpu-1g", 4)
                                                + "]")
                                + "]}");
        JsonNode audit = read(0, IN_IOWA);
        assertThat(AwsRun.resource(audit, "many").get("replicas").asInt()).isEqualTo(8);
        assertThat(AwsRun.resource(audit, "many").get("monthly_cost").asDouble())
                .isPositive()
                .isCloseTo(
                        8 * AwsRun.resource(audit, "alone").get("monthly_cost").asDouble(), within(0.05));
        assertThat(AwsRun.resource(audit, "tune").get("replicas").asInt()).isEqualTo(12);
        JsonNode led = AwsRun.resource(audit, "led");
        assertThat(led.get("machine_type").asText()).isEqualTo("a2-highgpu-1g");
        assertThat(led.get("replicas").asInt()).isEqualTo(4);
        JsonNode pool = AwsRun.resource(audit, "pool");
        assertThat(pool.get("machine_type").asText()).isEqualTo("a2-highgpu-1g");
        assertThat(pool.get("replicas").asInt()).isEqualTo(6);
        JsonNode mixed = AwsRun.resource(audit, "mixed");
        assertThat(mixed.get("machine_type").isNull())
                .as("nobody can tell which")
                .isTrue();
        assertThat(mixed.get("replicas").isNull()).isTrue();
        assertThat(mixed.get("monthly_cost").isNull()).as("unpriced").isTrue();
        assertThat(AwsRun.resource(audit, "unreported").get("monthly_cost").isNull())
                .as("pools of an unknown size are not one machine")
                .isTrue();
        assertThat(audit.get("warnings").toString())
                .contains(
                        "Not in the list price of jobs in " + ID + ": 1 n1-standard-8 of led; 5 n1-standard-8 of pool.")
                .contains("Jobs in " + ID
                        + " on several instance types, or with an unknown instance count, have no list price: "
                        + "mixed, unreported.");
    }

    @Test
    void too_many_requests_and_a_service_that_is_not_well_are_waited_for() throws Exception {
        google.wireMock()
                .stubFor(get(urlPathEqualTo(INSTANCES))
                        .atPriority(1)
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("unwell")
                        .willReturn(GoogleProject.refusal(
                                        429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Quota exceeded")
                                .withHeader("Retry-After", "0")));
        google.wireMock()
                .stubFor(get(urlPathEqualTo(INSTANCES))
                        .atPriority(1)
                        .inScenario("busy")
                        .whenScenarioStateIs("unwell")
                        .willSetStateTo("well")
                        .willReturn(serverError().withStatus(503)));
        project.machines(null, null, GoogleProject.machine("train", "11", "a2-highgpu-1g"));
        JsonNode audit = read(0, "");
        assertThat(AwsRun.resource(audit, "train").get("kind").asText()).isEqualTo("instance");
        assertThat(GoogleRun.requests(audit, "GET:/compute/v1/projects/{project}/aggregated/instances"))
                .isEqualTo(3);
    }

    @Test
    void an_endpoint_without_traffic_pays_for_its_least_replicas_and_one_with_traffic_is_busy() throws Exception {
        String endpoints = "/v1/projects/" + ID + "/locations/us-central1/endpoints";
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        String first = derived(recorded, "idle", "5509121152913506304", 2);
        String second = derived(recorded, "busy", "42", 1);
        google.wireMock()
                .stubFor(get(urlPathEqualTo(endpoints))
                        .withQueryParam("pageToken", absent())
                        .atPriority(2)
                        .willReturn(okJson("{\"endpoints\": [" + first + "], \"nextPageToken\": \"second\"}")));
        google.wireMock()
                .stubFor(get(urlPathEqualTo(endpoints))
                        .withQueryParam("pageToken", equalTo("second"))
                        .atPriority(2)
                        .willReturn(okJson("{\"endpoints\": [" + second + "]}")));
        project.series(
                "aiplatform.googleapis.com/prediction/online/prediction_count",
                "ALIGN_DELTA",
                GoogleProject.oneSeries(
                        "\"deployed_model_id\": \"42\"",
                        "\"endpoint_id\": \"busy\", \"location\": \"us-central1\"",
                        START,
                        HOURS,
                        "\"int64Value\": \"90\""));
        project.series(
                "aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle",
                "ALIGN_MEAN",
                GoogleProject.oneSeries(
                        "\"deployed_model_id\": \"42\"",
                        "\"endpoint_id\": \"busy\", \"location\": \"us-central1\"",
                        START,
                        HOURS,
                        "\"doubleValue\": 0.83"));
        JsonNode audit = judged(0, IN_IOWA, "inference-endpoint-idle");
        JsonNode idle = AwsRun.resource(audit, "idle/c7n-metrics-deploy-0632360e");
        assertThat(idle.get("machine_type").asText()).isEqualTo("g2-standard-12");
        assertThat(idle.get("replicas").asInt()).isEqualTo(2);
        assertThat(AwsRun.found(audit, "inference-endpoint-idle")).containsExactly("idle/c7n-metrics-deploy-0632360e");

        google.wireMock()
                .stubFor(get(urlPathMatching(".*/timeSeries"))
                        .withQueryParam("filter", containing("online/accelerator/duty_cycle"))
                        .atPriority(1)
                        .willReturn(status(403)));
        JsonNode withoutUse = judged(4, IN_IOWA, "inference-endpoint-idle");
        assertThat(AwsRun.found(withoutUse, "inference-endpoint-idle"))
                .as("it may work without requests")
                .isEmpty();
        assertThat(withoutUse.path("rules").toString())
                .contains("gpu_utilization of it could not be read, which may show work");
    }

    /** Derived: with a GPU, and old enough to be idle for two weeks. */
    static String derived(ObjectNode recorded, String name, String model, int replicas) {
        ObjectNode endpoint = recorded.at("/endpoints/0").deepCopy();
        endpoint.put("name", endpoint.get("name").asText().replace("c7n-endpoint-default-7509", name))
                .put("displayName", name)
                .put("createTime", "2026-01-01T00:00:00Z");
        ObjectNode deployed = (ObjectNode) endpoint.at("/deployedModels/0");
        deployed.put("id", model).put("createTime", "2026-01-01T00:00:00Z");
        ObjectNode dedicated = (ObjectNode) deployed.get("dedicatedResources");
        dedicated.put("minReplicaCount", replicas);
        ((ObjectNode) dedicated.get("machineSpec"))
                .put("machineType", "g2-standard-12")
                .put("acceleratorType", "NVIDIA_L4")
                .put("acceleratorCount", 1);
        ((ObjectNode) deployed.get("status")).put("availableReplicaCount", replicas);
        return endpoint.toString();
    }

    @Test
    void a_machine_with_local_disks_is_stopped_by_a_line_that_says_what_is_lost() throws Exception {
        ObjectNode local = GoogleProject.machine("local", "11", "a3-highgpu-8g");
        local.putArray("disks").addObject().put("type", "PERSISTENT");
        local.withArray("disks").addObject().put("type", "SCRATCH").put("interface", "NVME");
        project.machines(null, null, local, GoogleProject.machine("plain", "12", "g2-standard-8"));
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            project.series(
                    "agent.googleapis.com/gpu/utilization",
                    aligner,
                    GoogleProject.oneSeries("", "\"instance_id\": \"11\"", START, HOURS, "\"doubleValue\": 0"),
                    GoogleProject.oneSeries("", "\"instance_id\": \"12\"", START, HOURS, "\"doubleValue\": 0"));
        }
        JsonNode audit = judged(0, "", "gpu-instance-idle");
        assertThat(commands(audit, "local"))
                .containsExactly(
                        "# Data on the local SSD of local in us-east4-c is lost when it stops: copy it first.",
                        "gcloud compute instances stop local --discard-local-ssd=true --zone us-east4-c --project "
                                + ID);
        assertThat(commands(audit, "plain"))
                .containsExactly("gcloud compute instances stop plain --zone us-east4-c --project " + ID);
    }

    private static List<String> commands(JsonNode audit, String name) {
        return AwsRun.each(audit.get("findings"))
                .filter(finding -> finding.get("rule").asText().equals("gpu-instance-idle")
                        && finding.get("resource_name").asText().equals(name))
                .flatMap(finding -> AwsRun.each(finding.at("/remedy/commands")))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void without_an_agent_a_machine_is_not_examined_and_with_one_its_percentages_are_shares() throws Exception {
        project.machines(
                null,
                null,
                GoogleProject.machine("reported", "11", "a2-highgpu-1g"),
                GoogleProject.machine("unreported", "12", "a2-highgpu-1g"));
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            project.series(
                    "agent.googleapis.com/gpu/utilization",
                    aligner,
                    GoogleProject.oneSeries("", "\"instance_id\": \"11\"", START, HOURS, "\"doubleValue\": 0.5"));
        }
        project.neverWrote("kubernetes.io/node/accelerator/duty_cycle");
        JsonNode audit = judged(0, "", "gpu-instance-idle");
        JsonNode hours = AwsRun.resource(audit, "reported").at("/hour_of_week/gpu_utilization");
        assertThat(hours.get(0).asDouble()).isEqualTo(0.005);
        assertThat(AwsRun.resource(audit, "unreported")
                                .at("/hour_of_week/gpu_utilization")
                                .isMissingNode()
                        || AwsRun.resource(audit, "unreported")
                                .at("/hour_of_week/gpu_utilization")
                                .isNull())
                .isTrue();
        assertThat(AwsRun.found(audit, "gpu-instance-idle")).doesNotContain("unreported");
    }

    @Test
    void a_notebook_is_one_resource_with_the_machine_it_runs_on() throws Exception {
        JsonNode notebooks = GoogleProject.recorded(
                "notebook_v2/get-notebooks.googleapis.com-v2-projects-cloud-custodian-locations---instances_1.json");
        ObjectNode machine =
                GoogleProject.machine("c7n-notebook-public-default-e84a", "4532768441233380276", "g2-standard-4");
        machine.putObject("labels").put("notebooks-product", "workbench-instances");
        machine.put("zone", machine.get("zone").asText().replace("us-east4-c", "us-east1-b"));
        ObjectNode ofVersion1 = GoogleProject.machine("old-notebook", "77", "g2-standard-4");
        ofVersion1
                .putObject("metadata")
                .putArray("items")
                .addObject()
                .put("key", "notebooks-api")
                .put("value", "PROD");
        project.answers("/v2/projects/" + ID + "/locations/-/instances", notebooks.toString())
                .machines(null, null, machine, ofVersion1);
        JsonNode audit = read(0, "");
        JsonNode unlisted = AwsRun.resource(audit, "old-notebook");
        assertThat(unlisted.get("kind").asText()).isEqualTo("notebook");
        assertThat(unlisted.get("machine_type").asText()).isEqualTo("g2-standard-4");
        assertThat(unlisted.get("accelerator").asText()).isEqualTo("L4");
        JsonNode notebook = AwsRun.resource(audit, "c7n-notebook-public-default-e84a");
        assertThat(notebook.get("kind").asText()).isEqualTo("notebook");
        assertThat(notebook.get("resource_id").asText())
                .isEqualTo("//compute.googleapis.com/projects/1098479648729/zones/us-east1-b/instances/"
                        + "4532768441233380276");
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("name").asText()))
                .as("one row each")
                .doesNotHaveDuplicates();
        assertThat(AwsRun.each(audit.get("resources"))
                        .map(resource -> resource.get("kind").asText()))
                .containsOnly("notebook");
    }

    @Test
    void a_whole_folder_is_read_and_a_project_that_is_closed_is_a_gap() throws Exception {
        new GoogleProject(google, "acme-open").empty();
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v1/folders/345:searchAllResources"))
                        .withQueryParam("pageToken", absent())
                        .willReturn(okJson("{\"results\": [{\"name\": "
                                + "\"//cloudresourcemanager.googleapis.com/projects/"
                                + "acme-open\"}], \"nextPageToken\": \"second\"}")));
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v1/folders/345:searchAllResources"))
                        .withQueryParam("pageToken", equalTo("second"))
                        .willReturn(okJson("{\"results\": [{\"name\": "
                                + "\"//cloudresourcemanager.googleapis.com/projects/acme-closed\"}]}")));
        project.refuses(
                "/v3/projects/acme-closed",
                403,
                "PERMISSION_DENIED",
                "IAM_PERMISSION_DENIED",
                "The caller does not have permission");
        project.answers("/bigquery/v2/projects/acme-closed/datasets", "{\"kind\": \"bigquery#datasetList\"}");
        JsonNode audit = read(4, "folders: [\"345\"]\n");
        assertThat(gaps(audit))
                .singleElement()
                .asString()
                .startsWith("acme-closed: access denied for resourcemanager.projects.get");
    }

    @Test
    void the_check_tries_every_permission() throws Exception {
        GoogleRun all = GoogleRun.command(google, folder, "", "sources", "check", "gcp");
        assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
        assertThat(all.out())
                .contains(
                        "ready      cloud-custodian compute.instances.list",
                        "ready      cloud-custodian bigquery.datasets.get")
                .doesNotContainPattern("(?m)^ *missing ");
        project.refuses(
                INSTANCES,
                403,
                "PERMISSION_DENIED",
                "IAM_PERMISSION_DENIED",
                "Required 'compute.instances.list' permission");
        GoogleRun denied = GoogleRun.command(google, folder, "", "sources", "check", "gcp");
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.out())
                .contains("missing    cloud-custodian compute.instances.list", "- compute.instances.list");
    }

    /** What is granted on a dataset or a key is tried on those that there are. */
    @Test
    void the_check_tries_what_takes_a_table_or_a_key_on_those_that_it_finds() throws Exception {
        String datasets = "/bigquery/v2/projects/cloud-custodian/datasets";
        String table = datasets + "/billing/tables/gcp_billing_export_resource_v1_010101_010101_010101";
        project.answers(datasets, """
                {"datasets": [{"datasetReference": {"projectId": "cloud-custodian", "datasetId": "billing"}}]}""");
        project.answers(datasets + "/billing/tables", """
                {"tables": [{"tableReference": {"projectId": "cloud-custodian", "datasetId": "billing", "tableId": \
                "gcp_billing_export_resource_v1_010101_010101_010101"}}]}""");
        project.answers(table, "{\"type\": \"TABLE\"}");
        project.answers(table + "/data", "{\"totalRows\": \"0\"}");
        String key = "projects/cloud-custodian/locations/europe-west4/keyRings/ring/cryptoKeys/models";
        project.answers("/v1/projects/cloud-custodian/cryptoKeys", "{\"cryptoKeys\": [{\"name\": \"" + key + "\"}]}");
        project.answers("/v1/" + key + "/protectedResourcesSummary", "{\"resourceCount\": \"0\"}");
        GoogleRun all = GoogleRun.command(google, folder, "", "sources", "check", "gcp");
        assertThat(all.out())
                .contains(
                        "ready      cloud-custodian bigquery.tables.list",
                        "ready      cloud-custodian bigquery.tables.getData",
                        "ready      cloud-custodian cloudkms.protectedResources.search")
                .containsPattern("ready +cloud-custodian bigquery.tables.get\\s*\\R");
        for (String refused : List.of(table + "/data", "/v1/" + key + "/protectedResourcesSummary")) {
            project.refuses(refused, 403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", "Permission denied");
        }
        GoogleRun denied = GoogleRun.command(google, folder, "", "sources", "check", "gcp");
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.out())
                .contains(
                        "missing    cloud-custodian bigquery.tables.getData",
                        "missing    cloud-custodian cloudkms.protectedResources.search",
                        "ready      cloud-custodian bigquery.tables.list");
    }
}
