package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Range;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.DecisionRanges;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.MissingData;
import io.aiaudit.report.section.QualityView;
import io.aiaudit.report.section.SpendView;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the reports say of money that is uncertain: by amount, by number, and why. */
class UnknownSpendTest {
    private static final Audit AUDIT = SampleAudit.covered(SampleFindings.many(27));
    private static final Amounts AMOUNTS = Amounts.rounded("USD");

    @Test
    void not_assessed_is_reported_by_number_of_resources_and_of_checks() {
        long checks = AUDIT.rules().stream()
                .mapToLong(rule -> rule.examined() + rule.notExamined())
                .sum();
        long lacking =
                AUDIT.rules().stream().mapToLong(Audit.RuleReport::notExamined).sum();

        assertThat(CoverageView.explained(AUDIT))
                .startsWith("12 of " + AUDIT.resources().size()
                        + " resources have cost that no rule could assess. All other AI spend was checked by at least ")
                .contains("Of " + Amounts.count(checks) + " rule checks (one rule on one resource), " + lacking
                        + " lacked data");
    }

    @Test
    void the_margin_of_savings_is_of_no_resource_to_assess() throws IOException {
        List<NotAssessed> rows = new ArrayList<>(AUDIT.notAssessed());
        rows.add(new NotAssessed(
                NotAssessed.MARGIN,
                "rule",
                new BigDecimal("229235"),
                2762,
                List.of(),
                "No data is missing.",
                List.of()));
        Audit audit = AuditBuilder.builder(AUDIT).notAssessed(rows).build();

        assertThat(CoverageView.countNotAssessed(audit)).isEqualTo(CoverageView.countNotAssessed(AUDIT));
        assertThat(CoverageView.explained(audit)).isEqualTo(CoverageView.explained(AUDIT));
        assertThat(CoverageView.notAssessed(audit, AMOUNTS)).isEqualTo(CoverageView.notAssessed(AUDIT, AMOUNTS));
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new HtmlReporter().write(audit, page);
        assertThat(page.toString(StandardCharsets.UTF_8))
                .contains(" resources have cost that no rule could assess.</a>")
                .doesNotContain("afety margin of savings");
    }

