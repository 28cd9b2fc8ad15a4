package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the reports say of money that is uncertain: by amount, by number, and why. */
class UnknownSpendTest {
    private static final Audit AUDIT = SampleAudit.covered(SampleFindings.many(27));
    private static final Amounts AMOUNTS = Amounts.rounded("USD");

    @Test
    void not_assessed_is_said_by_number_of_resources_and_of_checks() {
        long checks = AUDIT.rules().stream()
                .mapToLong(rule -> rule.examined() + rule.notExamined())
                .sum();
        long lacking =
                AUDIT.rules().stream().mapToLong(Audit.RuleReport::notExamined).sum();

        assertThat(CoverageView.explained(AUDIT))
                .contains(" of 12 of " + AUDIT.resources().size() + " resources. ")
                .contains("Of " + Amounts.count(checks) + " checks (one rule on one resource), " + lacking
                        + " lacked data");
    }

    @Test
    void a_gap_says_what_is_paid_where_it_is_and_nothing_where_nobody_knows_its_account() {
        Audit.AuditedResource there = AUDIT.resources().stream()
                .filter(resource -> resource.accountId() != null && resource.monthlyCost() != null)
                .findFirst()
                .orElseThrow();
        Gap gap = new Gap(there.provider(), "metrics", "access denied.", "Allow it.");
        BigDecimal cost = AUDIT.resources().stream()
                .filter(resource -> there.provider().equals(resource.provider())
                        && there.accountId().equals(resource.accountId())
                        && resource.monthlyCost() != null)
                .map(Audit.AuditedResource::monthlyCost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(QualityView.cost(AUDIT, gap, AMOUNTS)).isEmpty();
        assertThat(QualityView.cost(AUDIT, gap.in(there.accountId(), null, "metrics"), AMOUNTS))
                .startsWith("Affects ")
                .endsWith(" there, " + AMOUNTS.whole(cost) + " a month.");
        assertThat(QualityView.cost(AUDIT, gap.in("another", null, "metrics"), AMOUNTS))
                .isEqualTo("No resource is known there, so its cost is unknown.");
    }

    @Test
    void unclassified_spend_has_its_amount_its_largest_services_and_what_would_classify_it() {
        BigDecimal untold = AUDIT.bill().providers().stream()
                .map(Audit.ProviderBill::untoldCost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(String.join(" ", SpendView.unclassified(AUDIT, AMOUNTS)))
                .contains(AMOUNTS.whole(untold), "mostly Cloud Run", "under 'ai' in aiaudit.yaml");
        assertThat(SpendView.unclassified(SampleAudit.empty(), AMOUNTS)).isEmpty();
    }

    @Test
    void a_decision_says_its_gross_range_and_confidence() {
        List<AuditedFinding> open = Findings.with(AUDIT, Status.UNCONFIRMED);
        AuditedFinding first = open.get(0);
        AuditedFinding unpriced = Findings.with(AUDIT, Status.UNPRICED).get(0);

        assertThat(DecisionRange.of(List.of(first), AMOUNTS))
                .isEqualTo("gross " + AMOUNTS.whole(first.standAlone().low()) + " to "
                        + AMOUNTS.whole(first.standAlone().high()) + ", confidence "
                        + first.confidence().key());
        assertThat(DecisionRange.confidence(open)).contains(Confidence.LOW.key());
        assertThat(DecisionRange.gross(List.of(first, unpriced), AMOUNTS)).isEqualTo(Amounts.UNKNOWN);
    }
}
