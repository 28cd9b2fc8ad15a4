package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Range;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.model.Window;
import io.aiaudit.store.ComplianceCharge;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComplianceCostsTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Map<String, Resource> MACHINE = Map.of(
            "m-1",
            Resource.builder("m-1", "instance", "aws")
                    .accountId("1")
                    .accountName(null)
                    .region("eu-central-1")
                    .machineType("p4d.24xlarge")
                    .workload("chat")
                    .build());
    private static final Map<String, Map<String, BigDecimal>> PRICES = Map.of(
            "aws/p4d.24xlarge",
            Map.of(
                    "us-east-1", new BigDecimal("30"),
                    "eu-west-1", new BigDecimal("35"),
                    "eu-central-1", new BigDecimal("40")));

    @Test
    void charges_of_a_workload_become_a_month_of_730_hours_of_what_the_bill_covers() {
        Window half = Window.parse("2026-06-01/2026-06-16");
        List<ComplianceCost> costs = new ComplianceCosts(JUNE, Map.of("aws", half), Map.of())
                .charged(List.of(charge("k-1", "chat", "12"), charge("k-2", "chat", "24"), charge("k-3", null, "3.60")))
                .all(Set.of());
        assertThat(costs)
                .extracting(ComplianceCost::workload, ComplianceCost::monthlyCost, ComplianceCost::resources)
                .containsExactly(tuple("chat", new BigDecimal("73.00"), 2), tuple(null, new BigDecimal("7.30"), 1));
    }

    @Test
    void what_findings_would_save_beyond_the_requirement_is_the_cheaper_way() {
        assertThat(new ComplianceCosts(JUNE, Map.of("aws", JUNE), Map.of())
                        .charged(List.of(charge("k-1", null, "7.20"), charge("k-2", null, "14.40")))
                        .beyondWhatIsRequired(List.of(
                                overhead("compliance-overhead", "k-1", Confidence.MEDIUM),
                                overhead("compliance-overhead", "k-2", Confidence.LOW),
                                overhead("data-transfer-avoidable", "k-2", Confidence.HIGH),
                                overhead("compliance-overhead", "k-3", Confidence.HIGH)))
                        .all(Set.of()))
                .extracting(
                        ComplianceCost::monthlyCost,
                        ComplianceCost::alternative,
                        ComplianceCost::alternativeSaving,
                        ComplianceCost::toCheck,
                        ComplianceCost::toCheckSaving)
                .as("what is of low confidence needs a check")
                .containsExactly(tuple(
                        new BigDecimal("21.90"),
                        "Only what is required, less of k-1",
                        new BigDecimal("7.30"),
                        "Only what is required, less of k-2",
                        new BigDecimal("7.30")));
    }

    @Test
    void a_log_named_after_an_endpoint_is_of_its_workload() {
        Map<String, Resource> resources = Map.of(
                "log-1", named("log-1", "log_store", "/aws/sagemaker/Endpoints/chat-v2", "log-1"),
                "log-2", named("log-2", "log_store", "/aws/sagemaker/Endpoints/gone", "log-2"),
                "e-1", named("e-1", "inference_endpoint", "chat-v2", "chat"),
                "v-1", named("v-1", "volume", "gone", "disks"));
        assertThat(new ComplianceCosts(JUNE, Map.of("aws", JUNE), resources)
                        .charged(List.of(charge("log-1", null, "14.40"), charge("log-2", null, "7.20")))
                        .all(Set.of()))
                .extracting(ComplianceCost::workload)
                .containsExactly("chat", null);
    }

    private static Resource named(String id, String kind, String name, String workload) {
        return Resource.builder(id, kind, "aws")
                .accountId("1")
                .accountName(null)
                .region("eu-west-1")
                .name(name)
                .workload(workload)
                .build();
    }

    /** The charges of June are less than what the coming month costs. */
    @Test
    void no_cheaper_way_saves_more_than_what_is_paid() {
        assertThat(new ComplianceCosts(JUNE, Map.of("aws", JUNE), Map.of())
                        .charged(List.of(charge("k-1", null, "3.60")))
                        .beyondWhatIsRequired(List.of(overhead("compliance-overhead", "k-1", Confidence.HIGH)))
                        .all(Set.of()))
                .extracting(ComplianceCost::monthlyCost, ComplianceCost::alternativeSaving)
                .containsExactly(tuple(new BigDecimal("3.65"), new BigDecimal("3.65")));
    }

    @Test
    void what_is_accepted_or_blocked_is_no_cheaper_way() {
        for (Status status : List.of(Status.ACCEPTED, Status.BLOCKED)) {
            for (Confidence confidence : List.of(Confidence.HIGH, Confidence.LOW)) {
                AuditedFinding stays = AuditedFindingBuilder.builder(overhead("compliance-overhead", "k-1", confidence))
                        .status(status)
                        .build();
                assertThat(new ComplianceCosts(JUNE, Map.of("aws", JUNE), Map.of())
                                .charged(List.of(charge("k-1", null, "7.20")))
                                .beyondWhatIsRequired(List.of(stays))
                                .all(Set.of()))
                        .extracting(ComplianceCost::alternative, ComplianceCost::toCheck)
                        .containsExactly(tuple(null, null));
            }
        }
    }

    /** Found by a reader: "the largest excess is X ($N)" had the sum of all. */
    @Test
    void what_several_would_save_is_called_by_the_largest_and_the_number_of_the_others() {
        assertThat(new ComplianceCosts(JUNE, Map.of("aws", JUNE), Map.of())
                        .charged(List.of(
                                charge("k-1", null, "14.40"),
                                charge("k-2", null, "14.40"),
                                charge("k-3", null, "14.40"),
                                charge("k-4", null, "14.40"),
                                charge("k-5", null, "14.40")))
                        .beyondWhatIsRequired(List.of(
                                saving(overhead("compliance-overhead", "k-1", Confidence.HIGH), "5", "same"),
                                saving(overhead("compliance-overhead", "k-2", Confidence.HIGH), "7", "keys"),
                                saving(overhead("compliance-overhead", "k-3", Confidence.HIGH), "1", "same"),
                                saving(overhead("compliance-overhead", "k-4", Confidence.LOW), "2", null),
                                saving(overhead("compliance-overhead", "k-5", Confidence.LOW), "3", null)))
                        .all(Set.of()))
                .extracting(
                        ComplianceCost::alternative,
                        ComplianceCost::alternativeSaving,
                        ComplianceCost::toCheck,
                        ComplianceCost::toCheckSaving)
                .containsExactly(tuple(
                        "Only what is required, less of keys and 2 others",
                        new BigDecimal("13.00"),
                        "Only what is required, less of k-5 and 1 other",
                        new BigDecimal("5.00")));
    }

    private static AuditedFinding saving(AuditedFinding finding, String likely, String name) {
        BigDecimal amount = new BigDecimal(likely);
        return AuditedFindingBuilder.builder(finding)
                .resourceName(name)
                .standAlone(new Range(BigDecimal.ZERO, amount, amount))
                .build();
    }

    @Test
    void accounts_with_ai_spend_come_first_then_the_largest() {
        Map<String, Resource> resources =
                Map.of("e-1", named("e-1", "inference_endpoint", "chat", "chat"), "db", other("db", "2"));
        List<ComplianceCharge> charges = List.of(
                charge("k-1", "small", "7.20"),
                charge("k-2", "large", "14.40"),
                new ComplianceCharge("k-3", "aws", "2", "encryption_key", "other", new BigDecimal("72")),
                new ComplianceCharge("k-4", "azure", "1", "encryption_key", "other", new BigDecimal("36")));
        ComplianceCosts costs =
                new ComplianceCosts(JUNE, Map.of("aws", JUNE, "azure", JUNE), resources).charged(charges);
        assertThat(costs.all(Set.of("e-1", "unknown")))
                .extracting(ComplianceCost::provider, ComplianceCost::accountId, ComplianceCost::workload)
                .containsExactly(
                        tuple("aws", "1", "large"),
                        tuple("aws", "1", "small"),
                        tuple("aws", "2", "other"),
                        tuple("azure", "1", "other"));
        assertThat(costs.all(Set.of("db")))
                .extracting(ComplianceCost::workload)
                .containsExactly("other", "other", "large", "small");
    }

    private static Resource other(String id, String account) {
        return Resource.builder(id, "volume", "aws")
                .accountId(account)
                .accountName(null)
                .region("eu-west-1")
                .build();
    }

    private static AuditedFinding overhead(String rule, String resource, Confidence confidence) {
        return AuditedFindingBuilder.builder()
                .rule(rule)
                .resourceId(resource)
                .confidence(confidence)
                .tags(Map.of())
                .advice(List.of())
                .evidence(Map.of())
                .standAlone(new Range(BigDecimal.ZERO, new BigDecimal("7.30"), new BigDecimal("7.30")))
                .build();
    }

    @Test
    void the_region_premium_is_above_the_cheapest_region_and_the_cheapest_allowed_one_is_the_alternative() {
        assertThat(limited("eu-*"))
                .extracting(
                        ComplianceCost::kind,
                        ComplianceCost::workload,
                        ComplianceCost::monthlyCost,
                        ComplianceCost::alternative,
                        ComplianceCost::alternativeSaving)
                .containsExactly(tuple(
                        "region_premium",
                        "chat",
                        new BigDecimal("250.00"),
                        "Also allowed by the policy, at a lower list price: eu-west-1",
                        new BigDecimal("125.00")));
    }

    @Test
    void where_only_this_region_is_allowed_its_limit_has_a_cost_and_no_alternative() {
        assertThat(limited("aws/eu-central-1"))
                .extracting(ComplianceCost::monthlyCost, ComplianceCost::alternative, ComplianceCost::alternativeSaving)
                .containsExactly(tuple(new BigDecimal("250.00"), null, null));
    }

    @Test
    void what_is_outside_of_the_allowed_regions_is_not_there_for_compliance() {
        assertThat(limited("us-*", "eu-west-1")).isEmpty();
    }

    @Test
    void several_cheaper_regions_have_the_largest_by_name_and_their_sum() {
        Map<String, Resource> machines = Map.of(
                "m-1", MACHINE.get("m-1"),
                "m-2", machine("m-2", "g5.xlarge"),
                "m-3", machine("m-3", "g5.xlarge"));
        Map<String, Map<String, BigDecimal>> prices = Map.of(
                "aws/p4d.24xlarge", PRICES.get("aws/p4d.24xlarge"),
                "aws/g5.xlarge", Map.of("eu-north-1", new BigDecimal("1"), "eu-central-1", new BigDecimal("1.25")));
        Map<String, Spend> spend = new TreeMap<>();
        Map<String, ResourcePolicy> policies = new TreeMap<>();
        machines.keySet().forEach(id -> {
            spend.put(id, spend(id));
            policies.put(id, policy("eu-*").get("m-1"));
        });
        assertThat(new ComplianceCosts(JUNE, Map.of(), machines)
                        .limitedToRegions(policies, spend, types -> prices)
                        .all(Set.of()))
                .extracting(ComplianceCost::monthlyCost, ComplianceCost::alternative, ComplianceCost::alternativeSaving)
                .containsExactly(tuple(
                        new BigDecimal("650.00"),
                        "Also allowed by the policy, at a lower list price: eu-north-1 and 1 other",
                        new BigDecimal("525.00")));
    }

    private static Resource machine(String id, String type) {
        return Resource.builder(id, "instance", "aws")
                .accountId("1")
                .accountName(null)
                .region("eu-central-1")
                .machineType(type)
                .workload("chat")
                .build();
    }

    @Test
    void without_a_limit_of_regions_or_a_price_there_is_no_premium() {
        assertThat(limited()).isEmpty();
        assertThat(new ComplianceCosts(JUNE, Map.of(), MACHINE)
                        .limitedToRegions(policy("eu-*"), spend(), types -> Map.of())
                        .all(Set.of()))
                .isEmpty();
    }

    private static List<ComplianceCost> limited(String... regions) {
        return new ComplianceCosts(JUNE, Map.of(), MACHINE)
                .limitedToRegions(policy(regions), spend(), types -> PRICES)
                .all(Set.of());
    }

    private static Map<String, Spend> spend() {
        return Map.of("m-1", spend("m-1"));
    }

    private static Spend spend(String id) {
        return new Spend(
                id,
                Map.of(Component.TIME, new BigDecimal("1000"), Component.STORAGE, new BigDecimal("90")),
                CostBasis.EFFECTIVE,
                null,
                BigDecimal.ZERO,
                false);
    }

    private static Map<String, ResourcePolicy> policy(String... regions) {
        return Map.of(
                "m-1",
                ResourcePolicyBuilder.builder()
                        .allowedRegions(List.of(regions))
                        .answers(Map.of())
                        .excludedPeriods(List.of())
                        .decidedBy(Map.of())
                        .build());
    }

    private static ComplianceCharge charge(String resource, String workload, String cost) {
        return new ComplianceCharge(resource, "aws", "1", "encryption_key", workload, new BigDecimal(cost));
    }
}
