package io.aiaudit.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CostBasis;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.DisplayText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report with all that there is. */
class TerminalReporterTest {
    private static final TerminalStyle DETAILS = TerminalStyle.PLAIN.withDetails();

    @Test
    void what_matters_comes_first() throws IOException {
        String report = text(SampleAudit.flagged(SampleAudit.rich(), true, true), DETAILS);
        assertThat(report)
                .startsWith("aiaudit 0.1.0   2026-06-01 to 2026-06-30 (30 days, UTC)   amounts in USD\nDEMO: ")
                .containsSubsequence(
                        "PARTIAL: ",
                        "Bill (full billing files)",
                        "251,221",
                        "AI spend                  $187,403   45 % of all cost",
                        "Net saving                 $66,940   36 % of AI spend",
                        "$56,478 to $69,768",
                        "Needs your decision        $10,665   4 decisions on 4 resources; not counted",
                        "Blocked by policy           $3,595   2 findings, excluded from the net saving",
                        "Accepted                    $2,940   1 finding, excluded from the net saving",
                        "Unused commitment             $784   unused today or left unused by counted",
                        "Unpriced                         -   2 findings without a price",
                        "Needs your decision: what each would add to the net saving a month",
                        "3,978  - {match: {resource: \"reco-train-weekly\"}, interruption: yes}",
                        "Findings, a month",
                        "18,922  chat-v1-prod ",
                        "Plan, a month: counted findings, no double counting",
                        "  Now ",
                        "66,940",
                        "Excluded from totals: needs your decision 4, blocked 2, accepted 1,",
                        "First:",
                        "chat-v1-prod: Delete it",
                        "Commitments, unused today, a month",
                        "871  savings plan 123456789012/SageMaker",
                        "87 % used, ends 2026-10-01",
                        "Checks that lacked data, by rule",
                        "inference-endpoint-idle: 4 of 35",
                        "no points of requests in 30 of 30 days (3)",
                        "house-rule failed: rule.sql line 4",
                        "Not read",
                        "access denied for",
                        "fix: Add the permission",
                        "Warnings",
                        "3 of 48,911",
                        "What next",
                        "aiaudit scan --demo -f html -o report");
    }

    @Test
    void what_is_made_of_list_prices_is_reported_beside_the_figures() throws IOException {
        Audit listed = SampleAudit.of(SampleFindings.all().stream()
                .filter(finding -> finding.costBasis() == CostBasis.LIST)
                .toList());
        assertThat(text(listed, DETAILS).replaceAll("\\s+", " "))
                .containsPattern("All cost [$][0-9,.]+ [$][0-9,.]+ of it at list prices")
                .containsPattern("Net saving [$][0-9,.]+ [0-9<> ]+ % of AI spend; at list prices, without a bill");
        assertThat(text(SampleAudit.rich(), DETAILS).replaceAll("\\s+", " "))
                .containsPattern("36 % of AI spend; [$][0-9,.]+ of it at list prices");
    }

    @Test
    void models_and_units_of_work_say_what_they_cost_and_what_is_unknown() throws IOException {
        assertThat(text(SampleAudit.rich(), DETAILS))
                .containsSubsequence(
                        "Models in the window, tokens in millions",
                        "AWS claude-sonnet-4-5       1,116,420 4,012.0   401.0   908.0     18,655   13.90\n",
                        "Azure gpt-4.1 *               684,000 1,120.0   108.0       -      7,776   11.37\n",
                        "Google Cloud gemini-2.5-pro         -       -       -       -      3,121       -\n",
                        "AWS unknown model                  12     0.1   < 0.1       -          -       -\n",
                        "All models                                                        29,551\n",
                        "* billed by provisioned units, used or not",
                        "1,000 requests             $12.87   5 of 9 resources, 71 % of their cost",
                        "million tokens                  -   not measured (0 of 6 resources)",
                        "used GPU hour              $19.61   paid $5.00 an hour, 25 % used; 12 of 40\n");
        assertThat(text(SampleAudit.empty(), DETAILS)).doesNotContain("Models in the window", "Unit costs");
    }

