package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Money;
import io.aiaudit.model.RollUp;
import io.aiaudit.model.Status;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.section.PatternResult;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo company through the whole pipeline, in this process. */
@Slow
class DemoTest {
    private static Path saved;
    private static String first;
    private static Audit audit;

    @TempDir
    private Path folder;

    @BeforeAll
    static void scan(@TempDir Path shared) throws Exception {
        audit = SavedDemo.in(shared).audit();
        saved = shared.resolve(SavedDemo.SAVED);
        first = Files.readString(shared.resolve(SavedDemo.AUDIT));
    }

    @Test
    void a_saved_scan_gives_the_same_bytes_again_and_a_finished_audit_too() throws Exception {
        Run evaluated = Run.of("report", saved.toString(), "-q", "-f", "json");
        assertThat(evaluated.out()).isEqualTo(first);

        Path json = Files.writeString(folder.resolve("audit.json"), first);
        assertThat(Run.of("report", json.toString(), "-q", "-f", "json").out()).isEqualTo(first);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(json);
        }
        try (var left = Files.list(saved.getParent())) {
            assertThat(left).containsExactlyInAnyOrder(saved, saved.resolveSibling(SavedDemo.AUDIT));
        }
    }

    @Test
    void the_patterns_of_architecture_add_up_to_the_totals() {
        List<PatternResult> results = PatternResult.all(audit);
        assertThat(PatternResult.sum(results, Status.COUNTED))
                .isEqualByComparingTo(audit.totals().saving().likely());
        assertThat(PatternResult.sum(results, Status.UNCONFIRMED))
                .isEqualByComparingTo(audit.totals().needsDecision());
        assertThat(PatternResult.sum(results, Status.BLOCKED))
                .isEqualByComparingTo(audit.totals().blockedSaving());
        assertThat(PatternResult.sum(results, Status.ACCEPTED))
                .isEqualByComparingTo(audit.totals().acceptedSaving());
        assertThat(audit.totals().inUsePartlyChecked())
                .isPositive()
                .isLessThanOrEqualTo(audit.totals().coverage().inUse());
    }

    @Test
    void what_could_not_be_checked_costs_the_same_by_rule_and_by_pattern() {
        assertThat(PatternResult.all(audit))
                .filteredOn(result -> result.notExaminedCost().signum() > 0
                        && result.pattern().rules().size() == 1)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.notExaminedCost())
                        .as(result.pattern().rules().toString())
                        .isCloseTo(
                                audit.rules().stream()
                                        .filter(rule -> result.pattern().rules().contains(rule.id()))
                                        .map(Audit.RuleReport::costNotExamined)
                                        .findFirst()
                                        .orElseThrow(),
                                within(new BigDecimal("0.05")))); // each reason is rounded to cents
    }

    @Test
    void each_resource_is_in_one_group_of_each_roll_up() {
        assertThat(audit.rollUps())
                .isNotEmpty()
                .allSatisfy(rollUp -> assertThat(rollUp.groups().stream()
                                .mapToLong(RollUp.Group::resources)
                                .sum())
                        .as(rollUp.by())
                        .isEqualTo(audit.resources().size()));
    }

    @Test
    void each_line_of_the_checklist_adds_up_to_the_resources_that_were_checked() {
        assertThat(audit.checklist()).hasSize(14).allSatisfy(item -> {
            long against = audit.findings().stream()
                    .filter(finding -> item.findings().contains(finding.id()))
                    .map(Audit.AuditedFinding::resourceId)
                    .distinct()
                    .count();
            assertThat((long) item.contradicted()).as(item.item()).isEqualTo(against);
            assertThat(item.shown() + item.contradicted()).as(item.item()).isLessThanOrEqualTo(item.examined());
        });
    }

    @Test
    void without_earlier_audits_the_monthly_review_is_not_assessed() {
        assertThat(audit.checklist())
                .filteredOn(item -> item.audits() != null)
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.state()).isEqualTo("not_examined");
                    assertThat(item.audits()).isEmpty();
                    assertThat(item.findings()).isNotEmpty();
                    assertThat(item.nextStep()).startsWith("Keep the JSON of each audit");
                });
    }

    @Test
    void the_verdict_on_what_is_in_use_names_the_metric_and_does_not_miss_it() {
        assertThat(audit.verdicts())
                .filteredOn(verdict -> verdict.verdict().equals("in_use"))
                .isNotEmpty()
                .extracting(Audit.Verdict::reason)
                .noneMatch(reason -> reason.contains("no metric shows whether it is in use"));
    }

    @Test
    void what_a_fix_says_of_its_resource_is_filled_in() {
        assertThat(audit.findings())
                .extracting(Audit.AuditedFinding::remedy)
                .filteredOn(remedy -> remedy != null)
                .isNotEmpty()
                .allSatisfy(remedy -> assertThat(remedy.action() + remedy.speed() + remedy.compliance())
                        .doesNotContain("{", "}", "|"));
    }

    @Test
    void its_pdf_has_at_most_twelve_pages_before_the_appendix_and_its_commands_beside_it() throws Exception {
        Path json = Files.writeString(folder.resolve("audit.json"), first);
        Path report = folder.resolve("report");
        Run run =
                Run.of("report", json.toString(), "-q", "-f", "pdf", "--client", "Contoso AG", "-o", report.toString());
        assertThat(run.exitCode()).as(run::err).isEqualTo(4);
        try (var written = Files.list(report)) {
            assertThat(written.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("aiaudit.pdf", "aiaudit-commands.sh");
        }
        try (PDDocument document = Loader.loadPDF(report.resolve("aiaudit.pdf").toFile())) {
            PDFTextStripper body = new PDFTextStripper();
            body.setEndPage(12);
            assertThat(body.getText(document)).contains("Contoso AG", "Method and limits", "DEMO");
            PDFTextStripper appendix = new PDFTextStripper();
            appendix.setStartPage(2);
            appendix.setEndPage(13);
            assertThat(appendix.getText(document)).contains("Appendix A: finding cards");
        }
    }

    @Test
    void the_commands_of_two_findings_share_no_variable_and_no_file() {
        Pattern own = Pattern.compile("[A-Z]+_[0-9a-f]{8}\\b|[^\\s/@'\"]+\\.(?:json|yaml)\\b");

        assertThat(audit.findings().stream()
                        .filter(finding -> finding.remedy() != null)
                        .flatMap(finding -> finding.remedy().commands().stream()
                                .flatMap(line -> own.matcher(line).results().map(MatchResult::group))
                                .distinct()))
                .hasSizeGreaterThan(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void it_shows_every_status_and_every_rule_and_every_finding_says_which_line_decided() {
        assertThat(audit.demo()).isTrue();
        assertThat(audit.partial()).isFalse();
        assertThat(audit.gaps()).isNotEmpty();
        assertThat(audit.findings())
                .extracting(Audit.AuditedFinding::status)
                .contains(Status.COUNTED, Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED);
        assertThat(audit.findings())
                .filteredOn(finding -> finding.status() == Status.BLOCKED)
                .allSatisfy(finding -> assertThat(finding.statusReason()).containsPattern("aiaudit\\.yaml:\\d+ \\("));
        assertThat(audit.findings()).extracting(Audit.AuditedFinding::id).doesNotHaveDuplicates();
        assertThat(audit.plan().inOrder())
                .as("what is planned has a command, or says that there is none")
                .allSatisfy(planned -> assertThat(planned.finding().remedy().commands())
                        .as(planned.finding().rule() + " " + planned.finding().resourceName())
                        .anyMatch(line -> !line.startsWith("#") || line.startsWith("# No command")));
        assertThat(audit.plan().stages())
                .last()
                .satisfies(stage ->
                        assertThat(stage.cumulative()).isEqualTo(audit.totals().saving()));
        assertThat(audit.rules()).allSatisfy(rule -> {
            assertThat(rule.found()).as(rule.id() + " finds something").isPositive();
            assertThat(rule.examined())
                    .as(rule.id() + " leaves something alone")
                    .isGreaterThan(rule.found());
        });
    }

    @Test
    void the_table_of_models_adds_up_to_the_money_of_the_resources_to_the_cent() {
        List<BigDecimal> resources = audit.resources().stream()
                .filter(resource ->
                        List.of("model_usage", "provisioned_throughput").contains(resource.kind()))
                .map(Audit.AuditedResource::monthlyCost)
                .toList();
        assertThat(Money.sum(
                        audit.tokens().stream().map(ModelTokens::monthlyCost).toList()))
                .isEqualTo(Money.sum(resources));
        // June has 720 hours, and all of these are billed for all of it.
        assertThat(Money.sum(audit.tokens().stream().map(ModelTokens::cost).toList())
                        .multiply(Money.HOURS_PER_MONTH)
                        .divide(BigDecimal.valueOf(720), Money.PRECISION))
                .isCloseTo(Money.sum(resources), within(new BigDecimal("0.25")));
        assertThat(audit.tokens())
                .extracting(ModelTokens::model)
                .contains("claude-haiku-4-5", "gpt-4.1-mini", "gemini-2.5-pro", "gemini-2.5-flash")
                .doesNotContain("gpt-5-pro");
        assertThat(audit.unitCosts())
                .extracting(UnitCost::unit)
                .containsExactly("1000_requests", "1000000_tokens", "used_gpu_hour");
        assertThat(audit.unitCosts()).allSatisfy(unit -> {
            assertThat(unit.unitCost()).isPositive();
            assertThat(unit.measured()).isLessThanOrEqualTo(unit.resources());
        });
    }

    @Test
    void coverage_shows_what_is_committed_and_what_of_it_the_findings_leave_unused() {
        assertThat(audit.commitmentCoverage())
                .extracting(CommitmentCoverage::provider)
                .containsExactly("aws", "azure", "gcp");
        assertThat(audit.commitmentCoverage()).allSatisfy(coverage -> {
            assertThat(coverage.committedCost()).isLessThanOrEqualTo(coverage.monthlyCost());
            assertThat(coverage.coverage().multiply(coverage.monthlyCost()))
                    .isCloseTo(coverage.committedCost(), within(new BigDecimal("0.5")));
            assertThat(coverage.strandedCost()).isLessThanOrEqualTo(coverage.committedCost());
        });
    }

    /** The pool of machines is billed at just the sum of what runs on it. */
    @Test
    void a_parent_whose_bill_its_parts_explain_is_not_unpriced_and_has_no_rest() {
        List<Audit.AuditedResource> resources = audit.resources();
        assertThat(resources)
                .filteredOn(resource -> "gke-l4-pool".equals(resource.name()))
                .singleElement()
                .satisfies(pool -> {
                    assertThat(pool.costBasis()).isEqualTo(CostBasis.ALLOCATED);
                    assertThat(pool.monthlyCost()).isNull();
                });
        assertThat(resources)
                .extracting(Audit.AuditedResource::resourceId)
                .noneMatch(id -> id.contains("gke-l4-pool#unallocated"));
    }

    @Test
    void the_policy_moves_a_finding_without_a_new_scan() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("other.yaml"),
                "policy:\n  - {interruption: yes, latency: yes, quality: yes, residency: yes}\n");
        Path out = folder.resolve("out");
        Run.of("report", saved.toString(), "--config", policy.toString(), "-q", "-f", "json", "-o", out.toString());
        Audit after = AuditJson.read(out.resolve("aiaudit.json"));
        assertThat(after.totals().blockedSaving()).isZero();
        assertThat(after.totals().saving().likely())
                .isGreaterThan(audit.totals().saving().likely());
    }

    @Test
    void the_terminal_report_fits_80_columns() {
        Run run = Run.of("report", saved.resolveSibling(SavedDemo.AUDIT).toString(), "-q");
        assertThat(run.out()).as(run.err()).isNotBlank();
        // A command to paste is as long as the folder that was typed.
        String report = run.out().replace(saved.getParent().toString(), ".");
        assertThat(Arrays.stream(report.split("\n"))).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    }
}
