package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finished store says about money: by leaf, by day, by provider and in which currency. */
@Slow
class StoredCostsTest {
    @TempDir
    private Path folder;

    private TestStore store(FocusCsv bill) {
        return TestStore.ofBills(folder, bill.write(folder, "b.csv"));
    }

    private static LeafCost leaf(TestStore store, String id) {
        return store.scan().leafCosts(TestStore.JUNE).stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_charge_over_a_year_is_spread_over_its_days_and_prorated_in_the_window() {
        FocusCsv bill = new FocusCsv()
                .row(
                        "ChargePeriodStart=2026-01-01",
                        "ChargePeriodEnd=2027-01-01",
                        "EffectiveCost=100",
                        "ChargeCategory=Purchase");
        try (TestStore store = store(bill)) {
            List<Audit.DailySpend> days = store.scan().dailySpend();
            assertThat(days).hasSize(365);
            assertThat(days.stream().map(Audit.DailySpend::cost).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("100");
            assertThat(days.get(0).cost()).isEqualByComparingTo("0.273972602739");
            LeafCost.Part part = leaf(store, "i-0a").parts().get(0);
            assertThat(part.insideSeconds()).isEqualTo(30 * 86_400);
            assertThat(part.periodSeconds()).isEqualTo(365 * 86_400);
            assertThat(store.scan().windowCosts(TestStore.JUNE)).singleElement().satisfies(cost -> {
                assertThat(cost.effectiveCost())
                        .isBetween(new BigDecimal("8.2191780821"), new BigDecimal("8.2191780822"));
                assertThat(cost.hours()).isEqualTo(720);
            });
        }
    }

    @Test
    void days_are_of_utc_and_a_charge_across_midnight_is_cut_there() {
        FocusCsv bill = new FocusCsv()
                .row(
                        "ChargePeriodStart=2026-06-01T22:00:00-02:00",
                        "ChargePeriodEnd=2026-06-02T02:00:00+00:00",
                        "EffectiveCost=1")
                .row(
                        "ChargePeriodStart=2026-06-03T23:00:00Z",
                        "ChargePeriodEnd=2026-06-04T02:00:00Z",
                        "EffectiveCost=1");
        try (TestStore store = store(bill)) {
            assertThat(store.scan().dailySpend())
                    .extracting(Audit.DailySpend::day, day -> day.cost().toPlainString())
                    .containsExactly(
                            tuple(LocalDate.parse("2026-06-02"), "1.00"),
                            tuple(LocalDate.parse("2026-06-03"), "0.333333333333"),
                            tuple(LocalDate.parse("2026-06-04"), "0.666666666667"));
        }
    }

    private TestStore withInventory(FocusCsv bill, String inventory) {
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
        });
    }

