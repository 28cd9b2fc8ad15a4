package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What Azure bills on a workspace of Machine Learning goes to the computes of the size that its meter names. */
@Slow
class WorkspaceCostsTest {
    private static final String WORKSPACE =
            "/subscriptions/s/resourcegroups/g/providers/microsoft.machinelearningservices/workspaces/w";
    private static final String A100 = "Virtual Machines NCads A100 v4 Series - NC24ads A100 v4 - EU West";
    private static final String T4 = "Virtual Machines NCasT4 v3 Series - NC4as T4 v3 - EU West";
    private static final String ADDRESS = "IP Addresses - Standard IPv4 Static Public IP";

    @TempDir
    private static Path folder;

    /** What the tests look at: one store has all of it, because a store takes seconds and a few rows more nothing. */
    private static final List<Billed> ALL = new ArrayList<>();

    private static List<LeafCost> allLeaves;

    /** What one workspace was billed, in a subscription of its own, and what is in it. */
    private record Billed(String subscription, FocusCsv bill, List<MetricHour> metrics, List<Resource> computes) {
        private String own(String text) {
            return text == null ? null : text.replace("/subscriptions/s/", "/subscriptions/" + subscription + "/");
        }

        private void addTo(FocusCsv all) {
            all.rows(bill, (column, value) -> column.equals("SubAccountId") ? subscription : own(value));
        }

        private void stage(Staging staging) {
            staging.resource(Resource.builder(own(WORKSPACE), "account", "azure")
                    .accountId(subscription)
                    .accountName(null)
                    .region("westeurope")
                    .build());
            computes.forEach(compute -> staging.resource(ResourceBuilder.builder(compute)
                    .resourceId(own(compute.resourceId()))
                    .parentId(own(compute.parentId()))
                    .accountId(subscription)
                    .build()));
            metrics.forEach(metric -> staging.metric(new MetricHour(
                    own(metric.resourceId()),
                    metric.metric(),
                    metric.hour(),
                    metric.average(),
                    metric.maximum(),
                    metric.total(),
                    metric.samples())));
        }

        private List<LeafCost> leaves() {
            String start = own("/subscriptions/s/");
            return allLeaves().stream()
                    .filter(leaf -> leaf.resource().resourceId().startsWith(start))
                    .toList();
        }

        /** By what follows the workspace's id: cost and basis. */
        private Map<String, String> costs() {
            Map<String, String> costs = new TreeMap<>();
            for (LeafCost leaf : leaves()) {
                String cost = leaf.parts().isEmpty()
                        ? "-"
                        : leaf.parts().stream()
                                .map(part -> part.cost())
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .stripTrailingZeros()
                                .toPlainString();
                costs.put(
                        leaf.resource()
                                .resourceId()
                                .replace("/" + subscription + "/", "/s/")
                                .replace(WORKSPACE, "")
                                .replace("/computes/", ""),
                        cost + " " + leaf.basis());
            }
            return costs;
        }
    }

