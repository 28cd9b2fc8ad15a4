package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finished store says about money: by leaf, by day and by provider. */
@Slow
class StoredCostsTest {
    @TempDir
    private Path folder;

    private TestStore store(FocusCsv bill) {
        return TestStore.ofBills(folder, bill.write(folder, "b.csv"));
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
            LeafCost.Part part = store.leaf("i-0a").parts().get(0);
            assertThat(part.insideSeconds()).isEqualTo(30 * 86_400);
            assertThat(part.periodSeconds()).isEqualTo(365 * 86_400);
            assertThat(store.scan().windowCosts(TestStore.JUNE)).singleElement().satisfies(cost -> {
                assertThat(cost.effectiveCost())
                        .isBetween(new BigDecimal("8.2191780821"), new BigDecimal("8.2191780822"));
                assertThat(cost.hours()).isEqualByComparingTo("720");
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

    /** A machine that an inventory lists twice, without a parent: the bill names the instance. */
    @Test
    void what_runs_on_machines_that_the_bill_names_has_no_list_price_beside_them() {
        FocusCsv bill = new FocusCsv().row("ResourceId=i-0a");
        String inventory = """
                resource_id,kind,provider,account_id,region,machine_type,replicas
                i-0a,instance,aws,123456789012,us-east-1,g5.xlarge,1
                arn:aws:eks:us-east-1:123456789012:nodegroup/prod/gp,node_group,aws,123456789012,us-east-1,g5.xlarge,1
                kserve/prod/llm,inference_endpoint,aws,123456789012,us-east-1,g5.xlarge,1
                slurm/research,training_cluster,aws,123456789012,us-east-1,g5.xlarge,1
                hub/nb,notebook,aws,,us-east-1,g5.xlarge,1
                other-type,node_group,aws,123456789012,us-east-1,p4d.24xlarge,1
                other-account,node_group,aws,222233334444,us-east-1,g5.xlarge,1
                other-service,inference_endpoint,aws,123456789012,us-east-1,ml.g5.xlarge,1
                """;
        try (TestStore store = withInventory(bill, inventory)) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(leaf -> leaf.resource().resourceId(), LeafCost::basis)
                    .containsExactlyInAnyOrder(
                            tuple("i-0a", CostBasis.EFFECTIVE),
                            tuple("arn:aws:eks:us-east-1:123456789012:nodegroup/prod/gp", CostBasis.UNPRICED),
                            tuple("kserve/prod/llm", CostBasis.UNPRICED),
                            tuple("slurm/research", CostBasis.UNPRICED),
                            tuple("hub/nb", CostBasis.UNPRICED),
                            tuple("other-type", CostBasis.LIST),
                            tuple("other-account", CostBasis.LIST),
                            tuple("other-service", CostBasis.LIST));
        }
    }

    @Test
    void a_job_that_failed_ran_a_disk_is_there_and_all_else_costs_nothing_unless_it_came_to_run() {
        String inventory = """
                resource_id,kind,provider,state
                a-running,instance,aws,running
                a-unknown,instance,aws,
                a-job,training_job,aws,Failed
                a-disk,volume,azure,Failed
                n-stopped,instance,aws,stopped
                n-shut,instance,azure,VM deallocated
                n-failed,instance,azure,Failed
                n-creating,instance,aws,Creating
                n-deleting,instance,gcp,DELETING
                n-pending,instance,aws,pending
                n-endpoint,inference_endpoint,aws,setup_failed
                n-job,batch_job,gcp,TERMINATED
                """;
        try (TestStore store = withInventory(new FocusCsv().row(), inventory)) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .filteredOn(LeafCost::costsNothing)
                    .extracting(leaf -> leaf.resource().resourceId())
                    .containsExactly(
                            "n-creating",
                            "n-deleting",
                            "n-endpoint",
                            "n-failed",
                            "n-job",
                            "n-pending",
                            "n-shut",
                            "n-stopped");
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
            assertThat(store.leaf("i-0b").basis()).isEqualTo(CostBasis.LIST);
        }
        FocusCsv free = new FocusCsv().row().row("ResourceId=i-0b", "EffectiveCost=0", "BilledCost=0");
        try (TestStore store = withInventory(free, inventory)) {
            assertThat(store.leaf("i-0b").missingInBill()).isFalse();
            assertThat(store.leaf("i-0b").basis()).isEqualTo(CostBasis.EFFECTIVE);
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
            LeafCost leaf = store.leaf("i-0a");
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
            assertThat(store.leaf("a").basis()).isEqualTo(CostBasis.LIST);
            assertThat(store.leaf("a").listPricePerHour()).isEqualByComparingTo("3.75");
            assertThat(store.leaf("a").hoursRun()).isEqualByComparingTo("12");
            assertThat(store.leaf("a").billed()).isNull();
            assertThat(store.leaf("b").basis()).isEqualTo(CostBasis.UNPRICED);
            assertThat(store.leaf("b").listPricePerHour()).isNull();
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
                TestStore.settings(null, List.of(), List.of(Map.entry("team", "ml")), List.of("ai-account"));
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
