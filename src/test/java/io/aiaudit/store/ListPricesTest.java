package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.model.Audit.ListPrice;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Which list price a resource gets, where it is from, and what a discount or a price list of the user's own does to it.
 */
class ListPricesTest {
    private static final String VERTEX = "//aiplatform.googleapis.com/projects/p/locations/us-central1/endpoints/e";
    private static final String OFFER_HEADER = "provider,region,machine_type,on_demand,spot,currency,as_of";

    @TempDir
    private Path folder;

    /** A store with one resource of an inventory and no bill. */
    private TestStore store(IngestSettings settings, String... inventory) {
        List<String> lines = new ArrayList<>(List.of(
                "resource_id,kind,provider,region,machine_type,accelerator,accelerator_count,replicas,purchase"));
        lines.addAll(List.of(inventory));
        Path file = TestStore.file(folder, "inventory.csv", lines.toArray(String[]::new));
        return TestStore.of(folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)));
    }

    private static LeafCost leaf(TestStore store) {
        return store.scan().leafCosts(TestStore.JUNE).get(0);
    }

    private static IngestSettings settings(String discount, PriceFile... prices) {
        return TestStore.settings(
                null,
                List.of(),
                discount == null ? Map.of() : Map.of("aws", new BigDecimal(discount)),
                List.of(prices),
                List.of(),
                List.of());
    }

    private PriceFile prices(String... lines) {
        return PriceFile.read(TestStore.file(folder, "prices.csv", lines));
    }

    private static Offer offer(String region, String type, String onDemand) {
        return OfferBuilder.builder()
                .provider("aws")
                .region(region)
                .machineType(type)
                .onDemand(new BigDecimal(onDemand))
                .currency("USD")
                .asOf(LocalDate.parse("2026-06-30"))
                .build();
    }

    @Test
    void a_price_that_a_source_read_wins_unless_it_cannot_be_right() {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.offer(offer("us-east-1", "g5.xlarge", "1.01"));
            staging.offer(offer("eu-west-1", "g5.xlarge", "0.4"));
            staging.offer(offer("eu-west-1", "g5.2xlarge", "9.99"));
            staging.offer(offer("us-east-1", "g99.xlarge", "77"));
        })) {
            assertThat(store.locked()
                            .select("SELECT region, machine_type, on_demand, origin, accelerator FROM offers WHERE "
                                    + "machine_type IN ('g5.xlarge', 'g5.2xlarge', 'g99.xlarge') AND region "
                                    + "IN ('us-east-1', 'eu-west-1') AND provider = 'aws' ORDER BY ALL")
                            .rows())
                    .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(3) + " " + row.get(4))
                    .containsExactly(
                            "eu-west-1 g5.2xlarge built-in A10G",
                            "eu-west-1 g5.xlarge built-in A10G",
                            "us-east-1 g5.2xlarge built-in A10G",
                            "us-east-1 g5.xlarge price list that was read A10G",
                            "us-east-1 g99.xlarge price list that was read null");
            assertThat(store.scan().warnings())
                    .contains(
                            "The price list of aws has 0.4 for g5.xlarge in eu-west-1, which is below half or above "
                                    + "three times what that costs elsewhere: it is not used.",
                            "The price list of aws has 9.99 for g5.2xlarge in eu-west-1, which is below half or above "
                                    + "three times what that costs elsewhere: it is not used.");
        }
    }

    /** All of them in one store: each is a resource of its own. */
    @TestFactory
    Stream<DynamicTest> a_machine_has_the_price_of_how_it_is_sold() {
        List<List<String>> cases = Stream.of(
                        // Vertex AI sells a machine at a price of its own; where that is not known the bare machine's
                        // is none.
                        VERTEX + ", us-central1, a2-highgpu-1g, 4.7755",
                        VERTEX + ", us-central1, vertex/a2-highgpu-1g, 4.7755",
                        VERTEX + ", us-central1, n1-standard-4,",
                        "//compute.googleapis.com/projects/p/zones/us-central1-a/instances/i, us-central1, "
                                + "a2-highgpu-1g, 3.67339",
                        // A TPU is priced by the chip: up to v5p its name counts cores, two a chip.
                        "//tpu.googleapis.com/projects/p/locations/europe-west4-a/nodes/n, europe-west4, v2-8, 4.95",
                        "//tpu.googleapis.com/projects/p/locations/europe-west4-a/nodes/n, europe-west4, v3-32, 32",
                        "//tpu.googleapis.com/projects/p/locations/us-east5-a/nodes/n, us-east5, v5p-8, 16.8",
                        "//tpu.googleapis.com/projects/p/locations/us-central1-a/nodes/n, us-central1, v5litepod-8, "
                                + "9.6",
                        "//tpu.googleapis.com/projects/p/locations/us-east1-d/nodes/n, us-east1, v6e-4, 10.8",
                        "//compute.googleapis.com/projects/p/zones/us-central1-a/instances/i, us-central1, "
                                + "ct5lp-hightpu-4t, 4.8",
                        // Where the id names no service, the kind does.
                        "ep, us-central1, a2-highgpu-1g, 4.7755, inference_endpoint",
                        "job, us-central1, n1-standard-4,, training_job",
                        "vm, us-central1, a2-highgpu-1g, 3.67339, instance",
                        "nb, us-central1, a2-highgpu-1g, 3.67339, notebook",
                        // SageMaker sells at prices of its own, however somebody writes the type.
                        "arn:aws:sagemaker:us-east-1:1:endpoint/e, us-east-1, ml.g5.xlarge, 1.408, inference_endpoint",
                        "arn:aws:sagemaker:us-east-1:1:training-job/e, us-east-1, g5.xlarge, 1.408, training_job",
                        "arn:aws:sagemaker:us-east-1:1:endpoint/e, us-east-1, dl1.24xlarge,, inference_endpoint",
                        "i-0, us-east-1, g5.xlarge, 1.006, instance")
                .map(line -> List.of(line.split(", *", -1)))
                .toList();
        String[] rows = IntStream.range(0, cases.size())
                .mapToObj(i -> "%s-%d,%s,%s,%s,%s,,,1,on_demand"
                        .formatted(
                                cases.get(i).get(0),
                                i,
                                cases.get(i).size() > 4 ? cases.get(i).get(4) : "instance",
                                cases.get(i).get(1).startsWith("us-east-1")
                                                && !cases.get(i).get(0).startsWith("//")
                                        ? "aws"
                                        : "gcp",
                                cases.get(i).get(1),
                                cases.get(i).get(2)))
                .toArray(String[]::new);
        Map<String, LeafCost> leaves;
        try (TestStore store = store(IngestSettings.NONE, rows)) {
            leaves = store.scan().leafCosts(TestStore.JUNE).stream()
                    .collect(Collectors.toMap(leaf -> leaf.resource().resourceId(), leaf -> leaf));
        }
        return IntStream.range(0, cases.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        String.join(" ", cases.get(i)),
                        () -> assertPrice(
                                leaves.get(cases.get(i).get(0) + "-" + i),
                                cases.get(i).get(3))));
    }

    private static void assertPrice(LeafCost leaf, String perHour) {
        if (perHour.isEmpty()) {
            assertThat(leaf.listPricePerHour()).isNull();
            assertThat(leaf.basis()).isEqualTo(CostBasis.UNPRICED);
        } else {
            assertThat(leaf.listPricePerHour()).isEqualByComparingTo(perHour);
            assertThat(leaf.basis()).isEqualTo(CostBasis.LIST);
        }
    }

    /** Else a node and what runs on it would be priced twice. */
    @Test
    void what_runs_in_kubernetes_has_the_price_of_its_part_of_a_node_or_none() {
        Path file = TestStore.file(
                folder,
                "pods.csv",
                "resource_id,kind,provider,region,machine_type,accelerator_count,parent_id,replicas",
                "ng,node_group,aws,us-east-1,p4d.24xlarge,,,1",
                "ng/half,gpu_workload,aws,us-east-1,p4d.24xlarge,4,ng,1",
                "ng/one,gpu_workload,aws,us-east-1,p4d.24xlarge,1,ng,2",
                "ng/unknown,gpu_workload,aws,us-east-1,p4d.24xlarge,,other,1",
                "pod,gpu_workload,aws,us-east-1,p4d.24xlarge,8,,1");
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            BigDecimal node = new BigDecimal(store.locked()
                    .select("SELECT on_demand FROM offers WHERE provider = 'aws' AND region = 'us-east-1' AND "
                            + "machine_type = 'p4d.24xlarge'")
                    .rows()
                    .get(0)
                    .get(0)
                    .toString());
            Map<String, BigDecimal> prices = new HashMap<>();
            store.scan()
                    .leafCosts(TestStore.JUNE)
                    .forEach(leaf -> prices.put(leaf.resource().resourceId(), leaf.listPricePerHour()));
            assertThat(prices.get("ng/half")).isEqualByComparingTo(node.divide(new BigDecimal(2)));
            assertThat(prices.get("ng/one")).isEqualByComparingTo(node.divide(new BigDecimal(4)));
            assertThat(prices.get("pod")).isNull();
        }
    }

    @Test
    void what_an_inventory_calls_stopped_has_no_list_price_to_save() {
        Path file = TestStore.file(
                folder,
                "stopped.csv",
                "resource_id,kind,provider,region,machine_type,state",
                "i-1,instance,aws,us-east-1,g5.xlarge,stopped",
                "i-2,instance,aws,us-east-1,g5.xlarge,running",
                "vm-1,instance,azure,westeurope,Standard_NC24ads_A100_v4,VM stopped",
                "vm-2,instance,azure,westeurope,Standard_NC24ads_A100_v4,VM deallocated",
                "vm-3,notebook,azure,westeurope,Standard_NC24ads_A100_v4,Stopped",
                "vm-4,instance,azure,westeurope,Standard_NC24ads_A100_v4,Stopped (deallocated)");
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(leaf -> leaf.listPricePerHour().signum())
                    .containsExactly(0, 1, 1, 0, 0, 0);
        }
    }

    @Test
    void a_price_whose_day_is_not_known_counts_and_says_so() {
        try (TestStore store = store(
                IngestSettings.NONE,
                "//tpu.googleapis.com/projects/p/locations/us-west4-a/nodes/n,instance,gcp,us-west4,v5litepod-1,,,1,"
                        + "spot")) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("0.51");
            ListPrice fact = store.scan().priceFacts().values().iterator().next();
            assertThat(fact).isEqualTo(new ListPrice(null, "built-in"));
            assertThat(fact.words()).isEqualTo("built-in, as of an unknown day");
        }
    }

    private static final List<Arguments> ATTACHED = Cases.of("""
            T4 | 1 | UNPRICED
            T4 | | UNPRICED
             | 2 | UNPRICED
             | | LIST
             | 0 | LIST
            """);
    private static final Once<Priced> PRICED = new Once<>();

    /** The resources of a store, and those whose price it can show. */
    private record Priced(Map<String, LeafCost> leaves, Set<String> facts) {
        private static Priced of(TestStore store) {
            return new Priced(
                    store.scan().leafCosts(TestStore.JUNE).stream()
                            .collect(Collectors.toMap(leaf -> leaf.resource().resourceId(), leaf -> leaf)),
                    store.scan().priceFacts().keySet());
        }
    }

    private static String attached(String accelerator, String count) {
        return "//compute.googleapis.com/projects/p/zones/us-central1-a/instances/i-" + accelerator + "-" + count;
    }

    private TestStore attached() {
        return store(
                IngestSettings.NONE,
                ATTACHED.stream()
                        .map(row -> attached(Cases.text(row, 0), Cases.text(row, 1))
                                + ",instance,gcp,us-central1,n1-standard-4,"
                                + Objects.toString(Cases.text(row, 0), "") + ","
                                + Objects.toString(Cases.text(row, 1), "") + ",1,on_demand")
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @FieldSource("ATTACHED")
    void a_machine_with_accelerators_attached_never_has_the_price_of_one_without(
            String accelerator, String count, CostBasis basis) {
        Priced priced = PRICED.get(() -> {
            try (TestStore store = attached()) {
                return Priced.of(store);
            }
        });
        String id = attached(accelerator, count);
        assertThat(priced.leaves().get(id).basis()).isEqualTo(basis);
        assertThat(priced.facts().contains(id)).isEqualTo(basis == CostBasis.LIST);
    }

    @Test
    void a_price_list_can_show_the_price_of_a_machine_together_with_its_accelerators() {
        PriceFile own = prices(
                "provider,region,machine_type,accelerator,accelerator_count,on_demand,currency,as_of",
                "gcp,us-central1,n1-standard-4,T4,1,0.54,USD,2026-10-01");
        String row = "//compute.googleapis.com/projects/p/zones/us-central1-a/instances/i,instance,gcp,us-central1,"
                + "n1-standard-4,T4,1,2,on_demand";
        try (TestStore store = store(settings(null, own), row)) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("1.08");
        }
    }

    private static final List<Arguments> RESERVATIONS = Cases.of("""
            3 | 3 | 0
            3 | 1 | 7.34678
            1 | 0 | 3.67339
             | 0 | 3.67339
            2 | 3 | 0
            3 | |
            """);
    private static final Once<Priced> RESERVED = new Once<>();

    private static String reservation(String held, String used) {
        return "//compute.googleapis.com/projects/p/zones/us-central1-a/reservations/r-" + held + "-" + used;
    }

    private Priced reserved() {
        List<String> lines =
                new ArrayList<>(List.of("resource_id,kind,provider,region,machine_type,replicas,attributes"));
        for (Arguments row : RESERVATIONS) {
            String held = Cases.text(row, 0);
            String used = Cases.text(row, 1);
            lines.add(reservation(held, used) + ",capacity_reservation,gcp,us-central1,a2-highgpu-1g,"
                    + (held == null ? "" : held) + ","
                    + (used == null ? "" : "\"{\"\"used_instances\"\": \"\"" + used + "\"\"}\""));
        }
        Path file = TestStore.file(folder, "inventory.csv", lines.toArray(String[]::new));
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            return Priced.of(store);
        }
    }

    /**
     * The machines that run in a reservation are billed, or priced, where they are; it costs what it holds beside them.
     */
    @ParameterizedTest
    @FieldSource("RESERVATIONS")
    void a_capacity_reservation_has_the_price_of_the_machines_that_do_not_run(
            String held, String used, BigDecimal perHour) {
        LeafCost leaf = RESERVED.get(this::reserved).leaves().get(reservation(held, used));
        assertThat(leaf.basis()).isEqualTo(perHour == null ? CostBasis.UNPRICED : CostBasis.LIST);
        assertThat(leaf.listPricePerHour())
                .usingComparator(Comparator.nullsFirst(BigDecimal::compareTo))
                .isEqualTo(perHour);
    }

    @Test
    void a_reservation_that_shows_what_it_holds_has_the_machines_that_do_not_run_as_its_replicas() {
        Path file = TestStore.file(
                folder,
                "inventory.csv",
                "resource_id,kind,provider,region,machine_type,replicas,attributes",
                "//compute.googleapis.com/projects/p/zones/us-central1-a/reservations/r,capacity_reservation,gcp,"
                        + "us-central1,a2-highgpu-1g,2,"
                        + "\"{\"\"held_instances\"\": \"\"5\"\", \"\"used_instances\"\": \"\"3\"\"}\"");
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, file)))) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("7.34678");
        }
    }

    @Test
    void a_discount_lowers_list_prices_of_its_provider_and_says_so() {
        String aws = "i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,1,on_demand";
        try (TestStore full = store(IngestSettings.NONE, aws);
                TestStore less = store(settings("12.5"), aws)) {
            assertThat(leaf(less).listPricePerHour())
                    .isEqualByComparingTo(leaf(full).listPricePerHour().multiply(new BigDecimal("0.875")));
            assertThat(less.scan().priceFacts().get("i-0a1").origin()).isEqualTo("built-in, less 12.5 %");
            assertThat(less.scan().warnings())
                    .contains("As configured: list prices of aws are taken 12.5 % lower, as discounts in aiaudit.yaml "
                            + "says; billed costs are not changed.");
            assertThat(sum(less, "offers", "on_demand", "azure")).isEqualTo(sum(full, "offers", "on_demand", "azure"));
            assertThat(less.locked()
                            .select("SELECT max(input) FROM models WHERE provider = 'aws' AND origin <> 'built-in, "
                                    + "less 12.5 %'")
                            .rows()
                            .get(0))
                    .containsOnlyNulls();
        }
    }

    private static Object sum(TestStore store, String table, String column, String provider) {
        return store.locked()
                .select("SELECT sum(" + column + ") FROM " + table + " WHERE provider = ?", provider)
                .rows()
                .get(0)
                .get(0);
    }

    @Test
    void a_discount_leaves_the_bill_alone() {
        Path bill = new FocusCsv().row("EffectiveCost=3", "ListCost=4").write(folder, "b.csv");
        try (TestStore store = TestStore.of(
                folder, settings("50"), staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill)))) {
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("3");
            assertThat(leaf(store).parts().get(0).cost()).isEqualByComparingTo("3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PayGPrice | 4   | 72 | list price in the bill, less 25 %",
                "UnitPrice | 3.5 | 84 | negotiated price in the bill"
            })
    void of_prices_that_stand_in_the_bill_beside_covered_usage_only_list_prices_are_lowered(
            String column, String price, BigDecimal cost, String origin) {
        String machine = "/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/vm1";
        Path bill = new BillText(
                        "SubscriptionId", "s",
                        "date", "06/01/2026",
                        "billingPeriodEndDate", "06/30/2026",
                        "billingCurrency", "USD",
                        "pricingCurrency", "USD",
                        "meterCategory", "Virtual Machines",
                        "meterName", "NC24ads A100 v4",
                        "unitOfMeasure", "1 Hour",
                        "quantity", "24",
                        "chargeType", "Usage",
                        "pricingModel", "Reservation",
                        "benefitId", "/providers/Microsoft.Capacity/reservationOrders/o",
                        "ResourceId", machine,
                        "resourceLocation", "eastus",
                        "costInBillingCurrency", "0")
                .row(column, price)
                .csv(folder, "actual.csv");
        IngestSettings less = TestStore.settings(
                null, List.of(), Map.of("azure", new BigDecimal(25)), List.of(), List.of(), List.of());
        try (TestStore store =
                TestStore.of(folder, less, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill)))) {
            LeafCost leaf = leaf(store);
            assertThat(leaf.basis()).isEqualTo(CostBasis.LIST);
            assertThat(leaf.parts())
                    .singleElement()
                    .satisfies(part -> assertThat(part.cost()).isEqualByComparingTo(cost));
            assertThat(store.scan().priceFacts().get(machine))
                    .isEqualTo(new ListPrice(LocalDate.parse("2026-06-01"), origin));
        }
    }

    @Test
    void prices_of_the_users_own_win_over_all_others_and_no_discount_touches_them() {
        PriceFile own = prices(
                OFFER_HEADER,
                "aws,us-east-1,P4D.24xlarge,17.25,,USD,2026-10-01",
                "aws,us-east-1,made.to-order,3,1,USD,2026-10-02");
        try (TestStore store = store(settings("12", own), "i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,2,on_demand")) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("34.5");
            assertThat(store.scan().priceFacts().get("i-0a1"))
                    .isEqualTo(new ListPrice(LocalDate.parse("2026-10-01"), own.name()));
            assertThat(store.locked()
                            .select("SELECT count(*), max(accelerator), max(spot) FROM offers WHERE region = "
                                    + "'us-east-1' AND lower(machine_type) = 'p4d.24xlarge'")
                            .rows())
                    .as("one row, the hardware of the built-in one, and nothing mixed in from its prices")
                    .containsExactly(java.util.Arrays.asList(1L, "A100-40GB", null));
            assertThat(store.scan().warnings())
                    .contains("As configured: list prices of 2 machine types are those of " + own.name()
                            + ", as of 2026-10-01 to 2026-10-02.");
        }
    }

    @Test
    void prices_of_the_users_own_win_over_those_that_a_source_read() {
        Offer live = OfferBuilder.builder()
                .provider("aws")
                .region("us-east-1")
                .machineType("p4d.24xlarge")
                .onDemand(new BigDecimal("20"))
                .currency("USD")
                .asOf(LocalDate.parse("2026-11-01"))
                .build();
        PriceFile own = prices(OFFER_HEADER, "aws,us-east-1,p4d.24xlarge,17.25,,USD,2026-10-01");
        try (TestStore store = TestStore.of(folder, settings(null, own), staging -> staging.offer(live))) {
            assertThat(store.locked()
                            .select("SELECT on_demand::DOUBLE FROM offers WHERE region = 'us-east-1' AND machine_type "
                                    + "= 'p4d.24xlarge'")
                            .rows())
                    .containsExactly(List.of(17.25));
        }
        try (TestStore store = TestStore.of(folder, settings("10"), staging -> staging.offer(live))) {
            assertThat(store.locked()
                            .select("SELECT on_demand::DOUBLE, origin FROM offers WHERE region = 'us-east-1' AND "
                                    + "machine_type = 'p4d.24xlarge'")
                            .rows())
                    .containsExactly(List.of(18.0, "price list that was read, less 10 %"));
        }
    }

    @Test
    void token_prices_of_the_users_own_win_for_their_tier() {
        PriceFile own = prices(
                "provider,model,tier,input,output,currency,as_of", "openai,gpt-4o,standard,1.75,7,USD,2026-10-01");
        try (TestStore store = store(settings(null, own), "i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,1,on_demand")) {
            assertThat(store.locked()
                            .select("SELECT input::DOUBLE, output::DOUBLE, origin FROM models WHERE model = 'gpt-4o' "
                                    + "AND tier = 'standard' AND provider = 'openai'")
                            .rows())
                    .containsExactly(List.of(1.75, 7.0, own.name()));
        }
    }

    /** The price of US-EAST-1 did not count, and the report named its file. */
    @ParameterizedTest
    @CsvSource({
        "aws, us-east-1, US-EAST-1, p4d.24xlarge",
        "azure, westeurope, West Europe, Standard_NC24ads_A100_v4",
        "azure, westeurope, EU West, Standard_NC24ads_A100_v4",
        "gcp, us-central1, US-Central1, a2-highgpu-1g"
    })
    void a_region_of_a_price_list_is_read_in_any_spelling(String provider, String region, String written, String type) {
        PriceFile own = prices(OFFER_HEADER, provider + "," + written + "," + type + ",0.5,,USD,2026-10-01");
        try (TestStore store =
                store(settings(null, own), "vm,instance," + provider + "," + region + "," + type + ",,,1,on_demand")) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("0.5");
            assertThat(store.locked()
                            .select(
                                    "SELECT count(*) FROM offers WHERE provider = ? AND region = ? AND "
                                            + "lower(machine_type) = lower(?)",
                                    provider,
                                    region,
                                    type)
                            .rows())
                    .containsExactly(List.of(1L));
        }
    }

    @Test
    void a_model_and_a_tier_of_a_price_list_are_read_in_any_case() {
        PriceFile own =
                prices("provider,model,tier,input,currency,as_of", "openai,GPT-4o,Standard,1.75,USD,2026-10-01");
        try (TestStore store = store(settings(null, own), "i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,1,on_demand")) {
            assertThat(store.locked()
                            .select("SELECT tier, input::DOUBLE FROM models WHERE lower(model) = 'gpt-4o' "
                                    + "AND lower(tier) = 'standard' AND provider = 'openai'")
                            .rows())
                    .containsExactly(List.of("standard", 1.75));
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("the tier"));
        }
    }

    @Test
    void a_region_of_a_price_list_that_nothing_has_is_a_warning() {
        PriceFile own = prices(
                OFFER_HEADER,
                "aws,us-esat-1,p4d.24xlarge,0.5,,USD,2026-10-01",
                "aws,us-esat-1,p5.48xlarge,0.5,,USD,2026-10-01",
                "aws,cell-7,p4d.24xlarge,0.5,,USD,2026-10-01",
                "aws,us-east-1,made.to-order,0.5,,USD,2026-10-01",
                "gcp,us-east-1,a2-highgpu-1g,0.5,,USD,2026-10-01");
        try (TestStore store = store(settings(null, own), "i-0a1,instance,aws,cell-7,p4d.24xlarge,,,1,on_demand")) {
            assertThat(leaf(store).listPricePerHour()).isEqualByComparingTo("0.5");
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("region"))
                    .containsExactly(
                            own.name() + ": no resource and no other list price of aws is in the region "
                                    + "\"us-esat-1\", so its prices are those of nothing. Did you mean \"us-east-1\"?",
                            own.name() + ": no resource and no other list price of gcp is in the region "
                                    + "\"us-east-1\", so its prices are those of nothing. Did you mean \"us-east1\"?");
        }
    }

    @Test
    void prices_in_another_currency_are_converted_by_the_rate_or_unknown() {
        PriceFile own = prices(OFFER_HEADER, "aws,us-east-1,p4d.24xlarge,20,,EUR,2026-10-01");
        String[] row = {"i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,1,on_demand"};
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.08"), LocalDate.parse("2026-06-30"));
        IngestSettings converted =
                TestStore.settings("USD", List.of(rate), Map.of(), List.of(own), List.of(), List.of());
        IngestSettings not = TestStore.settings("USD", List.of(), Map.of(), List.of(own), List.of(), List.of());
        try (TestStore known = store(converted, row);
                TestStore unknown = store(not, row)) {
            assertThat(leaf(known).listPricePerHour()).isEqualByComparingTo("21.6");
            assertThat(leaf(unknown).basis()).isEqualTo(CostBasis.UNPRICED);
            assertThat(unknown.scan().warnings())
                    .contains("List prices in EUR are not used as costs: "
                            + "exchange_rates in aiaudit.yaml has no rate from EUR to "
                            + "USD.");
        }
    }

    @Test
    void token_prices_in_another_currency_are_converted_or_unknown() {
        PriceFile own = prices("provider,model,tier,input,currency,as_of", "openai,gpt-4o,standard,2,EUR,2026-10-01");
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.08"), LocalDate.parse("2026-06-30"));
        String[] row = {"i-0a1,instance,aws,us-east-1,p4d.24xlarge,,,1,on_demand"};
        String query =
                "SELECT input::DOUBLE FROM models WHERE model = 'gpt-4o' AND tier = 'standard' AND provider = 'openai'";
        try (TestStore known = store(
                        TestStore.settings("USD", List.of(rate), Map.of(), List.of(own), List.of(), List.of()), row);
                TestStore unknown = store(
                        TestStore.settings("USD", List.of(), Map.of(), List.of(own), List.of(), List.of()), row)) {
            assertThat(known.locked().select(query).rows()).containsExactly(List.of(2.16));
            assertThat(unknown.locked().select(query).rows().get(0)).containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider,region,machine_typ,on_demand,currency,as_of | aws,r,m,1,USD,2026-01-01 | line 1: unknown "
                        + "column \"machine_typ\". | Did you mean \"machine_type\"?",
                "provider,region,machine_type,currency,as_of | aws,r,m,USD,2026-01-01 | line 2: it has no price. | "
                        + "Fill in one of on_demand, spot",
                "provider,region,machine_type,on_demand,currency | aws,r,m,1,USD | line 1: the column as_of is "
                        + "missing. | begins: provider,region",
                "provider,region,machine_type,on_demand,currency,as_of | asw,r,m,1,USD,2026-01-01 | line 2: provider "
                        + "is \"asw\". | Did you mean \"aws\"?",
                "provider,region,machine_type,on_demand,currency,as_of | aws,r,m,4 USD,USD,2026-01-01 | line 2: "
                        + "on_demand is \"4 USD\", expected a number such as 4.99. | with a point",
                "provider,region,machine_type,on_demand,currency,as_of | aws,r,m,0,USD,2026-01-01 | line 2: on_demand "
                        + "is 0; a price can't be 0. | empty",
                "provider,region,machine_type,on_demand,currency,as_of | aws,r,m,1,dollar,2026-01-01 | line 2: "
                        + "currency is \"dollar\" | EUR",
                "provider,region,machine_type,on_demand,currency,as_of | aws,r,m,1,USD,June | line 2: as_of is "
                        + "\"June\", expected a day. | 2026-06-30",
                "provider,region,machine_type,on_demand,currency,as_of | aws,,m,1,USD,2026-01-01 | line 2: region is "
                        + "empty. | Fill it in",
                "provider,region,machine_type,on_demand,currency,as_of | aws,r,m,1,USD | line 2: it has 5 values, and "
                        + "the header 6 columns. | one value a column",
                "provider,model,tier,inputs,currency,as_of | openai,m,standard,1,USD,2026-01-01 | line 1: unknown "
                        + "column \"inputs\". | Did you mean \"input\"?",
                "provider,region,machine_type,on_demand,currency,as_of | '' | has a header and no prices. | Add a row",
            })
    void what_is_wrong_with_a_price_list_is_reported_with_its_line(
            String header, String row, String problem, String fix) {
        String[] lines = row.isEmpty() ? new String[] {header} : new String[] {header, row};
        assertThatThrownBy(() -> prices(lines)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).contains("prices.csv").contains(problem);
            assertThat(error.fix()).contains(fix);
        });
    }

    @Test
    void the_price_lists_in_the_documentation_can_be_read() throws IOException {
        String page = Files.readString(Needs.projectFolder().resolve("docs/prices.md"));
        List<String> tables = new ArrayList<>();
        Matcher block =
                Pattern.compile("```text\n(provider,.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            tables.add(PriceFile.read(TestStore.file(folder, "doc.csv", block.group(1)))
                    .table());
        }
        assertThat(tables).containsExactly("offers", "models");
    }

    @Test
    void two_rows_about_the_same_are_refused_and_blank_lines_are_not_rows() {
        assertThatThrownBy(() -> prices(OFFER_HEADER, "aws,r,m,1,,USD,2026-01-01", "", "AWS,r,M,2,,USD,2026-01-01"))
                .hasMessageContaining("line 4: it repeats an earlier row.");
        assertThatThrownBy(() -> prices(
                        OFFER_HEADER, "azure,westeurope,m,1,,USD,2026-01-01", "azure,West Europe,m,2,,USD,2026-01-01"))
                .hasMessageContaining("line 3: it repeats an earlier row.");
        assertThatThrownBy(() -> prices(
                        "provider,model,tier,input,currency,as_of",
                        "openai,gpt-4o,standard,1,USD,2026-01-01",
                        "openai,GPT-4o,Standard,2,USD,2026-01-01"))
                .hasMessageContaining("line 3: it repeats an earlier row.");
        assertThat(prices("\uFEFF" + OFFER_HEADER, "aws,r,m,1,,USD,2026-01-01", "", "")
                        .rows())
                .hasSize(1);
    }

    @Test
    void a_price_list_with_semicolons_is_reported_so() {
        assertThatThrownBy(() -> prices(OFFER_HEADER.replace(',', ';'), "aws;r;m;1,5;;USD;2026-01-01"))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).endsWith("line 1: the columns are separated by semicolons.");
                    assertThat(error.fix()).startsWith("Save it as comma-separated CSV");
                });
    }

    @Test
    void a_price_list_that_is_not_there_or_no_text_is_reported() {
        assertThatThrownBy(() -> PriceFile.read(folder.resolve("no.csv")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no.csv does not exist");
        assertThatThrownBy(() -> PriceFile.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> PriceFile.read(TestStore.bytes(folder, "b.csv", new byte[] {(byte) 0xc3, 0x28})))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void a_price_list_whose_quote_has_no_end_is_reported() {
        for (String row : List.of("aws,\"r,m,1,,USD,2026-01-01", "aws,\"r\"x,m,1,,USD,2026-01-01")) {
            assertThatThrownBy(() -> prices(OFFER_HEADER, row))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is no CSV");
        }
    }

    /** Two hours of a machine for 1.00 and one of two machines for 2.50: 6.00 at list price. */
    @Test
    void list_prices_are_compared_with_what_a_bill_charges_for_machine_hours() {
        String[] machine = {"ConsumedQuantity=1", "BilledCost=0.50", "EffectiveCost=0.50"};
        FocusCsv bill = new FocusCsv()
                .row(machine)
                .row(with(machine, "ChargePeriodStart=2026-06-01T01:00:00Z", "ChargePeriodEnd=2026-06-01T02:00:00Z"))
                .row("ResourceId=i-0b", "ConsumedQuantity=2", "BilledCost=2.50", "EffectiveCost=2.50")
                .row("ResourceId=i-0b", "ConsumedQuantity=", "ConsumedUnit=GB", "EffectiveCost=70")
                .row("ResourceId=i-0c", "ConsumedQuantity=1", "EffectiveCost=70")
                .row("ResourceId=i-0d", "ConsumedQuantity=1", "EffectiveCost=0.10");
        Path inventory = TestStore.file(
                folder,
                "inventory.csv",
                "resource_id,kind,provider,region,machine_type,purchase",
                "i-0a,instance,aws,r,m,",
                "i-0b,instance,aws,r,m,",
                "i-0c,instance,aws,r,unknown,",
                "i-0d,instance,aws,r,m,spot");
        IngestSettings settings = settings(null, prices(OFFER_HEADER, "aws,r,m,1.50,0.2,USD,2026-06-01"));
        try (TestStore store = TestStore.of(folder, settings, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
        })) {
            assertThat(store.scan().listOverBilled().get("aws")).isCloseTo(6.0 / 3.5, within(1e-9));
        }
    }

    private static String[] with(String[] row, String... more) {
        return Stream.concat(Stream.of(row), Stream.of(more)).toArray(String[]::new);
    }
}
