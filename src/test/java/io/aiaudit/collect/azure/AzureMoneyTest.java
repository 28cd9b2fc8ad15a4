package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Window;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices, commitments and Azure's own advice, against a server that plays a tenant. */
@Outside
class AzureMoneyTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String CACHES = "aiaudit.caches";
    private static final String PRICES = "/prices/api/retail/prices";

    @AutoClose
    private static AzureServer azure;

    private final String home = System.getProperty(CACHES);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        System.setProperty(CACHES, folder.toString());
        azure.reset();
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(SEARCH, "search");
        tenant.graph(
                SEARCH,
                "microsoft.compute/virtualmachines'",
                AzureTenant.machine(SEARCH, "vm", "STANDARD_NC24ADS_A100_V4", "running"));
    }

    @AfterEach
    void goHome() {
        System.setProperty(CACHES, home);
    }

    private static Gathered gather() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Gathered.from(new AzureCollector(azure.scope()), Window.ofDays(today.minusDays(2), today));
    }

    private static String row(String price, String type, String product, String meter, String further) {
        return """
                {"currencyCode": "USD", "retailPrice": %s, "armRegionName": "westeurope", "productName": "%s", \
                "skuName": "%s", "meterName": "%s", "unitOfMeasure": "1 Hour",
                 "type": "%s", "armSkuName": "Standard_NC24ads_A100_v4", "effectiveStartDate": \
                "2025-01-01T00:00:00Z"%s}""".formatted(price, product, meter, meter, type, further);
    }

    private static void prices(String... rows) {
        azure.stub(get(urlPathEqualTo(PRICES))
                .willReturn(okJson("{\"Items\": [" + String.join(", ", rows) + "], \"NextPageLink\": null}")));
    }

    private static final String LINUX = "Virtual Machines NCads A100 v4 Series";
    private static final String NAME = "NC24ads A100 v4";

    @Test
    void the_price_is_that_of_linux_and_not_of_what_may_be_taken_away() throws Exception {
        azure.stub(get(urlPathEqualTo(PRICES))
                .willReturn(okJson("{\"Items\": ["
                        + String.join(
                                ", ",
                                row("5.9", "Consumption", LINUX + " Windows", NAME, ""),
                                row("1.1", "Consumption", LINUX, NAME + " Spot", ""),
                                row("0.9", "Consumption", LINUX, NAME + " Low Priority", ""),
                                row("0.1", "DevTestConsumption", LINUX, NAME, ""))
                        + "], \"NextPageLink\": \"" + azure.url() + PRICES + "?$skip=1000\"}")));
        azure.stub(get(urlPathEqualTo(PRICES))
                .withQueryParam("$skip", equalTo("1000"))
                .atPriority(1)
                .willReturn(okJson("{\"Items\": ["
                        + String.join(
                                ", ",
                                row("3.673", "Consumption", LINUX, NAME, ""),
                                row("20591.0", "Reservation", LINUX, NAME, ", \"reservationTerm\": \"1 Year\""),
                                row("1000000", "Reservation", LINUX, NAME, ", \"reservationTerm\": \"3 Years\""))
                        + "]}")));
        Offer offer = gather().offers.get(0);
        assertThat(offer.onDemand()).isEqualByComparingTo("3.673");
        assertThat(offer.spot()).isEqualByComparingTo("1.1");
        assertThat(offer.committed1y().setScale(4, java.math.RoundingMode.HALF_EVEN))
                .as("priced for the whole term")
                .isEqualByComparingTo("2.3506");
        assertThat(offer.committed3y())
                .as("more than without a commitment: refused")
                .isNull();
        assertThat(offer.machineType()).isEqualTo("Standard_NC24ads_A100_v4");
        assertThat(offer.acceleratorCount()).isEqualByComparingTo("1");
        assertThat(offer.asOf()).isEqualTo(LocalDate.now(ZoneOffset.UTC));
        azure.wireMock().verify(2, getRequestedFor(urlPathEqualTo(PRICES)).withoutHeader("Authorization"));
    }

    private static void clusters(String... priorities) {
        String workspace = AzureTenant.workspaceId(SEARCH);
        new AzureTenant(azure).machineLearning(SEARCH);
        azure.list(
                workspace + "/computes",
                Arrays.stream(priorities)
                        .map(priority -> """
                {"id": "%s/computes/%s", "name": "%s", "location": "westeurope", "properties": {"createdOn": \
                "2026-02-01T08:00:00Z", "computeLocation": "westeurope",
                 "computeType": "AmlCompute", "properties": {"vmSize": "Standard_NC24ads_A100_v4", "vmPriority": "%s", \
                "scaleSettings": {"maxNodeCount": 8, "minNodeCount": 0},
                 "currentNodeCount": 0}}}""".formatted(workspace, priority, priority, priority))
                        .toArray(String[]::new));
    }

    @Test
    void a_cluster_of_low_priority_has_the_price_of_low_priority_and_not_that_of_spot() throws Exception {
        clusters("LowPriority", "Dedicated");
        prices(
                row("3.673", "Consumption", LINUX, NAME, ""),
                row("1.1", "Consumption", LINUX, NAME + " Spot", ""),
                row("0.73", "Consumption", LINUX, NAME + " Low Priority", ""),
                row("0.12", "Consumption", LINUX + " Windows", NAME + " Low Priority", ""));
        List<Offer> offers = gather().offers;
        assertThat(offers)
                .extracting(Offer::machineType, Offer::onDemand, Offer::spot)
                .containsExactlyInAnyOrder(
                        tuple("lowpriority/Standard_NC24ads_A100_v4", null, new BigDecimal("0.73")),
                        tuple("Standard_NC24ads_A100_v4", new BigDecimal("3.673"), new BigDecimal("1.1")));
        gather();
        azure.wireMock().verify(1, getRequestedFor(urlPathEqualTo(PRICES)));
    }

    @Test
    void a_price_of_low_priority_above_that_on_demand_is_none() throws Exception {
        clusters("LowPriority");
        prices(
                row("3.673", "Consumption", LINUX, NAME, ""),
                row("4", "Consumption", LINUX, NAME + " Low Priority", ""));
        assertThat(gather().offers).extracting(Offer::machineType).containsExactly("Standard_NC24ads_A100_v4");
    }

    @Test
    void a_unit_of_throughput_has_the_price_of_where_it_may_answer() throws Exception {
        new AzureTenant(azure).models(SEARCH);
        azure.stub(get(urlPathEqualTo(PRICES))
                .withQueryParam("$filter", containing("meterName eq 'Provisioned Managed Global Unit'"))
                .willReturn(okJson("""
                        {"Items": [{"currencyCode": "USD", "retailPrice": 1.0, "armRegionName": "westeurope", \
                        "serviceName": "Foundry Models", "productName": "Azure OpenAI",
                          "skuName": "Provisioned Managed Global", "meterName": "Provisioned Managed Global Unit", \
                        "unitOfMeasure": "1/Hour", "type": "Consumption"},
                         {"currencyCode": "USD", "retailPrice": 2652.0, "armRegionName": "westeurope", "productName": \
                        "Azure OpenAI", "skuName": "Provisioned Managed Global",
                          "meterName": "Provisioned Managed Global Unit", "unitOfMeasure": "1/Hour", "type": \
                        "Reservation", "reservationTerm": "1 Year"}]}""")));
        Offer units = gather().offers.get(0);
        assertThat(units.machineType()).isEqualTo("ptu/GlobalProvisionedManaged");
        assertThat(units.onDemand()).isEqualByComparingTo("1");
        assertThat(units.committed1y().setScale(4, java.math.RoundingMode.HALF_EVEN))
                .isEqualByComparingTo("0.3027");
        azure.wireMock()
                .verify(
                        1,
                        getRequestedFor(urlPathEqualTo(PRICES))
                                .withQueryParam("$filter", containing("armRegionName eq 'westeurope' and meterName")));
    }

    @Test
    void a_price_that_is_not_reported_takes_no_other_with_it() throws Exception {
        new AzureTenant(azure).models(SEARCH);
        prices(row("3.673", "Consumption", LINUX, NAME, ""));
        azure.stub(get(urlPathEqualTo(PRICES))
                .withQueryParam("$filter", containing("Provisioned"))
                .atPriority(1)
                .willReturn(aResponse().withStatus(400)));
        Gathered gathered = gather();
        assertThat(gathered.offers).extracting(Offer::onDemand).containsExactly(new BigDecimal("3.673"));
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope())
                        .isEqualTo(SEARCH + " list prices of ptu/GlobalProvisionedManaged in westeurope"));
    }

    @Test
    void prices_are_kept_for_the_day() throws Exception {
        prices(row("3.673", "Consumption", LINUX, NAME, ""));
        assertThat(gather().offers).hasSize(1);
        assertThat(gather().offers).extracting(Offer::onDemand).containsExactly(new BigDecimal("3.673"));
        azure.wireMock().verify(1, getRequestedFor(urlPathEqualTo(PRICES)));
    }

    @Test
    void a_type_without_a_price_has_none() throws Exception {
        prices(row("5.9", "Consumption", LINUX + " Windows", NAME, ""));
        assertThat(gather().offers).isEmpty();
    }

    @Test
    void a_commitment_is_reported_with_its_end_and_its_use() throws Exception {
        azure.list("/providers/Microsoft.Capacity/reservations", """
                {"id": "/providers/microsoft.capacity/reservationOrders/o/reservations/r", "sku": {"name": \
                "Standard_NC24ads_A100_v4"}, "properties": {"quantity": 2, "effectiveDateTime":
                 "2026-01-01T00:00:00Z", "expiryDate": "2099-01-01", "appliedScopeType": "Shared", "utilization": \
                {"aggregates": [{"grain": 1, "grainUnit": "days", "value": 100},
                 {"grain": 30, "grainUnit": "days", "value": 62.5}]}}}""", """
                {"id": "/providers/microsoft.capacity/reservationOrders/o/reservations/over", "properties": \
                {"expiryDateTime": "2020-01-01T00:00:00Z"}}""", """
                {"id": "/providers/microsoft.capacity/reservationOrders/o/reservations/given-back", "properties": \
                {"expiryDateTime": "2099-01-01T00:00:00Z", "provisioningState": "Cancelled"}}""");
        azure.list("/providers/Microsoft.BillingBenefits/savingsPlans", """
                {"id": "/providers/Microsoft.BillingBenefits/savingsPlanOrders/o/savingsPlans/p", "properties": \
                {"commitment": {"currencyCode": "EUR", "amount": 1.25, "grain": "Hourly"},
                 "benefitStartTime": "2026-01-01T00:00:00Z", "expiryDateTime": "2099-01-01T00:00:00Z"}}""");
        Gathered gathered = gather();
        assertThat(gathered.commitments)
                .extracting(Commitment::kind)
                .containsExactly("reservation of 2 Standard_NC24ads_A100_v4", "savings plan");
        assertThat(gathered.commitments.get(0).usedShare()).isEqualByComparingTo("0.625");
        assertThat(gathered.commitments.get(0).end()).isEqualTo("2099-01-02T00:00:00Z");
        assertThat(gathered.commitments.get(0).hourlyCommitment()).isNull();
        assertThat(gathered.commitments.get(1).hourlyCommitment()).isEqualByComparingTo("1.25");
        assertThat(gathered.currencies).containsExactly(null, "EUR");
    }

    @Test
    void the_same_advice_for_several_terms_and_look_backs_counts_once() throws Exception {
        JsonNode recorded = new ObjectMapper()
                .readTree(
                        Files.readString(Needs.fixture("azure/AdvisorRecommendationTest.test_find_by_category.json")));
        JsonNode body = recorded.at("/interactions/0/response/body/data");
        azure.respond("/subscriptions/" + SEARCH + "/providers/Microsoft.Advisor/recommendations", body.toString());
        Gathered gathered = gather();
        long reported =
                StreamSupport.stream(body.path("value").spliterator(), false).count();
        assertThat(reported).isEqualTo(12);
        assertThat(gathered.advice)
                .as("one savings plan, one reservation, an empty plan and three disks")
                .hasSize(6);
        assertThat(gathered.advice)
                .extracting(Advice::monthlySaving)
                .containsExactlyInAnyOrder(new BigDecimal("68"), new BigDecimal("75"), null, null, null, null);
    }

    @Test
    void reservations_that_may_not_be_read_leave_the_savings_plans() throws Exception {
        azure.refuse("/providers/Microsoft.Capacity/reservations", 403, "AuthorizationFailed", "no");
        azure.list("/providers/Microsoft.BillingBenefits/savingsPlans", "{\"id\": \"plan\", \"properties\": {}}");
        Gathered gathered = gather();
        assertThat(gathered.commitments).extracting(Commitment::commitmentId).containsExactly("plan");
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap ->
                        assertThat(gap.problem()).isEqualTo("access denied for Microsoft.Capacity/reservations/read."));
    }

    @Test
    void advice_shows_the_currency_of_its_amount() throws Exception {
        azure.list("/subscriptions/" + SEARCH + "/providers/Microsoft.Advisor/recommendations", """
                {"properties": {"recommendationTypeId": "t", "resourceMetadata": {"resourceId": \
                "/subscriptions/s/vm"}, "shortDescription": {"solution": "Shut it down"},
                 "extendedProperties": {"savingsAmount": "12.5", "savingsCurrency": "CHF"}}}""");
        Gathered gathered = gather();
        assertThat(gathered.advice).extracting(Advice::monthlySaving).containsExactly(new BigDecimal("12.5"));
        assertThat(gathered.currencies).containsExactly("CHF");
    }
}