    @Test
    void what_a_bill_that_names_others_of_its_account_does_not_name_has_no_list_price() {
        FocusCsv bill = new FocusCsv()
                .row("ChargePeriodEnd=2026-06-20T00:00:00Z")
                .row(
                        "ResourceId=arn:aws:sagemaker:us-east-1:123456789012:endpoint/a",
                        "ServiceName=Amazon SageMaker",
                        "SubAccountId=999999999999")
                .row("ResourceId=", "ServiceName=Amazon Bedrock", "SubAccountId=555555555555");
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,created_at
                i-0a,instance,aws,123456789012,us-east-1,g5.xlarge,
                i-0b,instance,aws,123456789012,us-east-1,g5.xlarge,
                train-1,instance,aws,123456789012,us-east-1,g5.xlarge,
                i-0c,instance,aws,,us-east-1,g5.xlarge,
                i-new,instance,aws,123456789012,us-east-1,g5.xlarge,2026-06-20
                i-other,instance,aws,999999999999,us-east-1,g5.xlarge,
                i-unstated,instance,aws,555555555555,us-east-1,g5.xlarge,
                i-unbilled,instance,aws,777777777777,us-east-1,g5.xlarge,
                """;
        try (TestStore store = withInventory(bill, inventory)) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .filteredOn(leaf -> leaf.resource().kind().equals("instance"))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            LeafCost::basis,
                            LeafCost::missingInBill,
                            leaf -> leaf.listPricePerHour() != null)
                    .containsExactlyInAnyOrder(
                            tuple("i-0a", CostBasis.EFFECTIVE, false, true),
                            tuple("i-0b", CostBasis.UNPRICED, true, false),
                            tuple("train-1", CostBasis.UNPRICED, true, false),
                            tuple("i-0c", CostBasis.UNPRICED, true, false),
                            tuple("i-new", CostBasis.LIST, false, true),
                            tuple("i-other", CostBasis.LIST, false, true),
                            tuple("i-unstated", CostBasis.LIST, false, true),
                            tuple("i-unbilled", CostBasis.LIST, false, true));
        }
    }

    @Test
    void a_part_of_what_the_bill_names_is_not_missing_in_it() {
        String endpoint = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/a";
        FocusCsv bill = new FocusCsv()
                .row("ResourceId=" + endpoint, "ServiceName=Amazon SageMaker", "ChargePeriodEnd=2026-06-20T00:00:00Z");
        String inventory = """
                resource_id,kind,account_id,region,parent_id,machine_type,created_at
                %1$s,inference_endpoint,123456789012,us-east-1,,,
                %1$s/variant/old,inference_endpoint,123456789012,us-east-1,%1$s,ml.g5.xlarge,
                %1$s/variant/new,inference_endpoint,123456789012,us-east-1,%1$s,ml.g5.xlarge,2026-06-20
                """.formatted(endpoint);
        try (TestStore store = withInventory(bill, inventory)) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(leaf -> leaf.resource().resourceId(), LeafCost::basis, LeafCost::missingInBill)
                    .containsExactly(
                            tuple(endpoint + "/variant/new", CostBasis.LIST, false),
                            tuple(endpoint + "/variant/old", CostBasis.ALLOCATED, false));
        }
    }

    @Test
    void a_bill_outside_the_window_and_lines_of_nothing_leave_the_list_price() {
        FocusCsv bill =
                new FocusCsv().row("ChargePeriodStart=2026-05-01T00:00:00Z", "ChargePeriodEnd=2026-05-02T00:00:00Z");
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type
                i-0b,instance,aws,123456789012,us-east-1,g5.xlarge
                """;
        try (TestStore store = withInventory(bill, inventory)) {
            assertThat(leaf(store, "i-0b").basis()).isEqualTo(CostBasis.LIST);
        }
        FocusCsv free = new FocusCsv().row().row("ResourceId=i-0b", "EffectiveCost=0", "BilledCost=0");
        try (TestStore store = withInventory(free, inventory)) {
            assertThat(leaf(store, "i-0b").missingInBill()).isFalse();
            assertThat(leaf(store, "i-0b").basis()).isEqualTo(CostBasis.EFFECTIVE);
        }
    }

