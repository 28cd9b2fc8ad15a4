package io.aiaudit.collect.gcp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that lack what Google always has in them, and evidence that may not be read: gaps, never "none". */
@Outside
class GoogleWithoutContentTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String OTHER = "acme-dev";
    private static final Window WINDOW = Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 3));

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
        GoogleEverything.fill(new GoogleProject(google, ID).empty(), ID, Math.toIntExact(WINDOW.hours()));
    }

    private Gathered gather(String... projects) throws Exception {
        return new GoogleGather(google, folder).read(WINDOW, List.of(), List.of(projects), List.of("us-central1"));
    }

    private static void answer(String path, ResponseDefinitionBuilder response) {
        google.wireMock().stubFor(any(urlPathMatching(path)).atPriority(1).willReturn(response));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/compute/v1/projects/cloud-custodian/aggregated/disks",
                "/compute/v1/projects/cloud-custodian/aggregated/reservations",
                "/compute/v1/projects/cloud-custodian/aggregated/commitments",
                "/compute/v1/projects/cloud-custodian/aggregated/forwardingRules",
                "/compute/v1/projects/cloud-custodian/aggregated/instances",
                "/compute/v1/projects/cloud-custodian/zones/.*/instanceGroupManagers/.*",
                "/v1/projects/cloud-custodian/billingInfo",
                "/v3/organizations/9:getIamPolicy",
                "/v3/projects/cloud-custodian:getIamPolicy",
                "/bigquery/v2/projects/cloud-custodian/datasets"
            })
    void an_answer_of_a_service_that_always_says_what_it_is_of_is_a_gap_where_it_says_nothing(String path)
            throws Exception {
        answer(path, okJson("{}"));
        assertThat(gather(ID).gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem()).endsWith(" failed: the response has no content."));
    }

    /** Google leaves empty lists out: what the inventory of the project has shows that this one is not empty. */
    @ParameterizedTest
    @CsvSource({
        "/v1/projects/cloud-custodian/locations/-/clusters, container.googleapis.com/Cluster, clusters",
        "/v1/projects/cloud-custodian/locations/-/services, run.googleapis.com/Service, services",
        "/v2/projects/cloud-custodian/locations/-/instances, notebooks.googleapis.com/Instance, notebooks",
        "/v2/projects/cloud-custodian/locations/-/nodes, tpu.googleapis.com/Node, tpus"
    })
    void a_list_of_all_locations_without_content_is_a_gap_where_the_inventory_has_something(
            String path, String type, String what) throws Exception {
        answer(path, okJson("{}"));
        assertThat(everywhere().gaps)
                .as("without any in the inventory there are none")
                .isEmpty();
        answer(
                "/v1/projects/" + ID + ":searchAllResources",
                okJson("{\"results\": [{\"location\": \"europe-west4\", \"assetType\": \"" + type + "\"}]}"));
        assertThat(everywhere().gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).isEqualTo(ID + " " + what);
            assertThat(gap.problem())
                    .isEqualTo("the response is incomplete: it has no " + what + ", though Cloud Asset Inventory has "
                            + "some.");
        });
        assertThat(google.wireMock().findAll(anyRequestedFor(urlPathMatching(".*/europe-west4/endpoints"))))
                .as("Vertex AI is not looked for where only others are")
                .isEmpty();
    }

    /** The lists of Vertex AI are, which need to know their locations. */
    @Test
    void lists_without_content_are_whole_though_the_inventory_may_not_be_read() throws Exception {
        answer("/v1/projects/" + ID + "/locations/-/services", okJson("{}"));
        answer("/v2/projects/" + ID + "/locations/-/nodes", okJson("{}"));
        String assets = "/v1/projects/" + ID + ":searchAllResources";
        answer(assets, GoogleProject.refusal(403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", "no"));
        assertThat(everywhere().gaps)
                .isNotEmpty()
                .allSatisfy(gap ->
                        assertThat(gap.problem()).startsWith("access denied for cloudasset.assets.searchAllResources"))
                .noneSatisfy(gap -> assertThat(gap.scope()).contains("services"))
                .noneSatisfy(gap -> assertThat(gap.scope()).contains("tpus"));
    }

    private Gathered everywhere() throws Exception {
        google.wireMock().resetRequests();
        return new GoogleGather(google, folder).read(WINDOW, List.of(), List.of(ID), List.of());
    }

    /** Google has no list that answers without a body. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/cloud-custodian/locations/-/clusters",
                "/v1/projects/cloud-custodian/locations/us-central1/endpoints",
                "/v2/projects/cloud-custodian/locations/-/nodes",
                "/v3/projects/cloud-custodian/timeSeries"
            })
    void an_answer_without_a_body_is_a_gap(String path) throws Exception {
        answer(path, aResponse().withStatus(204));
        assertThat(gather(ID).gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem()).endsWith(" failed: it is empty."));
    }

    @Test
    void a_project_without_a_name_in_its_answer_is_a_gap_and_its_siblings_are_read() throws Exception {
        new GoogleProject(google, OTHER).empty();
        answer("/v3/projects/" + OTHER, okJson("{}"));
        Gathered gathered = gather(OTHER, ID);
        assertThat(gathered.resources)
                .isNotEmpty()
                .noneSatisfy(resource -> assertThat(resource.resourceId()).contains("projects/null"));
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.toString())
                        .contains(OTHER, "projects.get failed: the response has no name of the project"));
    }

    @Test
    void a_policy_above_the_project_that_may_not_be_read_is_a_gap_that_names_it() throws Exception {
        answer(
                "/v3/organizations/9:getIamPolicy",
                GoogleProject.refusal(403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", "no"));
        Gathered gathered = gather(ID);
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).isEqualTo(ID + " policies of organizations/9");
            assertThat(gap.problem()).startsWith("access denied for resourcemanager.organizations.getIamPolicy");
        });
        assertThat(gathered.resource("The " + ID).attributes()).doesNotContainKey("model_call_logging");
    }

    @Test
    void policies_above_several_projects_are_read_once() throws Exception {
        GoogleProject other = new GoogleProject(google, OTHER).empty();
        other.posts("/v1/projects/" + OTHER + ":getAncestry", """
                {"ancestor": [{"resourceId": {"type": "project", "id": "acme-dev"}}, {"resourceId": {"type": "folder", \
                "id": "7"}}, {"resourceId": {"type": "organization", "id": "9"}}]}""");
        assertThat(gather(ID, OTHER).gaps).isEmpty();
        google.wireMock().verify(1, postRequestedFor(urlPathEqualTo("/v3/organizations/9:getIamPolicy")));
        google.wireMock().verify(1, postRequestedFor(urlPathEqualTo("/v3/folders/7:getIamPolicy")));
    }

    @Test
    void list_prices_that_are_refused_name_no_permission_and_are_one_gap() throws Exception {
        answer("/v1/services/.*/skus", GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no"));
        Gathered gathered = gather(ID);
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.problem()).isEqualTo("Google refused its list prices, which need no permission.");
            assertThat(gap.fix()).doesNotContain("role");
        });
        answer("/v1/services/.*/skus", okJson("<html>a proxy</html>"));
        assertThat(gather(ID).gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem())
                        .isEqualTo("Cloud Billing sent an answer that broke off or is not JSON."));
    }

    /** That an instance runs is no work. */
    @Test
    void a_number_of_replicas_that_fails_leaves_the_requests_of_the_endpoint_as_they_are() throws Exception {
        google.wireMock()
                .stubFor(any(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries"))
                        .withQueryParam("filter", containing("run.googleapis.com/container/instance_count"))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no")));
        Gathered gathered = gather(ID);
        assertThat(gathered.gaps).hasSize(1);
        assertThat(gathered.metric("generate", "replicas")).isEmpty();
        assertThat(gathered.metric("generate", "requests")).isNotEmpty();
        assertThat(gathered.resources)
                .noneSatisfy(resource -> assertThat(resource.attributes()).containsKey("unread_metrics"));
    }

    /** Beside one that lacks what its id is made of, another one that lacks only what may be unknown. */
    @Test
    void what_lacks_its_name_is_a_gap_and_takes_no_other_with_it() throws Exception {
        String gpus = "\"machineType\": \"x/a2-highgpu-1g\"";
        String dedicated = "\"dedicatedResources\": {\"machineSpec\": {" + gpus + "}}";
        answer("/compute/v1/projects/" + ID + "/aggregated/instances", """
                {"items": {"zones/us-central1-a": {"instances": [
                  {"name": "without-id", "zone": "x/us-central1-a", %1$s},
                  {"name": "machine", "id": "5", "zone": "x/us-central1-a", %1$s}]}}}""".formatted(gpus));
        answer("/compute/v1/projects/" + ID + "/aggregated/disks", """
                {"items": {"zones/us-central1-a": {"disks": [{"name": "without-id"},
                  {"name": "disk", "id": "6", "zone": "x/us-central1-a"}]}}}""");
        answer("/v2/projects/" + ID + "/locations/-/nodes", """
                {"nodes": [{"acceleratorType": "v5litepod-8", "state": "READY"},
                  {"name": "projects/p/locations/us-central1-a/nodes/tpu", "acceleratorType": "v5litepod-8"}]}""");
        answer("/v2/projects/" + ID + "/locations/-/instances", """
                {"instances": [{"state": "ACTIVE"}, {"name": "projects/p/locations/us-central1-a/instances/lab"}]}""");
        answer("/v1/projects/" + ID + "/locations/-/clusters", """
                {"clusters": [{"nodePools": [{"name": "of-none", "config": {"machineType": "a2-highgpu-1g"}}]},
                  {"name": "c", "location": "us-central1",
                   "nodePools": [{"name": "pool", "config": {"machineType": "a2-highgpu-1g"}}]}]}""");
        answer("/v1/projects/" + ID + "/locations/us-central1/endpoints", """
                {"endpoints": [{"displayName": "no-name", "deployedModels": [{"id": "1", %1$s}]},
                  {"name": "projects/p/locations/us-central1/endpoints/7", "deployedModels": [{"displayName": "no-id"},
                    {"id": "1", %1$s}]}]}""".formatted(dedicated));
        answer("/v1/projects/" + ID + "/locations/us-central1/customJobs", """
                {"customJobs": [{"displayName": "no-name", "startTime": "2026-06-02T00:00:00Z"},
                  {"name": "projects/p/locations/us-central1/customJobs/8", "startTime": "2026-06-02T00:00:00Z"}]}""");
        Gathered gathered = gather(ID);
        assertThat(gathered.resources)
                .extracting(Resource::name)
                .contains("machine", "disk", "tpu", "lab", "c/pool", "7/1", "8");
        assertThat(gathered.resources)
                .extracting(resource -> resource.resourceId() + " " + resource.state() + " " + resource.workload())
                .noneMatch(text -> text.matches(".*/null(/.*)?|.* null/.*"));
        assertThat(List.of(gathered.resource("tpu"), gathered.resource("lab")))
                .allSatisfy(thing -> assertThat(thing.replicas())
                        .as("of which it is unknown whether it runs")
                        .isNull());
        assertThat(gathered.gaps)
                .filteredOn(gap -> gap.problem().contains("lacks"))
                .extracting(gap -> gap.scope().replace(ID + " ", "")
                        + gap.problem().replaceFirst("the response( lacks \".*\"), which is needed[.]", "$1"))
                .containsExactlyInAnyOrder(
                        "instances of without-id lacks \"id\"",
                        "disks of without-id lacks \"region\"",
                        "tpus lacks \"name\"",
                        "endpoints lacks \"name\"",
                        "endpoints of 7 lacks \"id\"",
                        "jobs lacks \"name\"",
                        "notebooks lacks \"name\"",
                        "node pools of of-none lacks \"location\"");
    }

    private static void answer(String path, String json) {
        answer(path, okJson(json));
    }
}
