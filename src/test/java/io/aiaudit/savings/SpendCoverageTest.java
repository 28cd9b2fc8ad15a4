package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * By hand: one leaf costs 730.00 a month, of which the window of 720 hours has 720.00, unless a test says otherwise.
 */
class SpendCoverageTest {
    private static final Spend STEADY = spend(Map.of(Component.TIME, "730"), "0", false);
    private static final Confidence HIGH = Confidence.HIGH;
    private static final Confidence MEDIUM = Confidence.MEDIUM;

    // --- past

    @Test
    void what_is_gone_is_past() {
        Spend gone = spend(Map.of(Component.TIME, "730"), "0", true);
        assertThat(classes(gone, "240", true, finding("idle", Lever.ELIMINATE, HIGH, "0")))
                .isEqualTo(Map.of("past", "240.00"));
    }

    @Test
    void what_is_there_is_not_past_whether_something_is_found_or_not() {
        assertThat(classes(STEADY, "720", true)).isEqualTo(Map.of("in_use", "720.00"));
        assertThat(classes(STEADY, "720", false)).isEqualTo(Map.of("not_assessed", "720.00"));
    }

    @Test
    void what_cost_nothing_a_month_though_the_window_has_a_cost_is_past_only_when_it_is_gone() {
        Spend corrected = spend(Map.of(Component.TIME, "10", Component.USAGE, "-10"), "0", false);
        assertThat(classes(corrected, "5", false)).isEqualTo(Map.of("not_assessed", "5.00"));
    }

    // --- counted

    @Test
    void what_counts_takes_its_share_of_the_window_and_the_rest_is_in_use_where_that_was_seen() {
        Finding smaller = finding("oversized", Lever.RESIZE, HIGH, "0.25");
        assertThat(classes(STEADY, "720", true, smaller)).isEqualTo(Map.of("counted", "540.00", "in_use", "180.00"));
        assertThat(classes(STEADY, "720", false, smaller))
                .isEqualTo(Map.of("counted", "540.00", "not_assessed", "180.00"));
    }

