package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** List prices beside a bill of June that has 720 hours. */
class ListPriceLimitTest {
    private static final Window JUNE =
            new Window(Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-07-01T00:00:00Z"));
    private static final Instant LATER = Instant.parse("2026-08-01T00:00:00Z");
    private static final BigDecimal HOURS = new BigDecimal("720");
    private static final String SERVICE = "aws:1/Amazon Elastic Compute Cloud";

    /** What the bill of account 1 has without a resource. */
    private static LeafCost unnamed(Component component, String cost) {
        return leaf(Resource.builder(SERVICE, "account", "aws").accountId("1").build())
                .parts(List.of(new LeafCost.Part(component, new BigDecimal(cost), BigDecimal.ZERO, 3600, 3600)))
                .basis(CostBasis.EFFECTIVE)
                .build();
    }

    /** What the bill of account 1 names. */
    private static LeafCost named() {
        return leaf(Resource.builder("i-billed", "instance", "aws")
                        .accountId("1")
                        .build())
                .parts(List.of(new LeafCost.Part(Component.TIME, HOURS, BigDecimal.ZERO, 3600, 3600)))
                .basis(CostBasis.EFFECTIVE)
                .build();
    }

    /** For a dollar an hour. */
    private static LeafCost listed(String id, String account, String createdAt) {
        return leaf(Resource.builder(id, "instance", "aws")
                        .accountId(account)
                        .createdAt(Instant.parse(createdAt))
                        .build())
                .parts(List.of())
                .basis(CostBasis.LIST)
                .hoursRun(HOURS)
                .listPricePerHour(BigDecimal.ONE)
                .build();
    }

    private static LeafCost listed(String id) {
        return listed(id, "1", "2026-01-01T00:00:00Z");
    }

    private static LeafCostBuilder leaf(Resource resource) {
        return LeafCostBuilder.builder().resource(resource).billed(JUNE);
    }

    private static List<LeafCost> limited(Map<String, BigDecimal> ai, LeafCost... leaves) {
        return new ListPriceLimit(ai, JUNE, LATER)
                .limited(List.of(leaves)).stream()
                        .filter(leaf -> leaf.parts().isEmpty())
                        .toList();
    }

    private static Map<String, BigDecimal> ai(String cost) {
        return Map.of(SERVICE, new BigDecimal(cost));
    }

    @Test
    void together_they_cost_no_more_than_the_bill_has_without_a_resource() {
        assertThat(limited(ai("720"), unnamed(Component.TIME, "720"), listed("i-1"), listed("i-2")))
                .extracting(LeafCost::listPricePerHour)
                .allSatisfy(price -> assertThat(price).isEqualByComparingTo("0.5"));
        assertThat(limited(ai("1440"), unnamed(Component.TIME, "1440"), listed("i-1"), listed("i-2")))
                .as("it pays for both")
                .extracting(LeafCost::listPricePerHour)
                .containsExactly(BigDecimal.ONE, BigDecimal.ONE);
        assertThat(limited(ai("360"), unnamed(Component.TIME, "720"), listed("i-1")))
                .as("half of it is AI")
                .extracting(LeafCost::listPricePerHour)
                .allSatisfy(price -> assertThat(price).isEqualByComparingTo("0.5"));
    }

    @Test
    void a_bill_that_has_a_resource_in_each_line_leaves_nothing_for_others() {
        List<LeafCost> byIds = limited(Map.of("i-billed", HOURS), named(), listed("i-1"));
        List<LeafCost> tokens = limited(ai("9000"), named(), unnamed(Component.USAGE, "9000"), listed("i-1"));
        for (List<LeafCost> leaves : List.of(byIds, tokens)) {
            assertThat(leaves).singleElement().satisfies(leaf -> {
                assertThat(leaf.basis()).isEqualTo(CostBasis.UNPRICED);
                assertThat(leaf.listPricePerHour()).isNull();
                assertThat(leaf.missingInBill()).isTrue();
            });
        }
    }

    @Test
    void accounts_without_a_bill_and_what_is_too_new_for_it_keep_their_list_price() {
        assertThat(limited(
                        ai("0"),
                        named(),
                        listed("i-1", "2", "2026-01-01T00:00:00Z"),
                        listed("i-2", null, "2026-01-01T00:00:00Z"),
                        listed("i-3", "1", "2026-06-30T12:00:00Z")))
                .extracting(LeafCost::listPricePerHour)
                .containsOnly(BigDecimal.ONE);
    }
}
