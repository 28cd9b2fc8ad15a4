package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.or;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans without an export: who pays, and what machines cost by the price catalog, read by Google's own library. */
@Outside
class GooglePricesTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final String[] TWO_WEEKS = {"--window", "2026-06-01/2026-06-15", "-f", "json"};
    private static final String SKUS = "/v1/services/6F81-5844-456A/skus";
    private static final String LIST_SKUS = "GET:/v1/services/{service}/skus";

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
    void machines() throws Exception {
        google.reset();
        project = new GoogleProject(google, ID).empty();
        project.machines(
                null,
                null,
                GoogleProject.inIowa(GoogleProject.machine("train", "11", "a2-highgpu-1g")),
                GoogleProject.inIowa(GoogleProject.withAttached(
                        GoogleProject.machine("infer", "12", "n1-standard-4"), "nvidia-tesla-t4", 2)));
        project.answers("/compute/v1/projects/" + ID + "/aggregated/machineTypes", """
                {"items": {"zones/us-central1-a": {"machineTypes": [
                  {"name": "a2-highgpu-1g", "guestCpus": 12, "memoryMb": 87040, "isSharedCpu": false,
                   "accelerators": [{"guestAcceleratorType": "nvidia-tesla-a100", "guestAcceleratorCount": 1}]},
                  {"name": "n1-standard-4", "guestCpus": 4, "memoryMb": 15360, "isSharedCpu": false}]},
                 "zones/us-east4-c": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}}}""");
    }

    /** The recorded page, and one derived from it with what a machine with a T4 is made of. */
    private static void catalog() throws Exception {
        ObjectNode recorded = (ObjectNode) new ObjectMapper()
                .readTree(Needs.fixture("gcp/opencost-skus.json").toFile());
        google.wireMock()
                .stubFor(get(urlPathEqualTo(SKUS))
                        .withQueryParam("pageToken", or(absent(), equalTo("")))
                        .atPriority(1)
                        .willReturn(
                                okJson(recorded.put("nextPageToken", "second").toString())));
        google.wireMock()
                .stubFor(get(urlPathEqualTo(SKUS))
                        .withQueryParam("pageToken", equalTo("second"))
                        .atPriority(1)
                        .willReturn(okJson("{\"skus\": ["
                                + String.join(
                                        ",",
                                        sku(
                                                "N1 Predefined Instance Core running in Americas",
                                                "OnDemand",
                                                "h",
                                                31611000),
                                        sku(
                                                "N1 Predefined Instance Ram running in Americas",
                                                "OnDemand",
                                                "GiBy.h",
                                                4237000),
                                        sku("Nvidia Tesla T4 GPU running in Americas", "OnDemand", "h", 350000000))
                                + "]}")));
    }

    private static String sku(String description, String usage, String unit, int nanos) {
        return GoogleProject.sku(description, usage, "us-central1", unit, nanos);
    }

    private JsonNode scan(int exitCode) throws Exception {
        GoogleRun run = GoogleRun.scan(google, folder, "", OneRule.with(TWO_WEEKS));
        assertThat(run.exitCode()).as(run::err).isEqualTo(exitCode);
        return run.audit();
    }

    private static List<String> warnings(JsonNode audit) {
        return AwsRun.each(audit.get("warnings")).map(JsonNode::asText).toList();
    }

    @Test
    void a_machine_costs_its_cores_memory_and_gpus_added_up_and_the_catalog_is_requested_once_a_day() throws Exception {
        catalog();
        JsonNode audit = scan(0);
        JsonNode train = AwsRun.resource(audit, "train");
        assertThat(train.get("cost_basis").asText()).isEqualTo("list");
        // 12 x 0.031611 + 85 x 0.004237 + 2.933908 = 3.673385, of 730 hours
        assertThat(train.get("monthly_cost").decimalValue()).isEqualByComparingTo("2681.57");
        assertThat(train.at("/list_price/origin").asText()).isEqualTo("price list that was read");
        // 4 x 0.031611 + 15 x 0.004237 + 2 x 0.35 = 0.889999
        assertThat(AwsRun.resource(audit, "infer").get("monthly_cost").decimalValue())
                .isEqualByComparingTo("649.70");
        assertThat(GoogleRun.requests(audit, LIST_SKUS))
                .as("two pages and Vertex AI's")
                .isEqualTo(3);
        JsonNode again = scan(0);
        assertThat(GoogleRun.requests(again, LIST_SKUS)).isZero();
        assertThat(AwsRun.resource(again, "train").get("monthly_cost")).isEqualTo(train.get("monthly_cost"));
    }

    /** A machine that waited in a queue, one that somebody made, and disks; what no SKU is known of has no price. */
    @Test
    void what_is_sold_under_other_names_has_the_price_of_those_or_none() throws Exception {
        ObjectNode queued = GoogleProject.inIowa(GoogleProject.machine("queued", "11", "a2-highgpu-1g"));
        ((ObjectNode) queued.get("scheduling")).put("provisioningModel", "FLEX_START");
        ObjectNode attached = GoogleProject.inIowa(GoogleProject.withAttached(
                GoogleProject.machine("queued-t4", "12", "n1-standard-4"), "nvidia-tesla-t4", 2));
        ((ObjectNode) attached.get("scheduling")).put("provisioningModel", "FLEX_START");
        ObjectNode made = GoogleProject.inIowa(GoogleProject.withAttached(
                GoogleProject.machine("made", "13", "custom-6-10240"), "nvidia-tesla-t4", 1));
        project.machines(null, null, queued, attached, made);
        project.answers("/compute/v1/projects/" + ID + "/aggregated/disks", """
                {"items": {"zones/us-central1-a": {"disks": [
                   {"id": "1", "name": "left", "zone": "z/zones/us-central1-a", "sizeGb": "200", "type": \
                "z/diskTypes/pd-ssd", "creationTimestamp": "2026-01-01T00:00:00Z"},
                   {"id": "2", "name": "fast", "zone": "z/zones/us-central1-a", "sizeGb": "200", "type": \
                "z/diskTypes/hyperdisk-ml", "creationTimestamp": "2026-01-01T00:00:00Z"}]}}}""");
        project.answers(
                SKUS,
                "{\"skus\": ["
                        + String.join(
                                ",",
                                sku("DWS Defined Duration A2 Core running in Americas", "OnDemand", "h", 10000000),
                                sku("DWS Defined Duration A2 Ram running in Americas", "OnDemand", "GiBy.h", 2000000),
                                sku(
                                        "Nvidia Tesla A100 GPU attached to DWS Defined Duration VMs running in "
                                                + "Americas",
                                        "OnDemand",
                                        "h",
                                        900000000),
                                sku("A2 Instance Core running in Americas", "OnDemand", "h", 31611000),
                                sku("A2 Instance Ram running in Americas", "OnDemand", "GiBy.h", 4237000),
                                sku("Nvidia Tesla A100 GPU running in Americas", "OnDemand", "h", 933908000),
                                sku("N1 Predefined Instance Core running in Americas", "OnDemand", "h", 31611000),
                                sku("N1 Predefined Instance Ram running in Americas", "OnDemand", "GiBy.h", 4237000),
                                sku("Custom Instance Core running in Americas", "OnDemand", "h", 33174000),
                                sku("Custom Instance Ram running in Americas", "OnDemand", "GiBy.h", 4446000),
                                sku("Nvidia Tesla T4 GPU running in Americas", "OnDemand", "h", 350000000),
                                sku("SSD backed PD Capacity", "OnDemand", "GiBy.mo", 170000000))
                        + "]}");
        JsonNode audit = scan(0);
        // 12 x 0.01 + 85 x 0.002 + 0.9 = 1.19, of 730 hours
        assertThat(AwsRun.resource(audit, "queued").get("monthly_cost").decimalValue())
                .isEqualByComparingTo("868.70");
        assertThat(AwsRun.resource(audit, "queued-t4").get("cost_basis").asText())
                .as("not the price on demand")
                .isEqualTo("unpriced");
        // 6 x 0.033174 + 10 x 0.004446 + 0.35 = 0.593504
        assertThat(AwsRun.resource(audit, "made").get("monthly_cost").decimalValue())
                .isEqualByComparingTo("433.26");
        assertThat(AwsRun.resource(audit, "left").get("monthly_cost").decimalValue())
                .as("200 GiB")
                .isEqualByComparingTo("34.00");
        assertThat(AwsRun.resource(audit, "fast").get("cost_basis").asText()).isEqualTo("unpriced");
    }

    @Test
    void without_an_export_the_report_says_that_cost_is_list_price_and_who_pays() throws Exception {
        project.answers(
                "/v1/billingAccounts",
                "{\"billingAccounts\": [{\"name\": \"billingAccounts/0A1B2C-333333-444444\", \"displayName\": "
                        + "\"Acme\", \"open\": true, \"currencyCode\": \"EUR\"}]}");
        project.answers(
                "/v1/billingAccounts/0A1B2C-333333-444444/projects",
                "{\"projectBillingInfo\": [{\"projectId\": \"" + ID
                        + "\", \"billingEnabled\": true}, {\"projectId\": \"acme-other\", \"billingEnabled\": true}]}");
        assertThat(warnings(scan(0)))
                .anyMatch(warning -> warning.contains("Instances are priced at list"))
                .contains(
                        "Billing account 0A1B2C-333333-444444 (Acme, in EUR) pays for 2 projects, of which 1 is read.");
    }

    @Test
    void who_may_not_see_billing_accounts_is_reported_so_and_a_catalog_that_is_refused_is_a_gap() throws Exception {
        project.answers(
                "/v1/projects/" + ID + "/billingInfo",
                "{\"projectId\": \"" + ID
                        + "\", \"billingAccountName\": \"billingAccounts/0A1B2C-333333-444444\", \"billingEnabled\": "
                        + "true}");
        project.refuses(
                SKUS,
                403,
                "PERMISSION_DENIED",
                "SERVICE_DISABLED",
                "Cloud Billing API has not been used in project 1 before or it is disabled.");
        JsonNode audit = scan(4);
        assertThat(warnings(audit))
                .contains("Billing account 0A1B2C-333333-444444, which may not be listed, pays for " + ID + ".");
        assertThat(AwsRun.each(audit.get("gaps"))
                        .map(gap -> gap.get("scope").asText() + ": "
                                + gap.get("problem").asText()))
                .singleElement()
                .asString()
                .startsWith(ID + " list prices of Compute Engine: the API of Cloud Billing is disabled");
        assertThat(AwsRun.resource(audit, "train").at("/list_price/origin").asText())
                .as("the built-in price serves")
                .isEqualTo("built-in");
    }

    @Test
    void too_many_requests_and_a_service_that_is_not_well_are_waited_for() throws Exception {
        catalog();
        google.wireMock()
                .stubFor(busy(Scenario.STARTED, "unwell")
                        .willReturn(GoogleProject.refusal(
                                429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Quota exceeded")));
        google.wireMock()
                .stubFor(busy("unwell", "well")
                        .willReturn(GoogleProject.refusal(503, "UNAVAILABLE", "", "The service is unavailable")));
        JsonNode audit = scan(0);
        assertThat(AwsRun.resource(audit, "train").at("/list_price/origin").asText())
                .isEqualTo("price list that was read");
        assertThat(GoogleRun.requests(audit, LIST_SKUS)).as("two more").isEqualTo(5);
    }

    @Test
    void a_catalog_that_broke_off_is_requested_again() throws Exception {
        catalog();
        google.wireMock().stubFor(busy(Scenario.STARTED, "well").willReturn(okJson("{\"skus\": [{\"name\": ")));
        assertThat(AwsRun.resource(scan(0), "train").at("/list_price/origin").asText())
                .isEqualTo("price list that was read");
    }

    private static MappingBuilder busy(String now, String next) {
        return get(urlPathEqualTo(SKUS))
                .atPriority(0)
                .inScenario("busy")
                .whenScenarioStateIs(now)
                .willSetStateTo(next);
    }

    @Test
    void billing_accounts_that_are_refused_change_no_figure_and_are_no_gap() throws Exception {
        catalog();
        project.refuses(
                "/v1/billingAccounts",
                403,
                "PERMISSION_DENIED",
                "IAM_PERMISSION_DENIED",
                "The caller does not have permission");
        assertThat(warnings(scan(0)))
                .anyMatch(warning -> warning.startsWith(
                        "Who pays for the projects could not be read: access denied for Cloud Billing"));
    }
}
