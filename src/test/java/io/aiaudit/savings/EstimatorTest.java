package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Range;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the examples of docs/money.md leave out. */
class EstimatorTest {
    private static final Spend HUNDRED = spend(Map.of(Component.TIME, new BigDecimal("100")));

    private static Spend spend(Map<Component, BigDecimal> byComponent) {
        return new Spend("ep-1", byComponent, CostBasis.EFFECTIVE, BigDecimal.TEN, BigDecimal.ZERO, false);
    }

    private static Finding finding(String rule, Lever lever, Confidence confidence, String remaining, Ask... asks) {
        return FindingBuilder.builder()
                .rule(rule)
                .resourceId("ep-1")
                .lever(lever)
                .proof(Proof.BACKTEST)
                .saves(Set.of(Component.TIME))
                .asks(Set.of(asks))
                .remaining(remaining == null ? null : new BigDecimal(remaining))
                .confidence(confidence)
                .reason("It is so.")
                .evidence(Map.of())
                .build();
    }

    private static List<Saving> estimate(Spend spend, Finding... findings) {
        return Estimator.estimate(List.of(findings), Map.of("ep-1", spend), Map.of(), UserNotes.NONE);
    }

    private static Range range(String low, String likely, String high) {
        return new Range(new BigDecimal(low), new BigDecimal(likely), new BigDecimal(high));
    }

    @Test
    void a_sole_finding_never_overlaps_with_anything_at_half_a_cent_either() {
        // Costs with 34 digits, as a quotient leaves them; a share of one has more.
        for (String remaining : List.of("0.5", "0.15", "0.25")) {
            for (String end : List.of("9999999999999999999999999999999", "0000000000000000000000000000001")) {
                for (String cost : List.of("10.0", "10.01", "10.02", "10.03", "10.04", "10.05", "10.06", "10.07")) {
                    BigDecimal month = new BigDecimal(cost + end);
                    Saving sole = estimate(
                                    spend(Map.of(Component.TIME, month)),
                                    finding("delete", Lever.ELIMINATE, Confidence.HIGH, remaining))
                            .get(0);
                    assertThat(sole.counted()).as("%s of %s", remaining, month).isEqualTo(sole.standAlone());
                }
            }
        }
    }

    @Test
    void a_sole_finding_on_a_cost_with_a_correction_in_it_is_at_most_its_run_rate() {
        for (int cents = 1; cents <= 200; cents++) {
            Map<Component, BigDecimal> parts = Map.of(
                    Component.TIME, new BigDecimal(cents).movePointLeft(2).add(new BigDecimal("7.001")),
                    Component.USAGE, new BigDecimal("3.003"),
                    Component.LICENCE, new BigDecimal("0.001"),
                    Component.STORAGE, new BigDecimal("-1.1"));
            Finding all = FindingBuilder.builder(finding("delete", Lever.ELIMINATE, Confidence.HIGH, "0"))
                    .saves(Set.of(Component.TIME, Component.USAGE, Component.LICENCE, Component.STORAGE))
                    .build();
            Saving sole = estimate(spend(parts), all).get(0);
            assertThat(sole.counted()).as("%d", cents).isEqualTo(sole.standAlone());
            assertThat(sole.standAlone().high()).isLessThanOrEqualTo(sole.runRate());
        }
    }

    @Test
    void parts_of_what_two_findings_save_without_an_overlap_are_what_each_saves_alone() {
        BigDecimal month = new BigDecimal("10.0099999999999999999999999999999");
        Finding time = finding("off-hours", Lever.SCHEDULE, Confidence.HIGH, "0.5");
        Finding storage = FindingBuilder.builder(finding("disk", Lever.RESIZE, Confidence.HIGH, "0.5"))
                .saves(Set.of(Component.STORAGE))
                .build();
        for (Saving saving : estimate(spend(Map.of(Component.TIME, month, Component.STORAGE, month)), time, storage)) {
            assertThat(saving.counted()).isEqualTo(saving.standAlone());
        }
    }

