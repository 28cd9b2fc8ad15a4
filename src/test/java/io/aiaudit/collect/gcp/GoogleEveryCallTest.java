package io.aiaudit.collect.gcp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.collect.Operations;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleAnswers;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleRequests;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call that a scan makes: in two pages, refused at first, refused for good, and not answered whole. */
@Outside
class GoogleEveryCallTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String NAMES =
            "a100-pool chat chat/c7n-metrics-deploy-0632360e fine-tune gemini-2.5-flash-provisioned gemini-2.5-pro "
                    + "generate gke-node-1 idle idle-boot lab model-copies old pod research score serving/gpus shared "
                    + "tune tune-in-pool unused unused-key used-key vertex-closed";

    private static final String UNREAD = "unread_metrics";

    private static final List<String> OVER_ALL_ZONES = List.of("instances", "reservations", "disks", "commitments");

    /** A list, in which field it names what it could not reach, and what a gap calls it. */
    private record ReachingList(String path, String field, String what) {}

    private static final List<ReachingList> UNREACHED = List.of(
            new ReachingList("/v2/projects/cloud-custodian/locations/-/nodes", "unreachable", "tpus"),
            new ReachingList("/v2/projects/cloud-custodian/locations/-/instances", "unreachable", "notebooks"),
            new ReachingList("/v1/projects/cloud-custodian/locations/-/services", "unreachable", "services"),
            new ReachingList("/v1/projects/cloud-custodian/locations/-/clusters", "missingZones", "node pools"));

    /** The same of one with pages, and how those name the next one. */
    private record ListWithPages(String path, String field, String token, String what) {}

    private static final List<ListWithPages> IN_PAGES = List.of(
            new ListWithPages("/v2/projects/cloud-custodian/locations/-/nodes", "unreachable", "nextPageToken", "tpus"),
            new ListWithPages(
                    "/v2/projects/cloud-custodian/locations/-/instances", "unreachable", "nextPageToken", "notebooks"),
            new ListWithPages(
                    "/v1/projects/cloud-custodian/locations/-/services", "unreachable", "continue", "services"),
            new ListWithPages(
                    "/compute/v1/projects/cloud-custodian/aggregated/reservations",
                    "unreachables",
                    "nextPageToken",
                    "reservations"));

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    private Map<String, Long> requests;

    /** Of a project in which every call answers, and the requests that it takes; made by the first test. */
    private static Gathered whole;

    private static Map<String, Long> requestsOfWhole;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void fill() throws Exception {
        google.reset();
        GoogleEverything.fill(new GoogleProject(google, ID).empty(), ID);
    }

    private Gathered gather(String... locations) throws Exception {
        GoogleGather gather = new GoogleGather(google, folder);
        Gathered gathered = gather.read(
                Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 15)),
                List.of(),
                List.of(ID),
                locations.length == 0 ? List.of("us-central1") : List.of(locations));
        requests = gather.requests();
        return gathered;
    }

    /** What is gathered before a test changes an answer. */
    private Gathered whole() throws Exception {
        if (whole == null) {
            whole = gather();
            requestsOfWhole = requests;
        }
        return whole;
    }

    /** Of what is there: facts of the project are rows of their own. */
    private static Set<String> names(Gathered gathered) {
        return gathered.resources.stream()
                .filter(resource -> !resource.kind().equals("account") && resource.name() != null)
                .map(resource -> resource.name().equals("disk-1") ? "unused" : resource.name())
                .map(name -> name.replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertSame(Gathered one, Gathered other) {
        assertThat(one.gaps).isEmpty();
        assertThat(one.resources).containsExactlyInAnyOrderElementsOf(other.resources);
        assertThat(one.metrics)
                .containsExactlyInAnyOrderElementsOf(other.metrics)
                .isNotEmpty();
        assertThat(one.offers).containsExactlyInAnyOrderElementsOf(other.offers).isNotEmpty();
        assertThat(one.commitments).containsExactlyElementsOf(other.commitments).isNotEmpty();
        assertThat(one.advice).containsExactlyElementsOf(other.advice).isNotEmpty();
        assertThat(one.warnings).containsExactlyElementsOf(other.warnings);
    }

    @Test
    void requests_that_an_endpoint_logs_are_reported_with_their_share() throws Exception {
        assertThat(whole().resource("chat").attributes())
                .containsEntry("request_logging", "on")
                .containsEntry("request_logging_percent", "25")
                .containsEntry("request_logging_destination", "bq://cloud-custodian.logs.chat");
    }

    @Test
    void a_disk_that_several_instances_use_has_their_number() throws Exception {
        assertThat(whole().resource("idle-boot").attributes()).containsEntry("attachments", "2");
    }

    @Test
    void keys_endpoints_and_copies_of_logs_are_reported_with_what_shows_their_use() throws Exception {
        Gathered gathered = whole();
        assertThat(gathered.resource("a100-pool").attributes()).containsEntry("match", "specific");
        assertThat(gathered.resource("unused-key").attributes()).containsEntry("used_by", "0");
        assertThat(gathered.resource("used-key").attributes()).containsEntry("used_by", "3");
        assertThat(gathered.resource("vertex-closed").attributes()).containsEntry("connection_state", "CLOSED");
        assertThat(gathered.resource("model-copies").attributes())
                .containsEntry("retention_days", "3650")
                .containsEntry("locked", "false");
        assertThat(names(gathered)).doesNotContain("partner", "web", "orders");
    }

    @Test
    void each_list_is_read_to_its_last_page_and_every_page_is_requested_with_the_same_words() throws Exception {
        Gathered whole = whole();
        assertThat(names(whole)).containsExactly(NAMES.split(" "));
        google.respond(GoogleAnswers.Way.IN_TWO_PAGES);
        google.wireMock().resetRequests();
        assertSame(gather(), whole);
        Set<String> singlePage = requestsOfWhole.keySet().stream()
                .filter(operation -> requests.get(operation).equals(requestsOfWhole.get(operation)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(singlePage)
                .as("what is no list, or empty here")
                .containsExactlyInAnyOrder(
                        "GET:/v1/projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}/"
                                + "protectedResourcesSummary",
                        "GET:/v1/projects/{project}/locations/{location}/revisions/{revision}",
                        "GET:/v3/projects/{project}",
                        "GET:/compute/v1/projects/{project}/zones/{zone}/instanceGroupManagers/{group}",
                        "GET:/v1/projects/{project}/locations/-/clusters",
                        "GET:/v1/projects/{project}/locations/{zone}/recommenders/"
                                + "google.compute.instance.MachineTypeRecommender/recommendations",
                        "GET:/v1/projects/{project}/billingInfo",
                        "POST:/v1/projects/{project}:getAncestry",
                        "POST:/v3/projects/{project}:getIamPolicy",
                        "POST:/v3/folders/{folder}:getIamPolicy",
                        "POST:/v3/organizations/{organization}:getIamPolicy");
        Set<String> first = requested("");
        assertThat(requested("the-second")).isNotEmpty().isSubsetOf(first);
    }

    @Test
    void what_the_check_says_that_rules_can_examine_is_what_is_written() throws Exception {
        Gathered whole = whole();
        Map<String, String> kinds = new TreeMap<>();
        whole.resources.forEach(resource -> kinds.put(resource.resourceId(), resource.kind()));
        assertThat(GcpCollector.operations())
                .flatExtracting(GoogleOperation::kinds)
                .containsAll(kinds.values());
        Map<String, Set<String>> measures = GcpCollector.measures().all();
        assertThat(whole.metrics)
                .isNotEmpty()
                .allSatisfy(hour -> assertThat(measures.getOrDefault(kinds.get(hour.resourceId()), Set.of()))
                        .as(kinds.get(hour.resourceId()))
                        .contains(hour.metric()));
    }

    @Test
    void every_request_is_one_that_google_publishes() throws Exception {
        gather();
        google.respond(GoogleAnswers.Way.IN_TWO_PAGES);
        gather();
        List<LoggedRequest> sent = google.wireMock().findAll(anyRequestedFor(anyUrl()));
        assertThat(sent).hasSizeGreaterThan(100);
        assertThat(GoogleRequests.faults(sent)).isEmpty();
    }

    @Test
    void nothing_is_sent_that_is_not_declared_and_what_is_never_sent_is_known() throws Exception {
        whole();
        assertThat(GcpCollector.operations())
                .extracting(GoogleOperation::name)
                .doesNotHaveDuplicates()
                .containsAll(requestsOfWhole.keySet())
                .filteredOn(operation -> !requestsOfWhole.containsKey(operation))
                .as("sent in GoogleOrganizationTest, GoogleScanTest (a service that is switched off) and "
                        + "GoogleBillTest")
                .containsExactlyInAnyOrder(
                        "GET:/v1/organizations/{organization}:searchAllResources",
                        "GET:/v1/folders/{folder}:searchAllResources",
                        "GET:/v1/projects/{project}:searchAllResources",
                        "GET:/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}",
                        "GET:/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/data",
                        "POST:/bigquery/v2/projects/{project}/jobs",
                        "GET:/bigquery/v2/projects/{project}/jobs/{job}",
                        "POST:/bigquery/v2/projects/{project}/queries",
                        "GET:/bigquery/v2/projects/{project}/queries/{job}");
    }

    /** The paths and queries of the pages with this token, without it. */
    private static Set<String> requested(String token) {
        Set<String> requested = new TreeSet<>();
        for (LoggedRequest request : google.wireMock().findAll(anyRequestedFor(anyUrl()))) {
            String reported = value(request.queryParameter("pageToken")) + value(request.queryParameter("continue"));
            if (reported.equals(token)) {
                requested.add(Arrays.stream(request.getUrl().split("[?&]"))
                        .filter(part -> !part.matches("(pageToken|continue)(=.*)?"))
                        .sorted()
                        .collect(Collectors.joining("&")));
            }
        }
        return requested;
    }

    private static String value(QueryParameter parameter) {
        return parameter.isPresent() ? parameter.firstValue() : "";
    }

    @Test
    void each_call_that_is_refused_because_of_too_many_is_made_again() throws Exception {
        Gathered whole = whole();
        google.respond(GoogleAnswers.Way.THE_SECOND_TIME);
        assertSame(gather(), whole);
        assertThat(requests)
                .allSatisfy((operation, count) ->
                        assertThat(count).as(operation).isGreaterThan(requestsOfWhole.get(operation)));
    }

    /** The names are of what cannot be known then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET:COMPUTE/aggregated/instances                       | gke-node-1 idle idle-boot",
                "GET:COMPUTE/aggregated/reservations                    | a100-pool",
                "GET:COMPUTE/aggregated/disks                           | idle-boot unused",
                "GET:COMPUTE/aggregated/commitments                     |",
                "GET:COMPUTE/aggregated/forwardingRules                 | vertex-closed",
                "GET:/v1/projects/{project}/cryptoKeys                  | unused-key used-key",
                "GET:VERTEX/keyRings/{ring}/cryptoKeys/{key}/protectedResourcesSummary |",
                "GET:COMPUTE/aggregated/machineTypes                    |",
                "GET:COMPUTE/zones/{zone}/instanceGroupManagers/{group} |",
                "GET:/v1/projects/{project}/locations/-/clusters        | serving/gpus",
                "GET:/v2/projects/{project}/locations/-/nodes           | old pod",
                "GET:VERTEX/endpoints                                   | chat chat/c7n-metrics-deploy-0632360e",
                "GET:VERTEX/deploymentResourcePools                     | shared",
                "GET:VERTEX/customJobs                                  | fine-tune",
                "GET:VERTEX/hyperparameterTuningJobs                    | tune tune-in-pool",
                "GET:VERTEX/batchPredictionJobs                         | score",
                "GET:VERTEX/persistentResources                         | research",
                "GET:VERTEX/modelDeploymentMonitoringJobs               |",
                "GET:/v1beta1/projects/{project}/locations/{location}/modelMonitors |",
                "GET:/v2/projects/{project}/locations/-/instances       | lab",
                "GET:/v1/projects/{project}/locations/-/services        | generate",
                "GET:/v3/projects/{project}/timeSeries                  | gemini-2.5-flash-provisioned gemini-2.5-pro",
                "GET:RECOMMENDERS/google.compute.instance.IdleResourceRecommender/recommendations |",
                "GET:RECOMMENDERS/google.compute.instance.MachineTypeRecommender/recommendations  |",
                "GET:RECOMMENDERS/google.compute.disk.IdleResourceRecommender/recommendations     |",
                "GET:/v1/projects/{project}/billingInfo                 |",
                "GET:/v1/billingAccounts/{account}/budgets              |",
                "GET:/v2/projects/{project}/locations/-/buckets         | model-copies",
                "GET:/v2/projects/{project}/sinks                       | model-copies",
                "POST:/v1/projects/{project}:getAncestry                |",
                "POST:/v3/projects/{project}:getIamPolicy               |"
            })
    void each_call_that_may_not_be_made_is_a_gap_and_takes_nothing_else_with_it(String call, String lost)
            throws Exception {
        String operation = operation(call);
        String action = Operations.of(GcpCollector.operations(), null).action(operation);
        refuse(
                operation,
                GoogleProject.refusal(
                        403,
                        "PERMISSION_DENIED",
                        "IAM_PERMISSION_DENIED",
                        "Permission '" + action + "' denied on resource '//x.googleapis.com/projects/" + ID
                                + "' (or it may not exist)."));
        Gathered gathered = gather();
        Set<String> expected = new TreeSet<>(Arrays.asList(NAMES.split(" ")));
        if (lost != null) {
            List.of(lost.split(" ")).forEach(expected::remove);
        }
        assertThat(names(gathered)).containsExactlyElementsOf(expected);
        assertThat(gathered.gaps)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .extracting(Gap::problem)
                .containsOnly("access denied for " + action + ": Permission '" + action + "' denied.");
    }

    private static String operation(String call) {
        return call.replace("COMPUTE", "/compute/v1/projects/{project}")
                .replace("VERTEX", "/v1/projects/{project}/locations/{location}")
                .replace("RECOMMENDERS", "/v1/projects/{project}/locations/{zone}/recommenders");
    }

    private static void refuse(String operation, ResponseDefinitionBuilder response) {
        String[] words = operation.split(":", 2);
        google.wireMock()
                .stubFor(request(words[0], urlPathMatching(words[1].replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                        .atPriority(1)
                        .willReturn(response));
    }

    /** Three kinds of 403, of a list of each form. */
    @ParameterizedTest
    @CsvSource({
        "IAM_PERMISSION_DENIED, access denied for",
        "USER_PROJECT_DENIED, the quota project cannot be used for",
        "SERVICE_DISABLED, the API of"
    })
    void refusals_are_distinguished(String reason, String problem) throws Exception {
        List<String> operations = Stream.of(
                        "GET:COMPUTE/aggregated/disks",
                        "GET:VERTEX/customJobs",
                        "GET:/v1/projects/{project}/locations/-/services",
                        "GET:/v3/projects/{project}/timeSeries")
                .map(GoogleEveryCallTest::operation)
                .toList();
        operations.forEach(
                operation -> refuse(operation, GoogleProject.refusal(403, "PERMISSION_DENIED", reason, "no")));
        List<Gap> gaps = gather().gaps;
        assertThat(gaps).allSatisfy(gap -> assertThat(gap.problem()).startsWith(problem + " "));
        assertThat(operations)
                .map(Operations.of(GcpCollector.operations(), null)::action)
                .allSatisfy(
                        action -> assertThat(gaps).anyMatch(gap -> gap.problem().startsWith(problem + " " + action)));
    }

    @Test
    void a_location_that_is_bad_is_one_gap_of_each_kind_and_the_others_are_read() throws Exception {
        Gathered whole = whole();
        for (ResponseDefinitionBuilder response : List.of(
                GoogleProject.refusal(400, "INVALID_ARGUMENT", "x", "Unsupported location nowhere1"),
                aResponse().withStatus(403), // without a word, as proxies and firewalls refuse
                GoogleProject.refusal(
                        403,
                        "PERMISSION_DENIED",
                        "x",
                        "Permission denied on 'locations/nowhere1' (or it may not exist)."),
                GoogleProject.refusal(404, "NOT_FOUND", "x", "Location nowhere1 is not found"),
                GoogleProject.refusal(503, "UNAVAILABLE", "x", "not well").withHeader("Retry-After", "0"))) {
            fill();
            google.wireMock()
                    .stubFor(any(urlPathMatching("/v1/projects/" + ID + "/locations/nowhere1/.*"))
                            .atPriority(1)
                            .willReturn(response));
            Gathered gathered = gather("nowhere1", "us-central1");
            assertThat(gathered.resources).containsExactlyInAnyOrderElementsOf(whole.resources);
            assertThat(gathered.gaps)
                    .extracting(Gap::scope)
                    .containsExactlyInAnyOrder(ID + " endpoints of nowhere1", ID + " jobs of nowhere1");
        }
    }

    @Test
    void a_zone_that_gives_no_advice_is_one_gap_and_the_others_are_requested() throws Exception {
        google.wireMock()
                .stubFor(get(urlPathMatching("/v1/projects/" + ID + "/locations/us-east4-c/recommenders/.*"))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(404, "NOT_FOUND", "x", "no such location")));
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v2/projects/" + ID + "/locations/-/instances"))
                        .atPriority(1)
                        .willReturn(okJson("{\"instances\": [{\"name\": "
                                + "\"projects/p/locations/us-east4-c/instances/book\", "
                                + "\"state\": \"ACTIVE\", \"gceSetup\": {\"instanceId\": "
                                + "\"5\", \"machineType\": \"g2-standard-4\"}}]}")));
        Gathered gathered = gather();
        assertThat(gathered.advice).isNotEmpty();
        assertThat(gathered.gaps).extracting(Gap::scope).containsExactly(ID + " recommendations of us-east4-c");
    }

    /**
     * The three ways in which a list over all zones says that it is not whole; one that has nothing of a zone says so
     * in a warning, too.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"unreachables\": [\"projects/p/zones/us-east1-b\"], \"items\": {\"zones/us-east1-b\": {\"warning\": "
                        + "{\"code\": \"UNREACHABLE\"}}, \"zones/x\": {\"warning\": {\"code\": "
                        + "\"NO_RESULTS_ON_PAGE\"}}}",
                "\"items\": {\"zones/us-east1-b\": {\"warning\": {\"code\": \"UNREACHABLE\", \"message\": \"The scope "
                        + "could not be reached\"}}}",
                "\"warning\": {\"code\": \"UNREACHABLE\", \"message\": \"Some scopes\"}, \"unreachables\": "
                        + "[\"zones/us-east1-b\"]"
            })
    void what_a_list_over_all_zones_lacks_is_a_gap_once(String message) throws Exception {
        ofAllZones(message);
        assertThat(gather().gaps)
                .containsExactlyInAnyOrderElementsOf(OVER_ALL_ZONES.stream()
                        .map(list -> new Gap(
                                        "gcp",
                                        ID + "/us-east1-b " + list,
                                        "this location did not respond; other locations did.",
                                        "Run it again; if it persists, check the Google Cloud status: "
                                                + "https://status.cloud.google.com")
                                .in(ID, "us-east1", list.equals("commitments") ? "commitments" : "inventory"))
                        .toList());
    }

    @Test
    void a_list_over_all_zones_that_is_not_whole_is_a_gap_with_its_words() throws Exception {
        ofAllZones("\"warning\": {\"code\": \"PARTIAL_SUCCESS\", \"message\": \"some are left out\"}");
        assertThat(gather().gaps)
                .hasSameSizeAs(OVER_ALL_ZONES)
                .allSatisfy(gap -> assertThat(gap.problem())
                        .isEqualTo("the response is incomplete: PARTIAL_SUCCESS some are left out."))
                .extracting(Gap::scope)
                .doesNotHaveDuplicates();
    }

    private static void ofAllZones(String message) {
        OVER_ALL_ZONES.forEach(list -> google.wireMock()
                .stubFor(get(urlPathEqualTo("/compute/v1/projects/" + ID + "/aggregated/" + list))
                        .atPriority(1)
                        .willReturn(okJson("{" + message + "}"))));
    }

    @Test
    void a_location_that_a_list_could_not_reach_is_a_gap() throws Exception {
        UNREACHED.forEach(list -> google.wireMock()
                .stubFor(get(urlPathEqualTo(list.path()))
                        .atPriority(1)
                        .willReturn(okJson("{\"" + list.field() + "\": [\"projects/p/locations/us-east1\"]}"))));
        assertThat(gather().gaps)
                .extracting(Gap::scope)
                .containsExactlyInAnyOrderElementsOf(UNREACHED.stream()
                        .map(list -> ID + "/us-east1 " + list.what())
                        .toList());
    }

    @Test
    void half_of_the_points_of_a_metric_are_none() throws Exception {
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries"))
                        .withQueryParam("filter", containing("run.googleapis.com/request_count"))
                        .atPriority(1)
                        .willReturn(okJson("{\"timeSeries\": [], \"executionErrors\": [{\"code\": 14, "
                                + "\"message\": \"a cell did not answer\"}]}")));
        Gathered gathered = gather();
        assertThat(gathered.metric("generate", "requests"))
                .as("no zeros, which would look idle")
                .isEmpty();
        assertThat(gathered.metric("generate", "gpu_utilization")).isNotEmpty();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.toString()).contains("request_count", "a cell did not answer"));
    }

    @Test
    void a_metric_that_is_refused_leaves_the_others_and_no_part_of_itself() throws Exception {
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries"))
                        .withQueryParam("filter", containing("agent.googleapis.com/gpu/utilization"))
                        .withQueryParam("aggregation.perSeriesAligner", equalTo("ALIGN_MAX"))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(400, "INVALID_ARGUMENT", "x", "no such aligner")));
        Gathered gathered = gather();
        assertThat(gathered.metric("idle", "gpu_utilization")).isEmpty();
        assertThat(gathered.metric("generate", "gpu_utilization")).isNotEmpty();
        assertThat(gathered.gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.scope()).startsWith(ID + " instance metrics of "));
    }

    /** As many seconds as it asks for, whichever client asks. */
    @Test
    void a_service_that_requires_a_wait_is_waited_for() throws Exception {
        String path = "/compute/v1/projects/" + ID + "/aggregated/reservations";
        google.wireMock()
                .stubFor(get(urlPathEqualTo(path))
                        .atPriority(1)
                        .inScenario("busy")
                        .whenScenarioStateIs("Started")
                        .willSetStateTo("well")
                        .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "2")));
        assertThat(names(gather())).contains("a100-pool");
        List<Long> times = google.wireMock().findAll(getRequestedFor(urlPathEqualTo(path))).stream()
                .map(request -> request.getLoggedDate().toInstant().toEpochMilli())
                .sorted()
                .toList();
        assertThat(times).hasSize(2);
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(1990);
    }

    /** In Google's documented form: which models a job watches, for what, and whether it runs. */
    @Test
    void what_watches_a_deployed_model_is_reported_and_where_nobody_can_show_nothing_is() throws Exception {
        assertThat(monitoring(whole())).containsExactly("FeatureDrift Running");
        String jobs = "/v1/projects/" + ID + "/locations/us-central1/modelDeploymentMonitoringJobs";
        google.wireMock().stubFor(get(urlPathEqualTo(jobs)).atPriority(1).willReturn(okJson("{}")));
        assertThat(monitoring(gather()))
                .as("the newer monitor is of another model")
                .containsExactly("none");
        refuse(
                "GET:/v1beta1/projects/{project}/locations/{location}/modelMonitors",
                GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no"));
        assertThat(monitoring(gather())).isEmpty();
    }

    private static List<String> monitoring(Gathered gathered) {
        return gathered.resources.stream()
                .map(resource -> resource.attributes().get("monitoring"))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void what_is_not_known_is_not_reported_to_be_none() throws Exception {
        refuse(
                "GET:/compute/v1/projects/{project}/zones/{zone}/instanceGroupManagers/{group}",
                GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no"));
        assertThat(gather().resource("serving/gpus").replicas()).isNull();
    }

    @Test
    void a_location_that_each_page_says_it_could_not_reach_is_one_gap() throws Exception {
        for (ListWithPages list : IN_PAGES) {
            String next = list.token().equals("continue")
                    ? "\"metadata\": {\"continue\": \"2\"}"
                    : "\"nextPageToken\": \"2\"";
            String missing =
                    "\"" + list.field() + "\": [\"projects/p/locations/us-east1\", \"projects/p/locations/us-west1\"]";
            google.wireMock()
                    .stubFor(get(urlPathEqualTo(list.path()))
                            .atPriority(1)
                            .willReturn(okJson("{" + missing + ", " + next + "}")));
            google.wireMock()
                    .stubFor(get(urlPathEqualTo(list.path()))
                            .withQueryParam(list.token().equals("continue") ? "continue" : "pageToken", equalTo("2"))
                            .atPriority(0)
                            .willReturn(okJson("{" + missing + "}")));
        }
        assertThat(gather().gaps)
                .extracting(Gap::scope)
                .containsExactlyInAnyOrderElementsOf(IN_PAGES.stream()
                        .flatMap(list -> Stream.of(ID + "/us-east1 " + list.what(), ID + "/us-west1 " + list.what()))
                        .toList());
    }

    /** A metric is requested for many machines at once, and several services write the same one of ours. */
    @ParameterizedTest
    @CsvSource({
        "tpu.googleapis.com/tpu/mxu/utilization, old",
        "tpu.googleapis.com/accelerator/duty_cycle, pod",
        "agent.googleapis.com/gpu/utilization, idle",
        "kubernetes.io/node/accelerator/duty_cycle, gke-node-1",
        "run.googleapis.com/container/gpu/utilizations, generate",
        "ml.googleapis.com/training/accelerator/utilization, fine-tune"
    })
    void a_metric_that_fails_takes_only_what_it_alone_shows(String type, String name) throws Exception {
        Gathered whole = whole();
        assertThat(whole.metric(name, "gpu_utilization")).isNotEmpty();
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries"))
                        .withQueryParam("filter", containing("\"" + type + "\""))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(500, "INTERNAL", "x", "not well")
                                .withHeader("Retry-After", "0")));
        Gathered gathered = gather();
        assertThat(gathered.metric(name, "gpu_utilization")).isEmpty();
        String id = whole.resource(name).resourceId();
        assertThat(gathered.metrics)
                .filteredOn(hour -> !hour.resourceId().equals(id))
                .containsExactlyInAnyOrderElementsOf(whole.metrics.stream()
                        .filter(hour -> !hour.resourceId().equals(id))
                        .toList());
        assertThat(gathered.resources)
                .filteredOn(resource -> !resource.attributes().containsKey(UNREAD))
                .containsExactlyInAnyOrderElementsOf(whole.resources);
        assertThat(gathered.resources)
                .as("what may work unseen")
                .filteredOn(resource -> resource.attributes().containsKey(UNREAD))
                .anySatisfy(resource -> {
                    assertThat(resource.resourceId()).isEqualTo(id);
                    assertThat(resource.attributes().get(UNREAD)).contains("gpu_utilization");
                });
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).endsWith(" metrics of " + type));
    }

    /** In Google's documented form: the node of a container is a label of the system. */
    private static void containers(String type, String aligner, String node, String value) {
        String series = GoogleProject.oneSeries(
                        "\"accelerator_id\": \"GPU-1\"",
                        "\"pod_name\": \"p\", \"container_name\": \"c\"",
                        Instant.parse("2026-06-01T00:00:00Z"),
                        GoogleEverything.HOURS,
                        value)
                .replaceFirst("\\{", "{\"metadata\": {\"systemLabels\": {\"node_name\": \"" + node + "\"}}, ");
        new GoogleProject(google, ID).series(type, aligner, series);
    }

    @Test
    void cards_that_one_container_has_for_itself_are_reported_by_containers_and_shared_ones_by_their_node()
            throws Exception {
        for (String aligner : List.of("ALIGN_MEAN", "ALIGN_MAX")) {
            containers(
                    "kubernetes.io/container/accelerator/duty_cycle", aligner, "gke-node-1", "\"int64Value\": \"60\"");
        }
        assertThat(gather().metric("gke-node-1", "gpu_utilization"))
                .as("the node shows it: it is shared")
                .hasSize(GoogleEverything.HOURS)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.75));
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries"))
                        .withQueryParam("filter", containing("kubernetes.io/node/"))
                        .atPriority(1)
                        .willReturn(okJson("{}")));
        Gathered gathered = gather();
        assertThat(gathered.metric("gke-node-1", "gpu_utilization"))
                .hasSize(GoogleEverything.HOURS)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.6));
        assertThat(gathered.metric("gke-node-1", "accelerators_active"))
                .as("its one card")
                .hasSize(GoogleEverything.HOURS)
                .allSatisfy(hour -> assertThat(hour.maximum()).isEqualTo(1));
        assertThat(gathered.metric("idle", "gpu_utilization"))
                .as("no node of that name")
                .allSatisfy(hour -> assertThat(hour.average()).isZero());
    }

    @Test
    void latency_is_the_whole_and_not_the_sum_of_its_parts() throws Exception {
        gather();
        assertThat(
                        google
                                .wireMock()
                                .findAll(getRequestedFor(urlPathEqualTo("/v3/projects/" + ID + "/timeSeries")))
                                .stream()
                                .map(request -> request.queryParameter("filter").firstValue())
                                .filter(filter -> filter.contains("prediction_latencies")))
                .isNotEmpty()
                .allSatisfy(filter -> assertThat(filter).endsWith("AND metric.label.latency_type = \"total\""));
    }

    /** Google says that the API is off in this very project; the inventory knows whether something was made before. */
    @ParameterizedTest
    @CsvSource({
        "/v2/projects/cloud-custodian/locations/-/nodes, tpu.googleapis.com/Node, tpus",
        "/v1/projects/cloud-custodian/locations/-/clusters, container.googleapis.com/Cluster, node pools",
        "/v1/projects/cloud-custodian/locations/-/services, run.googleapis.com/Service, services",
        "/compute/v1/projects/cloud-custodian/aggregated/forwardingRules, compute.googleapis.com/ForwardingRule, "
                + "compliance resources",
        "/v1/projects/cloud-custodian/locations/us-central1/deploymentResourcePools, "
                + "aiplatform.googleapis.com/DeploymentResourcePool, endpoints",
        "/compute/v1/projects/cloud-custodian/aggregated/disks, compute.googleapis.com/Disk, disks",
        "/v2/projects/cloud-custodian/locations/-/instances, notebooks.googleapis.com/Instance, notebooks",
        "/v1/projects/cloud-custodian/locations/us-central1/endpoints, aiplatform.googleapis.com/Endpoint, endpoints"
    })
    void what_is_switched_off_is_a_gap_where_there_may_be_something(String path, String type, String what)
            throws Exception {
        google.wireMock()
                .stubFor(get(urlPathEqualTo(path))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(
                                403,
                                "PERMISSION_DENIED",
                                "SERVICE_DISABLED",
                                "It has not been used in project " + ID + " before or it is disabled. Enable it by "
                                        + "visiting https://console.developers.google.com/apis/api/"
                                        + "some.googleapis.com/overview?project=" + ID + " then retry.")));
        Gathered none = gather();
        assertThat(none.gaps).isEmpty();
        assertThat(none.warnings).anyMatch(warning -> warning.contains("disabled in the project: " + what));
        String assets = "/v1/projects/" + ID + ":searchAllResources";
        google.wireMock()
                .stubFor(get(urlPathEqualTo(assets))
                        .withQueryParam("assetTypes", equalTo(type))
                        .atPriority(1)
                        .willReturn(okJson("{\"results\": [{\"assetType\": \"" + type + "\"}]}")));
        Gathered some = gather();
        assertThat(some.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.problem()).endsWith("before or it is disabled.");
            assertThat(gap.fix()).contains("gcloud services enable some.googleapis.com --project " + ID + ". ");
        });
        assertThat(names(some))
                .as("the other lists of the same part")
                .containsAll(none.resources.stream()
                        .filter(resource -> !resource.kind().equals("account") && resource.name() != null)
                        .map(resource -> resource.name().equals("disk-1") ? "unused" : resource.name())
                        .map(name -> name.replace(' ', '-'))
                        .toList());
        assertThat(some.warnings).noneMatch(warning -> warning.contains("disabled in the project"));
        google.wireMock()
                .stubFor(get(urlPathEqualTo(assets))
                        .atPriority(0)
                        .willReturn(GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no")));
        assertThat(gather().gaps).as("nobody can tell").hasSize(1);
    }

    private static final String VERTEX = "/v1/projects/" + ID + "/locations/us-central1/";

    private static void poolOfOneModel() {
        google.wireMock()
                .stubFor(get(urlPathEqualTo(VERTEX + "endpoints")).atPriority(1).willReturn(okJson("""
                {"endpoints": [{"name": "projects/1/locations/us-central1/endpoints/7", "displayName": "pooled", \
                "deployedModels": [
                  {"id": "71", "displayName": "model", "createTime": "2026-01-01T00:00:00Z",
                   "sharedResources": "projects/1/locations/us-central1/deploymentResourcePools/shared"}]}]}""")));
        new GoogleProject(google, ID)
                .series(
                        "aiplatform.googleapis.com/prediction/online/prediction_count",
                        "ALIGN_DELTA",
                        GoogleProject.oneSeries(
                                "\"deployed_model_id\": \"71\"",
                                "\"endpoint_id\": \"7\", \"location\": \"us-central1\"",
                                Instant.parse("2026-06-01T00:00:00Z"),
                                GoogleEverything.HOURS / 2,
                                "\"int64Value\": \"90\""));
    }

    @Test
    void a_pool_is_called_as_often_as_the_models_in_it_and_unknown_where_they_are() throws Exception {
        assertThat(whole().metric("shared", "requests")).as("no model is in it").isEmpty();
        poolOfOneModel();
        assertThat(gather().metric("shared", "requests"))
                .hasSize(GoogleEverything.HOURS)
                .filteredOn(hour -> hour.total() == 90)
                .hasSize(GoogleEverything.HOURS / 2);
        google.wireMock()
                .stubFor(get(urlPathEqualTo(VERTEX + "endpoints"))
                        .atPriority(0)
                        .willReturn(GoogleProject.refusal(403, "PERMISSION_DENIED", "x", "no")));
        assertThat(gather().metric("shared", "requests"))
                .as("what is in it was not read")
                .isEmpty();
    }

    /** It says so in the details of the error, and in no header. */
    @Test
    void a_wait_that_google_asks_for_is_kept_and_too_long_a_one_given_up_on() throws Exception {
        String path = "/v2/projects/" + ID + "/locations/-/nodes";
        google.wireMock()
                .stubFor(get(urlPathEqualTo(path))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(429).withBody("""
                                {"error": {"code": 429, "message": "Quota exceeded", "status": "RESOURCE_EXHAUSTED", \
                                "details": [
                                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": \
                                "3600.5s"}]}}""")));
        assertThat(gather().gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem()).contains("too many requests"));
        google.wireMock().verify(1, getRequestedFor(urlPathEqualTo(path)));
    }

    /** It expired early, or the clock of this machine is behind. */
    @Test
    void a_token_that_is_refused_once_is_renewed() throws Exception {
        Gathered whole = whole();
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v2/projects/" + ID + "/locations/-/nodes"))
                        .atPriority(1)
                        .inScenario("token")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("renewed")
                        .willReturn(GoogleProject.refusal(401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", "expired")));
        assertSame(gather(), whole);
    }
}
