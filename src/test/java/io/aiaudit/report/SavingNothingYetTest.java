package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.markdown.OwnerFiles;
import io.aiaudit.report.markdown.PullRequestReporter;
import io.aiaudit.report.pipeline.GithubReporter;
import io.aiaudit.report.pipeline.JunitReporter;
import io.aiaudit.report.pipeline.SarifReporter;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A finding of which all lies under a commitment counts with nothing before that ends: no list of savings has it. */
class SavingNothingYetTest {
    private static final Audit WHOLE = SampleAudit.rich();
    private static final List<AuditedFinding> COUNTED = Findings.with(WHOLE, Status.COUNTED);
    private static final AuditedFinding CHANGED = COUNTED.get(0);
    private static final Audit AUDIT =
            SampleAudit.with(WHOLE, finding -> finding.id().equals(CHANGED.id()) ? savingNothingYet(finding) : finding);

    private static AuditedFinding savingNothingYet(AuditedFinding finding) {
        return AuditedFindingBuilder.builder(finding)
                .counted(Range.NOTHING)
                .freedCommitment(new BigDecimal("500.00"))
                .build();
    }

    @Test
    void it_is_no_saving_and_still_a_finding() {
        assertThat(Findings.saving(AUDIT))
                .hasSize(Findings.saving(WHOLE).size() - 1)
                .extracting(AuditedFinding::id)
                .doesNotContain(CHANGED.id());
        assertThat(Findings.with(AUDIT, Status.COUNTED)).hasSameSizeAs(COUNTED);
    }

    @Test
    void lists_of_savings_say_how_many_they_leave_out_and_what_would_be_unused() {
        String sentence = "1 finding on $500 a month of unused commitment counts as $0 until it expires.";

        assertThat(Written.by(new MarkdownReporter(), AUDIT)).contains(sentence).contains("status no saving yet");
        assertThat(Written.by(new PullRequestReporter(), AUDIT)).contains(sentence);
        assertThat(Written.by(new MarkdownReporter(), WHOLE)).doesNotContain("before a commitment expires");
        assertThat(String.join("\n", OwnerFiles.of(AUDIT).values())).contains("| No saving yet |");
        assertThat(Written.by(new HtmlReporter(), AUDIT)).contains(sentence);
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), AUDIT)))
                .contains(" unused commitments");
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), WHOLE)))
                .doesNotContain("before a commitment expires");
    }

    @Test
    void one_pdf_has_one_number_of_counted_findings() throws IOException {
        String text = flat(Printed.of(AUDIT).text());
        int counted = Findings.saving(AUDIT).size();

        assertThat(text)
                .contains(" findings, " + counted + " are counted, ")
                .contains("the " + counted + " counted ones first")
                .contains("unused commitment counts as $0 until it expires");
    }

    @Test
    void the_page_counts_and_filters_it_apart() {
        assertThat(Written.by(new HtmlReporter(), AUDIT))
                .contains("<option value=\"counted\">Counted (" + (COUNTED.size() - 1) + ")</option>")
                .contains("<option value=\"no_saving_yet\">No saving yet (1)</option>");
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void no_pipeline_fails_for_it() {
        assertThat(count("<failure", Written.by(new JunitReporter(), AUDIT)))
                .isEqualTo(count("<failure", Written.by(new JunitReporter(), WHOLE)) - 1);
        assertThat(count("\"level\":\"warning\"", compact(Written.by(new SarifReporter(), AUDIT))))
                .isEqualTo(count("\"level\":\"warning\"", compact(Written.by(new SarifReporter(), WHOLE))) - 1);
        assertThat(Written.by(new GithubReporter(), AUDIT)).doesNotContain(CHANGED.id());
    }

    private static String compact(String json) {
        return json.replaceAll("\\s", "");
    }

    private static int count(String word, String text) {
        return text.split(word, -1).length - 1;
    }
}
