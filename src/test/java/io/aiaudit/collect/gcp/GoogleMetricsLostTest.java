package io.aiaudit.collect.gcp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics that Cloud Monitoring does not return, though what they are of is in service: never zeros. */
@Outside
class GoogleMetricsLostTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final Window WINDOW = Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 15));
    private static final String UNREAD = "unread_metrics";

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void fill() throws Exception {
        google.reset();
        GoogleEverything.fill(new GoogleProject(google, ID).empty(), ID);
    }

    private Gathered gather() throws Exception {
        return new GoogleGather(google, folder).read(WINDOW, List.of(), List.of(ID), List.of("us-central1"));
    }

    private static void series(String filter, ResponseDefinitionBuilder response) {
        google.wireMock()
                .stubFor(any(urlPathMatching("/v3/projects/.*/timeSeries"))
                        .withQueryParam("filter", containing(filter))
                        .atPriority(1)
                        .willReturn(response));
    }

    private static ResponseDefinitionBuilder unknown() {
        return GoogleProject.refusal(404, "NOT_FOUND", "NOT_FOUND", "Cannot find metric(s) that match type");
    }

    private static List<String> unread(Gathered gathered, String name) {
        String id = gathered.resource(name).resourceId();
        return gathered.resources.stream()
                .filter(resource -> resource.resourceId().equals(id))
                .map(resource -> resource.attributes().get(UNREAD))
                .filter(Objects::nonNull)
                .flatMap(metrics -> Arrays.stream(metrics.split(",")))
                .toList();
    }

    /** They are known in every project, whether or not something wrote them. */
    @ParameterizedTest
    @CsvSource({
        "compute.googleapis.com/instance/cpu/utilization, idle, cpu_utilization",
        "aiplatform.googleapis.com/prediction/online/private/response_count, chat/c7n-metrics-deploy-0632360e, "
                + "requests",
        "run.googleapis.com/request_count, generate, requests",
        "ml.googleapis.com/training/cpu/utilization, fine-tune, cpu_utilization",
        "tpu.googleapis.com/tpu/mxu/utilization, old, gpu_utilization"
    })
    void what_google_itself_writes_and_does_not_find_is_a_gap_and_no_zero(String type, String name, String metric)
            throws Exception {
        series("\"" + type + "\"", unknown());
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).contains(type));
        assertThat(gathered.metric(name, metric)).isEmpty();
        assertThat(unread(gathered, name)).contains(metric);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_invocation_count", "dedicated_gsu_limit"})
    void models_of_publishers_that_are_not_found_are_a_gap(String metric) throws Exception {
        series("publisher/online_serving/" + metric, unknown());
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem()).contains("Cannot find metric"));
    }

    /** Units that are paid for whether or not they are called would be lost silently. */
    @ParameterizedTest
    @CsvSource({"dedicated_gsu_limit, units", "dedicated_token_limit, limit of tokens"})
    void throughput_of_which_only_one_of_units_and_tokens_came_is_a_gap(String metric, String what) throws Exception {
        series("publisher/online_serving/" + metric, okJson("{}"));
        assertThat(gather().gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).endsWith("provisioned throughput of gemini-2.5-flash");
            assertThat(gap.problem())
                    .isEqualTo("the response is incomplete: it has no " + what + " of gemini-2.5-flash.");
        });
    }

    @Test
    void models_that_make_pictures_have_units_and_no_tokens() throws Exception {
        String labels = "\"model_user_id\": \"imagen-4.0-generate-001\", \"location\": \"us-central1\", "
                + "\"publisher\": \"google\"";
        series(
                "publisher/online_serving/dedicated_gsu_limit",
                okJson("{\"timeSeries\": ["
                        + GoogleProject.oneSeries(
                                "", labels, Instant.parse("2026-06-01T00:00:00Z"), 336, "\"int64Value\": \"3\"")
                        + "]}"));
        series("publisher/online_serving/dedicated_token_limit", okJson("{}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.resource("imagen-4.0-generate-001 provisioned").replicas())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent.googleapis.com/gpu/utilization", "kubernetes.io/node/accelerator/duty_cycle"})
    void what_is_written_only_by_what_is_installed_is_unknown_without_it(String type) throws Exception {
        series("\"" + type + "\"", unknown());
        Gathered gathered = gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.metric(type.startsWith("agent") ? "idle" : "gke-node-1", "gpu_utilization"))
                .as("nothing, not even zeros")
                .isEmpty();
    }

    @Test
    void not_one_series_of_all_that_runs_is_a_gap_and_nothing_is_known_of_it() throws Exception {
        old(1);
        series("metric.type", okJson("{}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .extracting(gap -> gap.scope())
                .contains(ID + "/instance metrics", ID + "/endpoint metrics", ID + "/service metrics");
        assertThat(gathered.gaps)
                .allSatisfy(gap -> assertThat(gap.problem())
                        .startsWith("the response is incomplete: not one series of any metric, though ")
                        .endsWith(" runs."));
        assertThat(gathered.metrics).extracting(MetricHour::metric).isEmpty();
        assertThat(unread(gathered, "generate")).contains("requests", "gpu_utilization");
        assertThat(unread(gathered, "chat/c7n-metrics-deploy-0632360e")).contains("requests");
        assertThat(unread(gathered, "idle")).contains("cpu_utilization", "network_bytes", "gpu_utilization");
    }

    /** The near miss is any metric that need not be written. */
    @ParameterizedTest
    @CsvSource({
        "compute.googleapis.com/instance/cpu/utilization, idle, cpu_utilization, true",
        "compute.googleapis.com/instance/network/sent_bytes_count, idle, network_bytes, false",
        "aiplatform.googleapis.com/prediction/online/replicas, chat/c7n-metrics-deploy-0632360e, replicas, false",
        "agent.googleapis.com/gpu/utilization, idle, gpu_utilization, false"
    })
    void what_all_that_runs_writes_and_nothing_has_a_series_of_is_a_gap(
            String type, String name, String metric, boolean isGap) throws Exception {
        old(1);
        series("\"" + type + "\"", okJson("{}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .extracting(gap -> gap.scope() + ": " + gap.problem())
                .filteredOn(gap -> gap.contains(type))
                .hasSize(isGap ? 1 : 0)
                .allMatch(gap -> gap.contains("the response is incomplete: not one series, though "));
        if (isGap) {
            assertThat(gathered.metric(name, metric)).isEmpty();
        }
        assertThat(unread(gathered, name).contains(metric)).isEqualTo(isGap);
    }

    /** Without the agent there is neither; who has memory has use. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void use_of_accelerators_that_is_not_returned_beside_their_memory_is_a_gap(boolean hasMemory) throws Exception {
        series("agent.googleapis.com/gpu/utilization", okJson("{}"));
        String memory = GoogleProject.oneSeries(
                "", "\"instance_id\": \"11\"", Instant.parse("2026-06-01T00:00:00Z"), 336, "\"doubleValue\": 5e9");
        series(
                "agent.googleapis.com/gpu/memory/bytes_used",
                okJson("{\"timeSeries\": [" + (hasMemory ? memory : "") + "]}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .extracting(gap -> gap.scope() + ": " + gap.problem())
                .hasSize(hasMemory ? 1 : 0)
                .allMatch(gap -> gap.contains("agent.googleapis.com/gpu/utilization instance metrics: the response is "
                        + "incomplete: not one series, though there are some of "
                        + "agent.googleapis.com/gpu/memory/bytes_used."));
        assertThat(unread(gathered, "idle").contains("gpu_utilization")).isEqualTo(hasMemory);
    }

    /** The near miss: what is stopped, new or may scale to none writes nothing. */
    @Test
    void where_nothing_runs_no_series_is_a_true_answer() throws Exception {
        old(0);
        ObjectNode stopped = GoogleProject.machine("stopped", "11", "a2-highgpu-1g");
        stopped.put("status", "TERMINATED").put("creationTimestamp", "2026-01-05T00:00:00.000-08:00");
        ObjectNode young = GoogleProject.machine("new", "12", "a2-highgpu-1g");
        young.put("creationTimestamp", "2026-06-14T12:00:00.000-08:00");
        ObjectNode started = GoogleProject.machine("started", "13", "a2-highgpu-1g");
        started.put("creationTimestamp", "2026-01-05T00:00:00.000-08:00")
                .put("lastStartTimestamp", "2026-06-20T00:00:00.000-08:00");
        new GoogleProject(google, ID).machines(null, null, stopped, young, started);
        new GoogleProject(google, ID)
                .answers("/v1/projects/" + ID + "/locations/-/services", "{}")
                .answers("/v2/projects/" + ID + "/locations/-/instances", "{}");
        series("metric.type", okJson("{}"));
        Gathered gathered = gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.metric("chat/c7n-metrics-deploy-0632360e", "requests"))
                .as("deployed, and answered for: zeros")
                .isNotEmpty();
    }

    /** Ids of endpoints are chosen by their owners, who choose the same in each location. */
    @Test
    void an_endpoint_of_the_same_id_in_another_location_has_its_own_requests() throws Exception {
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        ((ObjectNode) recorded.at("/endpoints/0/deployedModels/0")).put("createTime", "2026-01-01T00:00:00Z");
        new GoogleProject(google, ID)
                .answers("/v1/projects/" + ID + "/locations/us-central1/endpoints", recorded.toString())
                .answers(
                        "/v1/projects/" + ID + "/locations/europe-west4/endpoints",
                        recorded.toString().replace("us-central1", "europe-west4"));
        String model = recorded.at("/endpoints/0/deployedModels/0/id").asText();
        String endpoint = "\"endpoint_id\": \"c7n-endpoint-default-7509\", \"location\": ";
        series(
                "prediction/online/prediction_count",
                okJson("{\"timeSeries\": ["
                        + GoogleProject.oneSeries(
                                "\"deployed_model_id\": \"" + model + "\"",
                                endpoint + "\"europe-west4\"",
                                Instant.parse("2026-06-01T00:00:00Z"),
                                336,
                                "\"int64Value\": \"90\"")
                        + "]}"));
        Gathered gathered = new GoogleGather(google, folder)
                .read(WINDOW, List.of(), List.of(ID), List.of("us-central1", "europe-west4"));
        assertThat(requests(gathered, "europe-west4")).isNotEmpty().containsOnly(90.0);
        assertThat(requests(gathered, "us-central1")).isNotEmpty().containsOnly(0.0);
    }

    private static List<Double> requests(Gathered gathered, String location) {
        return gathered.metrics.stream()
                .filter(hour -> hour.metric().equals("requests"))
                .filter(hour -> hour.resourceId().contains("/locations/" + location + "/endpoints/"))
                .map(MetricHour::total)
                .toList();
    }

    /** Which of the two a series is of is unknown: neither has it, and neither is idle. */
    @Test
    void what_two_resources_have_under_one_name_is_of_neither_of_them() throws Exception {
        List<ObjectNode> nodes = new ArrayList<>();
        for (String number : List.of("12", "13")) {
            ObjectNode node = GoogleProject.inIowa(GoogleProject.machine("gke-node-1", number, "a2-highgpu-1g"));
            node.putObject("labels")
                    .put("goog-k8s-cluster-name", "serving" + number)
                    .put("goog-k8s-node-pool-name", "gpus")
                    .put("goog-k8s-cluster-location", "us-central1-a");
            nodes.add(node);
        }
        new GoogleProject(google, ID)
                .answers(
                        "/compute/v1/projects/" + ID + "/aggregated/instances",
                        "{\"items\": {\"zones/us-central1-a\": {\"instances\": " + nodes + "}}}");
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .filteredOn(gap -> gap.scope().startsWith(ID + "/instance metrics"))
                .extracting(gap -> gap.problem())
                .containsExactly("several resources have one name in Cloud Monitoring, so which of them a metric is "
                        + "of is unknown.");
        assertThat(gathered.metric("gke-node-1", "gpu_utilization")).isEmpty();
        assertThat(unread(gathered, "gke-node-1")).contains("gpu_utilization");
    }

    /** Derived: the recorded model, deployed before the window with so many replicas. */
    private static void old(int replicas) throws Exception {
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        ObjectNode endpoint = (ObjectNode) recorded.at("/endpoints/0");
        endpoint.put("displayName", "chat");
        ObjectNode model = (ObjectNode) endpoint.at("/deployedModels/0");
        model.put("createTime", "2026-01-01T00:00:00Z");
        ((ObjectNode) model.get("status")).put("availableReplicaCount", replicas);
        new GoogleProject(google, ID)
                .answers("/v1/projects/" + ID + "/locations/us-central1/endpoints", recorded.toString());
    }
}