    private static synchronized List<LeafCost> allLeaves() {
        if (allLeaves == null) {
            FocusCsv bill = new FocusCsv();
            ALL.forEach(billed -> billed.addTo(bill));
            Path file = bill.write(folder, "b.csv");
            try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
                ALL.forEach(billed -> billed.stage(staging));
                staging.offer(offer("Standard_NC24ads_A100_v4", "4"));
                staging.offer(offer("Standard_NC4as_T4_v3", "1"));
                staging.files(TestStore.set(FileSet.Content.BILLING, file));
            })) {
                allLeaves = store.scan().leafCosts(TestStore.JUNE);
            }
        }
        return allLeaves;
    }

    private static Billed billed(FocusCsv bill, Resource... computes) {
        return billed(bill, List.of(), computes);
    }

    private static Billed billed(FocusCsv bill, List<MetricHour> metrics, Resource... computes) {
        String subscription = String.format(Locale.ROOT, "s%03d", ALL.size());
        Billed billed = new Billed(subscription, bill, metrics, List.of(computes));
        ALL.add(billed);
        return billed;
    }

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

    private static final Billed ONE_OF_EACH_SIZE =
            billed(charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80"), computes());
    private static final Billed AN_ADDRESS_TOO =
            billed(charge(charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80"), ADDRESS, "0.05"), computes());

    @Test
    void what_names_a_size_is_of_that_size_and_only_what_names_none_is_split_over_all() {
        assertThat(ONE_OF_EACH_SIZE.costs())
                .as("one compute each: another of its size may be gone")
                .isEqualTo(Map.of("big", "3 ALLOCATED", "small", "0.8 ALLOCATED"));
        assertThat(AN_ADDRESS_TOO.costs())
                .as("an address is of both, 4 to 1")
                .isEqualTo(Map.of("big", "3.04 ALLOCATED", "small", "0.81 ALLOCATED"));
    }

    private static Resource[] computes() {
        return new Resource[] {compute("big", "STANDARD_NC24ADS_A100_V4"), compute("small", "Standard_NC4as_T4_v3")};
    }

    private static Billed endpoint(String endpoint) {
        FocusCsv bill = charge(charge(new FocusCsv(), A100, "3.00"), T4, "0.80", "ResourceId=" + WORKSPACE + endpoint);
        Resource deployment = Resource.builder(
                        WORKSPACE + "/onlineendpoints/scorer/deployments/blue", "inference_endpoint", "azure")
                .accountId("s")
                .accountName(null)
                .region("westeurope")
                .machineType("Standard_NC4as_T4_v3")
                .replicas(1)
                .build();
        return billed(bill, compute("big", "Standard_NC24ads_A100_v4"), deployment);
    }

    static final List<Arguments> ENDPOINTS = List.of(
            argumentSet("/onlineendpoints/scorer", endpoint("/onlineendpoints/scorer"), "3 ALLOCATED"),
            argumentSet("/onlineendpoints/other", endpoint("/onlineendpoints/other"), "-"));

    /** The workspace bills its computes, and an endpoint that no inventory lists has a line of its own. */
    @ParameterizedTest
    @FieldSource("ENDPOINTS")
    void an_endpoint_that_is_billed_by_its_id_is_listed_by_its_deployment(Billed billed, String big) {
        assertThat(billed.costs().getOrDefault("big", "-")).startsWith(big);
    }

    private static final Billed TWO_OF_ONE_SIZE = billed(
            charge(charge(new FocusCsv(), A100, "1.000000000001"), T4, "0.80"),
            compute("a", "Standard_NC24ads_A100_v4"),
            compute("b", "Standard_NC24ads_A100_v4"),
            compute("small", "Standard_NC4as_T4_v3"));

    @Test
    void several_of_one_size_share_it_which_is_an_estimate_and_the_sum_is_the_bill() {
        assertThat(TWO_OF_ONE_SIZE.costs())
                .isEqualTo(Map.of("a", "0.5 ALLOCATED", "b", "0.500000000001 ALLOCATED", "small", "0.8 ALLOCATED"));
    }

    private static final Billed A_SIZE_OF_NONE =
            billed(charge(new FocusCsv(), A100, "3"), compute("small", "Standard_NC4as_T4_v3"));

    @Test
    void a_size_that_no_compute_has_stays_on_the_workspace_and_no_list_price_replaces_what_it_did_not_bill() {
        assertThat(A_SIZE_OF_NONE.costs()).isEqualTo(Map.of("#unallocated", "3 ALLOCATED", "small", "- UNPRICED"));
    }

    private static final Billed BEYOND_THE_LIST_PRICE = billed(charge(new FocusCsv(), A100, "8"), computes());

    @Test
    void what_a_size_cost_beyond_its_list_price_is_not_explained() {
        assertThat(BEYOND_THE_LIST_PRICE.costs())
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

    private static final List<MetricHour> NODES_OF_THE_BUSY =
            nodes("busy", 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final List<MetricHour> NODES_OF_BOTH = Stream.concat(
                    NODES_OF_THE_BUSY.stream(),
                    nodes("idle", DoubleStream.generate(() -> 1).limit(24).toArray()).stream())
            .toList();

    private static final Billed NODES_MEASURED =
            billed(day("96"), NODES_OF_BOTH, cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of()));
    private static final Billed NODES_OF_ONE_MEASURED =
            billed(day("96"), NODES_OF_THE_BUSY, cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of()));
    private static final Billed NODES_OF_THREE_HOURS =
            billed(day("96"), nodes("busy", 0, 0, 9), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of()));

    /** 24 node hours each; the busy one had none when it was seen. */
    @Test
    void clusters_weigh_the_nodes_that_their_hours_show_and_not_those_of_the_moment_they_were_seen() {
        assertThat(NODES_MEASURED.costs()).isEqualTo(Map.of("idle", "48 ALLOCATED", "busy", "48 ALLOCATED"));
        assertThat(NODES_OF_ONE_MEASURED.costs())
                .as("of the other what was seen")
                .isEqualTo(Map.of("idle", "48 ALLOCATED", "busy", "48 ALLOCATED"));
        assertThat(NODES_OF_THREE_HOURS.costs())
                .as("the average of the hours that have it holds for the others: 3 to 1")
                .isEqualTo(Map.of("idle", "24 ALLOCATED", "busy", "72 ALLOCATED"));
    }

    private static final Billed SOME_LEFT =
            billed(day("128"), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of()));
    private static final Billed NOTHING_LEFT =
            billed(day("96"), cluster("idle", 1, Map.of()), cluster("never-used", 0, Map.of()));
    private static final Billed MEASURED_WITHOUT_NODES = billed(
            day("96"), nodes("busy", new double[24]), cluster("idle", 1, Map.of()), cluster("busy", 0, Map.of()));

    @Test
    void a_cluster_of_unknown_hours_takes_what_the_others_leave_of_the_bill() {
        assertThat(SOME_LEFT.costs())
                .as("24 hours at 4 are of the one that has a node, what is left is of the other")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "busy", "32 ALLOCATED"));
        assertThat(NOTHING_LEFT.costs())
                .as("nothing is left")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "never-used", "- UNPRICED"));
        assertThat(MEASURED_WITHOUT_NODES.costs())
                .as("its hours tell that it had none")
                .isEqualTo(Map.of("idle", "96 ALLOCATED", "busy", "- UNPRICED"));
    }

    private static final Billed UP_TO_THREE = billed(
            day("192"),
            cluster("runs", 1, Map.of()),
            cluster("up-to-three", 0, Map.of("max_nodes", "3")),
            cluster("one", 0, Map.of()));
    private static final Billed ONE_IS_GONE =
            billed(day("300"), cluster("runs", 1, Map.of()), cluster("one", 0, Map.of()));
    private static final Billed WITHOUT_PRICE = billed(
            charge(new FocusCsv(), T4.replace("NC4as", "NC7as"), "96", "ChargePeriodEnd=2026-06-02T00:00:00Z"),
            builder("runs", "Standard_NC7as_T4_v3").build(),
            builder("one", "Standard_NC7as_T4_v3").replicas(0).build());

    @Test
    void what_is_left_is_shared_by_the_most_that_each_may_have_run_and_no_more_than_that() {
        assertThat(UP_TO_THREE.costs())
                .as("96 are left, 3 to 1")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "up-to-three", "72 ALLOCATED", "one", "24 ALLOCATED"));
        assertThat(ONE_IS_GONE.costs())
                .as("24 hours at 4 each, and one that is gone")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "one", "96 ALLOCATED", "#unallocated", "108 ALLOCATED"));
        assertThat(WITHOUT_PRICE.costs())
                .as("without a price nothing shows how much the hours of one explain")
                .isEqualTo(Map.of("runs", "- UNPRICED", "one", "- UNPRICED", "#unallocated", "96 ALLOCATED"));
    }

    private static final Billed STOPPED_ALONE = billed(day("96"), cluster("stopped", 0, Map.of()));
    private static final Billed STOPPED_BEFORE = billed(
            day("120"),
            cluster("runs", 1, Map.of()),
            cluster("stopped", 0, Map.of("stopped_since", "2026-05-31T10:00:00Z")));
    private static final Billed STOPPED_DURING = billed(
            day("160"),
            cluster("runs", 1, Map.of()),
            cluster("stopped", 0, Map.of("stopped_since", "2026-06-01T10:00:00Z")));

    @Test
    void what_is_stopped_now_is_not_free_unless_it_was_stopped_before() {
        assertThat(STOPPED_ALONE.costs()).as("nothing else has its size").isEqualTo(Map.of("stopped", "96 ALLOCATED"));
        assertThat(STOPPED_BEFORE.costs())
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "- UNPRICED", "#unallocated", "24 ALLOCATED"));
        assertThat(STOPPED_DURING.costs())
                .as("ten hours at most")
                .isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "40 ALLOCATED", "#unallocated", "24 ALLOCATED"));
    }

    private static final Billed NOTEBOOK_STOPPED =
            billed(day("120"), compute("runs", SIZE), notebook("stopped", Map.of()));
    private static final Billed NOTEBOOK_STOPPED_BEFORE = billed(
            day("96"), compute("runs", SIZE), notebook("stopped", Map.of("stopped_since", "2026-05-31T10:00:00Z")));

    @Test
    void what_is_called_stopped_had_no_more_machines_because_nobody_counts_them() {
        assertThat(NOTEBOOK_STOPPED.costs()).isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "24 ALLOCATED"));
        assertThat(NOTEBOOK_STOPPED_BEFORE.costs()).isEqualTo(Map.of("runs", "96 ALLOCATED", "stopped", "- UNPRICED"));
    }

    private static final Billed LEFT_BY_OTHERS =
            billed(day("144"), cluster("runs", 1, Map.of()), cluster("stopped", 0, Map.of("min_nodes", "0")));

    @Test
    void a_cost_that_is_what_others_leave_is_reported_to_be() {
        assertThat(LEFT_BY_OTHERS.leaves())
                .filteredOn(leaf -> leaf.resource().attributes().containsKey("cost_taken_as"))
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.resource().attributes())
                        .containsEntry("min_nodes", "0")
                        .containsEntry(
                                "cost_taken_as",
                                "what the list price of the others leaves of the bill, since its hours "
                                        + "are unknown"));
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

    private static final Billed WITHOUT_PARENTS = billed(
            charge(day("96"), T4, "0.5"),
            lonely("/onlineendpoints/shop/deployments/blue"),
            builder("cluster", "Standard_NC4as_T4_v3").parentId(null).build());
    private static final Billed OF_ANOTHER_WORKSPACE = billed(day("96"), elsewhere());

    /** A file may leave out parents, and an endpoint that only holds deployments. */
    @Test
    void what_lies_in_the_id_of_a_workspace_is_billed_on_it_where_no_parent_is_listed() {
        assertThat(WITHOUT_PARENTS.costs())
                .isEqualTo(
                        Map.of("/onlineendpoints/shop/deployments/blue", "96 ALLOCATED", "cluster", "0.5 ALLOCATED"));
        assertThat(OF_ANOTHER_WORKSPACE.costs())
                .isEqualTo(Map.of("2/onlineendpoints/shop/deployments/blue", "- UNPRICED", "", "96 EFFECTIVE"));
    }

    private static Resource elsewhere() {
        return Resource.builder(WORKSPACE + "2/onlineendpoints/shop/deployments/blue", "inference_endpoint", "azure")
                .accountId("s")
                .region("westeurope")
                .machineType(SIZE)
                .build();
    }

    private static Resource lonely(String name) {
        return Resource.builder(WORKSPACE + name, "inference_endpoint", "azure")
                .accountId("s")
                .region("westeurope")
                .machineType(SIZE)
                .purchase("on_demand")
                .replicas(1)
                .state("Succeeded")
                .build();
    }

    static final List<Arguments> STATES = Stream.of(
                    "Failed", "Creating", "CREATE_FAILED", "pending", "Deleting", "Stopped")
            .map(state ->
                    argumentSet(state, billed(day("96"), served("serves", "Succeeded", 1), served("none", state, 1))))
            .map(Arguments.class::cast)
            .toList();

    @ParameterizedTest
    @FieldSource("STATES")
    void a_deployment_whose_state_costs_nothing_takes_no_share_of_the_others(Billed billed) {
        assertThat(billed.costs()).isEqualTo(Map.of("serves", "96 ALLOCATED", "none", "- UNPRICED"));
    }

    private static final Billed RAN_BEFORE =
            billed(day("120"), served("serves", "Succeeded", 1), served("gone", "Deleting", 1));
    private static final Billed NEVER_RAN =
            billed(day("120"), served("serves", "Succeeded", 1), served("never", "Failed", 1));
    private static final Billed NEVER_RAN_ALONE = billed(day("96"), served("never", "Failed", 1));

    @Test
    void what_the_price_of_the_others_leaves_is_of_one_that_ran_before_and_not_of_one_that_never_did() {
        assertThat(RAN_BEFORE.costs()).isEqualTo(Map.of("serves", "96 ALLOCATED", "gone", "24 ALLOCATED"));
        assertThat(NEVER_RAN.costs())
                .isEqualTo(Map.of("serves", "96 ALLOCATED", "never", "- UNPRICED", "#unallocated", "24 ALLOCATED"));
        assertThat(NEVER_RAN_ALONE.costs())
                .as("nor all of it where there is no other")
                .isEqualTo(Map.of("never", "- UNPRICED", "#unallocated", "96 ALLOCATED"));
    }

    private static final Billed FAILED_AFTER_HOURS =
            billed(day("128"), used("failed", 8), served("serves", "Succeeded", 1), served("failed", "Failed", 1));
    private static final Billed FAILED_WITH_DISCOUNT =
            billed(day("96"), used("failed", 24), served("serves", "Succeeded", 1), served("failed", "Failed", 1));

    /** An update may fail while the instances of before serve on. */
    @Test
    void one_that_failed_ran_in_the_hours_in_which_its_instances_were_measured() {
        assertThat(FAILED_AFTER_HOURS.costs()).isEqualTo(Map.of("serves", "96 ALLOCATED", "failed", "32 ALLOCATED"));
        assertThat(FAILED_WITH_DISCOUNT.costs())
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

    private static final Billed FAILED_AND_UNBILLED = billed(
            charge(new FocusCsv(), A100, "3", "ResourceId=/subscriptions/s/other"),
            used("measured", 8),
            served("serves", "Succeeded", 1),
            served("failed", "Failed", 1),
            served("measured", "Failed", 1));

    @Test
    void nor_has_it_a_list_price_unless_its_instances_were_measured() {
        assertThat(FAILED_AND_UNBILLED.leaves())
                .filteredOn(leaf -> leaf.resource().resourceId().contains("/workspaces/w/"))
                .extracting(leaf -> leaf.resource().name() + " "
                        + leaf.listPricePerHour().stripTrailingZeros().toPlainString())
                .containsExactlyInAnyOrder("serves 4", "failed 0", "measured 4");
    }

    private static final Billed TAKEN_AWAY = billed(
            charge(charge(new FocusCsv(), A100, "3"), A100.replace("A100 v4 - EU", "A100 v4 Low Priority - EU"), "0.3"),
            compute("kept", "Standard_NC24ads_A100_v4"),
            compute("cheap", "Standard_NC24ads_A100_v4", "spot"));

    @Test
    void what_may_be_taken_away_has_a_meter_of_its_own() {
        assertThat(TAKEN_AWAY.costs()).isEqualTo(Map.of("kept", "3 ALLOCATED", "cheap", "0.3 ALLOCATED"));
    }

    private static final Billed LOW_PRIORITY = billed(
            charge(new FocusCsv(), A100, "3", "ResourceId=/subscriptions/s/other"),
            builder("spot", SIZE).purchase("spot").build(),
            builder("low", SIZE)
                    .purchase("spot")
                    .attributes(Map.of("priority", "LowPriority"))
                    .build());

    @Test
    void low_priority_is_not_sold_at_the_price_of_spot() {
        assertThat(LOW_PRIORITY.costs()).containsEntry("spot", "- LIST").containsEntry("low", "- UNPRICED");
    }

    private static Arguments meter(String machineType, String meter) {
        FocusCsv bill = charge(new FocusCsv(), "", "0.01", "x_SkuMeterName=" + meter);
        return argumentSet(
                machineType + ", " + meter,
                billed(bill, compute("it", machineType), compute("other", "Standard_ND96isr_H200_v5")));
    }

    static final List<Arguments> METERS = List.of(
            meter("Standard_D11_v2", "D11 v2/DS11 v2"),
            meter("Standard_DS11_v2", "D11 v2/DS11 v2"),
            meter("Standard_ND96asr_v4", "ND96asr A100 v4"),
            meter("Standard_ND96isr_H100_v5", "ND96isrH100v5"),
            meter("Standard_NC6_Promo", "NC6 Promo"),
            meter("Standard_NC24ads_A100_v4", "Standard_NC24ads_A100_v4 compute hours"));

    @ParameterizedTest
    @FieldSource("METERS")
    void the_meter_of_a_size_in_a_column_of_its_own(Billed billed) {
        assertThat(billed.costs()).containsEntry("it", "0.01 ALLOCATED").containsEntry("other", "- UNPRICED");
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

    private static final Billed HOSTING = billed(
            charge(
                    charge(new FocusCsv(), "Azure OpenAI - gpt 4.1 mini FT Hosting", "1.70", "ResourceId=" + ACCOUNT),
                    "Azure OpenAI - Provisioned Managed Unit",
                    "5",
                    "ResourceId=" + ACCOUNT),
            deployment("tuned", "model_usage", "fine-tuned"),
            deployment("trial", "model_usage", "fine-tuned, on demand"),
            deployment("plain", "model_usage", null),
            deployment("units", "provisioned_throughput", null));

    @Test
    void what_hosting_costs_is_of_the_fine_tuned_models_that_are_deployed() {
        assertThat(HOSTING.costs())
                .containsEntry(ACCOUNT + "/deployments/tuned", "1.7 ALLOCATED")
                .containsEntry(ACCOUNT + "/deployments/units", "5 ALLOCATED");
    }

    private static final Billed NOT_DEPLOYED = billed(
            charge(
                    new FocusCsv(),
                    "Azure OpenAI - gpt-4.1-mini Inp glbl Tokens",
                    "3",
                    "ResourceId=" + ACCOUNT,
                    "ConsumedUnit=1K"),
            answering("serves", "Succeeded"),
            answering("none", "Creating"));

    @Test
    void a_model_that_was_not_deployed_takes_nothing_of_what_the_use_of_it_costs() {
        assertThat(NOT_DEPLOYED.costs())
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

    private static final Billed SIZE_IN_DETAILS = billed(
            charge(new FocusCsv(), "Compute", "2", "SkuPriceDetails={\"x_InstanceType\":\"Standard_NC4as_T4_v3\"}"),
            computes());

    @Test
    void the_size_that_the_details_of_a_price_show_is_the_size() {
        assertThat(SIZE_IN_DETAILS.costs()).containsEntry("#unallocated", "1 ALLOCATED");
    }
}
