package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.config.Policy;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.RollUp;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import io.aiaudit.savings.MonthlyCost;
import io.aiaudit.store.WindowCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each resource has of what everything costs a month. */
class MonthlySharesTest {
    private static final Fleets NO_FLEETS = new Fleets(List.of(), Map.of(), null, null);
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private static LeafCost leaf(String id, String createdAt, boolean isOneOff, String... costs) {
        Resource resource = Resource.builder(id, "inference_endpoint", "aws")
                .accountId("1")
                .createdAt(createdAt == null ? null : Instant.parse(createdAt + "T00:00:00Z"))
                .build();
        List<LeafCost.Part> parts = List.of(costs).stream()
                .map(cost ->
                        new LeafCost.Part(Component.TIME, new BigDecimal(cost), BigDecimal.ZERO, 3600, 3600, isOneOff))
                .toList();
        return TestLeaf.of(
                resource,
                null,
                JUNE,
                parts,
                parts.isEmpty() ? CostBasis.LIST : CostBasis.EFFECTIVE,
                new BigDecimal("720"),
                parts.isEmpty() ? new BigDecimal("2") : null);
    }

    @Test
    void groups_add_up_to_what_everything_costs_with_short_lifetimes_corrections_and_list_prices_in_the_bill() {
        List<LeafCost> leaves = List.of(
                leaf("steady", "2026-01-01", false, "1000.01"),
                leaf("of three days", "2026-06-28", false, "333.33"),
                leaf("ten days old", "2026-06-21", false, "77.77"),
                leaf("given back", null, true, "-138.42"),
                leaf("listed in the bill of its account", "2026-01-01", false));
        Map<String, Spend> spend = new HashMap<>();
        leaves.forEach(leaf -> spend.put(leaf.resource().resourceId(), MonthlyCost.of(leaf, JUNE)));
        BigDecimal billed = leaves.stream()
                .map(LeafCost::inWindow)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal all = MonthlyTotals.of(
                        List.of(new WindowCost("aws", billed, billed, BigDecimal.valueOf(720))),
                        leaves,
                        Set.of(),
                        spend,
                        NO_FLEETS)
                .all();
        RollUp workloads = new RollUps(
                        leaves.stream().map(LeafCost::resource).toList(),
                        new MonthlyShares(leaves, spend, NO_FLEETS),
                        all,
                        Map.of(),
                        Policy.NONE.ownership(),
                        List.of())
                .all()
                .get(4);

        assertThat(workloads.groups()).hasSize(5);
        assertThat(Money.sum(workloads.groups().stream()
                        .map(RollUp.Group::monthlyCost)
                        .toList()))
                .isEqualByComparingTo(all);
        assertThat(workloads.groups())
                .extracting(RollUp.Group::name, RollUp.Group::monthlyCost)
                .contains(
                        tuple("given back", new BigDecimal("-140.34")),
                        tuple("of three days", new BigDecimal("337.96")),
                        tuple("ten days old", new BigDecimal("236.55")),
                        tuple("listed in the bill of its account", new BigDecimal("0.00")));
    }
}