    @Test
    void what_depends_on_tags_that_could_not_be_read_does_not_count() {
        ResourcePolicy policy = ResourcePolicy.UNSPECIFIED.withUndecided("aiaudit.yaml:2 (tag env=prod)");
        Saving saving = Estimator.estimate(
                        List.of(finding("delete", Lever.ELIMINATE, Confidence.HIGH, "0")),
                        Map.of("ep-1", HUNDRED),
                        Map.of("ep-1", policy),
                        UserNotes.NONE)
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(saving.statusReason())
                .isEqualTo(
                        "Its tags could not be read, and aiaudit.yaml:2 (tag env=prod) depends on them: allow them to "
                                + "be read, or name the resource there.");
    }

    @Test
    void an_unspecified_permission_names_the_line_that_would_move_it() {
        Saving saving = estimate(HUNDRED, finding("to-zero", Lever.AUTOSCALE, Confidence.HIGH, "0.4", Ask.LATENCY))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(saving.statusReason())
                .isEqualTo("Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.");
    }

    @Test
    void where_a_permission_alone_does_not_help_the_reason_says_what_else_is_missing() {
        Saving saving = estimate(HUNDRED, finding("spot", Lever.RATE, Confidence.LOW, "0.4", Ask.QUALITY, Ask.LATENCY))
                .get(0);
        assertThat(saving.statusReason())
                .startsWith("Confidence is low. Check the finding by hand; if it is right, list its "
                        + "rule and resource under `verified` in aiaudit.yaml. ")
                .contains("It also needs your approval: set `latency: yes` and `quality: yes`");
    }

    @Test
    void nothing_is_bound_to_a_region_that_the_policy_leaves_out() {
        Finding reserved = finding("commitment-mix", Lever.COMMIT, Confidence.MEDIUM, "0.6");
        Finding inForbidden = FindingBuilder.builder(reserved)
                .evidence(Map.of("forbidden_region", "us-east-1"))
                .build();
        assertThat(estimate(HUNDRED, reserved).get(0).status()).isEqualTo(Status.COUNTED);
        Saving saving = estimate(HUNDRED, inForbidden).get(0);
        assertThat(saving.status()).isEqualTo(Status.BLOCKED);
        assertThat(saving.statusReason()).isEqualTo("The policy does not allow its region us-east-1: move it first.");
    }

