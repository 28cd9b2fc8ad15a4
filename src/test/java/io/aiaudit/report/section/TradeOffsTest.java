package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.model.Window;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.rules.RuleBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Cost, speed and compliance of findings and workloads, and the patterns of architecture, as their templates see them.
 */
@SuppressWarnings("unchecked") // the views of templates are maps of anything
class TradeOffsTest {
    private static final Amounts DOLLARS = new Amounts("USD");

    @Test
    void a_workload_says_what_it_costs_what_is_saved_and_what_that_does_to_the_other_two() {
        Map<String, Object> row = workload("chat-v1-prod");
        assertThat(row)
                .containsEntry("cost", "18,921.60")
                .containsEntry("saving", "18,921.60")
                .containsEntry("speed", List.of("none while it gets no calls; minutes to redeploy it"))
                .containsEntry("compliance", List.of("none"))
                .containsEntry("policy", List.of());
    }

    @Test
    void what_the_policy_blocks_or_leaves_open_is_reported_with_its_line_and_changes_nothing() {
        Map<String, Object> blocked = workload("kyc-extractor");
        assertThat(blocked)
                .containsEntry("saving", "0.00")
                .containsEntry("speed", List.of())
                .containsEntry("compliance", List.of());
        assertThat((List<Map<String, Object>>) blocked.get("policy"))
                .singleElement()
                .asString()
                .isEqualTo("{key=blocked, word=Blocked, amount=gross $1,615, "
                        + "reason=residency: no, aiaudit.yaml:31 (tag data=personal)}");
        assertThat((List<Map<String, Object>>) workload("reco-train-weekly").get("policy"))
                .as("what a yes adds, as in the decisions")
                .allSatisfy(line -> assertThat(line.get("amount")).isEqualTo("adds $3,978"));
        assertThat((List<Map<String, Object>>) workload("reco-train-weekly").get("policy"))
                .extracting(line -> line.get("reason").toString())
                .containsExactly("interruption: yes");
    }

    @Test
    void what_has_no_price_has_no_amount_and_order_is_reported_beside_compliance() {
        assertThat(workload("onprem-dgx-02")).containsEntry("cost", "-").containsEntry("saving", "-");
        assertThat(workload("i-0abc12de34f567890"))
                .containsEntry("saving", "-")
                .containsEntry("order", List.of("No owner and no cost centre in the tags of a GPU machine."));
    }

