package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Range;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherOnDemandTest {
    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, Spend> remaining = new HashMap<>();

    @Test
    void a_freed_commitment_could_cover_the_uncommitted_hours_of_the_same_provider() {
        leaf("idle", "aws", "committed", "900", "1", false);
        leaf("half", "aws", "on_demand", "500", "0.6", false);
        assertThat(reason("idle", "900.00"))
                .isEqualTo("Why. It could cover up to 200.00 a month of other on-demand machine hours of aws, "
                        + "as far as its terms allow.");
    }

    @Test
    void it_covers_no_more_than_is_freed() {
        leaf("idle", "aws", "committed", "900", "1", false);
        leaf("busy", "aws", "on_demand", "5000", "0", false);
        assertThat(reason("idle", "900.00")).contains("up to 900.00 a month");
    }

    @Test
    void spot_gone_and_foreign_machines_are_nothing_to_cover() {
        leaf("idle", "aws", "committed", "900", "0.5", false);
        leaf("spot", "aws", "spot", "500", "0", false);
        leaf("gone", "aws", "on_demand", "500", "0", true);
        leaf("elsewhere", "gcp", "on_demand", "500", "0", false);
        assertThat(reason("idle", "450.00"))
                .isEqualTo("Why. No other on-demand machine hours of aws are in the bill for it to cover.");
    }

    @Test
    void what_frees_nothing_says_nothing_more() {
        leaf("idle", "aws", "on_demand", "900", "0", false);
        assertThat(reason("idle", "0.00")).isEqualTo("Why.");
    }

    private void leaf(String id, String provider, String purchase, String time, String committed, boolean gone) {
        resources.put(
                id,
                Resource.builder(id, "instance", provider).purchase(purchase).build());
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
        Finding finding = new Finding(
                "rule",
                id,
                Lever.ELIMINATE,
                Proof.ARITHMETIC,
                Set.of(Component.TIME),
                Set.of(),
                BigDecimal.ZERO,
                null,
                null,
                Confidence.HIGH,
                "Idle.",
                null,
                null,
                null,
                Map.of());
        return new OtherOnDemand(resources, remaining)
                .reason(new Saving(
                        finding,
                        Status.COUNTED,
                        "Why.",
                        null,
                        CostBasis.EFFECTIVE,
                        Range.NOTHING,
                        Range.NOTHING,
                        new BigDecimal(freed)));
    }
}
