package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TenantOfOne;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services of Azure AI Search, against a server that plays a tenant. */
@Outside
class AzureSearchTest {
    private static final String SUBSCRIPTION = AzureTenant.SEARCH;
    private static final String TYPE = "Microsoft.Search/searchServices";

    @RegisterExtension
    static final TenantOfOne AZURE = new TenantOfOne();

    @BeforeEach
    void fill() {
        AZURE.tenant()
                .graph(
                        SUBSCRIPTION,
                        TYPE.toLowerCase(Locale.ROOT),
                        service("idle", "standard", 2),
                        service("busy", "basic", 1),
                        service("ageless", "basic", 1),
                        service("free", "free", 1));
        AZURE.server()
                .list(
                        "/subscriptions/" + SUBSCRIPTION + "/resources",
                        created("idle", "2026-01-05T09:00:00Z"),
                        created(
                                "busy",
                                Instant.now()
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .minus(1, ChronoUnit.DAYS)
                                        .toString()));
        AZURE.tenant()
                .metrics(
                        TYPE,
                        2,
                        List.of(id("idle"), id("busy"), id("ageless")),
                        List.of("SearchQueriesPerSecond"),
                        new AzureTenant.Series(id("busy"), "SearchQueriesPerSecond", null, "average", hour -> "0.5"));
    }

    private static String id(String name) {
        return AzureTenant.group(SUBSCRIPTION) + "/providers/" + TYPE + "/" + name;
    }

    private static String service(String name, String tier, int replicas) {
        return """
                {"id": "%s", "name": "%s", "type": "microsoft.search/searchservices", "location": "westeurope", \
                "tags": {"team": "shop"}, "sku": {"name": "%s"},
                 "properties": {"replicaCount": %d, "partitionCount": 3, "status": "running", "provisioningState": \
                "succeeded"}}""".formatted(id(name), name, tier, replicas);
    }

    private static String created(String name, String when) {
        return "{\"id\": \"" + id(name) + "\", \"createdTime\": \"" + when + "\"}";
    }

    @Test
    void a_service_has_its_units_its_age_and_its_searches() throws Exception {
        Gathered gathered = AZURE.gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.resources)
                .extracting(Resource::name)
                .as("the free tier costs nothing")
                .contains("idle", "busy")
                .doesNotContain("free");
        Resource idle = gathered.resource("idle");
        assertThat(idle.kind()).isEqualTo("search_index");
        assertThat(idle.replicas()).as("partitions of each replica").isEqualTo(6);
        assertThat(idle.createdAt()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
        assertThat(idle.attributes()).containsEntry("tier", "standard");
        assertThat(gathered.metric("idle", "requests"))
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
        assertThat(gathered.metric("busy", "requests"))
                .hasSize(48)
                .extracting(MetricHour::total)
                .containsOnly(1800.0);
        assertThat(gathered.metric("ageless", "requests"))
                .as("it may not have been there")
                .isEmpty();
    }

    @Test
    void searches_that_are_not_answered_for_are_no_hours_without_any() throws Exception {
        AZURE.server().fail("SearchQueriesPerSecond");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("idle", "requests")).isEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .containsExactly(SUBSCRIPTION + " metric SearchQueriesPerSecond in westeurope of idle, busy, ageless");
    }

    @Test
    void services_that_may_not_be_listed_are_a_gap() throws Exception {
        AZURE.tenant().graph(SUBSCRIPTION, TYPE.toLowerCase(Locale.ROOT));
        AZURE.server().refuse(".*/providers/" + TYPE, 403, "AuthorizationFailed", "no");
        assertThat(AZURE.gather().gaps)
                .extracting(Gap::problem)
                .containsExactly("access denied for Microsoft.Search/searchServices/read.");
    }
}
