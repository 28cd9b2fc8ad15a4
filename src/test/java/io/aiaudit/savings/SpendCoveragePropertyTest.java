package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Coverage;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What must hold for any findings, costs and policies (DESIGN.md section 6, "Coverage"). */
@PropertyDefaults(tries = 1500, edgeCases = EdgeCasesMode.NONE)
class SpendCoveragePropertyTest {
    private static final BigDecimal CENTS = new BigDecimal("0.10");

    /** Twelve digits as the store has them, and quotients of prorated charges. */
    private static final BigDecimal EXACT = new BigDecimal("1e-15");

    @Provide
    Arbitrary<MoneyCase> cases() {
        return MoneyCase.cases();
    }

    @Provide
    Arbitrary<BigDecimal> costs() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("100000"))
                .ofScale(12);
    }

    private static Map<String, Coverage> coverage(MoneyCase some, BigDecimal cost) {
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (String leaf : new TreeMap<>(some.spend()).keySet()) {
            costs.put(leaf, cost.divide(BigDecimal.valueOf(costs.size() + 1L), Money.PRECISION));
        }
        return new SpendCoverage(some.savings(), some.spend())
                .of(costs, leaf -> Math.floorMod(leaf.hashCode(), 2) == 0);
    }

    @Property
    void the_classes_of_a_leaf_add_up_to_what_it_cost_and_none_is_below_zero(
            @ForAll("cases") MoneyCase some, @ForAll("costs") BigDecimal cost) {
        int count = 0;
        for (Coverage leaf : coverage(some, cost).values()) {
            count++;
            assertThat(leaf.sum()
                            .subtract(cost.divide(BigDecimal.valueOf(count), Money.PRECISION))
                            .abs())
                    .isLessThanOrEqualTo(EXACT);
            assertThat(leaf.amounts()).allSatisfy(amount -> assertThat(amount).isGreaterThanOrEqualTo(EXACT.negate()));
        }
    }

    @Property
    void the_totals_are_cents_that_add_up_to_the_whole_in_cents(
            @ForAll("cases") MoneyCase some, @ForAll("costs") BigDecimal cost) {
        Coverage whole = coverage(some, cost).values().stream().reduce(Coverage.NOTHING, Coverage::plus);
        Coverage cents = whole.inCents();
        assertThat(cents.sum()).isEqualByComparingTo(Money.toCents(whole.sum()));
        assertThat(cents.amounts()).allSatisfy(amount -> {
            assertThat(amount).isNotNegative();
            assertThat(amount.scale()).isEqualTo(2);
        });
    }

    @Property
    void what_needs_a_decision_is_at_most_what_is_left_and_at_most_its_gross_sum(@ForAll("cases") MoneyCase some) {
        List<Saving> savings = some.savings();
        List<BigDecimal> decisions = new SpendCoverage(savings, some.spend()).decisions();
        Map<String, BigDecimal> taken = new HashMap<>();
        Map<String, BigDecimal> gross = new HashMap<>();
        for (int i = 0; i < savings.size(); i++) {
            Saving saving = savings.get(i);
            String leaf = saving.finding().resourceId();
            if (saving.status() == Status.UNCONFIRMED) {
                assertThat(decisions.get(i)).isNotNegative();
                taken.merge(leaf, decisions.get(i), BigDecimal::add);
                gross.merge(leaf, saving.standAlone().likely(), BigDecimal::add);
            } else {
                assertThat(decisions.get(i)).isNull();
            }
            if (saving.status() == Status.COUNTED) {
                taken.merge(leaf, saving.counted().likely().add(saving.freedCommitment()), BigDecimal::add);
                gross.merge(leaf, saving.counted().likely().add(saving.freedCommitment()), BigDecimal::add);
            }
        }
        taken.forEach((leaf, amount) -> {
            Spend cost = some.spend().get(leaf);
            assertThat(amount)
                    .isLessThanOrEqualTo(
                            cost.monthlyRunRate().max(BigDecimal.ZERO).add(CENTS));
            assertThat(amount).isLessThanOrEqualTo(gross.get(leaf).add(CENTS));
        });
    }

    @Property
    void the_order_of_the_findings_does_not_matter(
            @ForAll("cases") MoneyCase some, @ForAll("costs") BigDecimal cost, @ForAll long seed) {
        MoneyCase shuffled = some.shuffled(seed);
        assertThat(coverage(shuffled, cost)).isEqualTo(coverage(some, cost));
        assertThat(byFinding(shuffled)).isEqualTo(byFinding(some));
    }

    private static Map<Finding, BigDecimal> byFinding(MoneyCase some) {
        List<Saving> savings = some.savings();
        List<BigDecimal> decisions = new SpendCoverage(savings, some.spend()).decisions();
        Map<Finding, BigDecimal> byFinding = new HashMap<>();
        for (int i = 0; i < savings.size(); i++) {
            byFinding.put(savings.get(i).finding(), decisions.get(i));
        }
        return byFinding;
    }

    @Property
    void where_a_leaf_is_there_what_counts_is_its_share_of_the_window(
            @ForAll("cases") MoneyCase some, @ForAll("costs") BigDecimal cost) {
        Map<String, BigDecimal> counted = new HashMap<>();
        some.savings().stream()
                .filter(saving -> saving.status() == Status.COUNTED)
                .forEach(saving -> counted.merge(
                        saving.finding().resourceId(), saving.counted().likely(), BigDecimal::add));
        int count = 0;
        for (Map.Entry<String, Coverage> leaf : coverage(some, cost).entrySet()) {
            count++;
            Spend spend = some.spend().get(leaf.getKey());
            BigDecimal saved = counted.getOrDefault(leaf.getKey(), BigDecimal.ZERO);
            if (saved.signum() > 0) {
                BigDecimal inWindow = cost.divide(BigDecimal.valueOf(count), Money.PRECISION);
                BigDecimal rate = spend.monthlyRunRate();
                BigDecimal expected =
                        inWindow.multiply(saved.min(rate)).divide(rate.max(spend.monthlyCost()), Money.PRECISION);
                assertThat(leaf.getValue().counted().subtract(expected).abs()).isLessThanOrEqualTo(EXACT);
            }
        }
    }
}
