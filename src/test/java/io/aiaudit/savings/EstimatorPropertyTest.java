package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What must hold for any findings, costs and policies (DESIGN.md section 6). */
@PropertyDefaults(tries = 1500, edgeCases = EdgeCasesMode.NONE)
class EstimatorPropertyTest {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    @Provide
    Arbitrary<MoneyCase> cases() {
        return MoneyCase.cases();
    }

    @Property(tries = 4000)
    void a_second_person_who_reads_the_page_gets_the_same_cents(@ForAll("cases") MoneyCase some) {
        List<Saving> savings = some.savings();
        List<SecondOpinion.Opinion> opinions = new SecondOpinion(
                        some.findings(),
                        some.spend(),
                        some.policies(),
                        finding -> some.acceptedReason(finding).isPresent())
                .opinions();
        Set<String> overRounded = overRounded(some, opinions);
        for (int i = 0; i < savings.size(); i++) {
            Saving saving = savings.get(i);
            SecondOpinion.Opinion opinion = opinions.get(i);
            assertThat(saving.status().key()).isEqualTo(opinion.status());
            if (opinion.alone() == null) {
                assertThat(saving.standAlone()).isNull();
                assertThat(saving.counted()).isNull();
                assertThat(saving.freedCommitment()).isNull();
            } else if (!overRounded.contains(saving.finding().resourceId())) {
                assertThat(saving.standAlone().likely()).isEqualTo(opinion.alone());
                assertThat(saving.counted()).isEqualTo(new Range(opinion.low(), opinion.likely(), opinion.high()));
                assertThat(saving.freedCommitment()).isEqualTo(opinion.freed());
            } else {
                assertThat(saving.counted().likely().subtract(opinion.likely()).abs())
                        .isLessThanOrEqualTo(CENT.multiply(BigDecimal.valueOf(8)));
            }
        }
    }

    /** Leaves where rounding each part by itself would save more than the leaf costs: there the cent is taken back. */
    private static Set<String> overRounded(MoneyCase some, List<SecondOpinion.Opinion> opinions) {
        Map<String, BigDecimal> high = new HashMap<>();
        Map<String, BigDecimal> gross = new HashMap<>();
        for (int i = 0; i < opinions.size(); i++) {
            SecondOpinion.Opinion opinion = opinions.get(i);
            if (opinion.status().equals("counted")) {
                String leaf = some.findings().get(i).resourceId();
                high.merge(leaf, opinion.high(), BigDecimal::add);
                gross.merge(leaf, opinion.likely().add(opinion.freed()), BigDecimal::add);
            }
        }
        Set<String> over = new HashSet<>();
        high.forEach((leaf, sum) -> {
            BigDecimal cost = Money.toCents(some.spend().get(leaf).monthlyRunRate());
            if (sum.max(gross.get(leaf)).compareTo(cost) > 0) {
                over.add(leaf);
            }
        });
        return over;
    }

    @Property
    void a_leaf_never_saves_more_than_it_costs_and_never_less_than_nothing(@ForAll("cases") MoneyCase some) {
        Map<String, BigDecimal> high = new HashMap<>();
        Map<String, BigDecimal> gross = new HashMap<>();
        for (Saving saving : some.savings()) {
            if (saving.standAlone() != null) {
                assertThat(saving.standAlone().high())
                        .isLessThanOrEqualTo(Money.toCents(
                                some.spend().get(saving.finding().resourceId()).monthlyRunRate()));
            }
            if (saving.counted() != null) {
                assertThat(saving.counted().low()).isNotNegative();
                assertThat(saving.freedCommitment()).isNotNegative();
                assertThat(Totals.overlap(saving)).isNotNegative();
                String leaf = saving.finding().resourceId();
                high.merge(leaf, saving.counted().high(), BigDecimal::add);
                gross.merge(leaf, saving.counted().likely().add(saving.freedCommitment()), BigDecimal::add);
            }
        }
        high.forEach((leaf, sum) -> {
            BigDecimal cost = Money.toCents(some.spend().get(leaf).monthlyRunRate());
            assertThat(sum).isLessThanOrEqualTo(cost);
            assertThat(gross.get(leaf)).isLessThanOrEqualTo(cost);
        });
    }

    @Property
    void low_is_at_most_likely_and_likely_at_most_high(@ForAll("cases") MoneyCase some) {
        for (Saving saving : some.savings()) {
            for (Range range :
                    saving.counted() == null ? List.<Range>of() : List.of(saving.counted(), saving.standAlone())) {
                assertThat(range.low()).isLessThanOrEqualTo(range.likely());
                assertThat(range.likely()).isLessThanOrEqualTo(range.high());
            }
        }
    }