    @Test
    void two_that_count_together_take_the_product() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("off-hours", Lever.SCHEDULE, HIGH, "0.5"),
                        finding("oversized", Lever.RESIZE, HIGH, "0.5")))
                .isEqualTo(Map.of("counted", "540.00", "in_use", "180.00"));
    }

    @Test
    void disks_that_a_deletion_does_not_take_are_not_counted() {
        Spend disks = spend(Map.of(Component.TIME, "657", Component.STORAGE, "73"), "0", false);
        assertThat(classes(disks, "720", false, finding("idle", Lever.ELIMINATE, HIGH, "0")))
                .isEqualTo(Map.of("counted", "648.00", "not_assessed", "72.00"));
    }

    // --- freed commitment

    @Test
    void the_part_under_a_commitment_is_freed_and_not_counted() {
        Spend committed = spend(Map.of(Component.TIME, "730"), "0.4", false);
        assertThat(classes(committed, "720", false, finding("idle", Lever.ELIMINATE, HIGH, "0")))
                .isEqualTo(Map.of("counted", "432.00", "freed_commitment", "288.00"));
    }

    @Test
    void all_of_it_is_freed_where_all_is_committed_and_none_where_nothing_counts() {
        Spend committed = spend(Map.of(Component.TIME, "730"), "1", false);
        assertThat(classes(committed, "720", false, finding("idle", Lever.ELIMINATE, HIGH, "0")))
                .isEqualTo(Map.of("freed_commitment", "720.00"));
        assertThat(classes(committed, "720", true)).isEqualTo(Map.of("in_use", "720.00"));
    }

    // --- accepted

    @Test
    void what_is_ignored_is_accepted() {
        assertThat(classes(STEADY, "720", true, finding("accepted", Lever.SCHEDULE, HIGH, "0.25")))
                .isEqualTo(Map.of("accepted", "540.00", "in_use", "180.00"));
    }

    @Test
    void what_is_accepted_takes_only_what_counted_findings_leave() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("oversized", Lever.RESIZE, HIGH, "0.5"),
                        finding("accepted", Lever.SCHEDULE, HIGH, "0.5")))
                .isEqualTo(Map.of("counted", "360.00", "accepted", "180.00", "in_use", "180.00"));
    }

    @Test
    void an_accepted_deletion_takes_all_the_rest() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("oversized", Lever.RESIZE, HIGH, "0.5"),
                        finding("accepted", Lever.ELIMINATE, HIGH, "0")))
                .isEqualTo(Map.of("counted", "360.00", "accepted", "360.00"));
    }

    // --- blocked

    @Test
    void what_the_policy_forbids_is_blocked() {
        assertThat(classes(STEADY, "720", false, finding("spot", Lever.RATE, HIGH, "0.5", Ask.INTERRUPTION)))
                .isEqualTo(Map.of("blocked", "360.00", "not_assessed", "360.00"));
    }

    @Test
    void what_is_accepted_comes_before_what_is_blocked() {
        assertThat(classes(
                        STEADY,
                        "720",
                        false,
                        finding("accepted", Lever.ELIMINATE, HIGH, "0"),
                        finding("spot", Lever.RATE, HIGH, "0.5", Ask.INTERRUPTION)))
                .isEqualTo(Map.of("accepted", "720.00"));
    }

    @Test
    void a_blocked_alternative_takes_only_what_it_would_save_more() {
        assertThat(classes(
                        STEADY,
                        "720",
                        false,
                        finding("smaller", Lever.RATE, HIGH, "0.75"),
                        finding("spot", Lever.RATE, HIGH, "0.5", Ask.INTERRUPTION)))
                .isEqualTo(Map.of("counted", "180.00", "blocked", "180.00", "not_assessed", "360.00"));
    }

    // --- needs a decision

    @Test
    void two_decisions_on_the_same_dollars_need_them_once() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("serverless", Lever.REPLACE, MEDIUM, "0.1", Ask.LATENCY),
                        finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.2", Ask.LATENCY)))
                .isEqualTo(Map.of("needs_decision", "648.00", "in_use", "72.00"));
    }

    @Test
    void a_decision_beside_what_counts_is_for_the_rest() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("oversized", Lever.RESIZE, HIGH, "0.5"),
                        finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.5", Ask.LATENCY)))
                .isEqualTo(Map.of("counted", "360.00", "needs_decision", "180.00", "in_use", "180.00"));
    }

    @Test
    void nothing_is_left_to_decide_where_a_deletion_counts() {
        assertThat(classes(
                        STEADY,
                        "720",
                        false,
                        finding("idle", Lever.ELIMINATE, HIGH, "0"),
                        finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.1", Ask.LATENCY)))
                .isEqualTo(Map.of("counted", "720.00"));
    }

    @Test
    void of_two_decisions_that_exclude_each_other_one_has_the_amount_a_month() {
        List<Saving> savings = estimate(
                STEADY,
                finding("serverless", Lever.REPLACE, MEDIUM, "0.1", Ask.LATENCY),
                finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.2", Ask.LATENCY),
                finding("idle", Lever.RESIZE, HIGH, "1"));
        assertThat(new SpendCoverage(savings, Map.of("ep-1", STEADY)).decisions())
                .containsExactly(new BigDecimal("657.00"), new BigDecimal("0.00"), null);
    }

    @Test
    void decisions_that_hold_together_share_what_they_save_together() {
        List<Saving> savings = estimate(
                STEADY,
                finding("half", Lever.RESIZE, MEDIUM, "0.5", Ask.LATENCY),
                finding("off", Lever.SCHEDULE, MEDIUM, "0.5", Ask.LATENCY));
        assertThat(new SpendCoverage(savings, Map.of("ep-1", STEADY)).decisions())
                .containsExactly(new BigDecimal("273.75"), new BigDecimal("273.75"));
    }

    /**
     * Approving one way does not need the other one, which the policy forbids: 730 x 0.9 is added, not what is left of
     * it.
     */
    @Test
    void what_is_blocked_or_accepted_takes_nothing_of_what_approving_another_way_adds() {
        Finding serverless = finding("serverless", Lever.REPLACE, MEDIUM, "0.1", Ask.LATENCY);
        for (Finding other : List.of(
                finding("off-hours", Lever.SCHEDULE, HIGH, "0.5", Ask.INTERRUPTION),
                finding("accepted", Lever.SCHEDULE, HIGH, "0.5"))) {
            List<Saving> savings = estimate(STEADY, serverless, other);
            assertThat(new SpendCoverage(savings, Map.of("ep-1", STEADY)).decisions())
                    .as(other.rule())
                    .containsExactly(new BigDecimal("657.00"), null);
        }
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        serverless,
                        finding("off-hours", Lever.SCHEDULE, HIGH, "0.5", Ask.INTERRUPTION)))
                .isEqualTo(Map.of("blocked", "360.00", "needs_decision", "288.00", "in_use", "72.00"));
    }

    @Test
    void approving_adds_only_what_lies_under_no_commitment() {
        Spend committed = spend(Map.of(Component.TIME, "730"), "0.4", false);
        List<Saving> savings =
                estimate(committed, finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.5", Ask.LATENCY));
        assertThat(new SpendCoverage(savings, Map.of("ep-1", committed)).decisions())
                .containsExactly(new BigDecimal("219.00"));
        assertThat(classes(
                        committed, "720", true, finding("scale-to-zero", Lever.AUTOSCALE, MEDIUM, "0.5", Ask.LATENCY)))
                .isEqualTo(Map.of("needs_decision", "360.00", "in_use", "360.00"));
    }

    // --- in use, not assessed

    @Test
    void what_cannot_be_priced_by_a_month_or_is_a_credit_stays_in_the_rest() {
        assertThat(classes(STEADY, "-20", false)).isEqualTo(Map.of("not_assessed", "-20.00"));
        assertThat(classes(STEADY, "0", true)).isEmpty();
    }

    @Test
    void governance_and_alternatives_take_nothing() {
        assertThat(classes(
                        STEADY,
                        "720",
                        true,
                        finding("trail", Lever.GOVERN, HIGH, "1"),
                        finding("dear", Lever.RESIZE, HIGH, "1.0")))
                .isEqualTo(Map.of("in_use", "720.00"));
    }

    // --- cents

    @Test
    void cents_add_up_to_the_sum_in_cents() {
        BigDecimal third = BigDecimal.ONE.divide(BigDecimal.valueOf(3), io.aiaudit.model.Money.PRECISION);
        Coverage cents = new Coverage(third, third, third, third, third, third, third, third).inCents();
        assertThat(cents.sum()).isEqualTo(new BigDecimal("2.67"));
        assertThat(cents.amounts()).allMatch(amount -> amount.compareTo(new BigDecimal("0.33")) >= 0);
    }

    @Test
    void a_credit_larger_than_its_resource_lowers_the_last_classes_first() {
        assertThat(named(coverage("100", "0", "50", "-70").inCents())).isEqualTo(Map.of("past", "80.00"));
        assertThat(named(coverage("100", "0", "50", "-20").inCents()))
                .isEqualTo(Map.of("past", "100.00", "in_use", "30.00"));
        assertThat(named(coverage("10", "0", "5", "-20").inCents())).isEqualTo(Map.of("not_assessed", "-5.00"));
    }

    private static Coverage coverage(String past, String counted, String inUse, String notAssessed) {
        BigDecimal zero = BigDecimal.ZERO;
        return new Coverage(
                new BigDecimal(past),
                new BigDecimal(counted),
                zero,
                zero,
                zero,
                zero,
                new BigDecimal(inUse),
                new BigDecimal(notAssessed));
    }

    /** The classes that are not zero, in cents. */
    private static Map<String, String> classes(Spend spend, String cost, boolean inUse, Finding... findings) {
        SpendCoverage coverage = new SpendCoverage(estimate(spend, findings), Map.of("ep-1", spend));
        return named(coverage.of(Map.of("ep-1", new BigDecimal(cost)), leaf -> inUse)
                .get("ep-1")
                .inCents());
    }

    private static Map<String, String> named(Coverage coverage) {
        List<String> names = List.of(
                "past",
                "counted",
                "freed_commitment",
                "accepted",
                "blocked",
                "needs_decision",
                "in_use",
                "not_assessed");
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (coverage.amounts().get(i).signum() != 0) {
                named.put(names.get(i), coverage.amounts().get(i).toPlainString());
            }
        }
        return named;
    }

    private static List<Saving> estimate(Spend spend, Finding... findings) {
        ResourcePolicy policy = ResourcePolicyBuilder.builder()
                .allowedRegions(List.of())
                .answers(Map.of(Ask.INTERRUPTION, Answer.NO))
                .excludedPeriods(List.of())
                .decidedBy(Map.of())
                .build();
        return Estimator.estimate(
                List.of(findings),
                Map.of("ep-1", spend),
                Map.of("ep-1", policy),
                new UserNotes(
                        finding -> finding.rule().equals("accepted") ? Optional.of("it is kept") : Optional.empty(),
                        finding -> Optional.empty()));
    }

    private static Spend spend(Map<Component, String> byComponent, String committed, boolean gone) {
        Map<Component, BigDecimal> cost = new EnumMap<>(Component.class);
        byComponent.forEach((component, amount) -> cost.put(component, new BigDecimal(amount)));
        return new Spend("ep-1", cost, CostBasis.EFFECTIVE, BigDecimal.TEN, new BigDecimal(committed), gone);
    }

    private static Finding finding(String rule, Lever lever, Confidence confidence, String remaining, Ask... asks) {
        return FindingBuilder.builder()
                .rule(rule)
                .resourceId("ep-1")
                .lever(lever)
                .proof(Proof.BACKTEST)
                .saves(Set.of(Component.TIME))
                .asks(Set.copyOf(Stream.of(asks).toList()))
                .remaining(new BigDecimal(remaining))
                .confidence(confidence)
                .reason("It is so.")
                .evidence(Map.of())
                .build();
    }
}
