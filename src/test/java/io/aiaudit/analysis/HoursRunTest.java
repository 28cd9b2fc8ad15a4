package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the evidence says of the machines that a list price is of. */
class HoursRunTest {
    private static final LeafCost.Counted COUNTED = new LeafCost.Counted(new BigDecimal("600"), new BigDecimal("2.3"));

    private static Map<String, Object> evidence(
            String kind, Integer replicas, Map<String, String> attributes, LeafCost.Counted counted, CostBasis basis) {
        Resource resource = Resource.builder("it", kind, "azure")
                .replicas(replicas)
                .attributes(attributes)
                .build();
        LeafCost leaf = LeafCostBuilder.builder()
                .resource(resource)
                .parts(List.of())
                .basis(basis)
                .hoursRun(new BigDecimal("720"))
                .listPricePerHour(BigDecimal.ONE)
                .counted(counted)
                .build();
        return new HoursRun(List.of(leaf)).beside(Map.of("seen", 1), "it", basis);
    }

    private static Map<String, Object> evidence(Integer replicas, LeafCost.Counted counted) {
        return evidence("training_cluster", replicas, Map.of(), counted, CostBasis.LIST);
    }

    @Test
    void machines_that_were_counted_are_reported_with_what_the_other_hours_are_taken_for() {
        assertThat(evidence(3, COUNTED))
                .containsEntry("seen", 1)
                .containsEntry("machines", new BigDecimal("2.3"))
                .containsEntry("machines_by", "replicas in 600 of 720 hours, and 3, as in the inventory, in the others")
                .doesNotContainKey("hours_run");
        assertThat(evidence(null, COUNTED))
                .containsEntry("machines_by", "replicas in 600 of 720 hours, and 1, assumed, in the others");
    }

    @Test
    void machines_that_were_counted_in_all_hours_need_no_inventory() {
        LeafCost.Counted whole = new LeafCost.Counted(new BigDecimal("720"), new BigDecimal("20"));
        assertThat(evidence(3, whole))
                .containsEntry("machines", new BigDecimal("20"))
                .containsEntry("machines_by", "replicas");
        assertThat(evidence(
                        "training_cluster",
                        0,
                        Map.of("replicas_taken_as_none", "40 of these without a point"),
                        whole,
                        CostBasis.LIST))
                .containsEntry("machines_by", "replicas; 40 of these without a point");
    }

    @Test
    void where_nothing_was_counted_the_number_is_reported_to_be_that_of_the_inventory() {
        assertThat(evidence(3, null))
                .containsEntry("machines", BigDecimal.valueOf(3))
                .containsEntry("machines_by", "the inventory; the count in each hour is unknown");
        assertThat(evidence(null, null)).containsOnlyKeys("seen");
        assertThat(evidence("volume", 3, Map.of(), null, CostBasis.LIST)).containsOnlyKeys("seen");
    }

    @Test
    void what_a_bill_shows_needs_no_machines() {
        assertThat(evidence("training_cluster", 3, Map.of(), COUNTED, CostBasis.EFFECTIVE))
                .containsOnlyKeys("seen");
    }
}