    @Property
    void the_bridge_from_stand_alone_to_headline_holds_to_the_cent(@ForAll("cases") MoneyCase some) {
        List<Saving> savings = some.savings();
        Audit.Totals totals = Totals.of(savings, null, null, null);
        assertThat(totals.standAloneSaving())
                .isEqualTo(totals.saving()
                        .likely()
                        .add(totals.overlap())
                        .add(totals.unconfirmedSaving())
                        .add(totals.blockedSaving())
                        .add(totals.acceptedSaving())
                        .add(totals.freedCommitment()));
        assertThat(totals.saving().likely())
                .isEqualTo(Money.sum(totals.savingByBasis().values()));
        assertThat(totals.saving().likely())
                .isEqualTo(savings.stream()
                        .filter(saving -> saving.status() == Status.COUNTED)
                        .map(saving -> saving.counted().likely())
                        .reduce(Money.NOTHING, BigDecimal::add));
    }

    @Property
    void only_what_counts_has_counted_money(@ForAll("cases") MoneyCase some) {
        for (Saving saving : some.savings()) {
            switch (saving.status()) {
                case COUNTED -> assertThat(saving.counted()).isNotNull();
                case UNPRICED, GOVERN -> assertThat(saving.counted()).isNull();
                case ALTERNATIVE, UNCONFIRMED, BLOCKED, ACCEPTED, NO_SAVING -> {
                    assertThat(saving.counted()).isEqualTo(Range.NOTHING);
                    assertThat(saving.freedCommitment()).isEqualTo(Money.NOTHING);
                }
            }
            assertThat(saving.statusReason()).isNotBlank();
        }
    }

    @Property
    void the_order_of_the_findings_does_not_matter(@ForAll("cases") MoneyCase some, @ForAll long seed) {
        Map<Finding, Saving> expected = new HashMap<>();
        some.savings().forEach(saving -> expected.put(saving.finding(), saving));
        for (Saving saving : some.shuffled(seed).savings()) {
            assertThat(saving).isEqualTo(expected.get(saving.finding()));
        }
    }

    @Property
    void findings_of_one_group_count_all_or_none(@ForAll("cases") MoneyCase some) {
        Map<List<String>, Set<Boolean>> counting = new HashMap<>();
        for (Saving saving : some.savings()) {
            Finding finding = saving.finding();
            if (finding.groupId() != null && saving.status() != Status.NO_SAVING && saving.status() != Status.GOVERN) {
                counting.computeIfAbsent(List.of(finding.rule(), finding.groupId()), key -> new HashSet<>())
                        .add(saving.status() == Status.COUNTED);
            }
        }
        assertThat(counting.values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
    }

    @Property
    void a_permission_moves_money_out_of_unconfirmed_and_changes_no_other_decision_of_the_user(
            @ForAll("cases") MoneyCase some, @ForAll Ask ask) {
        Audit.Totals before = Totals.of(some.savings(), null, null, null);
        Audit.Totals after = Totals.of(some.allowing("leaf-0", ask).savings(), null, null, null);
        assertThat(after.standAloneSaving()).isEqualTo(before.standAloneSaving());
        assertThat(after.blockedSaving()).isEqualTo(before.blockedSaving());
        assertThat(after.acceptedSaving()).isEqualTo(before.acceptedSaving());
        assertThat(after.unconfirmedSaving()).isLessThanOrEqualTo(before.unconfirmedSaving());
        assertThat(headlineWithOverlap(after)).isGreaterThanOrEqualTo(headlineWithOverlap(before));
    }

    private static BigDecimal headlineWithOverlap(Audit.Totals totals) {
        return totals.saving().likely().add(totals.overlap()).add(totals.freedCommitment());
    }

    @Property
    void what_remains_for_the_second_pass_is_the_cost_less_what_counts(@ForAll("cases") MoneyCase some) {
        List<Saving> savings = some.savings();
        Map<String, Spend> left = Estimator.remaining(savings, some.spend());
        some.spend().forEach((leaf, cost) -> {
            if (cost.monthlyRunRate() == null) {
                assertThat(left.get(leaf).monthlyRunRate()).isNull();
                return;
            }
            BigDecimal saved = savings.stream()
                    .filter(saving -> saving.finding().resourceId().equals(leaf) && saving.counted() != null)
                    .map(saving -> saving.counted().likely().add(saving.freedCommitment()))
                    .reduce(Money.NOTHING, BigDecimal::add);
            assertThat(left.get(leaf)
                            .monthlyRunRate()
                            .add(saved)
                            .subtract(cost.monthlyRunRate())
                            .abs())
                    .isLessThanOrEqualTo(CENT.multiply(BigDecimal.valueOf(8)));
        });
    }

    @Property
    void a_commitment_pushes_out_nothing_but_another_rate(@ForAll("cases") MoneyCase some) {
        Function<Finding, Boolean> ungroupedCommit =
                finding -> finding.lever() == Lever.COMMIT && finding.groupId() == null;
        List<Finding> without = some.findings().stream()
                .filter(finding -> !ungroupedCommit.apply(finding))
                .toList();
        if (without.stream().anyMatch(finding -> finding.lever() == Lever.RATE)) {
            return;
        }
        Map<Finding, Status> before = new HashMap<>();
        some.withFindings(without).savings().forEach(saving -> before.put(saving.finding(), saving.status()));
        some.savings().stream()
                .filter(saving -> saving.finding().lever() != Lever.COMMIT)
                .forEach(saving -> assertThat(saving.status()).isEqualTo(before.get(saving.finding())));
    }
}
