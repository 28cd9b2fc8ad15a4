package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Range;
import io.aiaudit.model.Resource;
import io.aiaudit.model.SavingBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.store.BilledTime;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherOnDemandTest {
    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, Spend> remaining = new HashMap<>();
    private final Map<String, BilledTime> billed = new HashMap<>();

    @Test
    void a_freed_commitment_of_money_could_cover_the_uncommitted_hours_of_the_same_service() {
        leaf("idle", "aws", "committed", "900", "1", false);
        leaf("half", "aws", "on_demand", "500", "0.6", false);
        leaf("other-region", "aws", "on_demand", "7", "0", false);
        leaf("other-service", "aws", "on_demand", "5000", "0", false);
        resource("other-region", "aws", "on_demand", "p5.48xlarge", "us-east-1");
        billed.put("other-service", new BilledTime(Set.of("Amazon SageMaker"), false));
        assertThat(reason("idle", "900.00"))
                .isEqualTo("Why. It could cover up to 207 a month of other on-demand instance hours of EC2, "
                        + "if its terms allow.");
    }

    @Test
    void one_of_certain_machines_could_cover_its_family_in_its_region() {
        leaf("idle", "aws", "committed", "900", "1", false);
        billed.put("idle", new BilledTime(Set.of("EC2"), false));
        leaf("same", "aws", "on_demand", "10", "0", false);
        leaf("other-region", "aws", "on_demand", "100", "0", false);
        leaf("other-family", "aws", "on_demand", "100", "0", false);
        leaf("unspecified", "aws", "on_demand", "100", "0", false);
        resource("same", "aws", "on_demand", "g5.48xlarge", "eu-west-1");
        resource("other-region", "aws", "on_demand", "g5.xlarge", "us-east-1");
        resource("other-family", "aws", "on_demand", "g6.xlarge", "eu-west-1");
        resource("unspecified", "aws", "on_demand", null, "eu-west-1");
        assertThat(reason("idle", "900.00"))
                .isEqualTo("Why. It could cover up to 10 a month of other on-demand instance hours of EC2 "
                        + "with g5 instances in eu-west-1, if its terms allow.");
    }

    @Test
    void what_used_a_part_of_a_reservation_says_for_which_machines_the_rest_is() {
        leaf("reservation", "azure", null, "900", "1", false);
        resource("reservation", "azure", null, null, null);
        billed.put("reservation", new BilledTime(Set.of("EC2"), false, Set.of("using")));
        leaf("using", "azure", "committed", "900", "1", false);
        leaf("beside", "azure", "on_demand", "2681", "0", false);
        leaf("elsewhere", "azure", "on_demand", "100", "0", false);
        resource("elsewhere", "azure", "on_demand", "g5.xlarge", "us-east-1");
        assertThat(reason("reservation", "1460.00"))
                .isEqualTo("Why. It could cover up to 1,460 a month of other on-demand instance hours of EC2 "
                        + "with g5 instances in eu-west-1, if its terms allow.");
    }

    @Test
    void of_certain_unknown_machines_nothing_is_reported() {
        leaf("idle", "aws", "committed", "900", "1", false);
        billed.put("idle", new BilledTime(Set.of("EC2"), false));
        resource("idle", "aws", "committed", null, "eu-west-1");
        leaf("same", "aws", "on_demand", "10", "0", false);
        assertThat(reason("idle", "900.00"))
                .isEqualTo("Why. What else it could cover is unknown: the bill does not show which type and region "
                        + "it is for.");
    }

    @Test
    void it_covers_no_more_than_is_freed() {
        leaf("idle", "aws", "committed", "900", "1", false);
        leaf("busy", "aws", "on_demand", "5000", "0", false);
        assertThat(reason("idle", "900.00")).contains("up to 900 a month");
    }

    @Test
    void spot_gone_unbilled_and_foreign_machines_are_nothing_to_cover() {
        leaf("idle", "aws", "committed", "900", "0.5", false);
        leaf("spot", "aws", "spot", "500", "0", false);
        leaf("gone", "aws", "on_demand", "500", "0", true);
        leaf("elsewhere", "gcp", "on_demand", "500", "0", false);
        leaf("listed", "aws", "on_demand", "500", "0", false);
        billed.remove("listed");
        assertThat(reason("idle", "450.00"))
                .isEqualTo("Why. The bill has no other on-demand instance hours of EC2 that it could cover.");
    }

    @Test
    void what_frees_nothing_says_nothing_more() {
        leaf("idle", "aws", "on_demand", "900", "0", false);
        assertThat(reason("idle", "0.00")).isEqualTo("Why.");
    }

    @Test
    void what_costs_nothing_since_a_commitment_pays_for_it_leaves_that_to_others() {
        leaf("covered", "aws", null, "0", "0", false);
        billed.put("covered", new BilledTime(Set.of("EC2"), false));
        assertThat(reason("covered", "0.00", Status.NO_SAVING)).isEqualTo("Why.");
        leaf("busy", "aws", "on_demand", "2681.57", "0", false);
        assertThat(reason("covered", "0.00", Status.NO_SAVING))
                .isEqualTo("Why. If a commitment pays for it, that could cover up to 2,682 a month of other on-demand "
                        + "instance hours of EC2 with g5 instances in eu-west-1, if its terms allow.");
        assertThat(reason("busy", "0.00", Status.NO_SAVING)).isEqualTo("Why.");
    }

    @ParameterizedTest
    @CsvSource({
        "g5.xlarge, g5",
        "ml.p4d.24xlarge, ml.p4d",
        "u-6tb1.metal, u-6tb1",
        "a2-highgpu-1g, a2",
        "ct5lp-hightpu-4t, ct5lp",
        "Standard_NC24ads_A100_v4, ncads a100_v4",
        "Standard_NC48ads_A100_v4, ncads a100_v4",
        "Standard_ND96isr_H100_v5, ndisr h100_v5",
        "Standard_D2s_v3, ds v3"
    })
    void families_of_machines(String type, String family) {
        assertThat(MachineFamily.of(type)).contains(family);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "gpu", "Cloud Run", "gpt-4.1-mini"})
    void what_is_no_machine_type_has_no_family(String type) {
        assertThat(MachineFamily.of(type)).isEmpty();
    }

    private void resource(String id, String provider, String purchase, String type, String region) {
        resources.put(
                id,
                Resource.builder(id, "instance", provider)
                        .purchase(purchase)
                        .machineType(type)
                        .region(region)
                        .build());
    }

    /** A g5.xlarge of EC2 in eu-west-1, under a commitment of money. */
    private void leaf(String id, String provider, String purchase, String time, String committed, boolean gone) {
        resource(id, provider, purchase, "g5.xlarge", "eu-west-1");
        billed.put(id, new BilledTime(Set.of("EC2"), true));
        remaining.put(
                id,
                new Spend(
                        id,
                        Map.of(Component.TIME, new BigDecimal(time)),
                        CostBasis.EFFECTIVE,
                        null,
                        new BigDecimal(committed),
                        gone));
    }

    private String reason(String id, String freed) {
        return reason(id, freed, Status.COUNTED);
    }

    private String reason(String id, String freed, Status status) {
        Finding finding = FindingBuilder.builder()
                .rule("rule")
                .resourceId(id)
                .lever(Lever.ELIMINATE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of(Component.TIME))
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("Idle.")
                .evidence(Map.of())
                .build();
        return new OtherOnDemand(resources, remaining, billed, Map.of())
                .reason(SavingBuilder.builder()
                        .finding(finding)
                        .status(status)
                        .statusReason("Why.")
                        .basis(CostBasis.EFFECTIVE)
                        .standAlone(Range.NOTHING)
                        .counted(Range.NOTHING)
                        .freedCommitment(new BigDecimal(freed))
                        .build());
    }
}
