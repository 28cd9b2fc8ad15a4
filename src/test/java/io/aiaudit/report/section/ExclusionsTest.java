package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlanStep;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.Explanation;
import io.aiaudit.report.ExplanationReport;
import io.aiaudit.report.FindingFilter;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.Written;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.pdf.CommandScript;
import io.aiaudit.report.table.CsvReporter;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An action and a decision of which only one can be carried out say so, each beside the other. */
class ExclusionsTest {
    private static final Amounts PAGE = Amounts.rounded("USD");

    private final AuditedFinding action = SampleFindings.all().stream()
            .filter(finding -> finding.lever() == Lever.RESIZE && finding.status() == Status.COUNTED)
            .findFirst()
            .orElseThrow();

    @Test
    void a_decision_that_replaces_the_resource_excludes_the_action_that_improves_it() {
        AuditedFinding decision = open(Lever.REPLACE, "1234.56");
        Exclusions exclusions = Exclusions.of(audit(decision), PAGE);
        assertThat(exclusions.beside(decision))
                .isEqualTo("Yes: replace ("
                        + PAGE.whole(action.counted().likely().add(new BigDecimal("1234.56"))) + "). No: resize ("
                        + PAGE.whole(action.counted().likely()) + ", counted now).");
        assertThat(exclusions.beside(action))
                .isEqualTo("Wait for the decision on \"" + Findings.title(audit(decision), decision)
                        + "\": approving it replaces this action and saves $1,235 more.");
    }

    @Test
    void what_can_be_done_as_well_or_adds_nothing_excludes_nothing() {
        for (AuditedFinding decision : List.of(open(Lever.RATE, "1234.56"), open(Lever.REPLACE, "0.00"))) {
            Exclusions exclusions = Exclusions.of(audit(decision), PAGE);
            assertThat(exclusions.beside(decision)).isEmpty();
            assertThat(exclusions.beside(action)).isEmpty();
        }
    }

    @Test
    void the_first_actions_are_the_largest_and_what_waits_for_a_decision_is_none_of_them() {
        List<AuditedFinding> findings = new ArrayList<>(SampleFindings.all());
        assertThat(PlanGroup.largest(SampleAudit.of(findings)))
                .extracting(group -> group.largest().id())
                .contains(action.id());
        findings.add(open(Lever.REPLACE, "1234.56"));
        Audit audit = SampleAudit.of(findings);
        List<PlanGroup> first = PlanGroup.largest(audit);
        assertThat(first)
                .extracting(group -> group.saving().likely())
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(first).flatExtracting(PlanGroup::findings).noneMatch(PlannedFinding::waits);
        assertThat(PlanGroup.afterDecisions(audit, PAGE))
                .contains("1 more action, " + PAGE.whole(action.counted().likely())
                        + " a month of the net saving, comes after a decision.");
    }

    @Test
    void what_waits_for_a_decision_is_done_later_and_the_sum_stays() {
        Audit audit = audit(open(Lever.REPLACE, "1234.56"));
        List<Plan.Stage> stages = audit.plan().stages();
        assertThat(stages).extracting(Plan.Stage::step).containsExactly(PlanStep.LATER);
        assertThat(stages.get(0).cumulative()).isEqualTo(action.counted());
        assertThat(stages.get(0).findings().get(0).doubts()).contains("the decision that would replace it");
    }

    @Test
    void tables_name_what_to_decide_first() throws IOException {
        Audit audit = audit(open(Lever.REPLACE, "1234.56"));
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().get();
        try (CSVParser rows = format.parse(new StringReader(Written.by(new CsvReporter(), audit)))) {
            assertThat(rows.getRecords())
                    .extracting(row -> row.get("needs_decision"), row -> row.get("decide_first"))
                    .containsExactly(tuple("", "00000000000000ff"), tuple("1234.56", ""));
        }
    }

    @Test
    void every_report_for_people_says_it() throws IOException {
        Audit audit = audit(open(Lever.REPLACE, "1234.56"));
        TerminalStyle wide = TerminalStyle.of(140, false);
        TerminalStyle details = TerminalStyle.of(140, false).withDetails();
        for (Reporter reporter : List.of(
                new TerminalReporter(wide),
                new TerminalReporter(details),
                new HtmlReporter(),
                new MarkdownReporter())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            reporter.write(audit, out);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as(reporter.format())
                    .containsPattern("Yes:\\s+replace\\s+\\(.{1,30}\\)\\.\\s+No:\\s+resize\\s+\\(.{1,60}counted");
        }
    }

