package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools of Azure Batch, against a server that plays a tenant. */
@Outside
class AzureBatchTest {
    private static final String POOLS =
            AzureTenant.group(AzureTenant.SEARCH) + "/providers/Microsoft.Batch/batchAccounts/render/pools";

    @AutoClose
    private static AzureServer azure;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        azure.reset();
        AzureTenant tenant = new AzureTenant(azure);
        tenant.subscription(AzureTenant.SEARCH, "search");
        tenant.batch(AzureTenant.SEARCH);
    }

    private static Gathered gather() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Gathered.from(new AzureCollector(azure.scope()), Window.ofDays(today.minusDays(2), today));
    }

    @Test
    void a_pool_with_accelerators_is_a_group_of_the_nodes_that_it_has_now() throws Exception {
        Gathered gathered = gather();
        assertThat(gathered.gaps).isEmpty();
        assertThat(gathered.resources)
                .extracting(Resource::name)
                .contains("render/gpu")
                .doesNotContain("render/cpu");
        Resource pool = gathered.resource("render/gpu");
        assertThat(pool.kind()).isEqualTo("node_group");
        assertThat(pool.accelerator()).isEqualTo("T4");
        assertThat(pool.replicas()).as("dedicated and spot").isEqualTo(3);
        assertThat(pool.purchase()).isEqualTo("on_demand");
        assertThat(pool.tags()).containsEntry("team", "film");
        assertThat(pool.attributes())
                .containsEntry("dedicated_nodes", "2")
                .containsEntry("spot_nodes", "1")
                .containsEntry("autoscaling", "none");
    }

    @Test
    void pools_that_may_not_be_read_are_a_gap_of_their_account() throws Exception {
        azure.refuse(POOLS, 403, "AuthorizationFailed", "no");
        assertThat(gather().gaps)
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.scope()).contains("batch pools").contains("render"));
    }
}
