package io.aiaudit.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.DisplayText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The screen that says what matters most. */
class TerminalSummaryTest {
    private static final int LINES = 40;

    private static String text(Audit audit, TerminalStyle style) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TerminalReporter(style).write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_says_what_is_spent_saved_to_decide_unknown_and_next() throws IOException {
        assertThat(text(SampleAudit.flagged(SampleAudit.rich(), true, true), TerminalStyle.PLAIN)
                        .replaceAll(" +", " "))
                .containsSubsequence(
                        "DEMO: ",
                        "PARTIAL: ",
                        "AI spend $187,403 a month, 45 % of all cost",
                        "Net saving $66,940 a month, $56,478 to $69,768",
                        "Needs your decision $10,665 if all approved: 4 decisions on 4 resources",
                        "Left out: $3,595 blocked by policy, $2,940 accepted, $784 unused commitments",
                        "Savings counted, per month (",
                        " $18,922 chat-v1-prod ",
                        "high\n",
                        "'-' lines go under 'policy:' in aiaudit.yaml\n",
                        "Is spot capacity acceptable",
                        "?\n",
                        " $3,978 - {match: {resource: \"reco-train-weekly\"}, interruption: yes}\n",
                        "Not read",
                        ": 'aiaudit sources check aws' shows what is missing\n",
                        ": no permission for sagemaker:ListEndpoints\n",
                        "Warnings (1 of ",
                        "Next",
                        "aiaudit scan --demo ");
        assertThat(text(
                        SampleAudit.rich(),
                        TerminalStyle.PLAIN
                                .withAgain("aiaudit report a.aiaudit")
                                .withSave("aiaudit scan --save a.aiaudit")))
                .contains("\n  aiaudit scan --save a.aiaudit ", "\n  aiaudit report a.aiaudit ");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void it_is_one_screen_and_nothing_is_wider_than_the_terminal(int width) throws IOException {
        TerminalStyle style = TerminalStyle.of(width, false);
        for (Audit audit : new Audit[] {
            SampleAudit.flagged(SampleAudit.rich(), true, true), SampleAudit.empty(), HostileAudit.everywhere()
        }) {
            assertThat(text(audit, style).lines())
                    .allSatisfy(
                            line -> assertThat(DisplayText.width(line)).as(line).isLessThanOrEqualTo(width));
        }
        assertThat(text(SampleAudit.flagged(SampleAudit.rich(), true, true), style)
                        .lines())
                .hasSizeLessThanOrEqualTo(width < 80 ? LINES + 10 : LINES);
    }

    @Test
    void what_follows_on_the_same_screen_is_counted_into_it() throws IOException {
        Audit rich = SampleAudit.flagged(SampleAudit.covered(SampleFindings.many(27)), true, true);
        assertThat(text(rich, TerminalStyle.PLAIN.withBelow(2)).lines()).hasSizeLessThanOrEqualTo(LINES - 2);
    }

    @Test
    void decisions_give_way_before_what_is_not_known() throws IOException {
        Audit rich = SampleAudit.flagged(SampleAudit.covered(SampleFindings.many(27)), true, true);
        List<NotAssessed> things = IntStream.range(0, 9)
                .mapToObj(number -> new NotAssessed(
                        "metric_" + number,
                        "metric",
                        new BigDecimal("1000"),
                        1,
                        List.of(),
                        "Add it.",
                        List.of("resource-" + number)))
                .toList();
        Gap gap = new Gap(
                        "aws",
                        "111122223333/ap-southeast-1 metrics",
                        "access denied for cloudwatch:GetMetricData.",
                        "Allow it.")
                .in("111122223333", "ap-southeast-1", "metrics");
        Audit full = AuditBuilder.builder(rich)
                .notAssessed(things)
                .gaps(List.of(gap, gap))
                .warnings(List.of())
                .build();
        assertThat(text(full, TerminalStyle.PLAIN.withBelow(2)))
                .containsPattern("largest first \\([345] of 9 reasons\\)")
                .contains("    $1,000  resource-0: No metric_0 metric\n", "\nNot read\n")
                .contains("""
                        AWS 111122223333/ap-southeast-1: no permission for cloudwatch:GetMetricData
                          AWS 111122223333/ap-southeast-1: no permission for cloudwatch:GetMetricData
                        """);
    }

    @Test
    void what_was_not_assessed_gives_way_to_the_rest_of_the_screen() throws IOException {
        Audit rich = SampleAudit.flagged(SampleAudit.covered(SampleFindings.many(27)), true, true);
        NotAssessed thing = rich.notAssessed().get(0);
        Audit full = AuditBuilder.builder(rich)
                .notAssessed(List.of(thing, thing, thing, thing))
                .build();
        assertThat(text(full, TerminalStyle.PLAIN).lines())
                .hasSizeLessThanOrEqualTo(LINES)
                .anyMatch(line -> line.matches("Not assessed in the window, largest first \\([123] of 4 reasons\\)"));
    }

    @Test
    void nothing_examined_is_no_saving_of_zero_and_the_check_can_be_pasted() throws IOException {
        String check = "aiaudit sources check files /a/rather/long/path/to/some/bill-of-the-whole-company-in-june.csv";
        assertThat(text(SampleAudit.empty(), TerminalStyle.PLAIN.withCheck(check)))
                .containsPattern("Net saving +-  no resource could be checked")
                .contains("No findings\n", "  " + check + "\n")
                .doesNotContain("$0");
    }

    @Test
    void an_answer_that_does_not_fit_is_wrapped_and_its_amount_is_what_it_brings() throws IOException {
        AuditedFinding open = decision("hr-bot", "ml", "861.20");
        assertThat(text(SampleAudit.of(List.of(open)), TerminalStyle.of(60, false)))
                .containsPattern("\\$861  - .match: .resource: \"hr-bot\".+\n"
                        + "( +.*\n)? +(interruption: yes, )?latency: yes");
        assertThat(text(SampleAudit.of(List.of(open)), TerminalStyle.of(80, false)))
                .contains("Is a small\n  drop in answer quality acceptable?", "'-' lines go under 'policy:'");
    }

    @Test
    void siblings_of_one_owner_are_one_decision_with_a_sum() throws IOException {
        List<AuditedFinding> siblings = IntStream.range(0, 9)
                .mapToObj(number -> decision("model-" + number, "search", "878.00"))
                .toList();
        assertThat(text(SampleAudit.of(siblings), TerminalStyle.PLAIN))
                .containsSubsequence(
                        "Decisions; '-' lines go under 'policy:' in aiaudit.yaml\n",
                        "     $7,902  model-0, model-1, model-2 and 6 more (owner search)\n",
                        "- {match: {tag: \"team=search\"}, interruption: yes, latency: yes,\n",
                        "# all 9 resources with this tag\n");
    }

    @Test
    void no_entry_answers_for_a_resource_that_the_decision_is_not_about() throws IOException {
        List<AuditedFinding> findings = new ArrayList<>();
        IntStream.range(0, 9).forEach(number -> findings.add(decision("model-" + number, "search", "878.00")));
        findings.add(AuditedFindingBuilder.builder(decision("other", "search", "0.00"))
                .status(Status.NO_SAVING)
                .build());
        assertThat(text(SampleAudit.of(findings), TerminalStyle.PLAIN))
                .contains(
                        "Decisions\n", "     $7,902  model-0, model-1, model-2 and 6 more (owner search): ", "for each")
                .doesNotContain("'-' lines", "tag: ");
    }

    @Test
    void a_commitment_is_approved_by_its_amount_apart_from_other_questions() throws IOException {
        AuditedFinding latency = AuditedFindingBuilder.builder(decision("hr-bot", "ml", "9000.00"))
                .statusReason("Needs your approval: set `latency: yes` for it under policy in aiaudit.yaml.")
                .build();
        AuditedFinding commitment = AuditedFindingBuilder.builder(decision("doc-ocr-1", "ml", "7936.82"))
                .statusReason("Confidence is low. Check the finding by hand; if it is right, list its rule and "
                        + "resource under `verified` in aiaudit.yaml. It also needs your approval: set "
                        + "`commitment: yes` for it under policy in aiaudit.yaml.")
                .evidence(Map.of("commitment_a_year", "$165,000"))
                .build();
        assertThat(text(SampleAudit.of(List.of(latency, commitment)), TerminalStyle.PLAIN))
                .containsSubsequence(
                        "  Is higher latency acceptable?\n",
                        "     $9,000  - {match: {resource: \"hr-bot\"}, latency: yes}\n",
                        "  Approve a one-year commitment of $165,000 (check by hand first)?\n",
                        "     $7,937  - {match: {resource: \"doc-ocr-1\"}, commitment: yes}\n",
                        "# counts once it is listed under 'verified' too (--details)\n")
                .doesNotContain("Did a check by hand");
    }

    @Test
    void credits_that_pay_today_are_beside_the_spend_and_no_unread_source() throws IOException {
        Audit rich = SampleAudit.rich();
        Audit credited = AuditBuilder.builder(rich)
                .warnings(List.of(Audit.CREDITS_COVERED + "$5,000 of the AWS bill. More words."))
                .build();
        assertThat(text(credited, TerminalStyle.PLAIN)).doesNotContain(Audit.CREDITS_COVERED, "Warnings");
    }

    private static AuditedFinding decision(String name, String owner, String adds) {
        AuditedFinding sample = SampleFindings.all().get(0);
        return AuditedFindingBuilder.builder(sample)
                .id(String.format(Locale.ROOT, "%016x", name.hashCode()))
                .resourceId("arn:" + name)
                .resourceName(name)
                .owner(owner)
                .status(Status.UNCONFIRMED)
                .counted(Range.NOTHING)
                .needsDecision(new BigDecimal(adds))
                .statusReason("Needs your approval: set `interruption: yes`, `latency: yes` and `quality: yes` for it "
                        + "under policy in aiaudit.yaml.")
                .build();
    }

    @Test
    void the_bar_has_each_class_of_the_spend_by_letter() throws IOException {
        Audit covered = SampleAudit.covered(SampleFindings.many(27));
        for (int width : new int[] {60, 80, 120}) {
            assertThat(text(covered, TerminalStyle.of(width, false)))
                    .containsPattern(
                            "Spend of the window +\\$[0-9,]+  \\[[A-Z=?-]{" + (width - 36) + "}]\n  [A-Z=?-] ");
        }
    }

    @Test
    void nothing_counted_has_no_range() throws IOException {
        Audit rich = SampleAudit.rich();
        Audit nothing = AuditBuilder.builder(rich)
                .totals(TotalsBuilder.builder(rich.totals())
                        .saving(Range.NOTHING)
                        .build())
                .build();
        assertThat(text(nothing, TerminalStyle.PLAIN))
                .contains("a month: no finding counts")
                .doesNotContain("$0 to $0");
    }

    @Test
    void hostile_names_stay_letters() throws IOException {
        assertThat(text(HostileAudit.everywhere(), TerminalStyle.PLAIN)).doesNotContain("\u001b", "\u202e", "\u0007");
    }
}
