package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleRequests;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One scan of a folder with three projects: one trains, one serves, and one is closed to us. */
@Outside
class GoogleOrganizationTest {
    private static final String TRAIN = "acme-train";
    private static final String SERVE = "acme-serve";
    private static final String CLOSED = "acme-closed";
    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int HOURS = 14 * 24;

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        google = GoogleServer.start();
        trains(new GoogleProject(google, TRAIN).empty());
        serves(new GoogleProject(google, SERVE).empty());
        new GoogleProject(google, CLOSED)
                .answers("/bigquery/v2/projects/" + CLOSED + "/datasets", "{\"kind\": \"bigquery#datasetList\"}")
                .refuses(
                        "/v3/projects/" + CLOSED,
                        403,
                        "PERMISSION_DENIED",
                        "IAM_PERMISSION_DENIED",
                        "The caller does not have permission");
        StringBuilder projects = new StringBuilder();
        for (String project : List.of(TRAIN, SERVE, CLOSED)) {
            projects.append(projects.isEmpty() ? "" : ",")
                    .append("{\"name\": \"//cloudresourcemanager.googleapis.com/projects/" + project + "\"}");
        }
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v1/folders/345:searchAllResources"))
                        .willReturn(okJson("{\"results\": [" + projects + "]}")));
    }

    private static void trains(GoogleProject project) throws Exception {
        project.machines(
                null,
                null,
                GoogleProject.inIowa(GoogleProject.machine("train-idle", "11", "a2-highgpu-1g")),
                GoogleProject.inIowa(GoogleProject.machine("train-busy", "12", "a2-highgpu-1g")),
                GoogleProject.inIowa(GoogleProject.withAttached(
                        GoogleProject.machine("attached-idle", "13", "n1-standard-8"), "nvidia-tesla-t4", 1)),
                GoogleProject.inIowa(GoogleProject.machine("without-agent", "14", "g2-standard-4")),
                GoogleProject.inIowa(GoogleProject.machine("without-accelerators", "15", "n1-standard-8")));
        List<String> agent = new ArrayList<>();
        agent.add(hours("\"instance_id\": \"11\"", "\"doubleValue\": 0"));
        agent.add(hours("\"instance_id\": \"12\"", "\"doubleValue\": 91"));
        agent.add(hours("\"instance_id\": \"13\"", "\"doubleValue\": 0"));
        agent.add(hours("\"instance_id\": \"21\"", "\"doubleValue\": 0"));
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            project.series("agent.googleapis.com/gpu/utilization", aligner, agent.toArray(String[]::new))
                    .series(
                            "tpu.googleapis.com/accelerator/duty_cycle",
                            aligner,
                            hours("\"location\": \"us-central1-a\"", "\"doubleValue\": 0"),
                            hours("\"location\": \"us-central1-b\"", "\"doubleValue\": 80"));
        }
        project.answers("/v2/projects/" + TRAIN + "/locations/-/nodes", """
                {"nodes": [{"name": "projects/%1$s/locations/us-central1-a/nodes/tpu-idle", "acceleratorType": \
                "v5litepod-8", "state": "READY", "createTime": "%2$s"},
                  {"name": "projects/%1$s/locations/us-central1-b/nodes/tpu-busy", "acceleratorType": "v5litepod-8", \
                "state": "READY", "createTime": "%2$s"}]}""".formatted(TRAIN, OLD));
        ObjectNode notebook = (ObjectNode) GoogleProject.recorded("notebook_v2/"
                        + "get-notebooks.googleapis.com-v2-projects-cloud-custodian-locations---instances_1."
                        + "json")
                .at("/instances/0");
        notebook.put("name", "projects/" + TRAIN + "/locations/us-central1-a/instances/for-weeks")
                .put("createTime", OLD)
                .put("state", "ACTIVE");
        ObjectNode setup = (ObjectNode) notebook.get("gceSetup");
        setup.put("instanceId", "21").put("machineType", "g2-standard-4");
        project.answers("/v2/projects/" + TRAIN + "/locations/-/instances", "{\"instances\": [" + notebook + "]}");
        project.series(
                "compute.googleapis.com/instance/cpu/utilization",
                "ALIGN_MEAN",
                hours("\"instance_id\": \"21\"", "\"doubleValue\": 0.01"));
    }

    private static void serves(GoogleProject project) throws Exception {
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        project.answers(
                "/v1/projects/" + SERVE + "/locations/us-central1/endpoints",
                "{\"endpoints\": [" + GoogleScanTest.derived(recorded, "idle", "41", 2) + ","
                        + GoogleScanTest.derived(recorded, "busy", "42", 1) + "]}");
        project.series(
                "aiplatform.googleapis.com/prediction/online/prediction_count",
                "ALIGN_DELTA",
                GoogleProject.oneSeries(
                        "\"deployed_model_id\": \"42\"",
                        "\"endpoint_id\": \"busy\", \"location\": \"us-central1\"",
                        START,
                        HOURS,
                        "\"int64Value\": \"90\""));
        String units = "\"model_user_id\": \"%s\", \"location\": \"us-central1\", \"publisher\": \"google\"";
        project.series(
                        "publisher/online_serving/dedicated_gsu_limit",
                        "ALIGN_MAX",
                        hours(units.formatted("gemini-2.5-pro"), "\"int64Value\": \"4\""),
                        hours(units.formatted("gemini-2.5-flash"), "\"int64Value\": \"1\""))
                .series(
                        "publisher/online_serving/dedicated_token_limit",
                        "ALIGN_MAX",
                        hours(units.formatted("gemini-2.5-pro"), "\"int64Value\": \"2600\""),
                        hours(units.formatted("gemini-2.5-flash"), "\"int64Value\": \"2690\""))
                .series(
                        "publisher/online_serving/token_count",
                        "ALIGN_DELTA",
                        hours(units.formatted("gemini-2.5-flash"), "\"int64Value\": \"70000\""));
        project.refuses(
                "/v2/projects/" + SERVE + "/locations/-/nodes",
                403,
                "PERMISSION_DENIED",
                "SERVICE_DISABLED",
                "Cloud TPU API has not been used in project " + SERVE + " before or it is disabled");
    }

    private static String hours(String labels, String value) {
        return GoogleProject.oneSeries("", labels, START, HOURS, value);
    }

    @Test
    void what_is_idle_in_the_projects_of_a_folder_is_found_by_name_and_a_closed_project_is_a_gap() throws Exception {
        GoogleRun run = GoogleRun.scan(
                google,
                folder,
                "folders: [\"345\"]\nlocations: [us-central1]\n",
                "--window",
                "2026-06-01/2026-06-15",
                "-f",
                "json");
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        JsonNode audit = run.audit();
        TreeMap<String, List<String>> found = new TreeMap<>();
        for (JsonNode finding : audit.get("findings")) {
            found.computeIfAbsent(finding.get("rule").asText(), any -> new ArrayList<>())
                    .add(finding.get("account_id").asText() + " "
                            + finding.get("resource_name").asText());
        }
        found.values().forEach(names -> names.sort(null));
        assertThat(found)
                .containsEntry(
                        "gpu-instance-idle",
                        List.of(
                                TRAIN + " attached-idle",
                                TRAIN + " for-weeks",
                                TRAIN + " tpu-idle",
                                TRAIN + " train-idle"))
                .containsEntry("inference-endpoint-idle", List.of(SERVE + " idle/c7n-metrics-deploy-0632360e"))
                .containsEntry("notebook-idle", List.of(TRAIN + " for-weeks"))
                .containsEntry("provisioned-throughput-idle", List.of(SERVE + " gemini-2.5-pro provisioned"));
        assertThat(AwsRun.each(audit.get("gaps"))
                        .map(gap -> gap.get("scope").asText() + ": "
                                + gap.get("problem").asText())
                        .toList())
                .singleElement()
                .asString()
                .startsWith(CLOSED + ": access denied for resourcemanager.projects.get");
        assertThat(audit.get("warnings").toString())
                .contains("Not available, because the API is disabled in the project: tpus in " + SERVE + ".");
        assertThat(GoogleRequests.faults(google.wireMock().findAll(anyRequestedFor(anyUrl()))))
                .isEmpty();
    }
}