    @Test
    void what_fixes_leave_is_a_class_of_its_own_and_all_classes_add_up() throws IOException {
        Audit audit = assessed(new BigDecimal("164"), new BigDecimal("5370"));

        assertThat(CoverageView.lines(audit).stream().map(CoverageView.Line::name))
                .contains("Left after the fix, or safety margin")
                .doesNotContain("Not assessed");
        assertThat(CoverageView.lines(audit).stream()
                        .map(CoverageView.Line::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(audit.totals().coverage().sum());
        assertThat(CoverageView.notAssessedCost(audit)).isZero();
        assertThat(Written.by(new TerminalReporter(TerminalStyle.of(120, false)), audit))
                .contains("L left over $164")
                .doesNotContain("Not assessed", "safety margin");
        for (String text : List.of(
                Written.by(new HtmlReporter(), audit),
                Written.by(new TerminalReporter(TerminalStyle.PLAIN.withDetails()), audit),
                Written.by(new MarkdownReporter(), audit),
                Printed.of(audit).text())) {
            assertThat(flat(text)).contains("Left after the fix, or safety margin");
            assertThat(text).doesNotContain("Safety margin of savings", "safety margin of savings");
        }
    }

    @Test
    void nothing_not_assessed_does_not_hide_what_was_checked_only_in_part() throws IOException {
        Audit audit = assessed(BigDecimal.ZERO, new BigDecimal("5105"));
        String checks = CoverageView.checksLacking(audit);

        assertThat(checks).matches("[0-9]+ of [0-9,]+ checks lacked data");
        assertThat(CoverageView.partlyChecked(audit, AMOUNTS))
                .startsWith("$5,105 (")
                .doesNotContain("more");
        assertThat(CoverageView.explained(audit))
                .startsWith("All AI spend was checked by at least one rule. For ")
                .contains(" of AI spend, at least one more rule lacked data. Of ")
                .doesNotContain("0 of ", "other");
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), audit)))
                .containsPattern("Checked only in part +\\$5,105 [0-9]+ % of spend: " + checks);
        assertThat(flat(Written.by(new HtmlReporter(), audit)))
                .contains("of AI spend in the window was checked only in part, ", "checks lacked it")
                .doesNotContain("All AI spend was assessed", "No data is missing");
        assertThat(flat(Printed.of(audit).text()))
                .contains("All AI spend was checked by at least one rule. $5,105 (")
                .doesNotContain("All AI spend was assessed", "$5,105 more");
        assertThat(flat(Written.by(new MarkdownReporter(), audit)))
                .containsPattern("Checked only in part, in the window \\| \\$5,105 \\| [0-9]+ % of .*; " + checks);
    }

    @Test
    void one_resource_has_no_others() {
        Audit one = AuditBuilder.builder(AUDIT)
                .resources(AUDIT.resources().subList(0, 1))
                .notAssessed(List.of(AUDIT.notAssessed().get(0)))
                .build();

        assertThat(CoverageView.explained(one)).startsWith("The only resource has cost that no rule could assess.");
    }

    @Test
    void where_nothing_could_be_checked_the_first_step_is_data() {
        Audit audit = AuditBuilder.builder(assessed(BigDecimal.ZERO, new BigDecimal("5105")))
                .rules(AUDIT.rules().stream()
                        .map(rule -> RuleReportBuilder.builder(rule)
                                .examined(0)
                                .notExamined(1)
                                .notExaminedReasons(Map.of("no requests metric", 1))
                                .build())
                        .toList())
                .build();

        assertThat(MissingData.first(audit, AMOUNTS).orElseThrow())
                .startsWith("Add a usage file: ")
                .contains(CoverageView.checksLacking(audit), "aiaudit sources check files FOLDER --details");
        assertThat(MissingData.first(
                        AuditBuilder.builder(AUDIT).rules(List.of()).build(), AMOUNTS))
                .isEmpty();
    }

    /** All of it assessed but what findings leave, and so much of it only in part. */
    private static Audit assessed(BigDecimal left, BigDecimal partly) {
        Coverage before = AUDIT.totals().coverage();
        Coverage coverage = new Coverage(
                before.past(),
                before.counted(),
                before.freedCommitment(),
                before.accepted(),
                before.blocked(),
                before.needsDecision(),
                before.inUse().add(before.notAssessed()).subtract(left),
                left);
        NotAssessed margin =
                new NotAssessed(NotAssessed.MARGIN, "rule", left, 1, List.of(), "No data is missing.", List.of());
        return AuditBuilder.builder(AUDIT)
                .notAssessed(left.signum() == 0 ? List.of() : List.of(margin))
                .totals(TotalsBuilder.builder(AUDIT.totals())
                        .coverage(coverage)
                        .inUsePartlyChecked(partly)
                        .build())
                .build();
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void a_gap_says_what_is_paid_where_it_is_and_nothing_where_its_account_is_unknown() {
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
                .contains(" there cost", " " + AMOUNTS.whole(cost) + " a month. ");
        assertThat(QualityView.cost(AUDIT, gap.in("another", null, "metrics"), AMOUNTS))
                .isEqualTo("No resource is known there. "
                        + "Any resources there and their cost are missing from this report.");
    }

    @Test
    void unclassified_spend_has_its_amount_its_largest_services_and_what_would_classify_it() {
        BigDecimal unspecified = AUDIT.bill().providers().stream()
                .map(Audit.ProviderBill::untoldCost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(String.join(" ", SpendView.unclassified(AUDIT, AMOUNTS)))
                .contains(AMOUNTS.whole(unspecified), "mostly Cloud Run", "under 'ai' in aiaudit.yaml");
        assertThat(SpendView.unclassified(SampleAudit.empty(), AMOUNTS)).isEmpty();
    }

    @Test
    void a_decision_says_its_confidence_and_a_range_that_its_amount_is_in() {
        List<AuditedFinding> open = Findings.with(AUDIT, Status.UNCONFIRMED);
        DecisionRanges ranges = DecisionRanges.of(AUDIT);
        AuditedFinding unpriced = Findings.with(AUDIT, Status.UNPRICED).get(0);

        assertThat(open).isNotEmpty().allSatisfy(finding -> {
            Range range = ranges.added(List.of(finding));
            assertThat(range.likely()).isEqualByComparingTo(finding.decisionAmount());
            assertThat(range.low()).isNotNegative().isLessThanOrEqualTo(range.likely());
            assertThat(range.high()).isGreaterThanOrEqualTo(range.likely());
            assertThat(ranges.of(List.of(finding), AMOUNTS))
                    .isEqualTo("range " + AMOUNTS.whole(range.low()) + " to " + AMOUNTS.whole(range.high())
                            + ", confidence " + finding.confidence().key());
        });
        assertThat(DecisionRanges.confidence(open)).contains(Confidence.LOW.key());
        assertThat(ranges.range(List.of(open.get(0), unpriced), AMOUNTS)).isEqualTo(Amounts.UNKNOWN);
    }

    @Test
    void the_best_cases_of_the_decisions_on_a_resource_are_together_no_more_than_it_costs() {
        AuditedFinding stalled = decision("stalled", "5069.83", "5069.83", "4506.11");
        AuditedFinding other = decision("other", "735.37", "1714.64", "653.60");
        DecisionRanges ranges = DecisionRanges.of(
                AuditBuilder.builder(AUDIT).findings(List.of(stalled, other)).build());

        assertThat(ranges.added(List.of(stalled, other)).high()).isEqualByComparingTo("5775.76");
        assertThat(ranges.added(List.of(stalled)).high()).isBetween(new BigDecimal("4506.11"), new BigDecimal("4900"));
        assertThat(ranges.added(List.of(other)).high()).isGreaterThan(new BigDecimal("653.60"));
    }

    private static AuditedFinding decision(String id, String likely, String high, String adds) {
        return AuditedFindingBuilder.builder(
                        Findings.with(AUDIT, Status.UNCONFIRMED).get(0))
                .id(id)
                .resourceId("job")
                .runRate(new BigDecimal("5775.76"))
                .standAlone(new Range(BigDecimal.ZERO, new BigDecimal(likely), new BigDecimal(high)))
                .counted(Range.NOTHING)
                .needsDecision(new BigDecimal(adds))
                .build();
    }

    @Test
    void what_an_amount_is_lower_for_lowers_its_range_too() {
        Range alone = new Range(new BigDecimal("30008"), new BigDecimal("30469"), new BigDecimal("30469"));

        assertThat(DecisionRanges.added(alone, new BigDecimal("14774")))
                .isEqualTo(new Range(new BigDecimal("14313"), new BigDecimal("14774"), new BigDecimal("14774")));
        assertThat(DecisionRanges.added(alone, BigDecimal.ONE).low()).isZero();
    }
}
