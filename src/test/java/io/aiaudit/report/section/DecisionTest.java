package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has to be decided, how findings are grouped, and the bar of the money: each dollar once. */
class DecisionTest {
    @Test
    void a_resource_is_requested_about_once_for_all_of_its_findings() {
        Audit audit = SampleAudit.of(SampleFindings.drawn());
        List<Decision> decisions = Decision.of(audit);
        assertThat(decisions)
                .extracting(decision -> decision.largest().resourceId())
                .doesNotHaveDuplicates();
        assertThat(decisions).extracting(Decision::amount).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(Money.sum(decisions.stream().map(Decision::amount).toList()))
                .isEqualByComparingTo(audit.totals().toDecide());
    }

    @Test
    void an_approval_requests_what_it_needs_and_low_confidence_for_a_look() {
        List<Decision> decisions = Decision.of(SampleAudit.of(SampleFindings.drawn()));
        Decision training = named(decisions, "reco-train-weekly");
        assertThat(training.asks()).containsExactly(Ask.INTERRUPTION);
        assertThat(Decision.isApproval(training.largest())).isTrue();
        Decision doubtful = named(decisions, "ocr-batch");
        assertThat(doubtful.asks()).isEmpty();
        assertThat(Decision.isApproval(doubtful.largest())).isFalse();
    }

    @Test
    void an_answer_is_worth_what_it_saves_alone_and_no_more_than_all_answers() {
        List<Decision> decisions = Decision.of(SampleAudit.of(SampleFindings.drawn()));
        assertThat(decisions).anyMatch(decision -> decision.approvalAmount().signum() > 0);
        assertThat(decisions).allSatisfy(decision -> {
            assertThat(decision.approvalAmount()).isLessThanOrEqualTo(decision.amount());
            for (Ask ask : decision.asks()) {
                assertThat(decision.amountOf(ask)).isBetween(Money.NOTHING, decision.amount());
            }
        });
    }

    @Test
    void what_adds_nothing_and_may_add_something_at_best_says_how_much() {
        AuditedFinding open =
                Decision.of(SampleAudit.of(SampleFindings.drawn())).get(0).largest();
        AuditedFinding nothing = AuditedFindingBuilder.builder(open)
                .needsDecision(BigDecimal.ZERO)
                .standAlone(new Range(new BigDecimal("10.00"), new BigDecimal("20.00"), new BigDecimal("38.00")))
                .build();

        assertThat(FindingWords.addNothing(SampleAudit.of(List.of(nothing)), Amounts.rounded("USD")))
                .get()
                .asString()
                .startsWith("1 more finding adds nothing in the likely case (up to $18 at best) and is not listed");
    }

    @Test
    void alike_decisions_are_one_group_with_a_sum_and_every_dollar_is_in_one_group() {
        Audit audit = SampleAudit.of(SampleFindings.many(200));
        List<DecisionGroup> groups = DecisionGroup.of(audit);
        assertThat(Money.sum(groups.stream().map(DecisionGroup::amount).toList()))
                .isEqualByComparingTo(audit.totals().toDecide());
        assertThat(groups).extracting(DecisionGroup::amount).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(groups).anyMatch(group -> group.decisions().size() > 1);
        assertThat(groups).doesNotHaveDuplicates().allSatisfy(group -> {
            assertThat(group.questions()).isNotEmpty();
            assertThat(group.resourceIds()).doesNotHaveDuplicates();
            assertThat(group.decisions()).allSatisfy(decision -> {
                assertThat(decision.asks()).isEqualTo(group.asks());
                assertThat(decision.amount()).isPositive();
            });
        });
    }

