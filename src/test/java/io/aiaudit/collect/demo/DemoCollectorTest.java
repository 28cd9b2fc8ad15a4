package io.aiaudit.collect.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Slice;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Gathered;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCollectorTest {
    private static final Set<String> JOBS = Set.of("training_job", "batch_job");

    @TempDir
    static Path folder;

    private static Gathered company;

    @BeforeAll
    static void collect() throws Exception {
        company = Gathered.from(new DemoCollector(folder), DemoCollector.MONTH);
    }

    private static final Map<String, List<CSVRecord>> BILLS = new HashMap<>();

    private static List<CSVRecord> bill(String provider) throws IOException {
        if (!BILLS.containsKey(provider)) {
            BILLS.put(provider, read(provider));
        }
        return BILLS.get(provider);
    }

    private static List<CSVRecord> read(String provider) throws IOException {
        Path file = folder.resolve("demo-" + provider + "-focus.csv");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
            return parser.getRecords();
        }
    }

    private static BigDecimal sum(List<CSVRecord> rows, String column) {
        return rows.stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<CSVRecord> rows(String provider, String column, String value) throws IOException {
        return bill(provider).stream()
                .filter(row -> row.get(column).equals(value))
                .toList();
    }

    private static BigDecimal effective(String provider, String resourceName) throws IOException {
        return sum(rows(provider, "ResourceName", resourceName), "EffectiveCost");
    }

    private static double total(String name, String metric) {
        return company.metric(name, metric).stream()
                .mapToDouble(MetricHour::total)
                .sum();
    }

    @Test
    void it_is_a_company_on_three_clouds_with_some_hundred_resources() {
        Map<String, Long> byProvider =
                company.resources.stream().collect(Collectors.groupingBy(Resource::provider, Collectors.counting()));
        assertThat(byProvider).isEqualTo(Map.of("aws", 89L, "azure", 46L, "gcp", 48L));
        assertThat(company.resources).extracting(Resource::resourceId).doesNotHaveDuplicates();
        assertThat(company.resources)
                .extracting(Resource::kind)
                .contains(
                        "instance",
                        "inference_endpoint",
                        "notebook",
                        "training_job",
                        "training_cluster",
                        "batch_job",
                        "provisioned_throughput",
                        "model_usage",
                        "node_group",
                        "gpu_workload",
                        "search_index",
                        "feature_store",
                        "volume",
                        "file_system",
                        "capacity_reservation");
    }

    @Test
    void inventory_comes_before_metrics_and_every_slice_is_planned_once() {
        List<Slice> slices = new DemoCollector(folder).plan("", DemoCollector.MONTH);
        assertThat(slices).doesNotHaveDuplicates();
        List<Slice.Dataset> order = slices.stream().map(Slice::dataset).toList();
        assertThat(order).isSortedAccordingTo(Slice.Dataset::compareTo);
    }

    @Test
    void all_metric_hours_lie_in_the_month_and_in_the_life_of_a_known_resource() {
        Map<String, Resource> byId =
                company.resources.stream().collect(Collectors.toMap(Resource::resourceId, resource -> resource));
        Set<String> seen = new HashSet<>();
        assertThat(company.metrics.stream().filter(hour -> !belongs(hour, byId.get(hour.resourceId()))))
                .isEmpty();
        company.metrics.forEach(hour -> seen.add(hour.resourceId() + hour.metric() + hour.hour()));
        assertThat(seen).hasSize(company.metrics.size());
        assertThat(company.metrics.size()).isGreaterThan(130_000);
    }

    private static boolean belongs(MetricHour hour, Resource resource) {
        return DemoCollector.MONTH.contains(hour.hour())
                && hour.hour().getEpochSecond() % 3600 == 0
                && !hour.hour().isBefore(resource.createdAt())
                && (resource.endedAt() == null || hour.hour().isBefore(resource.endedAt()));
    }

    @Test
    void ratios_stay_between_0_and_1_and_no_average_is_above_its_maximum() {
        assertThat(company.metrics.stream()
                        .filter(hour -> hour.average() != null)
                        .filter(hour -> hour.average() < 0 || hour.average() > hour.maximum()))
                .isEmpty();
        assertThat(company.metrics.stream().filter(hour -> hour.metric().endsWith("utilization") && hour.maximum() > 1))
                .isEmpty();
    }

    @Test
    void machines_have_the_specifications_and_prices_of_the_price_list() {
        assertThat(company.resource("size-advisor-pilot").accelerator()).isEqualTo("A10G");
        assertThat(company.resource("size-advisor-pilot").acceleratorCount()).isEqualByComparingTo("4");
        assertThat(company.resource("doc-ocr-1").acceleratorMemoryGib()).isEqualByComparingTo("40");
        assertThat(company.resources.stream()
                        .filter(resource -> resource.machineType() != null && resource.accelerator() == null)
                        .filter(resource -> !resource.kind().equals("volume")))
                .extracting(Resource::name)
                .containsExactly("brand-matcher", "price-ranker", "partner-sandbox");
    }

    @Test
    void list_prices_are_those_of_the_built_in_price_list() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        Map<String, BigDecimal> prices = new HashMap<>();
        for (String provider : List.of("aws", "azure", "gcp")) {
            try (InputStream list = DemoCollector.class.getResourceAsStream(
                            "/io/aiaudit/store/reference/offers-" + provider + ".csv");
                    CSVParser parser = CSVParser.parse(list, StandardCharsets.UTF_8, format)) {
                for (CSVRecord row : parser) {
                    if (!row.get("on_demand").isEmpty()) {
                        prices.put(
                                provider + row.get("region") + row.get("machine_type"),
                                new BigDecimal(row.get("on_demand")));
                    }
                }
            }
        }
        assertThat(company.offers)
                .allSatisfy(offer -> assertThat(offer.onDemand())
                        .isEqualByComparingTo(prices.get(offer.provider() + offer.region() + offer.machineType())));
    }

    @Test
    void idle_endpoints_have_every_hour_and_no_request_in_it() {
        for (String name : List.of(
                "image-tagger-v1",
                "recsys-holiday",
                "upsell-ranker",
                "chat-assistant-failover",
                "contract-review-v1",
                "legacy-ner",
                "demand-forecast-v3",
                "caption-eval",
                "partner-sandbox")) {
            assertThat(company.metric(name, "requests")).as(name).hasSize(720);
            assertThat(total(name, "requests")).as(name).isZero();
        }
    }

    @Test
    void a_pilot_ended_on_the_9th_and_left_its_endpoint() {
        assertThat(company.metric("size-advisor-pilot", "requests"))
                .allSatisfy(hour -> assertThat(hour.total() > 0)
                        .isEqualTo(hour.hour().isBefore(Instant.parse("2026-06-10T00:00:00Z"))));
    }

    @Test
    void near_misses_are_used() {
        assertThat(total("returns-classifier", "requests")).isEqualTo(9);
        for (String name : List.of("faq-bot", "address-cleaner")) {
            long busy = company.metric(name, "requests").stream()
                    .filter(hour -> hour.total() > 0)
                    .count();
            assertThat(busy).as(name).isGreaterThan(500);
        }
    }

    @Test
    void some_traffic_pauses_and_comes_back() {
        for (String name :
                List.of("catalog-translation", "courier-chat-translate", "banner-generator", "supplier-doc-parser")) {
            long busy = company.metric(name, "requests").stream()
                    .filter(hour -> hour.total() > 0)
                    .count();
            assertThat(busy).as(name).isBetween(60L, 300L);
        }
    }

    @Test
    void one_endpoint_is_young_one_is_not_measured_and_one_is_not_in_the_bill() throws IOException {
        assertThat(company.resource("style-transfer-beta").createdAt()).isAfter(Instant.parse("2026-06-24T00:00:00Z"));
        String unmeasured = company.resource("fraud-scorer").resourceId();
        assertThat(company.metrics).noneMatch(hour -> hour.resourceId().equals(unmeasured));
        assertThat(effective("aws", "fraud-scorer")).isEqualByComparingTo("1182.24"); // 2 x 0.821 x 720
        assertThat(rows("aws", "SubAccountId", "777788889999")).isEmpty();
    }

    @Test
    void what_may_not_be_read_is_a_gap_with_a_fix() {
        assertThat(company.gaps)
                .extracting(gap -> gap.source() + " " + gap.scope() + ": " + gap.problem())
                .containsExactly(
                        "aws 111122223333/ap-southeast-1 inventory: access denied for sagemaker:ListEndpoints.",
                        "aws 222233334444/eu-west-1 metrics: access denied for cloudwatch:GetMetricData.");
        assertThat(company.gaps).allSatisfy(gap -> assertThat(gap.fix()).contains("aiaudit sources check aws"));
    }

    @Test
    void a_plan_that_covers_any_use_is_used_in_full_and_others_are_unused_one_of_them_hardly() throws IOException {
        assertThat(rows("aws", "ResourceName", "product-search-embed"))
                .hasSize(720)
                .allSatisfy(
                        row -> assertThat(row.get("CommitmentDiscountStatus")).isEqualTo("Used"));
        BigDecimal used = sum(rows("aws", "CommitmentDiscountStatus", "Used"), "EffectiveCost");
        BigDecimal unused = sum(rows("aws", "CommitmentDiscountStatus", "Unused"), "EffectiveCost");
        BigDecimal invoiced = sum(rows("aws", "ChargeCategory", "Purchase"), "BilledCost");
        assertThat(used).isEqualByComparingTo("5539.6368"); // (2 x 5.752 x 0.64 + 0.526 x 0.63) x 720
        assertThat(used.add(unused)).isEqualByComparingTo(invoiced);
        assertThat(invoiced).isEqualByComparingTo("6399.0432"); // (7.36256 + 0.345 + 1.18) x 720
        assertThat(company.commitments)
                .extracting(commitment -> commitment.usedShare().toPlainString())
                .containsExactly("1.000000", "0.960522", "0.000000");
    }

    @Test
    void the_bill_is_what_hours_times_price_make() throws IOException {
        assertThat(effective("aws", "chat-assistant")).isEqualByComparingTo("20419.20"); // (3 + 1) x 7.09 x 720
        assertThat(effective("aws", "vision-pretrain-retry")).isEqualByComparingTo("5696.64"); // 63.296 x 90
        assertThat(effective("aws", "embed-tune-0617")).isEqualByComparingTo("65.5116"); // 2 x 7.09 x 0.42 x 11
        assertThat(effective("azure", "contract-review")).isEqualByComparingTo("10314.00"); // 3 x 4.775 x 720
        assertThat(effective("azure", "aoai-concierge-units")).isEqualByComparingTo("36000.00"); // 50 x 1.00 x 720
        assertThat(effective("gcp", "doc-ocr-1")).isEqualByComparingTo("21588.336"); // 29.9838 x 720
        // 3 x 2.10298 x 1.15 x 720, less the correction
        assertThat(effective("gcp", "visual-search")).isEqualByComparingTo("5085.38232");
        assertThat(effective("aws", "checkpoints-2025")
                        .subtract(new BigDecimal("1280"))
                        .abs())
                .isLessThan(new BigDecimal("0.0001")); // 16000 x 0.08
        // 242 hours from Monday to Friday, 7 to 18, in June 2026: 22 days x 11
        assertThat(effective("aws", "forecast-lab")).isEqualByComparingTo("340.736"); // 1.408 x 242
        BigDecimal input =
                BigDecimal.valueOf((long) total("agent-assist", "tokens_input")).multiply(new BigDecimal("3.00"));
        BigDecimal output = BigDecimal.valueOf((long) total("agent-assist", "tokens_output"))
                .multiply(new BigDecimal("15.00"));
        assertThat(effective("aws", "agent-assist"))
                .isEqualByComparingTo(input.add(output).movePointLeft(6));
    }

    @Test
    void the_bill_has_the_rows_that_make_bills_hard() throws IOException {
        assertThat(rows("aws", "ChargeCategory", "Credit")).hasSize(1);
        assertThat(rows("gcp", "ChargeClass", "Correction")).hasSize(1);
        assertThat(rows("aws", "ResourceId", "")).hasSizeGreaterThan(100);
        assertThat(rows("gcp", "PricingCategory", "Dynamic")).isNotEmpty();
        for (String provider : List.of("aws", "azure", "gcp")) {
            List<CSVRecord> tax = rows(provider, "ChargeCategory", "Tax");
            assertThat(tax).hasSize(1);
            BigDecimal net = sum(bill(provider), "BilledCost")
                    .subtract(new BigDecimal(tax.get(0).get("BilledCost")));
            assertThat(new BigDecimal(tax.get(0).get("BilledCost")))
                    .isEqualByComparingTo(net.multiply(new BigDecimal("0.19")).setScale(2, RoundingMode.HALF_EVEN));
        }
    }

    @Test
    void every_charge_of_a_resource_lies_in_the_month_and_in_its_life() throws IOException {
        Map<String, Resource> byId =
                company.resources.stream().collect(Collectors.toMap(Resource::resourceId, resource -> resource));
        for (String provider : List.of("aws", "azure", "gcp")) {
            assertThat(bill(provider).stream().filter(row -> !belongs(row, byId.get(row.get("ResourceId")))))
                    .isEmpty();
        }
    }

    private static boolean belongs(CSVRecord row, Resource resource) {
        Instant start = Instant.parse(row.get("ChargePeriodStart"));
        Instant end = Instant.parse(row.get("ChargePeriodEnd"));
        boolean job = resource != null && JOBS.contains(resource.kind());
        return !start.isBefore(DemoCollector.MONTH.start())
                && start.isBefore(end)
                && !end.isAfter(DemoCollector.MONTH.end())
                && (!job || (!start.isBefore(resource.createdAt()) && !end.isAfter(resource.endedAt())));
    }

    @Test
    void the_whole_bill_is_that_of_a_mid_size_company() throws IOException {
        BigDecimal billed = BigDecimal.ZERO;
        for (String provider : List.of("aws", "azure", "gcp")) {
            billed = billed.add(sum(bill(provider), "EffectiveCost"))
                    .subtract(sum(rows(provider, "ChargeCategory", "Tax"), "EffectiveCost"));
        }
        assertThat(billed).isBetween(new BigDecimal("400000"), new BigDecimal("700000"));
    }

    @Test
    void clouds_give_advice_on_three_resources_that_exist() {
        assertThat(company.advice).hasSize(3);
        assertThat(company.resources.stream().map(Resource::resourceId).toList())
                .containsAll(company.advice.stream()
                        .map(advice -> advice.resourceId())
                        .toList());
    }

    /** Change the figure when the company is changed on purpose; it must not differ between two versions of Java. */
    @Test
    void the_bytes_are_those_of_every_other_machine() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String provider : List.of("aws", "azure", "gcp")) {
            digest.update(Files.readAllBytes(folder.resolve("demo-" + provider + "-focus.csv")));
        }
        for (MetricHour hour : company.metrics) {
            digest.update(hour.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(HexFormat.of().formatHex(digest.digest()).substring(0, 16)).isEqualTo("27dd4091997023ef");
    }

    @Test
    void the_same_bytes_come_out_every_time(@TempDir Path other) throws Exception {
        Gathered again = Gathered.from(new DemoCollector(other), DemoCollector.MONTH);
        assertThat(again.metrics).isEqualTo(company.metrics);
        assertThat(again.resources).isEqualTo(company.resources);
        for (FileSet files : company.files) {
            Path file = files.files().get(0);
            assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }
}
