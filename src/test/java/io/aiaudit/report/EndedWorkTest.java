package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The saving of a job that has ended is one of a month only if the like of it runs again: beside the net saving. */
class EndedWorkTest {
    private static final Audit WHOLE = SampleAudit.rich();
    private static final AuditedFinding JOB =
            Findings.with(WHOLE, Status.COUNTED).get(0);
    private static final Instant LAST_DAY = WHOLE.window().end().minus(Duration.ofDays(1));

    private static Audit endedAt(Instant end) {
        return endedAt(JOB, end);
    }

    private static Audit endedAt(AuditedFinding job, Instant end) {
        return AuditBuilder.builder(WHOLE)
                .resources(WHOLE.resources().stream()
                        .map(resource -> resource.resourceId().equals(job.resourceId())
                                ? AuditedResourceBuilder.builder(resource)
                                        .endedAt(end)
                                        .build()
                                : resource)
                        .toList())
                .build();
    }

    @Test
    void every_summary_says_how_much_needs_jobs_to_run_again() throws IOException {
        Audit ended = endedAt(LAST_DAY);
        String amount = Amounts.rounded("USD").money(JOB.counted().likely());
        String note = amount + " of it assumes that jobs which ended run again each month";

        assertThat(Written.by(new MarkdownReporter(), ended)).contains(note);
        assertThat(Written.by(new HtmlReporter(), ended)).contains(note);
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), ended)))
                .contains(note.replace("of it", "of the net saving"));
        assertThat(flat(Printed.of(ended).text())).contains(note);
    }

    @Test
    void the_decisions_say_it_too() throws IOException {
        AuditedFinding open = Findings.with(WHOLE, Status.UNCONFIRMED).get(0);
        Audit ended = endedAt(open, LAST_DAY);
        String note = Amounts.rounded("USD").money(open.decisionAmount())
                + " of it assumes that jobs which ended run again each month";

        assertThat(Written.by(new MarkdownReporter(), ended)).contains(note);
        assertThat(Written.by(new HtmlReporter(), ended)).contains(note);
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN), ended)))
                .contains(note.replace("of it", "of the decisions"));
        assertThat(flat(Written.by(new TerminalReporter(TerminalStyle.PLAIN.withDetails()), ended)))
                .contains(note);
        assertThat(flat(Printed.of(ended).text())).contains(note + ".");
    }

    @Test
    void both_amounts_say_what_they_are_of() {
        AuditedFinding open = Findings.with(WHOLE, Status.UNCONFIRMED).get(0);
        Audit both = AuditBuilder.builder(endedAt(open, LAST_DAY))
                .resources(Stream.concat(
                                endedAt(LAST_DAY).resources().stream()
                                        .filter(resource ->
                                                !resource.resourceId().equals(open.resourceId())),
                                endedAt(open, LAST_DAY).resources().stream()
                                        .filter(resource ->
                                                resource.resourceId().equals(open.resourceId())))
                        .toList())
                .build();

        assertThat(EndedWork.both(both, Amounts.rounded("USD")))
                .matches("\\$[0-9,]+ of the saving and \\$[0-9,]+ of the decisions assume ended jobs run again");
    }

    @Test
    void what_still_runs_or_ended_after_the_window_needs_no_other() {
        assertThat(Written.by(new MarkdownReporter(), WHOLE)).doesNotContain("jobs which ended");
        assertThat(Written.by(new MarkdownReporter(), endedAt(WHOLE.window().end())))
                .doesNotContain("jobs which ended");
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