    @Test
    void the_amount_beside_approvals_is_what_they_bring_and_a_check_by_hand_is_a_decision_of_its_own() {
        AuditedFinding approval = Decision.of(SampleAudit.of(SampleFindings.drawn())).stream()
                .map(Decision::largest)
                .filter(Decision::isApproval)
                .findFirst()
                .orElseThrow();
        AuditedFinding check = AuditedFindingBuilder.builder(approval)
                .id("00000000000000ee")
                .rule("another-rule")
                .statusReason("Low confidence. Check by hand, then name it under `verified`.")
                .needsDecision(new BigDecimal("999999.00"))
                .build();
        List<DecisionGroup> groups = DecisionGroup.of(SampleAudit.of(List.of(approval, check)));
        assertThat(groups).hasSize(2);
        assertThat(groups.get(1).isApproval()).isTrue();
        assertThat(groups.get(1).amount()).isEqualByComparingTo(approval.decisionAmount());
        assertThat(groups.get(1).answer()).isEqualTo(Findings.openQuestion(approval));
    }

    @Test
    void one_question_is_put_in_the_same_words_whatever_adds_nothing_beside_it() {
        AuditedFinding open = Decision.of(SampleAudit.of(SampleFindings.drawn())).stream()
                .map(Decision::largest)
                .filter(Decision::isApproval)
                .findFirst()
                .orElseThrow();
        AuditedFinding schedule = AuditedFindingBuilder.builder(open)
                .lever(Lever.SCHEDULE)
                .statusReason("Needs your approval: set `interruption: yes` for it under policy in aiaudit.yaml.")
                .build();
        AuditedFinding idle = AuditedFindingBuilder.builder(schedule)
                .id("00000000000000ee")
                .rule("another-rule")
                .lever(Lever.AUTOSCALE)
                .needsDecision(new BigDecimal("0.00"))
                .build();
        Audit audit = SampleAudit.of(List.of(schedule, idle));
        assertThat(DecisionGroup.of(audit))
                .singleElement()
                .extracting(DecisionGroup::questions)
                .isEqualTo(List.of("Is a stop outside the hours of use acceptable, such as at night?"));
        assertThat(DecisionView.of(audit, Amounts.rounded("USD")).toString())
                .contains("Is a stop outside the hours of use acceptable")
                .doesNotContain("Can this workload be interrupted");
        assertThat(DecisionView.answers(audit, idle)).as("its own page").isEmpty();
        assertThat(Decision.count(audit)).isEqualTo("1 decision on 1 resource");
    }

    private static Decision named(List<Decision> decisions, String name) {
        return decisions.stream()
                .filter(decision -> decision.largest().resourceName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groups_hold_every_finding_once_and_what_counts_comes_first() {
        Audit audit = SampleAudit.of(SampleFindings.many(200));
        List<FindingGroup> groups = FindingGroup.of(audit);
        assertThat(groups.stream().flatMap(group -> group.findings().stream()))
                .containsExactlyInAnyOrderElementsOf(audit.findings());
        assertThat(groups)
                .allSatisfy(group -> assertThat(group.findings())
                        .allSatisfy(finding -> assertThat(finding.rule() + finding.status())
                                .isEqualTo(group.first().rule() + group.first().status())));
        assertThat(Money.sum(groups.stream()
                        .filter(group -> group.status() == Status.COUNTED)
                        .map(FindingGroup::whole)
                        .toList()))
                .isEqualByComparingTo(audit.totals().saving().likely());
        assertThat(groups.get(0).status()).isEqualTo(Status.COUNTED);
    }

    @Test
    void a_line_has_no_cents_above_ten_dollars_and_never_shows_some_as_none() {
        Amounts page = Amounts.rounded("USD");
        assertThat(page.money(new BigDecimal("1234.56"))).isEqualTo("$1,235");
        assertThat(page.money(new BigDecimal("10.49"))).isEqualTo("$10");
        assertThat(page.money(new BigDecimal("0.42"))).isEqualTo("$0.42");
        assertThat(page.money(new BigDecimal("0.00"))).isEqualTo("$0");
        assertThat(page.plain(new BigDecimal("-1234.56"))).isEqualTo("-1,235");
    }
}
