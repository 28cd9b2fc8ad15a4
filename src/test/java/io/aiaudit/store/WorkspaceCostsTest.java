package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Azure bills on a workspace of Machine Learning goes to the computes of the size that its meter names. */
@Slow
class WorkspaceCostsTest {
    private static final String WORKSPACE =
            "/subscriptions/s/resourcegroups/g/providers/microsoft.machinelearningservices/workspaces/w";
    private static final String A100 = "Virtual Machines NCads A100 v4 Series - NC24ads A100 v4 - EU West";
    private static final String T4 = "Virtual Machines NCasT4 v3 Series - NC4as T4 v3 - EU West";
    private static final String ADDRESS = "IP Addresses - Standard IPv4 Static Public IP";

    @TempDir
    private Path folder;

    private static ResourceBuilder builder(String name, String machineType) {
        return Resource.builder(WORKSPACE + "/computes/" + name, "training_cluster", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType(machineType)
                .purchase("on_demand")
                .replicas(1)
                .parentId(WORKSPACE);
    }

    private static Resource compute(String name, String machineType, String purchase) {
        return builder(name, machineType).purchase(purchase).build();
    }

    private static Resource compute(String name, String machineType) {
        return compute(name, machineType, "on_demand");
    }

    private static Offer offer(String machineType, String price) {
        return OfferBuilder.builder()
                .provider("azure")
                .region("westeurope")
                .machineType(machineType)
                .onDemand(new BigDecimal(price))
                .spot(new BigDecimal(price).movePointLeft(1))
                .currency("USD")
                .asOf(LocalDate.parse("2026-06-01"))
                .build();
    }

    private static FocusCsv charge(FocusCsv bill, String description, String cost, String... further) {
        String[] row = {
            "ResourceId=" + WORKSPACE,
            "ProviderName=Microsoft",
            "ServiceName=Azure Machine Learning",
            "SubAccountId=s",
            "ChargeDescription=" + description,
            "BilledCost=" + cost,
            "EffectiveCost=" + cost
        };
        String[] all = java.util.Arrays.copyOf(row, row.length + further.length);
        System.arraycopy(further, 0, all, row.length, further.length);
        return bill.row(all);
    }

    /** By what follows the workspace's id: cost and basis. */
    private Map<String, String> costs(FocusCsv bill, Resource... computes) {
        return costs(bill, List.of(), computes);
    }

    private Map<String, String> costs(FocusCsv bill, List<MetricHour> nodes, Resource... computes) {
        Map<String, String> costs = new TreeMap<>();
        for (LeafCost leaf : leaves(bill, nodes, computes)) {
            String cost = leaf.parts().isEmpty()
                    ? "-"
                    : leaf.parts().stream()
                            .map(part -> part.cost())
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .stripTrailingZeros()
                            .toPlainString();
            costs.put(
                    leaf.resource().resourceId().replace(WORKSPACE, "").replace("/computes/", ""),
                    cost + " " + leaf.basis());
        }
        return costs;
    }

    private List<LeafCost> leaves(FocusCsv bill, List<MetricHour> metrics, Resource... computes) {
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder(WORKSPACE, "account", "azure")
                    .accountId("s")
                    .accountName(null)
                    .region("westeurope")
                    .build());
            List.of(computes).forEach(staging::resource);
            metrics.forEach(staging::metric);
            staging.offer(offer("Standard_NC24ads_A100_v4", "4"));
            staging.offer(offer("Standard_NC4as_T4_v3", "1"));
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            return store.scan().leafCosts(TestStore.JUNE);
        }
    }

    @Test
    void what_names_a_size_is_of_that_size_and_only_what_names_none_is_split_over_all() {
        FocusCsv bill = charge(charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80"), ADDRESS, "0.05");
        assertThat(costs(charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80"), computes()))
                .as("one compute each: another of its size may be gone")
                .isEqualTo(Map.of("big", "3 ALLOCATED", "small", "0.8 ALLOCATED"));
        assertThat(costs(bill, computes()))
                .as("an address is of both, 4 to 1")
                .isEqualTo(Map.of("big", "3.04 ALLOCATED", "small", "0.81 ALLOCATED"));
    }

    private static Resource[] computes() {
        return new Resource[] {compute("big", "STANDARD_NC24ADS_A100_V4"), compute("small", "Standard_NC4as_T4_v3")};
    }

    /** The workspace bills its computes, and an endpoint that no inventory lists has a line of its own. */
    @ParameterizedTest
    @CsvSource({"/onlineendpoints/scorer, 3 ALLOCATED", "/onlineendpoints/other, -"})
    void an_endpoint_that_is_billed_by_its_id_is_listed_by_its_deployment(String endpoint, String big) {
        FocusCsv bill = charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80", "ResourceId=" + WORKSPACE + endpoint);
        Resource deployment = Resource.builder(
                        WORKSPACE + "/onlineendpoints/scorer/deployments/blue", "inference_endpoint", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType("Standard_NC4as_T4_v3")
                .replicas(1)
                .build();
        Map<String, String> costs = costs(bill, compute("big", "Standard_NC24ads_A100_v4"), deployment);
        assertThat(costs.getOrDefault("big", "-")).startsWith(big);
    }

    @Test
    void several_of_one_size_share_it_which_is_an_estimate_and_the_sum_is_the_bill() {
        assertThat(costs(
                        charge(charge(new FocusCsv(), A100, "1.000000000001"), T4, "0.80"),
                        compute("a", "Standard_NC24ads_A100_v4"),
                        compute("b", "Standard_NC24ads_A100_v4"),
                        compute("small", "Standard_NC4as_T4_v3")))
                .isEqualTo(Map.of("a", "0.5 ALLOCATED", "b", "0.500000000001 ALLOCATED", "small", "0.8 ALLOCATED"));
    }

    @Test
    void a_size_that_no_compute_has_stays_on_the_workspace_and_no_list_price_replaces_what_it_did_not_bill() {
        assertThat(costs(charge(new FocusCsv(), A100, "3"), compute("small", "Standard_NC4as_T4_v3")))
                .isEqualTo(Map.of("#unallocated", "3 ALLOCATED", "small", "- UNPRICED"));
    }

    @Test
    void what_a_size_cost_beyond_its_list_price_is_not_explained() {
        assertThat(costs(charge(new FocusCsv(), A100, "8"), computes()))
                .isEqualTo(Map.of("#unallocated", "4 ALLOCATED", "big", "4 ALLOCATED", "small", "- UNPRICED"));
    }

    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final String SIZE = "Standard_NC24ads_A100_v4";

    /** Of each hour from midnight on: how many nodes there were. */
    private static List<MetricHour> nodes(String name, double... counts) {
        return java.util.stream.IntStream.range(0, counts.length)
                .mapToObj(hour -> new MetricHour(
                        WORKSPACE + "/computes/" + name,
                        "replicas",
                        MIDNIGHT.plusSeconds(3600L * hour),
                        counts[hour],
                        null,
                        null,
                        null))
                .toList();
    }

    private static Resource cluster(String name, Integer nodes, Map<String, String> attributes) {
        return builder(name, SIZE).replicas(nodes).attributes(attributes).build();
    }

    private static FocusCsv day(String cost) {
        return charge(new FocusCsv(), A100, cost, "ChargePeriodEnd=2026-06-02T00:00:00Z");
    }

    /** 24 node hours each; the busy one had none when it was seen. */
    @Test
    void clusters_weigh_the_nodes_that_their_hours_show_and_not_those_of_the_moment_they_were_seen() {
        double[] busy = new double[24];
        java.util.Arrays.fill(busy, 8, 16, 3);
        double[] idle = new double[24];
        java.util.Arrays.fill(idle, 1);
        List<MetricHour> nodes = new java.util.ArrayList<>(nodes("busy", busy));
        nodes.addAll(nodes("idle", idle));
        assertThat(costs(day("96"), nodes, cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of())))
                .isEqualTo(Map.of("idle", "48 ALLOCATED", "busy", "48 ALLOCATED"));
        assertThat(costs(day("96"), nodes("busy", busy), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of())))
                .as("of the other what was seen")
                .isEqualTo(Map.of("idle", "48 ALLOCATED", "busy", "48 ALLOCATED"));
        assertThat(costs(day("96"), nodes("busy", 0, 0, 9), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of())))
                .as("the average of the hours that have it holds for the others: 3 to 1")
                .isEqualTo(Map.of("idle", "24 ALLOCATED", "busy", "72 ALLOCATED"));
    }

    @Test
    void a_cluster_of_unknown_hours_takes_what_the_others_leave_of_the_bill() {
        assertThat(costs(day("128"), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of())))
                .as("24 hours at 4 are of the one that has a node, what is left is of the other")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "busy", "32 ALLOCATED"));
        assertThat(costs(day("96"), cluster("idle", 1, Map.of()), cluster("never-used", 0, Map.of())))
                .as("nothing is left")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "never-used", "- UNPRICED"));
        assertThat(costs(
                        day("96"),
                        nodes("busy", new double[24]),
                        cluster("idle", 1, Map.of()),
                        cluster("busy", 0, Map.of())))
                .as("its hours tell that it had none")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "busy", "- UNPRICED"));
    }

    @Test
    void what_is_left_is_shared_by_the_most_that_each_may_have_run_and_no_more_than_that() {
        assertThat(costs(
                        day("192"),
                        cluster("runs", 1, Map.of()),
                        cluster("up-to-three", 0, Map.of("max_nodes", "3")),
                        cluster("one", 0, Map.of())))
                .as("96 are left, 3 to 1")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "up-to-three", "72 ALLOCATED", "one", "24 ALLOCATED"));
        assertThat(costs(day("300"), cluster("runs", 1, Map.of()), cluster("one", 0, Map.of())))
                .as("24 hours at 4 each, and one that is gone")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "one", "96 ALLOCATED", "#unallocated", "108 ALLOCATED"));
        assertThat(costs(
                        charge(
                                new FocusCsv(),
                                T4.replace("NC4as", "NC7as"),
                                "96",
                                "ChargePeriodEnd=2026-06-02T00:00:00Z"),
                        builder("runs", "Standard_NC7as_T4_v3").build(),
                        builder("one", "Standard_NC7as_T4_v3").replicas(0).build()))
                .as("without a price nothing shows how much the hours of one explain")
                .isEqualTo(Map.of("runs", "- UNPRICED", "one", "- UNPRICED", "#unallocated", "96 ALLOCATED"));
    }

    @Test
    void what_is_stopped_now_is_not_free_unless_it_was_stopped_before() {
        assertThat(costs(day("96"), cluster("stopped", 0, Map.of())))
                .as("nothing else has its size")
                .isEqualTo(Map.of("stopped", "96 ALLOCATED"));
        assertThat(costs(
                        day("120"),
                        cluster("runs", 1, Map.of()),
                        cluster("stopped", 0, Map.of("stopped_since", "2026-05-31T10:00:00Z"))))
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "- UNPRICED", "#unallocated", "24 ALLOCATED"));
        assertThat(costs(
                        day("160"),
                        cluster("runs", 1, Map.of()),
                        cluster("stopped", 0, Map.of("stopped_since", "2026-06-01T10:00:00Z"))))
                .as("ten hours at most")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "40 ALLOCATED", "#unallocated", "24 ALLOCATED"));
    }

    @Test
    void what_is_called_stopped_had_no_more_machines_because_nobody_counts_them() {
        assertThat(costs(day("120"), compute("runs", SIZE), notebook("stopped", Map.of())))
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "24 ALLOCATED"));
        assertThat(costs(
                        day("96"),
                        compute("runs", SIZE),
                        notebook("stopped", Map.of("stopped_since", "2026-05-31T10:00:00Z"))))
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "- UNPRICED"));
    }

    @Test
    void a_cost_that_is_what_others_leave_is_reported_to_be() {
        Path file = day("144").write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder(WORKSPACE, "account", "azure")
                    .accountId("s")
                    .accountName(null)
                    .region("westeurope")
                    .build());
            staging.resource(cluster("runs", 1, Map.of()));
            staging.resource(cluster("stopped", 0, Map.of("min_nodes", "0")));
            staging.offer(offer(SIZE, "4"));
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .filteredOn(leaf -> leaf.resource().attributes().containsKey("cost_taken_as"))
                    .singleElement()
                    .satisfies(leaf -> assertThat(leaf.resource().attributes())
                            .containsEntry("min_nodes", "0")
                            .containsEntry(
                                    "cost_taken_as",
                                    "what the list price of the others leaves of the bill, since its hours "
                                            + "are unknown"));
        }
    }

    private static Resource notebook(String name, Map<String, String> attributes) {
        return Resource.builder(WORKSPACE + "/computes/" + name, "notebook", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType(SIZE)
                .state("Stopped")
                .attributes(attributes)
                .parentId(WORKSPACE)
                .build();
    }

    private static Resource served(String name, String state, Integer replicas) {
        return Resource.builder(WORKSPACE + "/computes/" + name, "inference_endpoint", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType(SIZE)
                .purchase("on_demand")
                .replicas(replicas)
                .state(state)
                .parentId(WORKSPACE)
                .build();
    }

    /** A file may leave out parents, and an endpoint that only holds deployments. */
    @Test
    void what_lies_in_the_id_of_a_workspace_is_billed_on_it_where_no_parent_is_listed() {
        Resource cluster =
                builder("cluster", "Standard_NC4as_T4_v3").parentId(null).build();
        Map<String, String> costs = costs(charge(day("96"), T4, "0.5"), lonely("shop/deployments/blue"), cluster);
        assertThat(costs)
                .isEqualTo(
                        Map.of("/onlineendpoints/shop/deployments/blue", "96 ALLOCATED", "cluster", "0.5 ALLOCATED"));
        Resource elsewhere = Resource.builder(
                        WORKSPACE + "2/onlineendpoints/shop/deployments/blue", "inference_endpoint", "azure")
                .accountId("s")
                .region("westeurope")
                .machineType(SIZE)
                .build();
        assertThat(costs(day("96"), elsewhere))
                .isEqualTo(Map.of("2/onlineendpoints/shop/deployments/blue", "- UNPRICED", "", "96 EFFECTIVE"));
    }

    private static Resource lonely(String name) {
        return Resource.builder(WORKSPACE + "/onlineendpoints/" + name, "inference_endpoint", "azure")
                .accountId("s")
                .region("westeurope")
                .machineType(SIZE)
                .purchase("on_demand")
                .replicas(1)
                .state("Succeeded")
                .build();
    }

    @ParameterizedTest
    @CsvSource({"Failed", "Creating", "CREATE_FAILED", "pending", "Deleting", "Stopped"})
    void a_deployment_whose_state_costs_nothing_takes_no_share_of_the_others(String state) {
        assertThat(costs(day("96"), served("serves", "Succeeded", 1), served("none", state, 1)))
                .isEqualTo(Map.of("serves", "96 ALLOCATED", "none", "- UNPRICED"));
    }

    @Test
    void what_the_price_of_the_others_leaves_is_of_one_that_ran_before_and_not_of_one_that_never_did() {
        assertThat(costs(day("120"), served("serves", "Succeeded", 1), served("gone", "Deleting", 1)))
                .isEqualTo(Map.of("serves", "96 ALLOCATED", "gone", "24 ALLOCATED"));
        assertThat(costs(day("120"), served("serves", "Succeeded", 1), served("never", "Failed", 1)))
                .isEqualTo(Map.of("serves", "96 ALLOCATED", "never", "- UNPRICED", "#unallocated", "24 ALLOCATED"));
        assertThat(costs(day("96"), served("never", "Failed", 1)))
                .as("nor all of it where there is no other")
                .isEqualTo(Map.of("never", "- UNPRICED", "#unallocated", "96 ALLOCATED"));
    }

    /** An update may fail while the instances of before serve on. */
    @Test
    void one_that_failed_ran_in_the_hours_in_which_its_instances_were_measured() {
        assertThat(costs(
                        day("128"), used("failed", 8), served("serves", "Succeeded", 1), served("failed", "Failed", 1)))
                .isEqualTo(Map.of("serves", "96 ALLOCATED", "failed", "32 ALLOCATED"));
        assertThat(costs(
                        day("96"), used("failed", 24), served("serves", "Succeeded", 1), served("failed", "Failed", 1)))
                .as("with a discount both pay their half")
                .isEqualTo(Map.of("serves", "48 ALLOCATED", "failed", "48 ALLOCATED"));
    }

    /** Processors were used in so many hours from midnight on, and no request came. */
    private static List<MetricHour> used(String name, int hours) {
        return java.util.stream.IntStream.range(0, 24)
                .boxed()
                .flatMap(hour -> java.util.stream.Stream.of(
                        measured(name, "requests", hour, null, 0.0),
                        measured(name, "cpu_utilization", hour, hour < hours ? 0.02 : 0.0, null)))
                .toList();
    }

    private static MetricHour measured(String name, String metric, int hour, Double average, Double total) {
        return new MetricHour(
                WORKSPACE + "/computes/" + name,
                metric,
                MIDNIGHT.plusSeconds(3600L * hour),
                average,
                null,
                total,
                null);
    }

    @Test
    void nor_has_it_a_list_price_unless_its_instances_were_measured() {
        FocusCsv bill = charge(new FocusCsv(), A100, "3", "ResourceId=/subscriptions/s/other");
        assertThat(leaves(
                        bill,
                        used("measured", 8),
                        served("serves", "Succeeded", 1),
                        served("failed", "Failed", 1),
                        served("measured", "Failed", 1)))
                .filteredOn(leaf -> leaf.resource().resourceId().startsWith(WORKSPACE))
                .extracting(leaf -> leaf.resource().name() + " "
                        + leaf.listPricePerHour().stripTrailingZeros().toPlainString())
                .containsExactlyInAnyOrder("serves 4", "failed 0", "measured 4");
    }

    @Test
    void what_may_be_taken_away_has_a_meter_of_its_own() {
        FocusCsv bill = charge(
                charge(new FocusCsv(), A100, "3"), A100.replace("A100 v4 - EU", "A100 v4 Low Priority - EU"), "0.3");
        assertThat(costs(
                        bill,
                        compute("kept", "Standard_NC24ads_A100_v4"),
                        compute("cheap", "Standard_NC24ads_A100_v4", "spot")))
                .isEqualTo(Map.of("kept", "3 ALLOCATED", "cheap", "0.3 ALLOCATED"));
    }

    @Test
    void low_priority_is_not_sold_at_the_price_of_spot() {
        FocusCsv bill = charge(new FocusCsv(), A100, "3", "ResourceId=/subscriptions/s/other");
        assertThat(costs(
                        bill,
                        builder("spot", SIZE).purchase("spot").build(),
                        builder("low", SIZE)
                                .purchase("spot")
                                .attributes(Map.of("priority", "LowPriority"))
                                .build()))
                .containsEntry("spot", "- LIST")
                .containsEntry("low", "- UNPRICED");
    }

    @ParameterizedTest
    @CsvSource({
        "Standard_D11_v2, D11 v2/DS11 v2",
        "Standard_DS11_v2, D11 v2/DS11 v2",
        "Standard_ND96asr_v4, ND96asr A100 v4",
        "Standard_ND96isr_H100_v5, ND96isrH100v5",
        "Standard_NC6_Promo, NC6 Promo",
        "Standard_NC24ads_A100_v4, Standard_NC24ads_A100_v4 compute hours"
    })
    void the_meter_of_a_size_in_a_column_of_its_own(String machineType, String meter) {
        FocusCsv bill = charge(new FocusCsv(), "", "0.01", "x_SkuMeterName=" + meter);
        assertThat(costs(bill, compute("it", machineType), compute("other", "Standard_ND96isr_H200_v5")))
                .containsEntry("it", "0.01 ALLOCATED")
                .containsEntry("other", "- UNPRICED");
    }

    private static final String ACCOUNT =
            "/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/accounts/a";

    private static Resource deployment(String name, String kind, String hosting) {
        return Resource.builder(ACCOUNT + "/deployments/" + name, kind, "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType(kind.equals("model_usage") ? null : "ptu/ProvisionedManaged")
                .parentId(ACCOUNT)
                .attributes(hosting == null ? Map.of() : Map.of("hosting", hosting))
                .build();
    }

    @Test
    void what_hosting_costs_is_of_the_fine_tuned_models_that_are_deployed() {
        FocusCsv bill = charge(
                charge(new FocusCsv(), "Azure OpenAI - gpt 4.1 mini FT Hosting", "1.70", "ResourceId=" + ACCOUNT),
                "Azure OpenAI - Provisioned Managed Unit",
                "5",
                "ResourceId=" + ACCOUNT);
        assertThat(costs(
                        bill,
                        deployment("tuned", "model_usage", "fine-tuned"),
                        deployment("trial", "model_usage", "fine-tuned, on demand"),
                        deployment("plain", "model_usage", null),
                        deployment("units", "provisioned_throughput", null)))
                .containsEntry(ACCOUNT + "/deployments/tuned", "1.7 ALLOCATED")
                .containsEntry(ACCOUNT + "/deployments/units", "5 ALLOCATED");
    }

    @Test
    void a_model_that_was_not_deployed_takes_nothing_of_what_the_use_of_it_costs() {
        FocusCsv bill = charge(
                new FocusCsv(),
                "Azure OpenAI - gpt-4.1-mini Inp glbl Tokens",
                "3",
                "ResourceId=" + ACCOUNT,
                "ConsumedUnit=1K");
        assertThat(costs(bill, answering("serves", "Succeeded"), answering("none", "Creating")))
                .containsEntry(ACCOUNT + "/deployments/serves", "3 ALLOCATED")
                .containsEntry(ACCOUNT + "/deployments/none", "- UNPRICED");
    }

    private static Resource answering(String name, String state) {
        return Resource.builder(ACCOUNT + "/deployments/" + name, "model_usage", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .state(state)
                .parentId(ACCOUNT)
                .attributes(Map.of("model", "gpt-4.1-mini"))
                .build();
    }

    @Test
    void the_size_that_the_details_of_a_price_show_is_the_size() {
        FocusCsv bill =
                charge(new FocusCsv(), "Compute", "2", "SkuPriceDetails={\"x_InstanceType\":\"Standard_NC4as_T4_v3\"}");
        assertThat(costs(bill, computes())).containsEntry("#unallocated", "1 ALLOCATED");
    }
}
