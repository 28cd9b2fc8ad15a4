package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Money billed on a parent is laid on its leaves, to the last digit. */
class LeavesTest {
    private static final String ENDPOINT = "arn:aws:sagemaker:eu-west-1:1:endpoint/chat";

    @TempDir
    private Path folder;

    private static ResourceBuilder variant(String name, String machineType) {
        return Resource.builder(ENDPOINT + "/variant/" + name, "inference_endpoint", "aws")
                .region("nowhere-1")
                .machineType(machineType)
                .parentId(ENDPOINT);
    }

    private static Offer offer(String machineType, String price) {
        // all of them are named as SageMaker names its own
        return OfferBuilder.builder()
                .provider("aws")
                .region("nowhere-1")
                .machineType("ml." + machineType)
                .onDemand(new BigDecimal(price))
                .currency("USD")
                .asOf(LocalDate.parse("2026-06-01"))
                .build();
    }

    private static Offer withAccelerator(Offer offer) {
        return OfferBuilder.builder(offer).acceleratorCount(BigDecimal.ONE).build();
    }

    private static FocusCsv bill(String... rows) {
        FocusCsv csv = new FocusCsv();
        for (String cost : rows) {
            csv.row(
                    "ResourceId=" + ENDPOINT,
                    "ServiceName=Amazon SageMaker",
                    "BilledCost=" + cost,
                    "EffectiveCost=" + cost);
        }
        return csv;
    }