    /** Of i-0a, charged from June 1 on for so many days, and of what else the inventory lists. */
    private TestStore lived(int days, String life, String usage, String... correction) {
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day <= days; day++) {
            bill.row(
                    "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
                    "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1));
        }
        if (correction.length > 0) {
            bill.row(correction);
        }
        String inventory = "resource_id,kind,provider,account_id,region,parent_id,created_at,ended_at\n"
                + "i-0a,instance,aws,123456789012,us-east-1,," + life
                + "\nep,inference_endpoint,aws,123456789012,us-east-1,," + life
                + "\nep/v,inference_endpoint,aws,123456789012,us-east-1,ep," + life + "\n";
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.files(TestStore.set(
                    FileSet.Content.USAGE,
                    FocusCsv.text(folder, "usage.csv", "resource_id,metric,hour,total\n" + usage)));
        });
    }

    private static List<Object> life(TestStore store, String id) {
        return store.locked()
                .select("SELECT created_at::DATE::VARCHAR, ended_at::DATE::VARCHAR FROM resources WHERE resource_id = '"
                        + id + "'")
                .rows()
                .get(0);
    }

    /** What an inventory of another day says of a life is wrong where the bill charges before or after it. */
    @Test
    void a_life_lasts_as_long_as_the_bill_charges_it() {
        String quiet = "ep/v,requests,2026-06-05T00:00:00Z,0\n";
        try (TestStore store = lived(29, "2026-06-10,2026-06-20", quiet)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-06-01", null);
            assertThat(leaf(store, "i-0a").resource().createdAt()).isEqualTo("2026-06-01T00:00:00Z");
            assertThat(life(store, "ep/v")).containsExactly("2026-06-10", "2026-06-20");
            assertThat(store.scan().warnings())
                    .contains(
                            "1 resource was charged or in use more than a day before its creation or after its end in "
                                    + "the inventory (i-0a); the bill and the metrics count. Bring an inventory of the same "
                                    + "time.");
        }
        try (TestStore store = lived(29, "2026-06-02,2026-06-29", quiet)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-06-02", "2026-06-29");
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("before its creation"));
        }
    }

    @Test
    void what_is_corrected_after_its_end_ended_all_the_same() {
        String[] correction = {
            "ChargePeriodStart=2026-06-25T00:00:00Z", "ChargePeriodEnd=2026-06-26T00:00:00Z", "ChargeClass=Correction"
        };
        try (TestStore store =
                lived(9, "2026-01-10,2026-06-10", "i-0a,requests,2026-06-05T00:00:00Z,1\n", correction)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-01-10", "2026-06-10");
        }
    }

    /** Nor did it end before it worked; a part works for what holds it. Zeros show nothing. */
    @Test
    void a_life_lasts_as_long_as_metrics_show_work() {
        String busy = "ep/v,requests,2026-06-05T00:00:00Z,4\nep/v,requests,2026-06-25T00:00:00Z,4\n";
        try (TestStore store = lived(9, "2026-06-08,2026-06-20", busy)) {
            assertThat(life(store, "ep/v")).containsExactly("2026-06-05", null);
            assertThat(life(store, "ep")).containsExactly("2026-06-05", null);
        }
        try (TestStore store = lived(9, "2026-06-08,2026-06-20", busy.replace(",4", ",0"))) {
            assertThat(life(store, "ep/v")).containsExactly("2026-06-08", "2026-06-20");
        }
        try (TestStore store = lived(9, "2026-06-05,2026-06-25", busy)) {
            assertThat(life(store, "ep")).containsExactly("2026-06-05", "2026-06-25");
        }
    }

    private static String[] onDay(int day, String periodEnd) {
        return new String[] {
            "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
            "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1),
            "BillingPeriodStart=2026-05-25T00:00:00Z",
            "BillingPeriodEnd=" + periodEnd
        };
    }

    @Test
    void a_billing_period_that_is_over_says_how_far_the_bill_goes() {
        String over = "2026-06-25T00:00:00Z";
        try (TestStore store = store(new FocusCsv().row(onDay(5, over)).row(onDay(9, over)))) {
            assertThat(leaf(store, "i-0a").billed()).isEqualTo(Window.parse("2026-06-01/2026-06-25"));
            assertThat(store.scan().billPeriods()).containsEntry("aws", Window.parse("2026-05-25/2026-06-25"));
        }
        String running = "2026-06-29T00:00:00Z";
        try (TestStore store = store(new FocusCsv().row(onDay(5, running)).row(onDay(9, running)))) {
            assertThat(leaf(store, "i-0a").billed()).isEqualTo(Window.parse("2026-06-05/2026-06-10"));
        }
    }

    @Test
    void unless_something_that_is_charged_every_day_shows_that_the_file_is_cut() {
        FocusCsv bill = new FocusCsv();
        for (int day = 5; day < 12; day++) {
            bill.row(onDay(day, "2026-06-25T00:00:00Z"));
        }
        try (TestStore store = store(bill)) {
            assertThat(leaf(store, "i-0a").billed()).isEqualTo(Window.parse("2026-06-05/2026-06-12"));
        }
    }

    @Test
    void parts_are_sums_by_component_with_what_a_commitment_covers() {
        FocusCsv bill = new FocusCsv()
                .row("EffectiveCost=2")
                .row(
                        "ChargePeriodStart=2026-06-01T05:00:00Z",
                        "ChargePeriodEnd=2026-06-01T06:00:00Z",
                        "EffectiveCost=1",
                        "CommitmentDiscountStatus=Used")
                .row("ConsumedUnit=GB-Mo", "EffectiveCost=4")
                .row(
                        "ChargePeriodStart=2026-08-01T05:00:00Z",
                        "ChargePeriodEnd=2026-08-01T06:00:00Z",
                        "EffectiveCost=9");
        try (TestStore store = store(bill)) {
            LeafCost leaf = leaf(store, "i-0a");
            assertThat(leaf.basis()).isEqualTo(CostBasis.EFFECTIVE);
            assertThat(leaf.firstCharge()).isEqualTo("2026-06-01T00:00:00Z");
            assertThat(leaf.billed()).isEqualTo(TestStore.JUNE);
            assertThat(leaf.hoursRun()).isEqualByComparingTo("2");
            assertThat(leaf.parts())
                    .extracting(
                            LeafCost.Part::component,
                            part -> part.cost().stripTrailingZeros(),
                            part -> part.committed().stripTrailingZeros())
                    .containsExactlyInAnyOrder(
                            tuple(Component.TIME, new BigDecimal("3"), new BigDecimal("1")),
                            tuple(Component.STORAGE, new BigDecimal("4"), BigDecimal.ZERO));
        }
    }

    @Test
    void what_a_resource_cost_is_known_from_the_day_on_which_the_bill_names_resources() {
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day <= 30; day++) {
            String from = "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day);
            String to = "ChargePeriodEnd="
                    + Instant.parse("2026-06-%02dT00:00:00Z".formatted(day)).plusSeconds(86_400);
            bill.row(from, to, "SkuMeter=BoxUsage:g5.xlarge", day < 17 ? "ResourceId=" : "ResourceId=i-0a");
            bill.row(from, to, "SkuMeter=Host:ml.g5.xlarge", "ServiceName=Amazon SageMaker", "ResourceId=e-1");
        }
        bill.row(
                "ChargePeriodStart=2026-06-20T00:00:00Z",
                "ChargePeriodEnd=2026-06-21T00:00:00Z",
                "SkuMeter=BoxUsage:g5.xlarge",
                "ResourceId=");
        try (TestStore store = store(bill)) {
            assertThat(leaf(store, "i-0a").billed()).isEqualTo(Window.parse("2026-06-17/2026-07-01"));
            assertThat(leaf(store, "e-1").billed()).isEqualTo(TestStore.JUNE);
            assertThat(leaf(store, "aws:123456789012/Amazon Elastic Compute Cloud")
                            .billed())
                    .as("what no resource explains is of the whole bill")
                    .isEqualTo(TestStore.JUNE);
        }
    }

    @Test
    void a_resource_that_appears_late_in_a_bill_that_always_named_them_is_no_such_case() {
        FocusCsv bill = new FocusCsv()
                .row(
                        "SkuMeter=BoxUsage:g5.xlarge",
                        "ChargePeriodStart=2026-06-01T00:00:00Z",
                        "ChargePeriodEnd=2026-07-01T00:00:00Z")
                .row(
                        "SkuMeter=BoxUsage:p5.48xlarge",
                        "ChargePeriodStart=2026-06-02T00:00:00Z",
                        "ChargePeriodEnd=2026-06-03T00:00:00Z",
                        "ResourceId=")
                .row(
                        "SkuMeter=BoxUsage:p5.48xlarge",
                        "ChargePeriodStart=2026-06-20T00:00:00Z",
                        "ChargePeriodEnd=2026-06-21T00:00:00Z",
                        "ResourceId=i-0b");
        try (TestStore store = store(bill)) {
            assertThat(leaf(store, "i-0a").billed()).isEqualTo(TestStore.JUNE);
            assertThat(leaf(store, "i-0b").billed()).isEqualTo(TestStore.JUNE);
        }
    }

    @Test
    void a_leaf_without_a_charge_has_its_list_price_or_none() {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.resource(Resource.builder("a", "instance", "aws")
                    .region("nowhere-1")
                    .machineType("X.Large")
                    .replicas(3)
                    .createdAt(Instant.parse("2026-06-30T12:00:00Z"))
                    .build());
            staging.resource(Resource.builder("b", "instance", "aws")
                    .region("nowhere-1")
                    .machineType("y")
                    .build());
            staging.offer(OfferBuilder.builder()
                    .provider("aws")
                    .region("nowhere-1")
                    .machineType("x.large")
                    .onDemand(new BigDecimal("1.25"))
                    .currency("USD")
                    .asOf(LocalDate.parse("2026-06-01"))
                    .build());
        })) {
            assertThat(leaf(store, "a").basis()).isEqualTo(CostBasis.LIST);
            assertThat(leaf(store, "a").listPricePerHour()).isEqualByComparingTo("3.75");
            assertThat(leaf(store, "a").hoursRun()).isEqualByComparingTo("12");
            assertThat(leaf(store, "a").billed()).isNull();
            assertThat(leaf(store, "b").basis()).isEqualTo(CostBasis.UNPRICED);
            assertThat(leaf(store, "b").listPricePerHour()).isNull();
        }
    }

    @Test
    void what_pays_for_ai_is_reported_by_service_machine_tag_account_and_inventory() {
        FocusCsv bill = new FocusCsv()
                .row("ResourceId=a", "ServiceName=Amazon SageMaker", "EffectiveCost=1")
                .row(
                        "ResourceId=b",
                        "ChargeDescription=$1 per On Demand Linux g5.xlarge Instance Hour",
                        "EffectiveCost=2")
                .row("ResourceId=c", "Tags={\"team\": \"ml\"}", "EffectiveCost=4")
                .row("ResourceId=d", "SubAccountId=ai-account", "EffectiveCost=8")
                .row("ResourceId=e", "EffectiveCost=16")
                .row("ResourceId=f", "EffectiveCost=32")
                .row("ResourceId=g", "ServiceName=Amazon DynamoDB", "EffectiveCost=64")
                .row(
                        "ResourceId=h",
                        "ServiceName=Something",
                        "ServiceCategory=AI and Machine Learning",
                        "EffectiveCost=128");
        IngestSettings settings =
                new IngestSettings(null, List.of(), List.of(Map.entry("team", "ml")), List.of("ai-account"));
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, settings, staging -> {
            staging.resource(Resource.builder("e", "instance", "aws")
                    .accelerator("A100")
                    .acceleratorCount(BigDecimal.ONE)
                    .acceleratorMemoryGib(null)
                    .build());
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            Audit.ProviderBill aws = store.scan().bill().providers().get(0);
            assertThat(aws.aiCost()).isEqualByComparingTo("159");
            assertThat(aws.untoldCost()).isEqualByComparingTo("32");
            assertThat(aws.otherCost()).isEqualByComparingTo("64");
            assertThat(store.scan().dailySpend())
                    .extracting(Audit.DailySpend::spendClass)
                    .contains(SpendClass.AI, SpendClass.OTHER, SpendClass.UNTOLD);
        }
    }

    @Test
    void an_entry_of_a_list_in_the_configuration_that_matches_nothing_is_a_warning_with_its_line() {
        Path file = new FocusCsv()
                .row("ResourceId=c", "Tags={\"team\": \"ml\"}", "SubAccountId=ai-account")
                .write(folder, "b.csv");
        IngestSettings settings = new IngestSettings(
                null,
                List.of(),
                Map.of("aws", BigDecimal.TEN, "gcp", BigDecimal.TEN, "openai", BigDecimal.TEN),
                List.of(),
                List.of(Map.entry("team", "ml"), Map.entry("team", "m1"), Map.entry("stage", "*")),
                List.of("ai-account", "aws:ai-account"),
                Map.of("ai.accounts aws:ai-account", "aiaudit.yaml:4"));
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("the entry of"))
                    .containsExactlyInAnyOrder(
                            "the entry of ai.tags (team=m1) matches no charge of this scan.",
                            "the entry of ai.tags (stage=*) matches no charge of this scan.",
                            "aiaudit.yaml:4: the entry of ai.accounts (aws:ai-account) matches no charge of this scan.",
                            "the entry of discounts (gcp) matches no resource of this scan.");
        }
    }

    @Test
    void two_currencies_without_a_rate_are_refused_and_with_one_converted() {
        FocusCsv bill = new FocusCsv().row("EffectiveCost=1").row("EffectiveCost=2", "BillingCurrency=EUR");
        Path file = bill.write(folder, "b.csv");
        assertThatThrownBy(() -> TestStore.ofBills(folder, file)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem())
                    .isEqualTo("The bills are in EUR and USD, the audit is in one currency, and exchange_rates in "
                            + "aiaudit.yaml has no rate to USD.");
            assertThat(error.fix())
                    .isEqualTo(
                            "Add to aiaudit.yaml: currency: USD and exchange_rates: [{from: EUR, to: USD, rate: ..., "
                                    + "date: ...}]");
        });
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.0834"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = new IngestSettings(null, List.of(rate), List.of(), List.of());
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("3.1668");
            assertThat(store.scan().facts().currency()).isEqualTo("USD");
            assertThat(store.scan().conversions()).singleElement().satisfies(conversion -> {
                assertThat(conversion.what() + " " + conversion.provider() + " " + conversion.currency())
                        .isEqualTo("bill aws EUR");
                assertThat(conversion.rate()).isEqualByComparingTo("1.0834");
                assertThat(conversion.rateDate()).isEqualTo("2026-06-30");
                assertThat(conversion.effectiveCost())
                        .as("as the invoice has it")
                        .isEqualByComparingTo("2");
            });
        }
    }

    @Test
    void a_machine_without_an_hourly_bill_ran_in_the_hours_in_which_its_cloud_measured_it() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,created_at,hours_run_by
                i-night,instance,aws,777777777777,us-east-1,g5.xlarge,,cpu_utilization
                i-unstated,instance,aws,777777777777,us-east-1,g5.xlarge,,cpu_utilization
                i-plain,instance,aws,777777777777,us-east-1,g5.xlarge,,
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int day = 1; day <= 10; day++) {
                Instant hour = Instant.parse("2026-06-%02dT03:00:00Z".formatted(day));
                for (String id : List.of("i-night", "i-plain")) {
                    staging.metric(new MetricHour(id, "cpu_utilization", hour, 0.5, null, null, null));
                }
            }
            staging.metric(new MetricHour(
                    "i-night", "cpu_utilization", Instant.parse("2026-05-31T23:00:00Z"), 0.5, null, null, null));
            staging.metric(new MetricHour(
                    "i-night", "gpu_utilization", Instant.parse("2026-06-20T23:00:00Z"), 0.5, null, null, null));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            LeafCost::hoursMeasuredBy)
                    .containsExactly(
                            tuple("i-night", 10, "cpu_utilization"),
                            tuple("i-plain", 720, null),
                            tuple("i-unstated", 720, null));
        }
    }

    @Test
    void a_machine_that_is_stopped_now_has_the_list_price_of_one_for_the_hours_that_it_ran() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by
                i-ran,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization
                i-runs,instance,aws,777777777777,us-east-1,g5.xlarge,1,cpu_utilization
                i-stopped,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            Instant hour = Instant.parse("2026-06-01T03:00:00Z");
            for (String id : List.of("i-ran", "i-runs")) {
                staging.metric(new MetricHour(id, "cpu_utilization", hour, 0.5, null, null, null));
            }
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue(),
                            leaf -> leaf.basis().key())
                    .containsExactly(
                            tuple("i-ran", 1.006, "list"),
                            tuple("i-runs", 1.006, "list"),
                            tuple("i-stopped", 0.0, "list"));
        }
    }

    @Test
    void a_stopped_machine_that_was_requested_and_has_no_point_did_not_run() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by,hours_run_known
                i-denied,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization,
                i-runs,instance,aws,777777777777,us-east-1,g5.xlarge,1,cpu_utilization,true
                i-stopped,instance,aws,777777777777,us-east-1,g5.xlarge,0,cpu_utilization,true
                """;
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory))))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            LeafCost::hoursMeasuredBy,
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(
                            tuple("i-denied", 720, null, 0.0),
                            tuple("i-runs", 720, null, 1.006),
                            tuple("i-stopped", 0, "cpu_utilization", 0.0));
        }
    }

    @Test
    void of_what_shows_the_hours_that_it_ran_the_machines_are_those_of_these_hours() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,hours_run_by
                in-all-hours,training_cluster,aws,777777777777,us-east-1,g5.xlarge,0,gpu_utilization
                in-some-hours,training_cluster,aws,777777777777,us-east-1,g5.xlarge,4,gpu_utilization
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int hour = 0; hour < 720; hour++) {
                Instant time = TestStore.JUNE.start().plus(Duration.ofHours(hour));
                boolean runs = hour < 300;
                staging.metric(new MetricHour("in-all-hours", "replicas", time, runs ? 2.0 : 0.0, null, null, null));
                if (hour < 150) {
                    staging.metric(new MetricHour("in-some-hours", "replicas", time, 2.0, null, null, null));
                }
                for (String id : runs ? List.of("in-all-hours", "in-some-hours") : List.<String>of()) {
                    staging.metric(new MetricHour(id, "gpu_utilization", time, 0.5, null, null, null));
                }
            }
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.hoursRun().intValue(),
                            leaf -> leaf.counted().machines().doubleValue(),
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(tuple("in-all-hours", 300, 2.0, 2.012), tuple("in-some-hours", 300, 3.0, 3.018));
        }
    }

    @Test
    void machines_that_were_counted_are_priced_as_counted_and_in_other_hours_as_many_as_there_are_now() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,created_at
                always,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,2,
                none-now,training_cluster,aws,777777777777,us-east-1,g5.xlarge,0,
                plain,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,2,
                single,instance,aws,777777777777,us-east-1,g5.xlarge,1,
                young,inference_endpoint,aws,777777777777,us-east-1,g5.xlarge,1,2026-06-30T21:30:00Z
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            for (int hour = 0; hour < 72; hour++) {
                Instant time = TestStore.JUNE.start().plus(Duration.ofHours(hour));
                for (String id : List.of("always", "none-now", "single")) {
                    staging.metric(new MetricHour(id, "replicas", time, 5.0, null, null, null));
                }
            }
            staging.metric(new MetricHour(
                    "always", "replicas", Instant.parse("2026-05-31T23:00:00Z"), 900.0, null, null, null));
            staging.metric(
                    new MetricHour("young", "replicas", Instant.parse("2026-06-30T21:00:00Z"), 4.0, null, null, null));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue(),
                            leaf -> leaf.counted() == null
                                    ? null
                                    : leaf.counted().hours().doubleValue(),
                            leaf -> leaf.counted() == null
                                    ? null
                                    : leaf.counted().machines().doubleValue())
                    .containsExactly(
                            tuple("always", 2.3138, 72.0, 2.3),
                            tuple("none-now", 0.503, 72.0, 0.5),
                            tuple("plain", 2.012, null, null),
                            tuple("single", 1.006, null, null),
                            tuple("young", 1.6096, 0.5, 1.6));
        }
    }

    /** An offer of its own, which no other machine of the type has. */
    @Test
    void a_cluster_of_low_priority_costs_what_low_priority_costs() {
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas,purchase,priority
                low,training_cluster,azure,s,westeurope,Standard_NC24ads_A100_v4,2,spot,LowPriority
                spot,training_cluster,azure,s,westeurope,Standard_NC24ads_A100_v4,2,spot,
                """;
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.offer(offer("Standard_NC24ads_A100_v4", "3.673", "1.1"));
            staging.offer(offer("lowpriority/Standard_NC24ads_A100_v4", null, "0.73"));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour().doubleValue())
                    .containsExactly(tuple("low", 1.46), tuple("spot", 2.2));
        }
    }

    private static Offer offer(String type, String onDemand, String spot) {
        return OfferBuilder.builder()
                .provider("azure")
                .region("westeurope")
                .machineType(type)
                .accelerator("A100")
                .acceleratorCount(BigDecimal.ONE)
                .acceleratorMemoryGib(new BigDecimal("80"))
                .vcpus(new BigDecimal("24"))
                .memoryGib(new BigDecimal("220"))
                .onDemand(onDemand == null ? null : new BigDecimal(onDemand))
                .spot(new BigDecimal(spot))
                .currency("USD")
                .asOf(LocalDate.parse("2026-06-30"))
                .build();
    }

    @Test
    void list_prices_in_another_currency_are_reported_with_their_rate() {
        ExchangeRate rate = new ExchangeRate("USD", "EUR", new BigDecimal("0.92"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = new IngestSettings(null, List.of(rate), List.of(), List.of());
        Path file = new FocusCsv().row("BillingCurrency=EUR").write(folder, "bill.csv");
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().conversions())
                    .containsExactly(new Audit.Conversion(
                            "list_prices",
                            null,
                            "USD",
                            new BigDecimal("0.92"),
                            LocalDate.parse("2026-06-30"),
                            null,
                            null));
        }
    }

    @Test
    void usage_that_costs_nothing_effectively_and_is_billed_is_reported_and_stays_as_it_is() {
        FocusCsv bill = new FocusCsv()
                .row("BilledCost=0.25", "EffectiveCost=0", "ProviderName=Oracle")
                .row("BilledCost=0", "EffectiveCost=0", "ProviderName=Oracle")
                .row("BilledCost=9", "EffectiveCost=0", "ProviderName=Oracle", "ChargeCategory=Adjustment")
                .row("BilledCost=7", "EffectiveCost=0", "ProviderName=Microsoft", "ChargeCategory=Purchase")
                .row("BilledCost=7", "EffectiveCost=7", "ProviderName=Microsoft")
                .row("BilledCost=3", "EffectiveCost=0")
                .row("BilledCost=3", "EffectiveCost=3");
        try (TestStore store = store(bill)) {
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "other: EffectiveCost is 0 in all 2 rows of usage, which are billed at 0.25 USD. It is "
                                    + "used as is; check whether the export omits it.");
        }
    }

    @Test
    void a_currency_code_in_small_letters_is_the_same_currency() {
        FocusCsv bill = new FocusCsv()
                .row("EffectiveCost=1")
                .row("EffectiveCost=2", "BillingCurrency=usd")
                .row("EffectiveCost=4", "BillingCurrency= Usd ");
        try (TestStore store = store(bill)) {
            assertThat(store.scan().facts().currency()).isEqualTo("USD");
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("7");
            assertThat(store.locked()
                            .select("SELECT DISTINCT BillingCurrency FROM charges")
                            .rows())
                    .containsExactly(List.of("USD"));
        }
    }

    @Test
    void list_prices_in_another_currency_are_unknown() {
        Path file = new FocusCsv().row("BillingCurrency=EUR").write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, file)) {
            assertThat(store.scan().facts().currency()).isEqualTo("EUR");
            assertThat(store.locked()
                            .select("SELECT count(*) > 100, count(on_demand), count(vcpus) > 100 FROM offers")
                            .rows())
                    .containsExactly(List.of(true, 0L, true));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "List prices in USD are not used: exchange_rates in aiaudit.yaml has no rate from USD to "
                                    + "EUR.");
        }
    }

    @Test
    void a_provider_with_rounded_effective_cost_counts_as_billed_and_the_others_do_not() {
        FocusCsv bill = new FocusCsv();
        for (int i = 0; i < 100; i++) {
            bill.row("BilledCost=1.6", "EffectiveCost=2");
            bill.row("BilledCost=1.6", "EffectiveCost=1.5", "ProviderName=Microsoft");
        }
        for (int i = 0; i < 99; i++) {
            bill.row("BilledCost=1.6", "EffectiveCost=2", "ProviderName=Google Cloud");
        }
        try (TestStore store = store(bill)) {
            assertThat(store.scan().bill().providers())
                    .extracting(
                            Audit.ProviderBill::provider,
                            provider -> provider.effectiveCost().toPlainString())
                    .containsExactly(tuple("aws", "160.00"), tuple("azure", "150.00"), tuple("gcp", "198.00"));
            assertThat(store.scan().warnings())
                    .containsExactly("aws: EffectiveCost is a whole number in all 100 rows (200.00 USD together) while "
                            + "BilledCost is not (160.00 USD); BilledCost is used instead.");
        }
    }

    @Test
    void the_window_may_be_chosen_after_the_files_were_loaded() {
        Path bill = new FocusCsv()
                .row("ChargePeriodStart=2026-04-01T05:00:00Z", "ChargePeriodEnd=2026-04-01T06:00:00Z")
                .row("ChargePeriodStart=2026-06-10T05:00:00Z", "ChargePeriodEnd=2026-06-10T06:00:00Z")
                .row("ChargePeriodStart=2026-01-01", "ChargePeriodEnd=2027-01-01", "ChargeCategory=Purchase")
                .write(folder, "b.csv");
        try (Store store = Store.create(folder.resolve("s.duckdb"), TestStore.limits(folder))) {
            assertThat(store.covered(FileSet.Content.BILLING)).isEmpty();
            Staging billing = store.begin("files", "b");
            billing.files(TestStore.set(FileSet.Content.BILLING, bill));
            store.commit(billing);
            assertThat(store.covered(FileSet.Content.BILLING)).contains(Window.parse("2026-04-02/2026-06-10"));
            Path usage = TestStore.file(
                    folder,
                    "u.csv",
                    "resource_id,metric,hour,total",
                    "a,requests,2026-06-01T00:00:00Z,1",
                    "a,requests,2026-06-03T23:00:00Z,1");
            Staging metrics = store.begin("files", "u");
            metrics.files(TestStore.set(FileSet.Content.USAGE, usage));
            store.commit(metrics);
            assertThat(store.covered(FileSet.Content.USAGE)).contains(Window.parse("2026-06-01/2026-06-04"));
        }
    }
}
