package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.model.UserError;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.compare.DiffCause;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.json.AuditSchema;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingFilterTest {
    private static final Audit AUDIT = SampleAudit.rich();

    private static Audit filtered(String... conditions) {
        return FindingFilter.of(List.of(conditions), "--filter").apply(AUDIT);
    }

    @Test
    void only_findings_that_meet_all_conditions_are_left() {
        AuditedFinding first = AUDIT.findings().get(0);
        Audit filtered = filtered("rule=" + first.rule(), "status=counted|unconfirmed");

        assertThat(filtered.findings())
                .isNotEmpty()
                .isEqualTo(AUDIT.findings().stream()
                        .filter(finding -> finding.rule().equals(first.rule())
                                && (finding.status() == Status.COUNTED || finding.status() == Status.UNCONFIRMED))
                        .toList());
        assertThat(filtered("provider!=aws").findings())
                .allMatch(finding -> !finding.provider().equals("aws"));
        assertThat(filtered("region=EU-*").findings())
                .allMatch(finding -> finding.region().startsWith("eu-"));
        assertThat(filtered("environment=prod").findings())
                .isNotEmpty()
                .allMatch(finding -> "prod".equals(finding.environment()));
    }

    @ParameterizedTest
    @CsvSource({
        "012345678901, 12345678901",
        "12345678901, 0123-4567-8901",
        "/subscriptions/AAAA-1, aaaa-1",
        "aaaa-1, /subscriptions/AAAA-1",
        "/subscriptions/AAAA-1, aaaa-*",
        "012345678901, 0123*"
    })
    void an_account_is_found_in_any_spelling_of_its_id(String id, String written) {
        AuditedFinding finding = AuditedFindingBuilder.builder(AUDIT.findings().get(0))
                .accountId(id)
                .build();
        Audit one = AUDIT.filtered(null, List.of(), AUDIT.totals(), List.of(finding), AUDIT.checklist());
        Audit found =
                FindingFilter.of(List.of("account=" + written), "--filter").apply(one);
        assertThat(found.findings()).containsExactly(finding);
        assertThat(found.warnings()).noneMatch(warning -> warning.contains("matches no finding"));
        assertThat(FindingFilter.of(List.of("account!=" + written), "--filter")
                        .apply(one)
                        .findings())
                .isEmpty();
        assertThat(FindingFilter.of(List.of("account=99"), "--filter")
                        .apply(one)
                        .findings())
                .isEmpty();
    }

    @Test
    void totals_are_those_of_the_findings_shown_and_parts_add_up_to_the_whole() {
        Audit counted = filtered("status=counted");
        Audit rest = filtered("status!=counted");
        Audit.Totals totals = counted.totals();

        assertThat(totals.saving()).isEqualTo(AUDIT.totals().saving());
        assertThat(rest.totals().saving().likely()).isEqualByComparingTo("0");
        assertThat(totals.standAloneSaving().add(rest.totals().standAloneSaving()))
                .isEqualByComparingTo(AUDIT.totals().standAloneSaving());
        for (Audit part : List.of(counted, rest)) {
            Audit.Totals each = part.totals();
            assertThat(each.standAloneSaving())
                    .isEqualByComparingTo(each.saving()
                            .likely()
                            .add(each.overlap())
                            .add(each.unconfirmedSaving())
                            .add(each.blockedSaving())
                            .add(each.acceptedSaving())
                            .add(each.freedCommitment()));
        }
        assertThat(totals.monthlyAiCost()).isEqualTo(AUDIT.totals().monthlyAiCost());
        assertThat(totals.coverage()).isNull();
    }

    @Test
    void the_report_says_that_it_is_filtered_and_what_the_whole_would_save() throws IOException {
        Audit filtered = filtered("status=unconfirmed");

        assertThat(filtered.filter()).isEqualTo("status=unconfirmed");
        for (String format : List.of("md", "html", "json", "terminal")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Reporters.find(format, TerminalStyle.PLAIN.withDetails()).write(filtered, out);
            assertThat(out.toString(StandardCharsets.UTF_8)).as(format).contains("filtered by");
        }
        assertThat(filtered.warnings().get(0))
                .contains(new Amounts(AUDIT.currency())
                        .whole(AUDIT.totals().saving().likely()));
        assertThat(AuditSchema.firstProblem(AuditMapper.reader().valueToTree(filtered)))
                .isEmpty();
    }

    @Test
    void what_a_filter_left_out_is_not_fixed() {
        List<AuditDiff.Change> gone =
                AuditDiff.of(AUDIT, filtered("rule=nothing")).findings().gone();

        assertThat(gone).isNotEmpty().allMatch(change -> change.cause() == DiffCause.NOT_EXAMINED);
    }

    @Test
    void the_first_lines_say_that_it_is_filtered() throws IOException {
        for (String format : List.of("md", "terminal")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Reporters.find(format, TerminalStyle.PLAIN).write(filtered("status=unconfirmed"), out);
            assertThat(out.toString(StandardCharsets.UTF_8).lines().limit(8))
                    .as(format)
                    .anyMatch(line -> line.contains("FILTERED by status=unconfirmed"));
        }
    }

    @Test
    void a_filter_makes_no_cost_unknown_and_each_report_says_why_it_has_no_coverage() throws IOException {
        Audit filtered = FindingFilter.of(List.of("status=counted"), "--filter")
                .apply(SampleAudit.covered(SampleFindings.all()));
        for (Reporter reporter : List.of(
                new HtmlReporter(),
                new MarkdownReporter(),
                new TerminalReporter(TerminalStyle.PLAIN),
                new TerminalReporter(TerminalStyle.PLAIN.withDetails()))) {
            assertThat(Written.by(reporter, filtered).replaceAll("\\s+", " "))
                    .as(reporter.format())
                    .contains("is in the report without a filter")
                    .doesNotContain("No cost is known")
                    .doesNotContain("All AI spend was");
        }
        assertThat(Printed.of(filtered).text().replaceAll("\\s+", " "))
                .contains("is in the report without a filter")
                .doesNotContain("No cost is known");
    }

    @Test
    void without_a_saving_a_filter_leaves_the_coverage_of_the_whole_out_too() {
        Audit whole = SampleAudit.covered(SampleFindings.all());
        Audit unknown = AuditBuilder.builder(whole)
                .totals(TotalsBuilder.builder(whole.totals()).saving(null).build())
                .build();
        Audit filtered = FindingFilter.of(List.of("status=counted"), "--filter").apply(unknown);

        assertThat(unknown.totals().coverage()).isNotNull();
        assertThat(filtered.totals().coverage()).isNull();
        assertThat(CoverageView.lines(filtered)).isEmpty();
    }

    @Test
    void a_value_that_no_finding_has_is_a_warning_with_those_that_are_near() {
        assertThat(filtered("region=eu-centrl-1").warnings().get(1))
                .contains("the filter region=eu-centrl-1 matches no finding")
                .contains("Did you mean \"eu-central-1\"?");
        assertThat(filtered("environment=prod|nobody-at-all").warnings().get(1))
                .contains("by \"nobody-at-all\"")
                .contains("prod");
        assertThat(filtered("environment!=nobody", "status=accepted", "owner=").warnings())
                .noneMatch(warning -> warning.contains("matches no finding"));
    }

    @Test
    void a_status_has_the_name_that_reports_have_for_it_and_another_is_an_error_that_names_all() {
        assertThat(filtered("status=needs_decision").findings())
                .isNotEmpty()
                .isEqualTo(filtered("status=unconfirmed").findings());
        assertThatThrownBy(() -> filtered("status=counted|waiting")).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).contains("there is no status \"waiting\"");
            assertThat(error.fix()).contains("accepted").contains("needs_decision");
        });
        assertThat(filtered("status=un*").findings()).isNotEmpty();
    }

    @Test
    void an_empty_value_finds_what_has_none() {
        assertThat(filtered("owner=").findings()).allMatch(finding -> finding.owner() == null);
        assertThat(filtered("tag.no-such-tag=").findings()).hasSameSizeAs(AUDIT.findings());
    }

    @Test
    void a_condition_is_no_pattern_of_another_language() {
        assertThat(filtered("resource=.*").findings()).isEmpty();
        assertThat(filtered("resource=*").findings()).hasSameSizeAs(AUDIT.findings());
    }

    @Test
    void conditions_that_make_no_sense_are_errors() {
        assertThatThrownBy(() -> FindingFilter.of(List.of("onwer=data"), "--filter"))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.fix()).contains("owner"));
        assertThatThrownBy(() -> FindingFilter.of(List.of("data"), "--filter"))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.problem()).contains("which is not KEY=VALUE"));
    }

    @Test
    void no_condition_changes_nothing() {
        assertThat(FindingFilter.of(List.of(), "--filter").apply(AUDIT)).isSameAs(AUDIT);
    }
}
