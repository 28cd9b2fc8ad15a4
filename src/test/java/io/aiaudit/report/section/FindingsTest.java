package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {
    private static final Audit AUDIT = SampleAudit.rich();

    /** The sample with its first question about a resource that goes away. */
    private static Audit withQuestionAboutWhatGoesAway() {
        AuditedFinding first = Findings.with(AUDIT, Status.UNCONFIRMED).get(0);
        AuditedFinding goes = AUDIT.findings().stream()
                .filter(finding -> finding.status() == Status.COUNTED && finding.lever() == Lever.ELIMINATE)
                .findFirst()
                .orElseThrow();
        List<AuditedFinding> findings = AUDIT.findings().stream()
                .map(finding -> finding.equals(goes) ? SampleAudit.about(goes, first.resourceId()) : finding)
                .toList();
        return SampleAudit.withFindings(AUDIT, findings);
    }

    @Test
    void the_days_of_prices_run_from_the_first_to_the_last_that_a_finding_rests_on() {
        AuditedFinding any = AUDIT.findings().get(0);
        Audit audit = SampleAudit.withFindings(
                AUDIT,
                List.of(
                        SampleAudit.withListPrice(any, new Audit.ListPrice(LocalDate.parse("2026-05-20"), "built-in")),
                        SampleAudit.withListPrice(any, new Audit.ListPrice(LocalDate.parse("2025-11-30"), "built-in")),
                        SampleAudit.withListPrice(
                                any, new Audit.ListPrice(LocalDate.parse("2126-07-30"), "built-in"))));
        assertThat(PriceDays.of(audit).orElseThrow().sentence(audit))
                .startsWith("List prices date from 2025-11-30 to 2126-07-30. Where that is after the scan, ");
        assertThat(PriceDays.of(SampleAudit.withFindings(AUDIT, List.of())).map(PriceDays::words))
                .contains(AUDIT.pricesAsOf().toString());
    }

    @Test
    void amounts_in_sentences_have_their_currency_and_counts_have_none() {
        assertThat(Findings.titled(AUDIT, "it saves 2,261 a month instead of 1,859.50"))
                .isEqualTo("it saves $2,261 a month instead of $1,859.50");
        assertThat(Findings.titled(AUDIT, "$3 a month for 12 requests a month"))
                .isEqualTo("$3 a month for 12 requests a month");
        assertThat(new Amounts("CHF").inProse("now costs 1,234 a month")).isEqualTo("now costs CHF 1,234 a month");
    }

    @Test
    void a_page_has_whole_amounts_and_what_is_not_nothing_never_reads_as_nothing() throws IOException {
        Amounts page = Amounts.page("USD");
        assertThat(page.money(new BigDecimal("6.86"))).isEqualTo("$7");
        assertThat(page.plain(new BigDecimal("-2.48"))).isEqualTo("-2");
        assertThat(page.money(new BigDecimal("0.42"))).isEqualTo("< $1");
        assertThat(page.plain(new BigDecimal("0.5"))).isEqualTo("< 1");
        assertThat(page.money(BigDecimal.ZERO)).isEqualTo("$0");
        BigDecimal few = new BigDecimal("6.86");
        Range range = new Range(few, few, few);
        Audit small = SampleAudit.with(
                AUDIT,
                finding -> AuditedFindingBuilder.builder(finding)
                        .counted(finding.counted() == null ? null : range)
                        .standAlone(range)
                        .build());
        assertThat(text(new HtmlReporter(), small)).contains("$7").doesNotContain("$6.86");
    }

    @Test
    void a_range_without_a_width_is_one_amount() {
        Range narrow = new Range(new BigDecimal("21.6"), new BigDecimal("22"), new BigDecimal("22.4"));
        assertThat(Amounts.rounded("USD").wholeRange(narrow)).isEqualTo("$22");
        Range small = new Range(BigDecimal.ZERO, new BigDecimal("2.48"), new BigDecimal("2.48"));
        assertThat(Amounts.rounded("USD").wholeRange(small)).isEqualTo("$0 to $2.48");
        assertThat(Amounts.page("USD").wholeRange(small)).isEqualTo("$0 to $2");
        assertThat(Amounts.between("$12", "$34")).isEqualTo("$12 to $34");
    }

    @Test
    void sentences_name_rules_by_their_titles_and_only_where_a_rule_is_meant() {
        Audit.RuleReport rule = AUDIT.rules().get(0);

        assertThat(Findings.titled(AUDIT, rule.id() + " is already counted for this resource, so this adds less."))
                .isEqualTo('"' + rule.title() + "\" is already counted for this resource, so this adds less.");
        assertThat(Findings.titled(AUDIT, rule.id() + " was chosen: both save the same."))
                .isEqualTo('"' + rule.title() + "\" was chosen: both save the same.");
        assertThat(Findings.titled(AUDIT, "In use in 9 hours; " + rule.id() + " found no waste."))
                .isEqualTo("In use in 9 hours; the rule \"" + rule.title() + "\" found no waste.");
        assertThat(Findings.titled(AUDIT, "In use in 9 hours; " + rule.id() + ", gpu-oversized found no waste."))
                .isEqualTo("In use in 9 hours; 2 rules found no waste.");
        assertThat(Findings.titled(AUDIT, "Nothing is attached to " + rule.id() + "."))
                .isEqualTo("Nothing is attached to " + rule.id() + ".");
    }

    @Test
    void what_needs_a_decision_is_listed_whole_and_by_what_it_adds() throws IOException {
        for (Audit audit : List.of(AUDIT, withQuestionAboutWhatGoesAway())) {
            List<AuditedFinding> open = Findings.with(audit, Status.UNCONFIRMED);
            assertThat(FindingWords.toDecide(audit))
                    .hasSizeGreaterThan(1)
                    .containsExactlyInAnyOrderElementsOf(open)
                    .isSortedAccordingTo(Comparator.comparing(
                            AuditedFinding::decisionAmount, Comparator.nullsLast(Comparator.reverseOrder())));
        }
    }

    @Test
    void what_counts_only_if_its_resource_is_kept_says_so() throws IOException {
        Audit audit = withQuestionAboutWhatGoesAway();

        assertThat(text(new TerminalReporter(TerminalStyle.PLAIN.withDetails()), audit))
                .contains("# only if you keep the resource");
        assertThat(text(new HtmlReporter(), audit)).contains("Only if you keep the resource");
        assertThat(text(new TerminalReporter(TerminalStyle.PLAIN.withDetails()), AUDIT))
                .doesNotContain("# only if you keep the resource");
    }

    @Test
    void a_question_is_put_in_words_beside_the_line_of_policy_that_answers_it() throws IOException {
        assertThat(text(new HtmlReporter(), AUDIT))
                .contains(
                        "Is spot capacity acceptable, which the cloud may take back at any time?",
                        "data-key=\"interruption\"");
        AuditedFinding finding = Findings.with(AUDIT, Status.UNCONFIRMED).get(0);
        assertThat(Glossary.questions("latency: yes, quality: yes", finding))
                .startsWith("Is higher latency acceptable")
                .endsWith(" Is a small drop in answer quality acceptable?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after a pause, requests fail for minutes, and clients have to retry",
                "results arrive within 24 hours instead of seconds",
                "each step takes up to 1.8 times as long"
            })
    void who_allows_latency_is_requested_about_what_the_fix_does_to_speed(String speed) {
        AuditedFinding finding = SampleFindings.withSpeed(
                Findings.with(AUDIT, Status.UNCONFIRMED).get(0), speed);

        assertThat(Glossary.questions("latency: yes", finding))
                .isEqualTo("Is higher latency acceptable? Effect: " + speed + ".");
        assertThat(Glossary.question(Ask.QUALITY, List.of(finding)))
                .isEqualTo("Is a small drop in answer quality acceptable?");
    }

    @Test
    void who_allows_interruptions_is_requested_about_spot_or_about_a_schedule() {
        AuditedFinding spot = of("reco-train-weekly");
        AuditedFinding scheduled = SampleFindings.withSpeed(of("rag-embedder"), "outside the schedule requests fail");

        assertThat(Glossary.questions("interruption: yes", SampleFindings.withSpeed(spot, "it may wait for capacity")))
                .isEqualTo("Is spot capacity acceptable, which the cloud may take back at any time? Effect: it may "
                        + "wait for capacity.");
        assertThat(Glossary.questions("interruption: yes", scheduled))
                .isEqualTo("Is a stop outside the hours of use acceptable, such as at night? "
                        + "Effect: outside the schedule requests fail.");
        assertThat(Glossary.questions("interruption: yes", of("fraud-shadow")))
                .isEqualTo("Can this workload be interrupted?");
    }

    private static AuditedFinding of(String name) {
        return AUDIT.findings().stream()
                .filter(finding -> finding.resourceName().equals(name))
                .min(Comparator.comparing(AuditedFinding::lever))
                .orElseThrow();
    }

    @Test
    void who_allows_latency_is_requested_in_general_where_nothing_says_what_the_fix_does() {
        AuditedFinding finding = SampleFindings.withSpeed(
                Findings.with(AUDIT, Status.UNCONFIRMED).get(0), "no change expected");

        assertThat(Glossary.questions("latency: yes", finding)).isEqualTo("Is higher latency acceptable?");
    }

    @Test
    void a_name_with_a_wildcard_is_named_by_its_exact_id_so_that_the_answer_is_about_nothing_else() {
        AuditedFinding requested = Findings.with(AUDIT, Status.UNCONFIRMED).get(0);
        assertThat(Findings.policyEntry(AUDIT, requested)).startsWith("- {match: {resource: \"");
        assertThat(Findings.policyEntry(AUDIT, SampleFindings.named(requested, "*-weekly")))
                .startsWith("- {match: {resource_id: \"" + requested.resourceId() + "\"}, ");
    }

    private static String text(Reporter reporter, Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reporter.write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