    @Test
    void unusual_spend_is_no_effect_on_compliance() {
        List<AuditedFinding> findings = SampleFindings.all().stream()
                .map(finding -> finding.status() == Status.GOVERN
                        ? AuditedFindingBuilder.builder(finding)
                                .rule("spend-anomaly")
                                .build()
                        : finding)
                .toList();
        assertThat(WorkloadView.rows(SampleAudit.of(findings), DOLLARS))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.compliance().order()).isEmpty());
        assertThat(RuleBook.builtIn().rules().stream()
                        .filter(rule -> rule.lever() == Lever.GOVERN)
                        .map(rule -> rule.id()))
                .containsAll(WorkloadView.ABOUT_COST);
    }

    @Test
    void a_decision_that_adds_nothing_is_open_no_more() {
        List<AuditedFinding> findings = SampleFindings.all().stream()
                .map(finding -> finding.status() == Status.UNCONFIRMED
                        ? AuditedFindingBuilder.builder(finding)
                                .needsDecision(BigDecimal.ZERO)
                                .build()
                        : finding)
                .toList();
        assertThat(WorkloadView.rows(SampleAudit.of(findings), DOLLARS).stream()
                        .flatMap(row -> row.policy().stream())
                        .map(WorkloadView.Line::status))
                .isNotEmpty()
                .doesNotContain(Status.UNCONFIRMED);
    }

    @Test
    void paper_has_the_largest_savings_and_what_pays_for_compliance_with_its_amount() {
        Audit audit = SampleAudit.covered(SampleFindings.many(60));
        List<WorkloadView.Row> rows = WorkloadView.rows(audit, DOLLARS);
        List<WorkloadView.Row> printed = WorkloadView.printed(rows);
        assertThat(printed).containsAll(rows.subList(0, 15)).hasSizeLessThan(rows.size());
        assertThat(rows).filteredOn(row -> !row.compliance().paid().isEmpty()).allMatch(printed::contains);
        assertThat(WorkloadView.rows(SampleAudit.covered(SampleFindings.all()), DOLLARS))
                .filteredOn(row -> row.name().equals("chat-v1-prod"))
                .singleElement()
                .satisfies(row -> assertThat(row.compliance().all())
                        .startsWith("Private endpoints $43.80 a month now", "Region premium $812.00 a month now"));
        assertThat(WorkloadView.joined(List.of("no change", "It has no owner.", "none")))
                .isEqualTo("no change; It has no owner. none");
        assertThat(WorkloadView.joined(List.of())).isEqualTo("-");
    }

    @Test
    void the_largest_saving_comes_first() {
        assertThat(workloads(SampleAudit.rich()))
                .extracting(row -> row.get("name"))
                .startsWith("chat-v1-prod", "rag-embedder");
    }

    @Test
    void what_is_unknown_is_not_none() {
        assertThat(Triangle.of(
                        AuditedFindingBuilder.builder(SampleFindings.all().get(0))
                                .remedy(null)
                                .build(),
                        DOLLARS))
                .containsEntry("speed", "unknown")
                .containsEntry("compliance", "unknown");
    }

    @Test
    void each_status_says_what_it_does_to_cost() {
        Map<String, List<String>> costs = SampleFindings.all().stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.status().key(),
                        Collectors.mapping(
                                finding ->
                                        (String) Triangle.of(finding, DOLLARS).get("cost"),
                                Collectors.toList())));
        assertThat(costs.get("counted")).contains("$18,921.60 a month less");
        assertThat(costs.get("blocked")).contains("$1,615.22 a month less, excluded from the net saving");
        assertThat(costs.get("unpriced")).containsOnly("unknown: no price");
        assertThat(costs.get("govern")).containsOnly("no saving claimed");
        assertThat(costs.get("no_saving")).containsOnly("no saving");
    }

    @Test
    void a_pattern_has_its_counted_part_and_what_it_would_save_alone() {
        assertThat(pattern("Autoscaling: spot for training"))
                .containsEntry("found", "3")
                .containsEntry("counted", "7,985.60")
                .containsEntry("alone", "13,943.60")
                .containsEntry("share", "63 %");
        assertThat(pattern("Autoscaling: to zero and off-hours"))
                .as("only what scales: that others are deleted is no pattern")
                .containsEntry("found", "1")
                .containsEntry("counted", "0.00")
                .containsEntry("alone", "1,856.87");
    }

    @Test
    void two_findings_of_a_pattern_on_one_resource_never_save_more_than_it_costs() {
        AuditedFinding spot = SampleFindings.all().stream()
                .filter(finding -> finding.rule().equals("training-on-demand"))
                .findFirst()
                .orElseThrow();
        assertThat(pattern(SampleAudit.of(List.of(spot, spot)), "Autoscaling: spot for training"))
                .containsEntry("alone", "7,985.60")
                .containsEntry("share", "62 %");
    }

    @Test
    void what_was_not_examined_is_no_saving_of_nothing() {
        assertThat(pattern("Batch and cache: cache"))
                .containsEntry("known", false)
                .containsEntry("counted", "-")
                .containsEntry("alone", "-");
    }

    @Test
    void a_pattern_is_beside_what_was_published_with_where_it_applies_and_why_no_more_is_counted() {
        Map<String, Object> spot = pattern("Autoscaling: spot for training");
        assertThat(spot)
                .containsEntry("claim", "60 to 90 %")
                .containsEntry("conditions", "Training, batch inference and what tolerates latency.");
        assertThat((String) spot.get("applies")).startsWith("3 resources, $");
        assertThat((List<String>) spot.get("limits"))
                .contains("$3,978.00 gross needs your decision.", "$1,980.00 gross is blocked by the policy.");
        assertThat(pattern("Batch and cache: cache").get("limits"))
                .isEqualTo(List.of("No resource of this kind was read."));
    }

    @Test
    void the_mix_is_beside_the_price_that_its_claim_is_about() {
        GpuMix all = new GpuMix(
                GpuMix.ALL,
                part("2.05"),
                part("1.854"),
                BigDecimal.ZERO,
                List.of("commitment"),
                List.of(),
                part("1.98"),
                new GpuMix.Saving(new BigDecimal("100"), new BigDecimal("400"), new BigDecimal("250")),
                new BigDecimal("50"));
        Audit audit = SampleAudit.withGpuMix(SampleAudit.rich(), List.of(all));
        assertThat((String) pattern(audit, "Mix: reserved baseline, spot bursts, on-demand overflow")
                        .get("applies"))
                .endsWith(". Blended price of a GPU hour: $2.05 now, $1.98 after other counted findings, $1.85 with "
                        + "the mix. Each price includes $50 a month for "
                        + "existing commitments that go unused; use them before you buy more.");
        assertThat((String) pattern(audit, "Target: exactly the performance that the application needs")
                        .get("applies"))
                .doesNotContain("GPU hour");
    }

    @Test
    void governance_is_a_pattern_without_money() {
        AuditedFinding open = AuditedFindingBuilder.builder(SampleFindings.all().stream()
                        .filter(finding -> finding.status() == Status.GOVERN)
                        .findFirst()
                        .orElseThrow())
                .rule("audit-trail-missing")
                .build();
        Map<String, Object> row =
                pattern(SampleAudit.of(List.of(open)), "Compliance: residency, audit trail, model lifecycle");
        assertThat(row)
                .containsEntry("found", "1")
                .containsEntry("applies", "1 resource")
                .containsEntry("counted", "-")
                .containsEntry("alone", "-");
        assertThat((List<String>) row.get("limits")).contains("Governance findings have no cost impact.");
    }

    @Test
    void what_governance_could_not_check_is_counted_without_what_it_costs() {
        AuditedResource priced = SampleAudit.rich().resources().stream()
                .filter(resource ->
                        resource.monthlyCost() != null && resource.monthlyCost().signum() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(notChecked(priced, "audit-trail-missing", Lever.GOVERN))
                .startsWith("1 resource could not be checked for this, mainly: no settings were read");
        assertThat(notChecked(priced, "training-on-demand", Lever.RATE)).startsWith("1 resource ($");
    }

    private static String notChecked(AuditedResource resource, String rule, Lever lever) {
        Audit audit = SampleAudit.withRules(
                SampleAudit.rich(),
                List.of(RuleReportBuilder.builder()
                        .id(rule)
                        .lever(lever)
                        .state("evaluated")
                        .examined(3)
                        .notExamined(1)
                        .notExaminedReasons(Map.of("no settings were read", 1))
                        .notExaminedResources(List.of(resource.resourceId()))
                        .build()));
        return PatternResult.all(audit).stream()
                .filter(result -> result.pattern().rules().contains(rule))
                .flatMap(result -> result.limits(DOLLARS).stream())
                .filter(limit -> limit.contains("could not be checked"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_limits_a_pattern_adds_up_to_what_is_not_counted() {
        List<PatternResult> results = PatternResult.all(SampleAudit.rich());
        assertThat(results)
                .anyMatch(result -> result.counted().signum() > 0
                        && result.kept(Status.BLOCKED).signum() > 0);
        assertThat(results)
                .allSatisfy(result -> assertThat(
                                Stream.of(Status.values()).map(result::kept).reduce(result.counted(), BigDecimal::add))
                        .isEqualByComparingTo(result.gross()));
    }

    @Test
    void what_a_smaller_fix_of_the_resource_counts_is_no_part_of_what_the_decision_keeps_out() {
        AuditedFinding counted = SampleFindings.all().stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .findFirst()
                .orElseThrow();
        BigDecimal likely = counted.counted().likely();
        AuditedFinding larger = AuditedFindingBuilder.builder(counted)
                .id("larger")
                .status(Status.UNCONFIRMED)
                .standAlone(counted.standAlone().plus(counted.standAlone()))
                .counted(null)
                .build();
        PatternResult result = PatternResult.all(SampleAudit.of(List.of(counted, larger))).stream()
                .filter(PatternResult::isFound)
                .findFirst()
                .orElseThrow();
        assertThat(result.kept(Status.UNCONFIRMED))
                .isEqualByComparingTo(larger.standAlone().likely().subtract(likely));
        assertThat(result.counted().add(result.kept(Status.UNCONFIRMED))).isEqualByComparingTo(result.gross());
    }

    @Test
    void a_decision_beside_a_larger_counted_finding_names_what_approving_adds_and_no_gross_sum() {
        AuditedFinding counted = SampleFindings.all().stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .findFirst()
                .orElseThrow();
        AuditedFinding open = AuditedFindingBuilder.builder(counted)
                .id("open")
                .status(Status.UNCONFIRMED)
                .standAlone(new Range(new BigDecimal("5.00"), new BigDecimal("5.00"), new BigDecimal("5.00")))
                .counted(null)
                .needsDecision(new BigDecimal("3.00"))
                .build();
        PatternResult result = PatternResult.all(SampleAudit.of(List.of(counted, open))).stream()
                .filter(PatternResult::isFound)
                .findFirst()
                .orElseThrow();
        assertThat(result.limits(DOLLARS)).contains("Approving what needs your decision adds $3.00.");
    }

    @Test
    void what_is_blocked_beside_a_larger_finding_of_the_resource_is_named() {
        AuditedFinding open = SampleFindings.all().stream()
                .filter(finding -> finding.status() == Status.UNCONFIRMED)
                .findFirst()
                .orElseThrow();
        AuditedFinding blocked = AuditedFindingBuilder.builder(open)
                .id("blocked")
                .status(Status.BLOCKED)
                .standAlone(new Range(new BigDecimal("5.00"), new BigDecimal("5.00"), new BigDecimal("5.00")))
                .build();
        PatternResult result = PatternResult.all(SampleAudit.of(List.of(open, blocked))).stream()
                .filter(PatternResult::isFound)
                .findFirst()
                .orElseThrow();
        assertThat(result.limits(DOLLARS))
                .contains("$5.00 gross is blocked by the policy, of which $5.00 is on resources with a larger "
                        + "finding.");
    }

    @Test
    void the_rows_of_the_patterns_add_up_to_the_totals_with_a_row_for_what_is_in_none() {
        Audit audit = SampleAudit.of(SampleFindings.all());
        List<PatternResult> results = PatternResult.all(audit);
        assertThat(results)
                .last()
                .extracting(result ->
                        result.pattern().name() + ". " + result.pattern().basis())
                .asString()
                .startsWith("In no pattern: what the article does not name. By rule: Underutilized GPU instances; ");
        assertThat(results.stream().flatMap(result -> result.found().stream()))
                .containsExactlyInAnyOrderElementsOf(audit.findings());
        assertThat(PatternResult.sum(results, Status.COUNTED))
                .isEqualByComparingTo(audit.totals().saving().likely())
                .isPositive();
        assertThat(PatternResult.sum(results, Status.UNCONFIRMED))
                .isEqualByComparingTo(audit.totals().toDecide())
                .isPositive();
        assertThat(PatternResult.sum(results, Status.BLOCKED))
                .isEqualByComparingTo(audit.totals().blockedSaving())
                .isPositive();
        assertThat(PatternResult.sum(results, Status.ACCEPTED))
                .isEqualByComparingTo(audit.totals().acceptedSaving())
                .isPositive();
    }

    @Test
    void what_scales_and_what_is_deleted_by_one_rule_are_in_two_patterns() {
        AuditedFinding deleted = SampleFindings.all().stream()
                .filter(finding -> finding.rule().equals("inference-endpoint-idle"))
                .filter(finding -> finding.lever() == Lever.ELIMINATE)
                .findFirst()
                .orElseThrow();
        AuditedFinding scaled =
                AuditedFindingBuilder.builder(deleted).lever(Lever.AUTOSCALE).build();
        Audit audit = SampleAudit.of(List.of(deleted, scaled));
        assertThat(result(audit, "Idle capacity: dedicated endpoints with little traffic")
                        .found())
                .containsExactly(deleted);
        assertThat(result(audit, "Autoscaling: to zero and off-hours").found()).containsExactly(scaled);
    }

    @Test
    void an_assumed_cold_start_is_beside_the_published_one() {
        AuditedFinding assumed = AuditedFindingBuilder.builder(
                        SampleFindings.all().get(0))
                .rule("inference-endpoint-serverless")
                .evidence(
                        Map.of("cold_start_seconds", 60.0, "cold_start_from", "assumed: parameter cold_start_seconds"))
                .build();
        AuditedFinding measured = AuditedFindingBuilder.builder(assumed)
                .evidence(Map.of("cold_start_seconds", 8, "cold_start_from", "attribute cold_start_seconds"))
                .build();
        PatternResult serverless = result(SampleAudit.of(List.of(assumed, measured)), "Serverless: for rare requests");
        assertThat(serverless.pattern().conditions()).contains("cold starts of 2 to 10 s");
        assertThat(serverless.limits(DOLLARS))
                .contains("Cold start here: 60 s (assumed: parameter cold_start_seconds) in 1 finding, "
                        + "8 s (attribute cold_start_seconds) in 1 finding; "
                        + "a longer one than published saves less.");
    }

    @Test
    void why_it_is_less_than_published_is_answered_in_shares_that_add_up() {
        Comparison comparison = comparison(coverage("0", "20", "0", "0", "0", "15", "55", "10"), "33");
        assertThat(comparison.rows()).extracting(Comparison.Row::share).containsExactly("20 %", "15 %", "55 %", "10 %");
        assertThat(comparison.sum().inWindow()).isEqualByComparingTo("100");
        assertThat(comparison.sentences(Amounts.rounded("USD")))
                .contains(
                        "For 55 % of the AI spend, no rule found waste. 10 % was not assessed.",
                        "Findings and unassessed spend together are 45 %, below the published figure: every decision"
                                + " approved, blocked and accepted findings carried out, commitments expired, and all"
                                + " unassessed spend waste.")
                .last()
                .isEqualTo("45 % is no upper limit. Of the 55 % without waste found, $33 in the window (33 % of the AI"
                        + " spend) is of resources that at least one rule about costs could not check.");
        assertThat(comparison(coverage("0", "20", "0", "0", "0", "15", "55", "10"), null)
                        .sentences(DOLLARS))
                .as("an older audit does not say how much")
                .last()
                .isEqualTo("45 % is no upper limit. In the rest, rules that lacked data may still find waste.");
    }

    @Test
    void the_amounts_of_the_window_lead_to_those_of_the_summary() {
        Audit audit = SampleAudit.covered(SampleFindings.all());
        Audit halved = AuditBuilder.builder(audit)
                .window(Window.parse("2026-06-01/2026-07-01"))
                .totals(TotalsBuilder.builder(audit.totals())
                        .saving(new Range(new BigDecimal("730"), new BigDecimal("735"), new BigDecimal("740")))
                        .needsDecision(new BigDecimal("730"))
                        .coverage(coverage("0", "720", "0", "0", "0", "720", "0", "0"))
                        .build())
                .build();
        assertThat(Comparison.of(halved).bridge(Amounts.rounded("USD")))
                .containsExactly(
                        "The window has 720 hours, a month 730. Counted: $720 x 730/720 = $730; the summary has $735,"
                                + " $5.00 more. Reasons: part of it is on spend that is not AI, or the cost changed"
                                + " within the window.",
                        "Needs decision: $720 x 730/720 = $730, the figure of the summary.");
        assertThat(Comparison.of(halved).rows())
                .extracting(Comparison.Row::name, row -> row.monthly().toPlainString())
                .containsExactly(tuple("Counted savings", "735"), tuple("Needs decision", "730"));
    }

    @Test
    void what_would_assess_most_is_named() {
        assertThat(Comparison.of(SampleAudit.covered(SampleFindings.all())).sentences(DOLLARS))
                .anyMatch(sentence -> sentence.startsWith("The largest part of what was not assessed is ")
                        && sentence.endsWith(". No gpu_utilization metric. Export the metric, then scan again."));
    }

    @Test
    void what_was_not_assessed_may_hold_the_difference_and_what_reaches_the_figure_says_so() {
        assertThat(comparison(coverage("0", "20", "0", "0", "0", "15", "5", "60"), "0")
                        .sentences(DOLLARS))
                .anyMatch(sentence -> sentence.startsWith("Findings and unassessed spend together are 95 %. The"
                        + " published figure needs nearly all of that to be waste"));
        assertThat(comparison(coverage("0", "62", "0", "0", "0", "0", "38", "0"), "0")
                        .sentences(DOLLARS))
                .last()
                .isEqualTo("The counted share reaches the published figure.");
    }

    @Test
    void compliance_of_a_workload_has_its_cost_and_what_is_shared_is_alone() {
        Audit audit = SampleAudit.covered(SampleFindings.all());
        Map<String, Object> view = ComplianceView.of(audit, DOLLARS);
        assertThat(view).containsEntry("any", true);
        assertThat((String) view.get("lead")).startsWith("$951.80 a month (");
        assertThat(ComplianceView.markdown(audit, DOLLARS))
                .startsWith("$951.80 a month (")
                .contains("| $43.80 | chat-v1-prod, AWS `·` 123456789012 | Private endpoints | - |");
        assertThat((List<Map<String, Object>>) view.get("rows"))
                .extracting(row -> row.get("workload"), row -> row.get("kind"), row -> row.get("alternative"))
                .containsExactly(
                        tuple("chat-v1-prod", "Private endpoints", ""),
                        tuple(
                                "chat-v1-prod",
                                "Region premium",
                                "Also allowed by the policy, at a lower list price: eu-west-1 ($410.00 a month less)"),
                        tuple(
                                "Shared by the account",
                                "Log storage",
                                "Needs a check: only what is required, less of old-logs ($40.00 a month" + " less)"));
        AuditedFinding chat = audit.findings().stream()
                .filter(finding -> "chat-v1-prod".equals(finding.resourceName()))
                .findFirst()
                .orElseThrow();
        assertThat(ComplianceView.of(audit, chat.provider(), "123456789012", "chat-v1-prod", DOLLARS))
                .containsExactly("Private endpoints $43.80 a month now", "Region premium $812.00 a month now");
    }

    @Test
    void without_a_known_cost_nothing_is_compared() {
        Comparison unknown = Comparison.of(SampleAudit.empty());
        assertThat(unknown.known()).isFalse();
        assertThat(unknown.sentences(DOLLARS))
                .containsExactly("No cost or no examined resource is known, so nothing can be compared.");
    }

    @Test
    void the_patterns_name_rules_that_exist() {
        List<PublishedPatterns.Pattern> patterns = PublishedPatterns.read().all();
        Set<String> named =
                patterns.stream().flatMap(pattern -> pattern.rules().stream()).collect(Collectors.toSet());
        assertThat(RuleBook.builtIn().rules()).extracting(rule -> rule.id()).containsAll(named);
        assertThat(patterns).allMatch(pattern -> !pattern.claim().words().isBlank());
    }

    private static PatternResult result(Audit audit, String name) {
        return PatternResult.all(audit).stream()
                .filter(result -> result.pattern().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static GpuMix.Part part(String price) {
        return new GpuMix.Part(
                BigDecimal.TEN,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ONE,
                new BigDecimal(price),
                new BigDecimal("20.50"));
    }

    private static Coverage coverage(String... amounts) {
        List<BigDecimal> of = Stream.of(amounts).map(BigDecimal::new).toList();
        return new Coverage(of.get(0), of.get(1), of.get(2), of.get(3), of.get(4), of.get(5), of.get(6), of.get(7));
    }

    private static Comparison comparison(Coverage where, String partlyChecked) {
        Audit audit = SampleAudit.rich();
        return Comparison.of(AuditBuilder.builder(audit)
                .totals(TotalsBuilder.builder(audit.totals().with(BigDecimal.TEN, where.sum(), where))
                        .inUsePartlyChecked(partlyChecked == null ? null : new BigDecimal(partlyChecked))
                        .build())
                .build());
    }

    private static Map<String, Object> workload(String name) {
        return workloads(SampleAudit.rich()).stream()
                .filter(row -> row.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> workloads(Audit audit) {
        return (List<Map<String, Object>>) WorkloadView.of(audit, DOLLARS).get("rows");
    }

    private static Map<String, Object> pattern(String name) {
        return pattern(SampleAudit.rich(), name);
    }

    private static Map<String, Object> pattern(Audit audit, String name) {
        return ((List<Map<String, Object>>) PatternsView.of(audit, DOLLARS).get("rows"))
                .stream()
                        .filter(row -> name.equals(row.get("title") + ": " + row.get("part")))
                        .findFirst()
                        .orElseThrow();
    }
}