    /** Cost by what follows the parent's id. */
    private Map<String, BigDecimal> costs(FocusCsv bill, Consumer<Staging> inventory) {
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            inventory.accept(staging);
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            Map<String, BigDecimal> costs = new LinkedHashMap<>();
            store.locked()
                    .select("SELECT resource_id, sum(cost) FROM charges GROUP BY ALL ORDER BY ALL")
                    .rows()
                    .forEach(row -> costs.put(
                            ((String) row.get(0)).replace(ENDPOINT, ""),
                            ((BigDecimal) row.get(1)).stripTrailingZeros()));
            assertThat(store.locked()
                            .select("SELECT count(*) FROM charges WHERE resource_id NOT IN (SELECT resource_id FROM "
                                    + "resources)"
                                    + " OR resource_id IN (SELECT parent_id FROM resources WHERE parent_id IS "
                                    + "NOT NULL)")
                            .rows())
                    .as("charges that are not on a leaf")
                    .containsExactly(List.of(0L));
            return costs;
        }
    }

    /** The bill of one endpoint, under the name of another. */
    private static FocusCsv renamed(FocusCsv all, FocusCsv bill, String endpoint) {
        return all.rows(bill, (column, value) -> value.replace(ENDPOINT, endpoint));
    }

    /** What is of this endpoint, by what follows its id. */
    private static Map<String, BigDecimal> of(String endpoint, Map<String, BigDecimal> all) {
        Map<String, BigDecimal> costs = new LinkedHashMap<>();
        String end = endpoint.replace(ENDPOINT, "");
        all.forEach((id, cost) -> {
            if (id.startsWith(end)) {
                costs.put(id.substring(end.length()), cost);
            }
        });
        return costs;
    }

    @Test
    void what_serves_has_the_tags_of_its_endpoint_which_the_bill_or_an_inventory_names() {
        Path bill = new FocusCsv()
                .row("ResourceId=" + ENDPOINT, "ServiceName=Amazon SageMaker", "Tags={\"env\": \"dev\"}")
                .write(folder, "b.csv");
        String deployment = "/subscriptions/s/resourcegroups/g/providers/microsoft.machinelearningservices/workspaces/w"
                + "/onlineendpoints/e";
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(variant("a", "x.large").build());
            staging.resource(variant("b", "x.large")
                    .tags(Map.of("env", "prod", "team", "search"))
                    .build());
            staging.resource(Resource.builder(ENDPOINT, "inference_endpoint", "aws")
                    .tags(Map.of("cost", "7"))
                    .build());
            staging.resource(Resource.builder(deployment, "inference_endpoint", "azure")
                    .tags(Map.of("env", "dev"))
                    .build());
            staging.resource(Resource.builder(deployment + "/deployments/d", "inference_endpoint", "azure")
                    .parentId(deployment)
                    .build());
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
        })) {
            assertThat(store.locked().select("""
                                    SELECT concat_ws(' ', split_part(resource_id, '/', -1), map_extract(tags, 'env')[1],
                                      map_extract(tags, 'team')[1], map_extract(tags, 'cost')[1]) AS part
                                    FROM resources WHERE parent_id IS NOT NULL ORDER BY part""").rows())
                    .as("parts of AWS and Google Cloud can't be tagged, deployments of Azure can")
                    .containsExactly(List.of("a dev 7"), List.of("b prod search 7"), List.of("d"));
        }
    }

    @Test
    void variants_share_by_replicas_and_list_price_and_what_they_do_not_explain_stays_on_the_parent() {
        Map<String, BigDecimal> costs = costs(bill("10"), sink -> {
            sink.resource(
                    Resource.builder(ENDPOINT, "inference_endpoint", "aws").build());
            sink.resource(variant("a", "x.large").replicas(2).build());
            sink.resource(variant("b", "y.large").replicas(1).build());
            sink.offer(offer("x.large", "1.5"));
            sink.offer(offer("y.large", "5"));
        });
        assertThat(costs)
                .containsEntry("/variant/a", new BigDecimal("3"))
                .containsEntry("/variant/b", new BigDecimal("5"))
                .containsEntry("#unallocated", new BigDecimal("2"))
                .hasSize(3);
    }

    private static final List<Arguments> NAMED_PARTS = Cases.of("""
            priced | /variant/busy | true
            unpriced | /variant/busy | true
            billed | #/variant/busy | true
            other | /other/busy | true
            listed | /variant/old | false
            of-another | 2/variant/busy | false
            """);

    private static final Once<NamedParts> WITH_NAMED_PARTS = new Once<>();

    /** What has the charges, and what is warned of. */
    private record NamedParts(List<String> charged, List<String> warnings) {}

    private NamedParts namedParts() {
        List<String> usage = new ArrayList<>(List.of("resource_id,metric,hour,total"));
        FocusCsv bill = new FocusCsv();
        NAMED_PARTS.forEach(row -> {
            String endpoint = family("part", Cases.text(row, 0));
            String named = endpoint + Cases.text(row, 1).replace("#", "");
            renamed(bill, bill("10"), endpoint);
            if (Cases.text(row, 1).startsWith("#")) {
                bill.row("ResourceId=" + named, "ServiceName=Amazon SageMaker");
            } else {
                usage.add(named + ",requests,2026-06-01T00:00:00Z,5");
            }
        });
        Path usageFile = TestStore.file(folder, "usage.csv", usage.toArray(String[]::new));
        Path billFile = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            NAMED_PARTS.forEach(row -> {
                String endpoint = family("part", Cases.text(row, 0));
                staging.resource(
                        Resource.builder(endpoint, "inference_endpoint", "aws").build());
                staging.resource(Resource.builder(endpoint + "/variant/old", "inference_endpoint", "aws")
                        .region("nowhere-1")
                        .machineType(Cases.text(row, 0).equals("unpriced") ? "y.large" : "x.large")
                        .parentId(endpoint)
                        .replicas(1)
                        .build());
            });
            staging.offer(offer("x.large", "100"));
            staging.files(TestStore.set(FileSet.Content.BILLING, billFile));
            staging.files(TestStore.set(FileSet.Content.USAGE, usageFile));
        })) {
            return new NamedParts(
                    store.locked()
                            .select("SELECT resource_id FROM charges WHERE cost = 10")
                            .texts(),
                    store.scan().warnings());
        }
    }

    /** Whoever lost the row of the busy one would sell all of the endpoint as idle. */
    @ParameterizedTest
    @FieldSource("NAMED_PARTS")
    void a_part_that_only_the_usage_or_the_bill_names_may_have_what_the_listed_ones_would_take(
            String form, String named, boolean isLacking) {
        NamedParts parts = WITH_NAMED_PARTS.get(this::namedParts);
        String endpoint = family("part", form);

        assertThat(parts.charged())
                .filteredOn(id -> id.startsWith(endpoint))
                .containsExactly(endpoint + (isLacking ? "#unallocated" : "/variant/old"));
        assertThat(parts.warnings())
                .filteredOn(warning -> warning.contains("No inventory lists 1 part of " + endpoint))
                .hasSize(isLacking ? 1 : 0);
    }

    @Test
    void what_is_left_of_a_bill_has_no_requests_not_even_none() {
        Path usage = TestStore.file(
                folder,
                "usage.csv",
                "resource_id,metric,hour,total",
                ENDPOINT + "/variant/a,requests,2026-06-01T00:00:00Z,5",
                ENDPOINT + "/variant/a,requests,2026-06-01T02:00:00Z,5");
        Path bill = bill("10").write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder(ENDPOINT, "inference_endpoint", "aws")
                    .accountId("1")
                    .accountName(null)
                    .region("nowhere-1")
                    .build());
            staging.resource(variant("a", "x.large")
                    .replicas(2)
                    .accountId("1")
                    .accountName(null)
                    .region("nowhere-1")
                    .build());
            staging.offer(offer("x.large", "1.5"));
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            staging.files(new FileSet(FileSet.Content.USAGE, "usage.csv", List.of(usage), Set.of("requests")));
        })) {
            assertThat(store.locked()
                            .select("SELECT resource_id, count(*) FROM metrics GROUP BY ALL ORDER BY ALL")
                            .rows())
                    .containsExactly(List.of(ENDPOINT + "/variant/a", 3L));
            assertThat(store.locked()
                            .select("SELECT count(*) FROM resources WHERE resource_id LIKE '%#unallocated'")
                            .rows())
                    .containsExactly(List.of(1L));
        }
    }

    private static final List<Arguments> FAMILIES = Cases.of("""
            inference_endpoint | inference_endpoint | 100.01 | 0.37
            service | training_cluster | 33333.333333333333 | 1234.5
            service | instance | 0.000000000007 | 1
            node_group | instance | -17.17 | 0.001
            service | gpu_workload | 9999999.99 | 3.999999999
            """);
    private static final Once<Map<String, BigDecimal>> OF_FAMILIES = new Once<>();

    private static String family(String parentKind, String leafKind) {
        return ENDPOINT + "-" + parentKind + "-" + leafKind + ":";
    }

    private Map<String, BigDecimal> families() {
        FocusCsv bill = new FocusCsv();
        FAMILIES.forEach(
                row -> renamed(bill, bill(Cases.text(row, 2), "0.01"), family(Cases.text(row, 0), Cases.text(row, 1))));
        return costs(
                bill,
                sink -> FAMILIES.forEach(
                        row -> family(sink, Cases.text(row, 0), Cases.text(row, 1), Cases.text(row, 3))));
    }

    /** With a type of its own, since each has another price. */
    private static void family(Staging sink, String parentKind, String leafKind, String price) {
        String parent = family(parentKind, leafKind);
        String type = leafKind.replace('_', '-') + "-" + parentKind.replace('_', '-') + ".large";
        sink.resource(Resource.builder(parent, parentKind, "aws").build());
        for (String name : List.of("a", "b", "c")) {
            sink.resource(Resource.builder(parent + "/" + name, leafKind, "aws")
                    .region("nowhere-1")
                    .machineType(name.equals("c") ? "y.large" : type)
                    .replicas(name.equals("b") ? 3 : 1)
                    .acceleratorCount(BigDecimal.ONE)
                    .parentId(parent)
                    .build());
        }
        sink.offer(withAccelerator(offer(type, price)));
        sink.offer(withAccelerator(offer("y.large", "0.7")));
    }

    /** Each family that DESIGN.md names; amounts that no split divides evenly. */
    @ParameterizedTest
    @FieldSource("FAMILIES")
    void whatever_the_family_the_sum_is_that_of_the_bill_to_the_last_digit(
            String parentKind, String leafKind, String billed, String price) {
        Map<String, BigDecimal> costs = of(family(parentKind, leafKind), OF_FAMILIES.get(this::families));
        assertThat(costs.keySet()).contains("/a", "/b", "/c");
        assertThat(costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(new BigDecimal(billed).add(new BigDecimal("0.01")));
    }

    private static final List<Arguments> GUESTS = Cases.of("""
            training_cluster | training_job
            node_group | batch_job
            instance | training_job
            instance | volume
            training_cluster | file_system
            capacity_reservation | instance
            """);
    private static final Once<Map<String, BigDecimal>> WITH_GUESTS = new Once<>();

    private Map<String, BigDecimal> withGuests() {
        FocusCsv bill = new FocusCsv();
        GUESTS.forEach(row -> renamed(bill, bill("10"), family(Cases.text(row, 0), Cases.text(row, 1))));
        return costs(bill, sink -> {
            GUESTS.forEach(row -> guest(sink, Cases.text(row, 0), Cases.text(row, 1)));
            sink.offer(offer("x.large", "1.5"));
        });
    }

    private static void guest(Staging sink, String hostKind, String guestKind) {
        String host = family(hostKind, guestKind);
        sink.resource(Resource.builder(host, hostKind, "aws")
                .region("nowhere-1")
                .machineType("x.large")
                .build());
        sink.resource(Resource.builder(host + "/guest", guestKind, "aws")
                .region("nowhere-1")
                .machineType("x.large")
                .parentId(host)
                .build());
    }

    /**
     * A job, a disk and what is held by a reservation are no parts: the money and the findings stay with what is
     * billed.
     */
    @ParameterizedTest
    @FieldSource("GUESTS")
    void what_runs_on_a_machine_or_is_attached_to_it_takes_none_of_its_money(String hostKind, String guestKind) {
        Map<String, BigDecimal> costs = of(family(hostKind, guestKind), WITH_GUESTS.get(this::withGuests));
        assertThat(costs).containsExactly(Map.entry("", new BigDecimal("1E+1")));
    }

    @Test
    void a_job_on_a_cluster_has_no_list_price_of_its_own() {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, sink -> {
            sink.resource(Resource.builder("cluster", "training_cluster", "aws")
                    .region("nowhere-1")
                    .machineType("ml.x.large")
                    .replicas(1)
                    .build());
            for (String job : List.of("on-cluster", "lost", "arn:aws:sagemaker:us-east-1:1:training-job/own")) {
                sink.resource(Resource.builder(job, "training_job", "aws")
                        .region("nowhere-1")
                        .machineType("ml.x.large")
                        .parentId(job.equals("on-cluster") ? "cluster" : null)
                        .build());
            }
            sink.offer(offer("x.large", "1.5"));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(leaf -> leaf.resource().resourceId(), LeafCost::basis)
                    .containsExactlyInAnyOrder(
                            tuple("cluster", CostBasis.LIST),
                            tuple("on-cluster", CostBasis.UNPRICED),
                            tuple("lost", CostBasis.UNPRICED),
                            tuple("arn:aws:sagemaker:us-east-1:1:training-job/own", CostBasis.LIST));
        }
    }

    /** A cluster has a fee of its own, its nodes are billed by themselves, and one of them carries two workloads. */
    @Test
    void a_cluster_its_nodes_and_what_runs_on_one_of_them_add_up_to_the_bill() {
        FocusCsv bill = bill("0.10")
                .row("ResourceId=i-0a", "BilledCost=2.01", "EffectiveCost=2.01")
                .row("ResourceId=i-0b", "BilledCost=1.006", "EffectiveCost=1.006");
        Map<String, BigDecimal> costs = costs(bill, sink -> {
            sink.resource(Resource.builder(ENDPOINT, "service", "aws").build());
            for (String node : List.of("i-0a", "i-0b")) {
                sink.resource(Resource.builder(node, "instance", "aws")
                        .region("nowhere-1")
                        .machineType("x.large")
                        .parentId(ENDPOINT)
                        .build());
            }
            for (String workload : List.of("pod-1", "pod-2")) {
                sink.resource(Resource.builder(workload, "gpu_workload", "kubernetes")
                        .machineType("x.large")
                        .acceleratorCount(BigDecimal.ONE)
                        .parentId("i-0a")
                        .build());
            }
        });
        assertThat(costs.keySet()).containsExactlyInAnyOrder("i-0b", "pod-1", "pod-2");
        assertThat(costs.get("pod-1").add(costs.get("pod-2")))
                .isBetween(new BigDecimal("2.01"), new BigDecimal("2.11"));
        assertThat(costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("3.116");
    }

    /** No bill is of Kubernetes: what it shows of a month goes as far as the bill of the node. */
    @Test
    void a_workload_is_billed_as_long_as_its_node() {
        Path file = new FocusCsv()
                .row("ResourceId=i-0a", "ChargePeriodEnd=2026-06-01T01:00:00Z")
                .row(
                        "ResourceId=i-0a",
                        "ChargePeriodStart=2026-06-20T23:00:00Z",
                        "ChargePeriodEnd=2026-06-21T00:00:00Z")
                .write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder("i-0a", "instance", "aws").build());
            staging.resource(Resource.builder("pod", "gpu_workload", "kubernetes")
                    .acceleratorCount(BigDecimal.ONE)
                    .parentId("i-0a")
                    .build());
            staging.resource(Resource.builder("elsewhere", "gpu_workload", "kubernetes")
                    .acceleratorCount(BigDecimal.ONE)
                    .build());
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            assertThat(store.leaf("pod").billed()).isEqualTo(Window.parse("2026-06-01/2026-06-21"));
            assertThat(store.leaf("elsewhere").billed()).isNull();
        }
    }

    /** A whole card, three more and a slice of a card, which is a seventh. */
    @Test
    void what_runs_on_the_nodes_of_a_group_has_of_its_bill_as_much_as_accelerators() {
        Map<String, BigDecimal> costs = costs(bill("29"), sink -> {
            sink.resource(Resource.builder(ENDPOINT, "node_group", "aws").build());
            Map.of("/one", "1", "/three", "3", "/slice", "0.142857")
                    .forEach((name, accelerators) ->
                            sink.resource(Resource.builder(ENDPOINT + name, "gpu_workload", "kubernetes")
                                    .machineType("node.large")
                                    .accelerator("A100-40GB")
                                    .acceleratorCount(new BigDecimal(accelerators))
                                    .acceleratorMemoryGib(null)
                                    .parentId(ENDPOINT)
                                    .build()));
        });
        assertThat(costs.get("/one")).isCloseTo(new BigDecimal("7"), within(new BigDecimal("0.01")));
        assertThat(costs.get("/three")).isCloseTo(new BigDecimal("21"), within(new BigDecimal("0.01")));
        assertThat(costs.get("/slice")).isCloseTo(new BigDecimal("1"), within(new BigDecimal("0.01")));
        assertThat(costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("29");
    }

    private static final List<Arguments> SLICES = Cases.of("""
            0.142857 0.142857 0.142857 0.142857 0.142857 0.142857 0.142857 | 0
            0.571428 0.428571 | 0
            0.33 0.33 0.33 | 0
            0.12 0.13 0.12 0.13 0.12 0.13 0.12 0.13 | 0
            0.5 0.25 | 7
            0.5 0.49 | 0.28
            0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 | 2.8
            0.142857 0.142857 0.142857 0.142857 0.142857 0.142857 | 4
            '' | 28
            '0.5 -' | 14
            """);
    private static final Once<Map<String, BigDecimal>> SLICED = new Once<>();

    private static String sliced(String slices) {
        return ENDPOINT + "-" + slices.replace(' ', '-') + ":";
    }

    private Map<String, BigDecimal> sliced() {
        FocusCsv bill = new FocusCsv();
        SLICES.forEach(slices -> renamed(bill, bill("28"), sliced(Cases.text(slices, 0))));
        return costs(bill, sink -> SLICES.forEach(slices -> slice(sink, Cases.text(slices, 0))));
    }

    private static void slice(Staging sink, String slices) {
        String card = sliced(slices);
        sink.resource(Resource.builder(card, "instance", "aws")
                .accelerator("A10G")
                .acceleratorCount(BigDecimal.ONE)
                .build());
        String[] sizes = slices.split(" ");
        for (int i = 0; i < sizes.length; i++) {
            sink.resource(Resource.builder(card + "/" + i, "gpu_workload", "kubernetes")
                    .machineType("node.large")
                    .accelerator("A10G")
                    .acceleratorCount(sizes[i].matches("[0-9.]+") ? new BigDecimal(sizes[i]) : null)
                    .parentId(card)
                    .build());
        }
    }

    /** Slices of one card that an export rounded, and others that leave some of it. */
    @ParameterizedTest
    @FieldSource("SLICES")
    void slices_of_a_card_are_all_of_it_within_what_rounding_takes_and_of_unknown_size_none(
            String slices, BigDecimal left) {
        Map<String, BigDecimal> costs = of(sliced(slices), SLICED.get(this::sliced));
        assertThat(costs.getOrDefault("#unallocated", BigDecimal.ZERO))
                .isCloseTo(left, within(new BigDecimal("0.0001")));
        assertThat(costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("28");
    }

    /** 0.848 + 0.848 + 0.848 is 2.5439999999999996 in binary numbers. */
    @Test
    void a_bill_at_just_the_list_price_leaves_nothing_over() {
        Map<String, BigDecimal> costs = costs(bill("2.5440000001"), sink -> {
            sink.resource(
                    Resource.builder(ENDPOINT, "inference_endpoint", "aws").build());
            sink.resource(variant("a", "x.large").build());
            sink.resource(variant("b", "x.large").build());
            sink.resource(variant("c", "x.large").build());
            sink.offer(offer("x.large", "0.848"));
        });
        assertThat(costs.keySet()).containsExactly("/variant/a", "/variant/b", "/variant/c");
        assertThat(costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("2.5440000001");
    }

    @Test
    void a_discounted_bill_is_shared_in_proportion_and_leaves_nothing_over() {
        Map<String, BigDecimal> costs = costs(bill("1"), sink -> {
            sink.resource(variant("a", "x.large").build());
            sink.resource(variant("b", "x.large").build());
            sink.resource(variant("c", "x.large").build());
            sink.offer(offer("x.large", "7"));
        });
        assertThat(costs)
                .hasSize(3)
                .containsEntry("/variant/a", new BigDecimal("0.333333333334"))
                .containsEntry("/variant/b", new BigDecimal("0.333333333333"));
    }

    @Test
    void without_prices_the_only_leaf_and_leaves_of_one_type_take_everything() {
        assertThat(costs(bill("10"), sink -> sink.resource(variant("a", null).build())))
                .isEqualTo(Map.of("/variant/a", new BigDecimal("1E+1")));
        Map<String, BigDecimal> two = costs(bill("8"), sink -> {
            sink.resource(variant("a", "unknown.type").replicas(3).build());
            sink.resource(variant("b", "unknown.type").build());
        });
        assertThat(two).isEqualTo(Map.of("/variant/a", new BigDecimal("6"), "/variant/b", new BigDecimal("2")));
    }

    /** Kinds of which one is no more likely than ten. */
    private static final List<Arguments> OF_UNKNOWN_NUMBER = Cases.of("""
            provisioned_throughput | ''
            node_group | ''
            training_cluster | ''
            inference_endpoint | 4
            """);

    private static final Once<Map<String, BigDecimal>> UNKNOWN_NUMBERS = new Once<>();

    private Map<String, BigDecimal> unknownNumbers() {
        FocusCsv bill = new FocusCsv();
        OF_UNKNOWN_NUMBER.forEach(row -> {
            for (String form : List.of("unlisted", "listed", "alone")) {
                renamed(bill, bill("200"), family(Cases.text(row, 0), form));
            }
        });
        return costs(bill, sink -> {
            sink.offer(offer("unit", "1"));
            OF_UNKNOWN_NUMBER.forEach(row -> ofUnknownNumber(sink, Cases.text(row, 0), Cases.text(row, 1)));
        });
    }

    private static void ofUnknownNumber(Staging sink, String kind, String most) {
        Map<String, String> limits = most.isEmpty() ? Map.of() : Map.of("autoscaling_max", most);
        for (String form : List.of("unlisted", "listed")) {
            String type = form.equals("listed") ? "unit" : "other";
            sink.resource(part(kind, form, "full", type).replicas(100).build());
            sink.resource(part(kind, form, "unknown", type).attributes(limits).build());
        }
        sink.resource(part(kind, "alone", "unknown", "unit").attributes(limits).build());
    }

    private static ResourceBuilder part(String kind, String form, String name, String machineType) {
        return Resource.builder(family(kind, form) + "/variant/" + name, kind, "aws")
                .region("nowhere-1")
                .machineType(machineType)
                .parentId(family(kind, form));
    }

    @ParameterizedTest
    @FieldSource("OF_UNKNOWN_NUMBER")
    void beside_others_a_leaf_of_an_unknown_number_takes_nothing_and_leaves_nothing_known(String kind) {
        Map<String, BigDecimal> costs = UNKNOWN_NUMBERS.get(this::unknownNumbers);
        assertThat(of(family(kind, "unlisted"), costs))
                .as("without a price")
                .isEqualTo(Map.of("#unallocated", new BigDecimal("2E+2")));
        assertThat(of(family(kind, "listed"), costs))
                .as("at their list price no more than 100 units")
                .isEqualTo(Map.of("/variant/full", new BigDecimal("1E+2"), "#unallocated", new BigDecimal("1E+2")));
        assertThat(of(family(kind, "alone"), costs))
                .as("alone it has all of it")
                .isEqualTo(Map.of("/variant/unknown", new BigDecimal("2E+2")));
    }

    @Test
    void charges_that_start_together_and_end_apart_are_shared_each_by_itself() {
        FocusCsv bill = bill("10");
        bill.row(
                "ResourceId=" + ENDPOINT,
                "ServiceName=Amazon SageMaker",
                "ChargePeriodEnd=2026-07-01T00:00:00Z",
                "BilledCost=30",
                "EffectiveCost=30");
        assertThat(costs(bill, sink -> sink.resource(variant("a", null).build())))
                .isEqualTo(Map.of("/variant/a", new BigDecimal("4E+1")));
    }

    @Test
    void without_prices_leaves_of_several_types_take_nothing() {
        Map<String, BigDecimal> costs = costs(bill("9"), sink -> {
            sink.resource(variant("a", "unknown.type").build());
            sink.resource(variant("b", "other.type").build());
        });
        assertThat(costs).isEqualTo(Map.of("#unallocated", new BigDecimal("9")));
    }

    private static final String ACCOUNT =
            "/subscriptions/1/resourcegroups/ml/providers/microsoft.cognitiveservices" + "/accounts/";

    /** Each meter of units by its row: what is billed of it an hour, and the deployments of its account. */
    private static final List<Arguments> UNITS = Cases.of("""
            pair | Global 50, Regional 100 | one GlobalProvisionedManaged, two ProvisionedManaged | one 50, two 100
            zones | Data Zone 7, Global 5 | one DataZoneProvisionedManaged, two GlobalProvisionedManaged | one 7, two 5
            words | Data Zone 7, Regional 5 | one data-zone-provisioned-managed, two provisioned managed | one 7, two 5
            three | Global 9, Regional 4 | x Global, y Global, z ProvisionedManaged | x 4.5, y 4.5, z 4
            none | Data Zone 9 | one GlobalProvisionedManaged, two GlobalProvisionedManaged | #unallocated 9
            open | Global 9 | one Provisioned, two GlobalProvisionedManaged | #unallocated 9
            rest | Global 9, Regional 4 | one Provisioned, two GlobalProvisionedManaged | #unallocated 9, one 4
            moved | Regional 9 | one GlobalProvisionedManaged | one 9
            gone | Global 9, Regional 4 | one GlobalProvisionedManaged | one 9, #unallocated 4
            bare | - 9 | one ProvisionedManaged, two ProvisionedManaged | one 4.5, two 4.5
            """);

    private static final Once<Map<String, BigDecimal>> OF_UNITS = new Once<>();

    private Map<String, BigDecimal> units() {
        FocusCsv bill = new FocusCsv();
        UNITS.forEach(row -> {
            for (String meter : Cases.text(row, 1).split(", ")) {
                String cost = meter.substring(meter.lastIndexOf(' ') + 1);
                String words = meter.substring(0, meter.lastIndexOf(' ')).replace("-", "");
                bill.row(
                        "ResourceId=" + ACCOUNT + Cases.text(row, 0),
                        "ProviderName=Microsoft",
                        "ServiceName=Azure OpenAI",
                        "ConsumedUnit=Hours",
                        "SkuMeter=Provisioned Managed " + words + " Unit",
                        "BilledCost=" + cost,
                        "EffectiveCost=" + cost);
            }
        });
        return costs(
                bill,
                sink -> UNITS.forEach(row -> {
                    String account = ACCOUNT + Cases.text(row, 0);
                    for (String deployment : Cases.text(row, 2).split(", ")) {
                        String name = deployment.substring(0, deployment.indexOf(' '));
                        sink.resource(
                                Resource.builder(account + "/deployments/" + name, "provisioned_throughput", "azure")
                                        .region("nowhere")
                                        .replicas(10)
                                        .attributes(Map.of(
                                                "deployment_type", deployment.substring(deployment.indexOf(' ') + 1)))
                                        .parentId(account)
                                        .build());
                    }
                }));
    }

    @ParameterizedTest
    @FieldSource("UNITS")
    void units_are_of_deployments_of_the_kind_that_their_meter_names(
            String account, String billed, String deployments, String expected) {
        Map<String, BigDecimal> costs = new LinkedHashMap<>();
        for (String part : expected.split(", ")) {
            String name = part.substring(0, part.indexOf(' '));
            costs.put(
                    name.startsWith("#") ? name : "/deployments/" + name,
                    new BigDecimal(part.substring(part.indexOf(' ') + 1)).stripTrailingZeros());
        }
        Map<String, BigDecimal> found = new LinkedHashMap<>();
        OF_UNITS.get(this::units).forEach((id, cost) -> {
            if (id.startsWith(ACCOUNT + account + "/") || id.startsWith(ACCOUNT + account + "#")) {
                found.put(id.substring((ACCOUNT + account).length()), cost);
            }
        });
        assertThat(found).isEqualTo(costs);
    }

    /** What is covered, or has another price, is not known by its list price. */
    @Test
    void a_charge_that_names_a_type_of_machine_is_of_leaves_of_that_type() {
        FocusCsv bill = new FocusCsv();
        for (String typed : List.of("ml.x.large 2", "ml.y.xlarge 3")) {
            String cost = typed.substring(typed.indexOf(' ') + 1);
            bill.row(
                    "ResourceId=" + ENDPOINT,
                    "ServiceName=Amazon SageMaker",
                    "SkuMeter=USE1-Host:" + typed.substring(0, typed.indexOf(' ')),
                    "BilledCost=" + cost,
                    "EffectiveCost=" + cost);
        }
        Map<String, BigDecimal> unpriced = costs(bill, sink -> {
            sink.resource(variant("a", "x.large").build());
            sink.resource(variant("b", "ml.y.xlarge").build());
        });
        assertThat(unpriced).isEqualTo(Map.of("/variant/a", new BigDecimal("2"), "/variant/b", new BigDecimal("3")));
        Map<String, BigDecimal> unknown = costs(bill, sink -> {
            sink.resource(variant("a", "x.large").build());
            sink.resource(variant("b", null).build());
        });
        assertThat(unknown).isEqualTo(Map.of("#unallocated", new BigDecimal("5")));
    }

    @Test
    void a_leaf_pays_only_for_the_time_it_existed() {
        Map<String, BigDecimal> costs = costs(bill("8"), sink -> {
            sink.resource(variant("a", "t")
                    .createdAt(Instant.parse("2026-06-01T00:40:00Z"))
                    .build());
            sink.resource(variant("b", "t").build());
            sink.resource(variant("c", "t")
                    .endedAt(Instant.parse("2026-05-31T00:00:00Z"))
                    .build());
        });
        assertThat(costs).isEqualTo(Map.of("/variant/a", new BigDecimal("2"), "/variant/b", new BigDecimal("6")));
    }

    @Test
    void storage_tax_and_credits_of_a_parent_are_explained_by_no_leaf() {
        FocusCsv bill = bill("4")
                .row("ResourceId=" + ENDPOINT, "ConsumedUnit=GB-Mo", "EffectiveCost=2")
                .row("ResourceId=" + ENDPOINT, "ChargeCategory=Tax", "EffectiveCost=3");
        assertThat(costs(bill, sink -> sink.resource(variant("a", null).build())))
                .isEqualTo(Map.of("/variant/a", new BigDecimal("4"), "#unallocated", new BigDecimal("2")));
    }

    @Test
    void a_correction_goes_where_the_charge_went() {
        assertThat(costs(
                        bill("10", "-4"),
                        sink -> sink.resource(variant("a", null).build())))
                .isEqualTo(Map.of("/variant/a", new BigDecimal("6")));
    }

    @Test
    void what_stays_on_a_parent_is_a_resource_that_says_so() {
        Path file = bill("9").write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder(ENDPOINT, "inference_endpoint", "aws")
                    .name("chat")
                    .build());
            staging.resource(variant("a", "t1").build());
            staging.resource(variant("b", "t2").build());
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            assertThat(store.scan().resources())
                    .filteredOn(resource -> resource.resourceId().equals(ENDPOINT + "#unallocated"))
                    .singleElement()
                    .satisfies(rest -> {
                        assertThat(rest.parentId()).isEqualTo(ENDPOINT);
                        assertThat(rest.kind()).isEqualTo("inference_endpoint");
                        assertThat(rest.name()).isEqualTo("chat");
                        assertThat(rest.attributes()).containsEntry("unallocated", "true");
                    });
        }
    }

    @Test
    void resources_that_are_each_others_parents_stand_for_themselves() {
        Map<String, BigDecimal> costs = costs(bill("9"), sink -> {
            sink.resource(Resource.builder(ENDPOINT, "inference_endpoint", "aws")
                    .parentId("x")
                    .build());
            sink.resource(
                    Resource.builder("x", "service", "aws").parentId(ENDPOINT).build());
            sink.resource(Resource.builder("y", "service", "aws").parentId("y").build());
        });
        assertThat(costs).isEqualTo(Map.of("", new BigDecimal("9")));
    }

    @Test
    void one_machine_seen_by_three_collectors_is_one_resource() {
        Path file = new FocusCsv()
                .row("ResourceId=i-0a", "RegionId=eu-west-1", "ResourceName=from the bill")
                .write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder("arn:aws:ec2:eu-west-1:1:instance/i-0a", "instance", "aws")
                    .name("node")
                    .tags(Map.of("team", "a"))
                    .build());
            staging.resource(Resource.builder("i-0a", "instance", "aws")
                    .machineType("g5.xlarge")
                    .name("later")
                    .tags(Map.of("team", "b", "env", "prod"))
                    .workload("asg")
                    .build());
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            assertThat(store.scan().resources()).singleElement().satisfies(one -> {
                assertThat(one.name()).isEqualTo("node");
                assertThat(one.machineType()).isEqualTo("g5.xlarge");
                assertThat(one.region()).isEqualTo("eu-west-1");
                assertThat(one.workload()).isEqualTo("asg");
                assertThat(one.tags()).isEqualTo(Map.of("team", "a", "env", "prod"));
            });
        }
    }
}