    @Test
    void a_cache_and_scaling_that_count_the_same_instances_are_never_multiplied() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("response-cacheable", Lever.CACHE, Confidence.MEDIUM, "0.5"),
                finding("no-autoscaling", Lever.AUTOSCALE, Confidence.MEDIUM, "0.6"),
                finding("off-hours", Lever.SCHEDULE, Confidence.MEDIUM, "0.7"),
                finding("oversized", Lever.RESIZE, Confidence.MEDIUM, "0.8"));
        assertThat(savings)
                .extracting(Saving::status)
                .containsExactly(Status.COUNTED, Status.ALTERNATIVE, Status.ALTERNATIVE, Status.COUNTED);
        assertThat(savings.get(1).statusReason()).startsWith("response-cacheable was chosen: ");
    }

    @Test
    void in_a_batch_nothing_is_read_from_a_cache() {
        Spend tokens = spend(Map.of(Component.USAGE, new BigDecimal("100")));
        List<Saving> savings = estimate(
                tokens,
                ofTokens("prompt-cache", Lever.CACHE, "0.7"),
                ofTokens("batch", Lever.BATCH, "0.5"),
                ofTokens("route", Lever.ROUTE, "0.6"));
        assertThat(savings)
                .extracting(Saving::status)
                .containsExactly(Status.ALTERNATIVE, Status.COUNTED, Status.COUNTED);
        assertThat(savings.get(0).statusReason())
                .isEqualTo("batch was chosen: in a batch nothing is read from a cache, and it saves 50 a month instead "
                        + "of 30.");
    }

    @Test
    void a_batch_and_the_standard_tier_are_two_ways_for_the_same_requests() {
        Spend tokens = spend(Map.of(Component.USAGE, new BigDecimal("100")));
        Finding standard = FindingBuilder.builder(ofTokens("premium", Lever.RATE, "0.6"))
                .asks(Set.of(Ask.LATENCY))
                .build();

        List<Saving> savings = estimateAllowed(tokens, standard, ofTokens("batch", Lever.BATCH, "0.3"));

        assertThat(savings).extracting(Saving::status).containsExactly(Status.ALTERNATIVE, Status.COUNTED);
        assertThat(savings.get(0).statusReason())
                .isEqualTo("batch was chosen: both send the same requests at a lower price, and it saves 70 a month "
                        + "instead of 40.");
        // the cache that the batch would exclude is no rival of the tier
        assertThat(estimateAllowed(
                        tokens,
                        standard,
                        ofTokens("batch", Lever.BATCH, "0.7"),
                        ofTokens("prompt-cache", Lever.CACHE, "0.8")))
                .extracting(Saving::status)
                .containsExactly(Status.COUNTED, Status.ALTERNATIVE, Status.COUNTED);
    }

    @Test
    void a_global_deployment_and_a_batch_add_up() {
        Spend tokens = spend(Map.of(Component.USAGE, new BigDecimal("100")));
        Finding global = FindingBuilder.builder(ofTokens("premium", Lever.RATE, "0.9"))
                .asks(Set.of(Ask.RESIDENCY))
                .build();

        assertThat(estimateAllowed(tokens, global, ofTokens("batch", Lever.BATCH, "0.5")))
                .extracting(Saving::status)
                .doesNotContain(Status.ALTERNATIVE);
    }

    private static List<Saving> estimateAllowed(Spend spend, Finding... findings) {
        ResourcePolicy policy = ResourcePolicyBuilder.builder(ResourcePolicy.UNSPECIFIED)
                .answers(Map.of(Ask.LATENCY, Answer.YES, Ask.RESIDENCY, Answer.YES))
                .build();
        return Estimator.estimate(List.of(findings), Map.of("ep-1", spend), Map.of("ep-1", policy), UserNotes.NONE);
    }

    private static Finding ofTokens(String rule, Lever lever, String remaining) {
        return FindingBuilder.builder(finding(rule, lever, Confidence.MEDIUM, remaining))
                .saves(Set.of(Component.TIME, Component.USAGE))
                .build();
    }

    @Test
    void what_is_of_low_confidence_may_save_nothing_at_all() {
        Saving saving = estimate(HUNDRED, finding("idle", Lever.ELIMINATE, Confidence.LOW, "0.2"))
                .get(0);
        assertThat(saving.standAlone()).isEqualTo(range("0.00", "80.00", "80.00"));
    }

    @Test
    void an_unconfirmed_replacement_does_not_say_that_it_adds_less_than_it_saves() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("oversized", Lever.RESIZE, Confidence.HIGH, "0.5"),
                finding("serverless", Lever.REPLACE, Confidence.HIGH, "0.1", Ask.LATENCY));
        assertThat(savings.get(1).statusReason())
                .isEqualTo("Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.");
    }

    @Test
    void an_unconfirmed_finding_says_that_another_one_counts_on_its_resource_already() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"),
                finding("oversized", Lever.RESIZE, Confidence.HIGH, "0.5", Ask.LATENCY));
        assertThat(savings.get(1).statusReason())
                .endsWith("idle is already counted for this resource, so this adds less than its gross saving.");
        assertThat(savings.get(0).statusReason()).doesNotContain("already");
    }

    @Test
    void a_leaf_without_spend_is_unpriced_and_has_no_amounts() {
        Saving saving = Estimator.estimate(
                        List.of(finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0")),
                        Map.of(),
                        Map.of(),
                        accepted("ignored"))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.UNPRICED);
        assertThat(saving.basis()).isEqualTo(CostBasis.UNPRICED);
        assertThat(saving.monthlyCost()).isNull();
        assertThat(saving.standAlone()).isNull();
    }

    @Test
    void a_governance_finding_needs_no_share_and_claims_no_money() {
        Saving saving = estimate(HUNDRED, finding("residency", Lever.GOVERN, Confidence.HIGH, null))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.GOVERN);
        assertThat(saving.counted()).isNull();
        assertThat(saving.monthlyCost()).isEqualByComparingTo("100");
    }

    @Test
    void a_rule_counts_once_on_a_resource_and_keeps_its_surer_finding() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("idle", Lever.AUTOSCALE, Confidence.MEDIUM, "0.2"),
                finding("idle", Lever.RESIZE, Confidence.HIGH, "0.6"));
        assertThat(savings).extracting(Saving::status).containsExactly(Status.ALTERNATIVE, Status.COUNTED);
        assertThat(savings.get(0).statusReason()).contains("same rule");
    }

    @Test
    void replacing_and_the_rest_at_a_tie_is_a_win_for_the_rest() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("serverless", Lever.REPLACE, Confidence.HIGH, "0.3"),
                finding("off-hours", Lever.SCHEDULE, Confidence.HIGH, "0.6"),
                finding("oversized", Lever.RESIZE, Confidence.HIGH, "0.5"));
        assertThat(savings)
                .extracting(Saving::status)
                .containsExactly(Status.ALTERNATIVE, Status.COUNTED, Status.COUNTED);
    }

    @Test
    void equal_rivals_are_settled_by_the_name_of_the_rule() {
        List<Saving> savings = estimate(
                HUNDRED,
                finding("b-rule", Lever.SCHEDULE, Confidence.HIGH, "0.6"),
                finding("a-rule", Lever.AUTOSCALE, Confidence.HIGH, "0.6"));
        assertThat(savings).extracting(Saving::status).containsExactly(Status.ALTERNATIVE, Status.COUNTED);
    }

    @Test
    void a_commitment_replaces_a_rate_but_not_of_deleting() {
        Finding commit = finding("commitment-mix", Lever.COMMIT, Confidence.HIGH, "0.7");
        assertThat(estimate(HUNDRED, finding("rate", Lever.RATE, Confidence.MEDIUM, "0.5"), commit))
                .extracting(Saving::status)
                .containsExactly(Status.ALTERNATIVE, Status.COUNTED);
        assertThat(estimate(HUNDRED, finding("idle", Lever.ELIMINATE, Confidence.MEDIUM, "0"), commit))
                .extracting(Saving::status)
                .containsExactly(Status.COUNTED, Status.ALTERNATIVE);
    }

    @Test
    void what_a_rule_took_from_the_policy_is_reported_with_its_line() {
        Finding outside = FindingBuilder.builder()
                .rule("data-residency")
                .resourceId("ep-1")
                .lever(Lever.GOVERN)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of(Component.TIME))
                .asks(Set.of())
                .remaining(BigDecimal.ONE)
                .confidence(Confidence.HIGH)
                .reason("It is elsewhere.")
                .evidence(Map.of("allowed_regions", List.of("eu-*"), "region", "us-east-1"))
                .build();
        ResourcePolicy policy = ResourcePolicyBuilder.builder()
                .allowedRegions(List.of("eu-*"))
                .answers(Map.of())
                .excludedPeriods(List.of())
                .decidedBy(Map.of(
                        "allowed_regions", new PolicyLine("aiaudit.yaml:4", "tag env=prod"),
                        "owner", new PolicyLine("aiaudit.yaml:1", "default")))
                .build();
        assertThat(Estimator.estimate(
                        List.of(outside), Map.of("ep-1", HUNDRED), Map.of("ep-1", policy), UserNotes.NONE))
                .extracting(Saving::statusReason)
                .containsExactly(
                        "A governance finding claims no money. The policy sets its allowed regions (aiaudit.yaml:4, "
                                + "tag env=prod).");
    }

    @Test
    void a_new_commitment_takes_nothing_from_what_lies_under_one_already() {
        Spend half = new Spend(
                "ep-1",
                Map.of(Component.TIME, new BigDecimal("100")),
                CostBasis.EFFECTIVE,
                BigDecimal.TEN,
                new BigDecimal("0.5"),
                false);
        Saving saving = estimate(half, finding("commitment-mix", Lever.COMMIT, Confidence.HIGH, "0.7"))
                .get(0);
        assertThat(saving.standAlone()).isEqualTo(range("15.00", "15.00", "15.00"));
        assertThat(saving.counted()).isEqualTo(range("15.00", "15.00", "15.00"));
        assertThat(saving.freedCommitment()).isEqualByComparingTo("0");
    }

    @Test
    void parts_that_all_round_up_give_the_cent_back() {
        Spend spend = spend(Map.of(Component.TIME, new BigDecimal("10.03")));
        List<Saving> savings = estimate(
                spend,
                finding("off-hours", Lever.SCHEDULE, Confidence.HIGH, "0.5"),
                finding("oversized", Lever.RESIZE, Confidence.HIGH, "0"));
        assertThat(savings)
                .extracting(Saving::counted)
                .containsExactly(range("5.02", "5.02", "5.02"), range("5.01", "5.01", "5.01"));
    }

    @Test
    void a_correction_larger_than_a_charge_limits_what_the_others_save() {
        Spend spend = spend(Map.of(Component.TIME, new BigDecimal("100"), Component.STORAGE, new BigDecimal("-40")));
        Saving saving = estimate(spend, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(saving.standAlone()).isEqualTo(range("60.00", "60.00", "60.00"));
        assertThat(saving.counted()).isEqualTo(range("60.00", "60.00", "60.00"));
    }

    @Test
    void a_resource_that_earned_a_refund_saves_nothing() {
        Spend spend = spend(Map.of(Component.TIME, new BigDecimal("-40")));
        Saving saving = estimate(spend, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(saving.counted()).isEqualTo(Range.NOTHING);
    }

    @Test
    void what_is_accepted_though_it_is_gone_is_worth_nothing() {
        Spend gone = new Spend(
                "ep-1",
                Map.of(Component.TIME, new BigDecimal("100")),
                CostBasis.EFFECTIVE,
                BigDecimal.TEN,
                BigDecimal.ONE,
                true);
        Saving saving = Estimator.estimate(
                        List.of(finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0")),
                        Map.of("ep-1", gone),
                        Map.of(),
                        accepted("kept."))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.ACCEPTED);
        assertThat(saving.standAlone()).isEqualTo(Range.NOTHING);
        assertThat(saving.statusReason()).isEqualTo("kept.");
    }

    @Test
    void what_is_accepted_of_one_rule_is_not_counted_by_another_that_would_delete_the_same_for_the_same_money() {
        List<Saving> savings = ignoring(
                "hosting-idle",
                finding("throughput-idle", Lever.ELIMINATE, Confidence.HIGH, "0"),
                finding("hosting-idle", Lever.ELIMINATE, Confidence.MEDIUM, "0.15"));
        assertThat(savings).extracting(Saving::status).containsExactly(Status.ACCEPTED, Status.ACCEPTED);
        assertThat(savings.get(0).counted()).isEqualTo(Range.NOTHING);
        assertThat(savings.get(0).statusReason())
                .isEqualTo("hosting-idle has the same effect and is ignored: kept for the launch");
    }

    @Test
    void what_is_accepted_leaves_alone_what_does_something_else_or_saves_something_else() {
        Spend withDisks = spend(Map.of(Component.TIME, new BigDecimal("100"), Component.STORAGE, new BigDecimal("10")));
        List<Saving> savings = Estimator.estimate(
                List.of(
                        finding("hosting-idle", Lever.ELIMINATE, Confidence.HIGH, "0"),
                        finding("oversized", Lever.RESIZE, Confidence.HIGH, "0.5"),
                        storage("stopped", Lever.ELIMINATE)),
                Map.of("ep-1", withDisks),
                Map.of(),
                new UserNotes(
                        finding -> finding.rule().equals("hosting-idle") ? Optional.of("kept") : Optional.empty(),
                        finding -> Optional.empty()));
        assertThat(savings)
                .extracting(Saving::status)
                .containsExactly(Status.ACCEPTED, Status.ALTERNATIVE, Status.COUNTED);
    }

    private static UserNotes accepted(String reason) {
        return new UserNotes(finding -> Optional.of(reason), finding -> Optional.empty());
    }

    @Test
    void a_finding_of_low_confidence_counts_once_somebody_has_checked_it() {
        Finding low = finding("oversized", Lever.RESIZE, Confidence.LOW, "0.4");
        Finding sure = finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0.9");

        Saving open = estimate(HUNDRED, low).get(0);
        Saving checked = verifying("oversized", low).get(0);
        List<Saving> both = verifying("idle", low, sure);

        assertThat(open.status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(open.statusReason())
                .isEqualTo("Confidence is low. Check the finding by hand; if it is right, list its "
                        + "rule and resource under `verified` in aiaudit.yaml.");
        assertThat(checked.status()).isEqualTo(Status.COUNTED);
        assertThat(checked.statusReason())
                .isEqualTo("The fix needs no approval. Checked by hand: load test of 3 June.");
        assertThat(checked.counted()).isEqualTo(range("0.00", "60.00", "60.00"));
        assertThat(both).extracting(Saving::status).containsExactly(Status.UNCONFIRMED, Status.COUNTED);
        assertThat(both.get(1).statusReason()).as("needs no check").isEqualTo("The fix needs no approval.");
    }

    @Test
    void what_looks_like_a_standby_counts_once_somebody_has_checked_it() {
        Finding hinted = FindingBuilder.builder(finding("idle", Lever.ELIMINATE, Confidence.LOW, "0"))
                .evidence(Map.of("standby_hint", "dr"))
                .build();
        assertThat(estimate(HUNDRED, hinted).get(0).statusReason()).startsWith("Its name or tags say \"dr\".");
        assertThat(verifying("other", hinted).get(0).status()).isEqualTo(Status.UNCONFIRMED);
        Saving checked = verifying("idle", hinted).get(0);
        assertThat(checked.status()).isEqualTo(Status.COUNTED);
        assertThat(checked.statusReason())
                .isEqualTo("The fix needs no approval. Checked by hand: load test of 3 June.");
    }

    @Test
    void what_has_a_list_price_since_its_bill_failed_counts_once_somebody_has_checked_it() {
        Finding idle = finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0");
        Spend listed = new Spend(
                "ep-1", HUNDRED.byComponent(), CostBasis.LIST, HUNDRED.hours(), HUNDRED.committedShare(), false);
        Spend unread = listed.withNote("The bill of its account could not be read. Grant access to the bill");

        assertThat(estimate(listed, idle).get(0).status()).isEqualTo(Status.COUNTED);
        Saving open = estimate(unread, idle).get(0);
        assertThat(open.status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(open.statusReason())
                .isEqualTo("The bill of its account could not be read. Grant access to the bill; or, if the amount is "
                        + "right, list its rule and resource under `verified` in aiaudit.yaml.");
        assertThat(open.counted()).isEqualTo(range("0.00", "0.00", "0.00"));
        assertThat(verifying("other", unread, idle).get(0).status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(verifying("idle", unread, idle).get(0).status()).isEqualTo(Status.COUNTED);
    }

    private static List<Saving> verifying(String rule, Finding... findings) {
        return verifying(rule, HUNDRED, findings);
    }

    private static List<Saving> verifying(String rule, Spend spend, Finding... findings) {
        return Estimator.estimate(
                List.of(findings),
                Map.of("ep-1", spend),
                Map.of(),
                new UserNotes(
                        finding -> Optional.empty(),
                        finding ->
                                finding.rule().equals(rule) ? Optional.of("load test of 3 June") : Optional.empty()));
    }

    private static List<Saving> ignoring(String rule, Finding... findings) {
        return Estimator.estimate(
                List.of(findings),
                Map.of("ep-1", HUNDRED),
                Map.of(),
                new UserNotes(
                        finding -> finding.rule().equals(rule) ? Optional.of("kept for the launch") : Optional.empty(),
                        finding -> Optional.empty()));
    }

    private static Finding storage(String rule, Lever lever) {
        return FindingBuilder.builder()
                .rule(rule)
                .resourceId("ep-1")
                .lever(lever)
                .proof(Proof.BACKTEST)
                .saves(Set.of(Component.STORAGE))
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("It is so.")
                .evidence(Map.of())
                .build();
    }

    @Test
    void what_a_commitment_leaves_unused_is_freed_and_never_cash() {
        Finding unused = FindingBuilder.builder()
                .rule("commitment-unused")
                .resourceId("ep-1")
                .lever(Lever.RATE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of(Component.COMMITMENT))
                .asks(Set.of())
                .remaining(new BigDecimal("0.25"))
                .confidence(Confidence.HIGH)
                .reason("It is so.")
                .evidence(Map.of())
                .build();
        Saving saving = estimate(
                        spend(Map.of(
                                Component.TIME, new BigDecimal("100"), Component.COMMITMENT, new BigDecimal("40"))),
                        unused)
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.COUNTED);
        assertThat(saving.standAlone()).isEqualTo(range("30.00", "30.00", "30.00"));
        assertThat(saving.counted()).isEqualTo(range("0.00", "0.00", "0.00"));
        assertThat(saving.freedCommitment()).isEqualTo(new BigDecimal("30.00"));
        assertThat(saving.statusReason())
                .isEqualTo("30 a month of it is covered by a commitment and is not realized until it expires.");
    }

    @Test
    void what_costs_nothing_any_more_saves_nothing_and_never_counts() {
        Spend stopped = HUNDRED.withRunRate(Map.of(Component.STORAGE, new BigDecimal("7")), BigDecimal.ZERO);
        Saving saving = estimate(stopped, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.NO_SAVING);
        assertThat(saving.statusReason()).contains("(time) is no longer charged");
        assertThat(saving.runRate()).isEqualByComparingTo("7");
        Spend refunded = HUNDRED.withRunRate(Map.of(Component.TIME, new BigDecimal("-12")), BigDecimal.ZERO);
        assertThat(estimate(refunded, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                        .get(0)
                        .statusReason())
                .isEqualTo("In the last seven days more was given back than charged for what the fix would save (time),"
                        + " so nothing is left to save.");
        Saving half = estimate(
                        HUNDRED.withRunRate(Map.of(Component.TIME, new BigDecimal("50")), BigDecimal.ZERO),
                        finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(half.counted()).isEqualTo(range("50.00", "50.00", "50.00"));
        assertThat(half.monthlyCost()).isEqualByComparingTo("100");
    }

    @Test
    void nobody_decides_about_what_is_worth_nothing() {
        Spend stopped = HUNDRED.withRunRate(Map.of(Component.STORAGE, new BigDecimal("7")), BigDecimal.ZERO);
        Finding doubtful = finding("idle", Lever.ELIMINATE, Confidence.LOW, "0");
        assertThat(estimate(stopped, doubtful).get(0).status()).isEqualTo(Status.NO_SAVING);
        assertThat(estimate(HUNDRED, finding("idle", Lever.RESIZE, Confidence.LOW, "1"))
                        .get(0)
                        .status())
                .isEqualTo(Status.NO_SAVING);
        assertThat(estimate(HUNDRED, doubtful).get(0).status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(estimate(HUNDRED, finding("idle", Lever.RESIZE, Confidence.LOW, "0.99"))
                        .get(0)
                        .status())
                .isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void what_a_bill_does_not_say_the_purpose_of_has_no_amount() {
        Spend usage = spend(Map.of(Component.USAGE, new BigDecimal("5176")));
        Saving unknown = estimate(
                        usage.withUndetermined(new BigDecimal("5176")),
                        finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(unknown.status()).isEqualTo(Status.UNPRICED);
        assertThat(unknown.statusReason()).contains("5176.00");
        assertThat(unknown.counted()).isNull();
        Saving known = estimate(usage, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(known.status()).isEqualTo(Status.NO_SAVING);
    }

    @Test
    void what_is_gone_says_why() {
        Saving saving = estimate(
                        HUNDRED.goneSince(null, "It is not listed."),
                        finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0"))
                .get(0);
        assertThat(saving.status()).isEqualTo(Status.NO_SAVING);
        assertThat(saving.statusReason()).isEqualTo("It is not listed.");
        assertThat(saving.standAlone()).isEqualTo(Range.NOTHING);
    }

    @Test
    void the_second_pass_knows_whose_time_a_saving_changes_or_may_change() {
        Map<String, Spend> spend = Map.of("ep-1", HUNDRED);
        List<Saving> savings = estimate(
                HUNDRED,
                finding("resize", Lever.RESIZE, Confidence.HIGH, "0.4"),
                finding("schedule", Lever.SCHEDULE, Confidence.HIGH, "0.5", Ask.INTERRUPTION));
        Spend left = Estimator.remaining(savings, spend).get("ep-1");
        assertThat(left.monthlyRunRate()).isEqualByComparingTo("40");
        assertThat(left.timeLeft()).isEqualByComparingTo("0.2");
        assertThat(Estimator.remaining(List.of(), spend).get("ep-1").timeLeft()).isEqualByComparingTo("1");
    }

    /** A commitment pays for it on another line: its end frees the commitment. */
    @Test
    void the_second_pass_knows_what_ends_though_it_costs_nothing() {
        Spend free = new Spend(
                "ep-1",
                Map.of(Component.TIME, BigDecimal.ZERO),
                CostBasis.EFFECTIVE,
                BigDecimal.TEN,
                BigDecimal.ZERO,
                false);
        List<Saving> savings = estimate(free, finding("idle", Lever.ELIMINATE, Confidence.HIGH, "0.15"));
        assertThat(savings.get(0).status()).isEqualTo(Status.NO_SAVING);
        Spend left = Estimator.remaining(savings, Map.of("ep-1", free)).get("ep-1");
        assertThat(left.timeLeft()).isEqualByComparingTo("0.15");
        assertThat(left.monthlyRunRate()).isEqualByComparingTo("0");
    }
}
