package io.aiaudit.collect.gcp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Difference;
import io.aiaudit.testing.FaultTable;
import io.aiaudit.testing.FaultTable.Row;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleAnswers;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault at each operation in turn takes what the operation is about and nothing beside it. */
@Outside
@Slow
class GoogleEachFaultTest {
    private static final String ID = GoogleServer.PROJECT;

    /** Without the project nothing is read; the bill is searched for by Google's library, in GoogleBillTest. */
    private static final Set<String> ELSEWHERE = Set.of(
            "GET:/v3/projects/{project}",
            "GET:/bigquery/v2/projects/{project}/datasets",
            "GET:/bigquery/v2/projects/{project}/datasets/{dataset}/tables");

    private static final Window WINDOW = Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 3));

    private static final FaultTable TABLE = FaultTable.beside(GoogleEachFaultTest.class);

    @AutoClose
    private static GoogleServer google;

    @TempDir
    private Path folder;

    private Map<String, Long> requests;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void fill() throws Exception {
        google.reset();
        GoogleProject project = new GoogleProject(google, ID).empty();
        GoogleEverything.fill(project, ID, Math.toIntExact(WINDOW.hours()));
        project.answers(
                "/v1/projects/" + ID + ":searchAllResources", "{\"results\": [{\"location\": \"us-central1\"}]}");
    }

    private Gathered gather() throws Exception {
        return gather(List.of(), List.of(ID));
    }

    private Gathered gather(List<String> folders, List<String> projects) throws Exception {
        GoogleGather gather = new GoogleGather(google, folder);
        Gathered gathered = gather.read(WINDOW, folders, projects, List.of());
        requests = gather.requests();
        return gathered;
    }

    /** With one fault, which is taken away again. */
    private Gathered gatherWith(MappingBuilder fault) throws Exception {
        StubMapping stub = google.wireMock().stubFor(fault);
        Gathered gathered = gather();
        google.wireMock().removeStub(stub);
        google.wireMock().resetRequests();
        return gathered;
    }

    private static MappingBuilder at(String operation) {
        String[] words = operation.split(":", 2);
        return request(words[0], urlPathMatching(words[1].replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                .atPriority(1);
    }

    private static MappingBuilder secondAt(String operation) {
        String[] words = operation.split(":", 2);
        return request(words[0], urlMatching(words[1].replaceAll("\\{[a-zA-Z]+}", "[^/]+") + "[?].*=the-second.*"))
                .atPriority(0);
    }

    private static ResponseDefinitionBuilder fails(int status) {
        return status == 200
                ? okJson("<html>a proxy</html>")
                : aResponse().withStatus(status).withHeader("Retry-After", "0");
    }

    @Test
    void every_operation_that_a_scan_makes_is_tried() throws Exception {
        gather();
        Set<String> tried = new TreeSet<>(requests.keySet());
        tried.removeAll(ELSEWHERE);
        assertThat(TABLE.operations()).hasSize(38).containsExactlyInAnyOrderElementsOf(tried);
    }

    /** What says 403 or 404 is distinguished in GoogleEveryCallTest: some of it is an answer. */
    @ParameterizedTest
    @ValueSource(ints = {500, 200})
    void a_fault_for_good_is_a_gap_that_names_it_and_changes_nothing_else(int status) throws Exception {
        Gathered whole = gather();
        assertThat(whole.gaps).isEmpty();
        assertThat(whole.metrics).isNotEmpty();
        for (Row row : TABLE.rows()) {
            row.verify(whole, gatherWith(at(row.operation()).willReturn(fails(status))));
        }
    }

    /** Each operation fails in one of these ways, since all of them in each would take minutes. */
    @Test
    void a_failure_of_any_form_is_a_gap_that_names_it_and_changes_nothing_else() throws Exception {
        List<ResponseDefinitionBuilder> forms = List.of(
                GoogleProject.refusal(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Quota exceeded")
                        .withHeader("Retry-After", "0"),
                aResponse().withStatus(200),
                okJson("{\"items\": {\"zones/us-central1-a\": {\"instances\": [{\"id\": \"1"),
                okJson("[]"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        Gathered whole = gather();
        int next = 0;
        for (Row row : TABLE.rows()) {
            row.verify(whole, gatherWith(at(row.operation()).willReturn(forms.get(next++ % forms.size()))));
        }
    }

    @Test
    void a_list_that_breaks_off_keeps_what_came_before_and_says_that_there_may_be_more() throws Exception {
        Gathered whole = gather();
        google.respond(GoogleAnswers.Way.IN_TWO_PAGES);
        for (Row row : TABLE.rows()) {
            row.verifySecondPage(whole, gatherWith(secondAt(row.operation()).willReturn(fails(500))));
        }
    }

    /**
     * One failing metric leaves all others of the same machines, and the same metric where something else writes it.
     */
    @ParameterizedTest
    @EnumSource(GcpMetric.Source.class)
    void a_metric_that_fails_is_unknown_of_what_writes_it_and_of_nothing_else(GcpMetric.Source source)
            throws Exception {
        Gathered whole = gather();
        for (GcpMetric metric : GcpMetric.of(Set.of(source))) {
            Gathered faulty = gatherWith(at("GET:/v3/projects/{project}/timeSeries")
                    .atPriority(0)
                    .withQueryParam("filter", equalTo(metric.expression()))
                    .withQueryParam("aggregation.alignmentPeriod", equalTo("3600s"))
                    .willReturn(fails(500)));
            Difference difference = Difference.between(whole, faulty);
            assertThat(difference.invented()).as(metric.toString()).isEmpty();
            assertThat(difference.lost()).as(metric.toString()).isEmpty();
            Set<String> ofSource = whole.resources.stream()
                    .filter(resource -> source.kinds().contains(resource.kind()) && resource.name() != null)
                    .map(resource -> resource.name().replace(' ', '-'))
                    .collect(Collectors.toSet());
            Set<String> ours = GcpMetric.ALL.stream()
                    .filter(other -> other.expression().equals(metric.expression()))
                    .map(GcpMetric::metric)
                    .collect(Collectors.toSet());
            assertThat(difference.unmeasured()).as(metric.toString()).allMatch(series -> {
                String[] words = series.split(" ", 2);
                return ofSource.contains(words[0]) && ours.contains(words[1]);
            });
            assertThat(faulty.gaps)
                    .as(metric.toString())
                    .allSatisfy(gap -> assertThat(gap.scope()).contains(metric.type()));
        }
    }

    /** Google leaves empty lists out: what the inventory of the project has shows that this one is not empty. */
    @ParameterizedTest
    @ValueSource(strings = {"endpoints Endpoint", "customJobs CustomJob", "persistentResources PersistentResource"})
    void a_list_without_content_is_a_gap_where_the_inventory_has_something(String names) throws Exception {
        String[] listAndType = names.split(" ");
        google.wireMock()
                .stubFor(at("GET:/v1/projects/{project}:searchAllResources")
                        .willReturn(okJson("{\"results\": [{\"location\": \"us-central1\", \"assetType\": "
                                + "\"aiplatform.googleapis.com/" + listAndType[1] + "\"}]}")));
        assertThat(gather().gaps).as("all lists have something").isEmpty();
        google.wireMock()
                .stubFor(at("GET:/v1/projects/{project}/locations/{location}/" + listAndType[0])
                        .willReturn(okJson("{}")));
        assertThat(gather().gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem())
                        .isEqualTo("the response is incomplete: it has no " + listAndType[0] + ", though Cloud Asset "
                                + "Inventory has some in us-central1."));
    }

    @Test
    void prices_without_any_are_a_gap() throws Exception {
        google.wireMock().stubFor(at("GET:/v1/services/{service}/skus").willReturn(okJson("{}")));
        assertThat(gather().gaps)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.problem()).isEqualTo("the list of prices has nothing in it."));
    }

    /** Its services answer as if there were nothing, or that they are switched off. */
    @Test
    void a_project_that_is_being_deleted_is_a_gap_and_is_not_searched() throws Exception {
        google.wireMock()
                .stubFor(at("GET:/v3/projects/acme-gone")
                        .willReturn(okJson("{\"name\": \"projects/7\", \"projectId\": \"acme-gone\", "
                                + "\"state\": \"DELETE_REQUESTED\"}")));
        Gathered gathered = gather(List.of(), List.of(ID, "acme-gone"));
        assertThat(gathered.resources).isNotEmpty();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem())
                        .isEqualTo("the project acme-gone is not active: its state is DELETE_REQUESTED."));
        assertThat(google.wireMock().findAll(anyRequestedFor(urlPathMatching(".*acme-gone.*"))))
                .hasSize(1);
    }

    /** Each of its services refuses everything, with the same words; the inventory of assets still has some. */
    @Test
    void a_project_without_billing_is_one_gap() throws Exception {
        new GoogleProject(google, ID).answers("/v1/projects/" + ID + ":searchAllResources", """
                {"results": [
                  {"location": "us-central1", "assetType": "run.googleapis.com/Service"},
                  {"location": "us-central1", "assetType": "notebooks.googleapis.com/Instance"}]}""");
        for (String path : List.of(
                "/compute/.*",
                "/v1/.*/locations/us-central1/.*",
                "/v[12]/.*/locations/-/(nodes|instances|services|clusters)")) {
            refuseAsClosed(path);
        }
        Gathered gathered = gather(List.of(), List.of(ID));
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.problem()).isEqualTo("billing is disabled for the project.");
            assertThat(gap.scope()).isEqualTo(ID + " services");
        });
        refuseAsClosed("/v3/.*/timeSeries");
        assertThat(gather(List.of(), List.of(ID)).gaps)
                .as("that no model was called is not known")
                .extracting(Gap::scope)
                .contains(ID + " services")
                .hasSizeGreaterThan(1);
    }

    private static void refuseAsClosed(String path) {
        google.wireMock()
                .stubFor(any(urlPathMatching(path))
                        .atPriority(1)
                        .willReturn(GoogleProject.refusal(
                                403,
                                "PERMISSION_DENIED",
                                "BILLING_DISABLED",
                                "Billing has to be enabled in project 1098479648729 before it is used.")));
    }

    @Test
    void a_list_of_projects_that_breaks_off_keeps_those_before_and_is_a_gap() throws Exception {
        google.wireMock()
                .stubFor(at("GET:/v1/folders/345:searchAllResources")
                        .willReturn(okJson("{\"results\": [{\"name\": \"//cloudresourcemanager.googleapis.com/projects/"
                                + ID + "\"}], \"nextPageToken\": \"the-second\"}")));
        google.wireMock()
                .stubFor(secondAt("GET:/v1/folders/345:searchAllResources").willReturn(fails(500)));
        google.wireMock().stubFor(at("GET:/v1/folders/678:searchAllResources").willReturn(fails(403)));
        Gathered gathered = gather(List.of("345", "678"), List.of());
        assertThat(gathered.resources).isNotEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactly("projects of the folder 345", "projects of the folder 678");
        assertThat(gathered.gaps.get(0).problem()).startsWith("the list broke off after 1: ");
    }

    @Test
    void an_empty_folder_beside_others_is_a_gap_and_a_closed_one_says_what_to_grant_or_to_name() throws Exception {
        google.wireMock().stubFor(at("GET:/v1/folders/345:searchAllResources").willReturn(okJson("{\"results\": []}")));
        google.wireMock()
                .stubFor(at("GET:/v1/folders/678:searchAllResources")
                        .willReturn(GoogleProject.refusal(
                                403,
                                "PERMISSION_DENIED",
                                "IAM_PERMISSION_DENIED",
                                "The caller does not have permission")));
        Gathered gathered = gather(List.of("345", "678"), List.of(ID));
        assertThat(gathered.resources).isNotEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::problem)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("the folder 345 has no active project"),
                        problem -> assertThat(problem)
                                .startsWith("access denied for cloudasset.assets.searchAllResources"));
        assertThat(gathered.gaps.get(1).fix())
                .contains("gcloud resource-manager folders add-iam-policy-binding 678 --member=MEMBER "
                        + "--role=roles/cloudasset.viewer")
                .contains("gcp: {projects: [PROJECT]}");
        assertThatThrownBy(() -> gather(List.of("345"), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no active project");
    }
}
