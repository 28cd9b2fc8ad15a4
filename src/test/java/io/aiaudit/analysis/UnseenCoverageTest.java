package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Commitment;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnseenCoverageTest {
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            aws; savings_plan; 111122223333/SageMaker; inference_endpoint; ml.g5.xlarge; eu-west-1; ; true
            aws; savings_plan; 111122223333/SageMaker; instance; g5.xlarge; eu-west-1; ; false
            aws; savings_plan; 111122223333/Compute; instance; g5.xlarge; eu-west-1; ; true
            aws; savings_plan; 111122223333/EC2Instance/eu-west-1/g5; instance; g5.xlarge; eu-west-1; ; true
            aws; savings_plan; 111122223333/EC2Instance/eu-west-1/p4d; instance; g5.xlarge; eu-west-1; ; false
            aws; savings_plan; 111122223333/EC2Instance/us-east-1/g5; instance; g5.xlarge; eu-west-1; ; false
            aws; reserved_instances; 111122223333/eu-west-1a/2 x g5.2xlarge; instance; g5.xlarge; eu-west-1; ; true
            aws; reserved_instances; 111122223333/eu-west-1/2 x p4d.24xlarge; instance; g5.xlarge; eu-west-1; ; false
            aws; savings_plan; 111122223333/Database; instance; g5.xlarge; eu-west-1; ; false
            aws; savings_plan; 111122223333/Compute; model_usage; ; eu-west-1; ; false
            aws; savings_plan; 111122223333/Compute; provisioned_throughput; model-unit; eu-west-1; ; false
            aws; savings_plan; 111122223333/Compute; search_index; r6g.large.search; eu-west-1; ; false
            azure; reservation of 50 OpenAIPTU; Shared; provisioned_throughput; ; westeurope; ; true
            azure; reservation of 50 Provisioned Managed Regional; Shared; provisioned_throughput; ; westeurope; ; true
            azure; reservation of 50 Provisioned Managed Regional; Shared; provisioned_throughput; \
            ptu/GlobalProvisionedManaged; westeurope; ; false
            azure; reservation of 50 Provisioned Managed Global; Shared; provisioned_throughput; \
            ptu/GlobalProvisionedManaged; westeurope; ; true
            azure; reservation of 50 Provisioned Managed Data Zone; Shared; provisioned_throughput; \
            ptu/ProvisionedManaged; westeurope; ; false
            azure; reservation of 50 OpenAIPTU; Shared; instance; Standard_NC24ads_A100_v4; westeurope; ; false
            azure; reservation of 2 Standard_NC48ads_A100_v4; Shared; instance; Standard_NC24ads_A100_v4; w; ; true
            azure; reservation Standard_NC4as_T4_v3; Shared; instance; Standard_NC24ads_A100_v4; w; ; false
            azure; reservation of 2 NC48ads A100 v4; Shared; instance; Standard_NC24ads_A100_v4; w; ; true
            azure; reservation NC4as T4 v3; Shared; instance; Standard_NC24ads_A100_v4; w; ; false
            azure; savings plan; Shared; inference_endpoint; Standard_NC4as_T4_v3; w; ; true
            gcp; committed use: 12 vCPU, 1 nvidia-tesla-a100; p/us-central1; instance; a2-highgpu-1g; us-central1; \
            A100-40GB; true
            gcp; committed use: 12 vCPU, 1 nvidia-l4; p/us-central1; instance; a2-highgpu-1g; us-central1; A100-40GB; \
            false
            gcp; committed use: 12 vCPU, 1 nvidia-tesla-a100; p/europe-west4; instance; a2-highgpu-1g; us-central1; \
            A100-40GB; false
            gcp; committed use: 12 vCPU, 48 GiB; p/us-central1; instance; n2-standard-4; us-central1; ; true
            aws; savings_plan; 111122223333/Compute; instance; n2-standard-4; us-central1; ; false
            aws; savings_plan; 111122223333/any; inference_endpoint; ml.g5.xlarge; eu-west-1; ; true
            aws; savings_plan; 111122223333/any; instance; g5.xlarge; eu-west-1; ; true
            aws; savings_plan; 111122223333/any; model_usage; ; eu-west-1; ; false
            aws; reserved_instances; 111122223333/any; instance; g5.xlarge; eu-west-1; ; true
            aws; reserved_instances; 111122223333/any; inference_endpoint; ml.g5.xlarge; eu-west-1; ; false
            azure; reservation; Shared; instance; Standard_NC24ads_A100_v4; westeurope; ; true
            azure; reservation of 5; Shared; provisioned_throughput; ; westeurope; ; true
            azure; reservation; Shared; search_index; ; westeurope; ; false
            gcp; committed use; p/us-central1; instance; a2-highgpu-1g; us-central1; A100-40GB; true
            gcp; committed use; p/europe-west4; instance; a2-highgpu-1g; us-central1; A100-40GB; false
            gcp; committed use: n2-standard-4; p/us-central1; instance; a2-highgpu-1g; us-central1; A100-40GB; false
            gcp; committed use; p/; instance; a2-highgpu-1g; us-central1; A100-40GB; true
            aws; commitment; 111122223333/any; inference_endpoint; ml.g5.xlarge; eu-west-1; ; true
            aws; commitment; 111122223333/any; instance; g5.xlarge; eu-west-1; ; true
            aws; commitment; 111122223333/any; model_usage; ; eu-west-1; ; false
            azure; commitment; ; instance; Standard_NC24ads_A100_v4; westeurope; ; true
            azure; commitment of 50; ; provisioned_throughput; ; westeurope; ; true
            azure; commitment; ; search_index; ; westeurope; ; false
            azure; reservation of 50 Provisioned Managed Global; Shared; provisioned_throughput; ; westeurope; ; true
            """)
    void a_commitment_may_cover_what_it_is_sold_for(
            String provider,
            String kind,
            String scope,
            String resourceKind,
            String machine,
            String region,
            String accelerator,
            boolean may) {
        String cloud = region.equals("us-central1") ? "gcp" : provider;
        Resource resource = Resource.builder("r-1", resourceKind, cloud)
                .machineType(machine)
                .region(region)
                .accelerator(accelerator)
                .acceleratorCount(accelerator == null ? null : BigDecimal.ONE)
                .acceleratorMemoryGib(null)
                .build();
        assertThat(UnseenCoverage.mayCover(commitment(provider, kind, scope, null, null), resource))
                .isEqualTo(may);
    }

    @Test
    void what_a_commitment_may_cover_and_the_bill_does_not_show_is_taken_for_covered() {
        Commitment plan = commitment("aws", "savings_plan", "111122223333/SageMaker", "9", "1");
        UnseenCoverage unseen = unseen(plan, Set.of());

        Spend covered = unseen.applied(endpoint("ep-1", "on_demand"), spend("ep-1", "940"));

        assertThat(covered.committedShare()).isEqualByComparingTo("1");
        assertThat(covered.unseenCommitment()).isEqualTo("savings plan abc-1; no bill shows what it covers");
        assertThat(unseen.warnings())
                .containsExactly("Commitments of aws may cover 1 resource of which the bill shows no coverage; savings "
                        + "on them are not counted as far as a commitment may cover them. An export of the bill shows "
                        + "what is covered.");
    }

    @Test
    void a_small_commitment_covers_as_much_as_the_largest_discount_makes_of_it() {
        Commitment small = commitment("aws", "savings_plan", "111122223333/SageMaker", "0.1", null);

        Spend covered = unseen(small, Set.of()).applied(endpoint("ep-1", "on_demand"), spend("ep-1", "1000"));

        // 0.1 x 730 = 73 a month, which pays for 73 / 0.28 = 260.71 at list price.
        assertThat(covered.committedShare().doubleValue()).isCloseTo(0.260714, Offset.offset(1e-6));
    }

    @Test
    void what_the_bill_shows_what_is_on_spot_and_what_is_unused_or_over_is_left_alone() {
        Commitment plan = commitment("aws", "savings_plan", "111122223333/SageMaker", "9", "1");
        Spend spend = spend("ep-1", "940");

        assertThat(unseen(plan, Set.of("ep-1")).applied(endpoint("ep-1", "on_demand"), spend))
                .isSameAs(spend);
        assertThat(unseen(plan, Set.of()).applied(endpoint("ep-1", "spot"), spend))
                .isSameAs(spend);
        Commitment unused = commitment("aws", "savings_plan", "111122223333/SageMaker", "9", "0");
        assertThat(unseen(unused, Set.of()).applied(endpoint("ep-1", null), spend))
                .isSameAs(spend);
        Commitment over = new Commitment(
                "aws", "arn:x/abc-1", "savings_plan", "111122223333/SageMaker", null, END, BigDecimal.TEN, null);
        assertThat(unseen(over, Set.of()).applied(endpoint("ep-1", null), spend))
                .isSameAs(spend);
    }

    /** 0.1 x 730 / 0.28 = 260.71 in all, however many resources one plan may cover. */
    @Test
    void a_commitment_covers_no_more_of_several_than_of_one() {
        UnseenCoverage unseen =
                unseen(commitment("aws", "savings_plan", "111122223333/SageMaker", "0.1", null), Set.of());
        Map<String, Spend> spends = new LinkedHashMap<>();
        for (String id : List.of("ep-3", "ep-1", "ep-2")) {
            spends.put(id, unseen.applied(endpoint(id, "on_demand"), spend(id, "200")));
        }

        Map<String, Spend> bounded = unseen.bounded(spends, List.of());

        assertThat(bounded).containsOnlyKeys("ep-1", "ep-2", "ep-3");
        assertThat(bounded.get("ep-1").committedShare()).isEqualByComparingTo("1");
        assertThat(bounded.get("ep-2").committedShare().doubleValue()).isCloseTo(0.303571, Offset.offset(1e-6));
        assertThat(bounded.get("ep-3").committedShare()).isZero();
        assertThat(bounded.get("ep-3").unseenCommitment()).isNull();
    }

    /** Each reaches 886: were the wide plan laid on the instance that the narrow one fits, the other had none. */
    @Test
    void a_wide_commitment_is_left_for_what_a_narrow_one_does_not_fit() {
        Commitment wide = commitment("aws", "savings_plan", "111122223333/Compute", "0.34", null);
        Commitment narrow = commitment("aws", "savings_plan", "111122223333/EC2Instance/us-east-1/g5", "0.34", null);
        UnseenCoverage unseen = new UnseenCoverage(List.of(wide, narrow), List.of(), Set.of(), END);
        Map<String, Spend> spends = new LinkedHashMap<>();
        for (String family : List.of("g5", "g6")) {
            Resource instance = Resource.builder("i-" + family, "instance", "aws")
                    .accountId("111122223333")
                    .region("us-east-1")
                    .machineType(family + ".2xlarge")
                    .build();
            spends.put(instance.resourceId(), unseen.applied(instance, spend(instance.resourceId(), "800")));
        }

        Map<String, Spend> bounded = unseen.bounded(spends, List.of());

        assertThat(bounded.values())
                .hasSize(2)
                .allSatisfy(spend -> assertThat(spend.committedShare()).isEqualByComparingTo("1"));
    }

    private static UnseenCoverage unseen(Commitment commitment, Set<String> shown) {
        return new UnseenCoverage(List.of(commitment), List.of(), shown, END);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            savings plans of AWS; aws; 1; -; savings plans; aws; instance; g5.xlarge; true
            they are sold for SageMaker; aws; 1; -; savings plans; aws; notebook; ml.g5.xlarge; true
            and shared by accounts; aws; 2; -; savings plans; aws; instance; g5.xlarge; true
            reserved instances; aws; 1; eu-west-1; reserved instances; aws; instance; g5.xlarge; true
            their use is no list; aws; 1; -; use of savings plans; aws; instance; g5.xlarge; false
            they are not sold for SageMaker; aws; 1; eu-west-1; reserved instances; aws; notebook; ml.g5.xlarge; false
            nor for another region; aws; 1; us-east-1; reserved instances; aws; instance; g5.xlarge; false
            none for units of Bedrock; aws; 1; -; savings plans; aws; provisioned_throughput; model-unit; false
            reservations of Azure; azure; -; -; commitments of the tenant; azure; instance; Standard_NC4as_T4_v3; true
            units of throughput are reserved; azure; -; -; reservations; azure; provisioned_throughput; -; true
            and no savings plan is for them; azure; -; -; savings plans; azure; provisioned_throughput; -; false
            savings plans of Azure; azure; -; -; savings plans of the tenant; azure; instance; Standard_D4s_v5; true
            commitments of a project; gcp; 1; -; all commitments; gcp; instance; a2-highgpu-1g; true
            nothing is sold for disks; gcp; 1; -; all commitments; gcp; volume; pd-ssd; false
            those of another project; gcp; 2; -; all commitments; gcp; instance; a2-highgpu-1g; false
            those of another cloud; azure; -; -; reservations; gcp; instance; a2-highgpu-1g; false
            """)
    void commitments_that_could_not_be_read_may_cover_what_they_are_sold_for(
            String name,
            String source,
            String account,
            String region,
            String scope,
            String provider,
            String kind,
            String machine,
            boolean may) {
        Gap gap = new Gap(source, "a/" + scope, "p", "f", account, region, "commitments", List.of());
        Resource resource = Resource.builder("r", kind, provider)
                .accountId("1")
                .region("eu-west-1")
                .machineType(machine)
                .build();
        UnseenCoverage unseen = new UnseenCoverage(List.of(), List.of(gap), Set.of(), END);
        Spend spend = unseen.applied(resource, spend("r", "940"));
        assertThat(spend.committedShare().signum() > 0).as(name).isEqualTo(may);
        Gap other = new Gap(source, "a/" + scope, "p", "f", account, region, "inventory", List.of());
        assertThat(new UnseenCoverage(List.of(), List.of(other), Set.of(), END)
                        .applied(resource, spend("r", "940"))
                        .committedShare())
                .isZero();
    }

    private static Resource endpoint(String id, String purchase) {
        return Resource.builder(id, "inference_endpoint", "aws")
                .machineType("ml.g5.xlarge")
                .region("eu-west-1")
                .purchase(purchase)
                .build();
    }

    private static Spend spend(String id, String time) {
        return new Spend(
                id,
                Map.of(Component.TIME, new BigDecimal(time)),
                CostBasis.LIST,
                new BigDecimal("720"),
                BigDecimal.ZERO,
                false);
    }

    private static Commitment commitment(String provider, String kind, String scope, String hourly, String used) {
        return new Commitment(
                provider,
                "arn:aws:savingsplans::111122223333:savingsplan/abc-1",
                kind,
                scope,
                END.minusSeconds(86_400 * 100),
                END.plusSeconds(86_400 * 100),
                hourly == null ? null : new BigDecimal(hourly),
                used == null ? null : new BigDecimal(used));
    }
}