    @Test
    void who_reads_the_action_alone_is_sent_to_the_decision_first() throws IOException {
        Audit audit = audit(open(Lever.REPLACE, "1234.56"));
        String wait = "Wait for the decision on ";
        ByteArrayOutputStream explained = new ByteArrayOutputStream();
        ExplanationReport.of("terminal", TerminalStyle.PLAIN).write(Explanation.of(audit, action), explained);

        assertThat(explained.toString(StandardCharsets.UTF_8))
                .containsSubsequence("Status: ", wait, "Fix\n", "# " + wait);
        assertThat(Written.by(new TerminalReporter(TerminalStyle.PLAIN.withDetails()), audit))
                .containsSubsequence("Findings, a month", wait, "Plan, a month");
        assertThat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), audit))
                .contains("1 more action, ", "comes after a decision.");
    }

    @Test
    void the_calculation_of_a_decision_ends_with_what_it_adds() {
        AuditedFinding decision = open(Lever.REPLACE, "1234.56");

        assertThat(Explanation.of(audit(decision), decision).formula())
                .last()
                .asString()
                .startsWith("added by your decision = ")
                .contains(Findings.title(audit(decision), action))
                .endsWith(" = 1,234.56");
    }

    @Test
    void the_file_of_commands_says_it_before_the_commands() throws IOException {
        Audit audit = audit(open(Lever.REPLACE, "1234.56"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CommandScript().write(audit, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "(finding " + action.id() + ")\n", "# Wait for the decision on \u201c", "saves $1,235 more.\n");
    }

    @Test
    void a_filter_that_leaves_one_side_out_changes_nothing_beside_the_other() throws IOException {
        AuditedFinding decision = open(Lever.REPLACE, "1234.56");
        Audit whole = audit(decision);
        Exclusions before = Exclusions.of(whole, PAGE);
        Audit actions = filtered(whole, "status=counted");
        assertThat(actions.findings()).containsExactly(action);
        assertThat(Exclusions.of(actions, PAGE).beside(action)).isEqualTo(before.beside(action));
        assertThat(actions.plan().inOrder()).allMatch(PlannedFinding::waits);
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().get();
        try (CSVParser rows = format.parse(new StringReader(Written.by(new CsvReporter(), actions)))) {
            assertThat(rows.getRecords())
                    .extracting(row -> row.get("decide_first"))
                    .containsExactly(decision.id());
        }
        Audit decisions = filtered(whole, "status=unconfirmed");
        assertThat(Exclusions.of(decisions, PAGE).beside(decision)).isEqualTo(before.beside(decision));
        assertThat(DecisionRanges.of(decisions).range(List.of(decision), PAGE))
                .isEqualTo(DecisionRanges.of(whole).range(List.of(decision), PAGE));
        assertThat(Explanation.of(decisions, decision)).isEqualTo(Explanation.of(whole, decision));
    }

    @Test
    void a_decision_on_what_goes_away_says_so_where_a_filter_left_out_what_deletes_it() {
        Audit whole = SampleAudit.of(List.of(
                AuditedFindingBuilder.builder(action).lever(Lever.ELIMINATE).build(), open(Lever.RATE, "1234.56")));
        assertThat(Findings.goingAway(filtered(whole, "status=unconfirmed")))
                .isNotEmpty()
                .isEqualTo(Findings.goingAway(whole));
    }

    @Test
    void a_filtered_audit_keeps_what_it_needs_in_its_file_and_through_a_second_filter(@TempDir Path folder)
            throws IOException {
        Audit filtered = filtered(audit(open(Lever.REPLACE, "1234.56")), "status=counted");
        Path file = folder.resolve("audit.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            AuditJson.write(filtered, out);
        }
        Audit read = filtered(AuditJson.read(file), "lever=resize");
        assertThat(read.findings()).hasSize(1);
        assertThat(Exclusions.of(read, PAGE).beside(read.findings().get(0)))
                .isEqualTo(Exclusions.of(filtered, PAGE).beside(action))
                .startsWith("Wait for the decision");
    }

    private static Audit filtered(Audit audit, String condition) {
        return FindingFilter.of(List.of(condition), "--filter").apply(audit);
    }

    private Audit audit(AuditedFinding decision) {
        List<AuditedFinding> findings = new ArrayList<>(List.of(action, decision));
        return SampleAudit.of(findings);
    }

    /** What needs a decision about the resource of the action. */
    private AuditedFinding open(Lever lever, String adds) {
        return AuditedFindingBuilder.builder()
                .id("00000000000000ff")
                .decisionFrees(BigDecimal.ZERO)
                .rule("gpu-instance-replace")
                .provider(action.provider())
                .accountId(action.accountId())
                .accountName(action.accountName())
                .region(action.region())
                .resourceId(action.resourceId())
                .resourceName(action.resourceName())
                .workload(action.workload())
                .kind(action.kind())
                .owner(action.owner())
                .tags(action.tags())
                .monthlyCost(action.monthlyCost())
                .runRate(action.runRate())
                .changedAt(action.changedAt())
                .costBasis(action.costBasis())
                .lever(lever)
                .status(Status.UNCONFIRMED)
                .statusReason("Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.")
                .standAlone(action.standAlone())
                .counted(Range.NOTHING)
                .confidence(action.confidence())
                .reason("The same work fits one L4.")
                .remedy(action.remedy())
                .advice(action.advice())
                .evidence(action.evidence())
                .listPrice(action.listPrice())
                .needsDecision(new BigDecimal(adds))
                .build();
    }
}