    @Test
    void findings_of_several_accounts_say_which_one_they_are_in() throws IOException {
        assertThat(text(SampleAudit.rich(), DETAILS)).containsPattern("\n {17}account \\S");
        Audit one = SampleAudit.of(SampleFindings.all().subList(0, 1));
        assertThat(text(one, DETAILS)).doesNotContainPattern("\n {17}account ");
    }

    @Test
    void nothing_is_totalled_when_nothing_is_known() throws IOException {
        assertThat(text(SampleAudit.empty(), DETAILS))
                .contains("Net saving                       -   no resource could be checked")
                .contains("No finding")
                .doesNotContain("0.00", "Blocked", "Accepted", "DEMO");
    }

    @Test
    void without_anything_examined_the_check_of_the_named_files_is_there_to_be_pasted_and_no_rule() throws IOException {
        String check =
                "aiaudit sources check files 'June bills/it'\\''s a folder with a long name.csv' from-client/usage";
        String text = text(SampleAudit.empty(), DETAILS.withCheck(check));
        assertThat(text.substring(text.indexOf("What next")))
                .contains("  " + check + "\n")
                .contains("missing files and metrics, and how to export them\n")
                .doesNotContain("…", "rules show");
        assertThat(text(SampleAudit.empty(), DETAILS)).doesNotContain("sources check");
    }

    @Test
    void what_was_converted_is_reported_with_its_rate_day_and_own_totals() throws IOException {
        assertThat(text(SampleAudit.rich(), DETAILS).replaceAll("\\s+", " "))
                .contains(
                        "Of the bill of Azure 90,018.85 EUR billed, 90,018.85 EUR effective, were converted at 1.09 "
                                + "USD for 1 EUR, the rate of 2026-06-30.",
                        "List prices in CHF were converted at 1.12 USD for 1 CHF, the rate of 2026-06-30.");
    }

    @Test
    void a_line_to_paste_is_whole_on_a_narrow_terminal_too() throws IOException {
        String wide = text(SampleAudit.rich(), TerminalStyle.of(200, false).withDetails());
        String narrow = text(SampleAudit.rich(), TerminalStyle.of(60, false).withDetails());
        assertThat(wide).contains("- {match: {resource: \"reco-train-weekly\"}, interruption: yes}");
        assertThat(narrow.replaceAll("\\s+", " "))
                .contains("- {match: {resource: \"reco-train-weekly\"}, interruption: yes}");
        assertThat(narrow.lines().filter(line -> line.contains("- {match:")))
                .allMatch(line -> line.matches(".*[},\\\\]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 80, 133})
    void no_line_is_wider_than_the_terminal_whatever_the_names_are(int width) throws IOException {
        TerminalStyle style = TerminalStyle.of(width, false).withDetails();
        for (Audit audit : List.of(SampleAudit.rich(), SampleAudit.empty(), HostileAudit.everywhere())) {
            assertThat(text(audit, style).lines())
                    .allSatisfy(
                            line -> assertThat(DisplayText.width(line)).as(line).isLessThanOrEqualTo(style.width()));
        }
    }

    @Test
    void names_cannot_steer_the_terminal() throws IOException {
        assertThat(text(HostileAudit.everywhere(), DETAILS))
                .contains("␛[31mred␛[0m")
                .doesNotContainPattern("[\\p{Cc}&&[^\\n]]")
                .doesNotContainPattern("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029]");
    }

    @Test
    void colour_is_only_there_when_requested_and_changes_no_word() throws IOException {
        String colourful = text(SampleAudit.rich(), TerminalStyle.of(80, true).withDetails());
        String plain = text(SampleAudit.rich(), DETAILS);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(colourful).contains("\u001b[1m");
        assertThat(colourful.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void wide_and_combining_characters_are_measured_as_they_are_shown() {
        assertThat(DisplayText.width("推論")).isEqualTo(4);
        assertThat(DisplayText.width("e\u0301")).isEqualTo(1);
        assertThat(DisplayText.cut("推論エンドポイント", 7)).isEqualTo("推論エ…");
        assertThat(DisplayText.left("推論", 6)).isEqualTo("推論  ");
        assertThat(DisplayText.right("推論", 6)).isEqualTo("  推論");
        assertThat(DisplayText.wrap("推論 推論 推論", 9)).containsExactly("推論 推論", "推論");
    }

    private static String text(Audit audit, TerminalStyle style) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TerminalReporter(style).write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
