package io.aiaudit.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.Written;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.DecisionGroup;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownReporterTest {
    /** Of GitHub; GitLab takes more. */
    private static final int LONGEST_COMMENT = 65_536;

    static List<Reporter> reporters() {
        return List.of(new MarkdownReporter(), new PullRequestReporter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "No requests in 14 days. # No requests in 14 days.",
                "set gpu_utilization, please # set `gpu_utilization`, please",
                "ask @platform-team now # ask `@platform-team` now",
                "see https://example.com/a?b=1 # see `https://example.com/a?b=1`",
                "see www.example.com. # see `www.example.com`.",
                "<b>bold</b> and *stars* # `<b>bold</b>` and `*stars*`",
                "a`b # ``a`b``",
                "set `latency: yes` for it # set `latency: yes` for it",
                "a `b`c` d # a `` `b`c` `` d",
                "a `b`.`c` d # a `` `b`.`c` `` d",
                "Kosten für 推論 50 % # Kosten für 推論 50 %"
            })
    void a_word_that_could_be_markup_is_code(String text, String expected) {
        assertThat(MarkdownText.sentence(text.strip())).isEqualTo(expected.strip());
    }

    @Test
    void a_name_of_backticks_stays_inside_its_code() {
        assertThat(MarkdownText.code("``")).isEqualTo("``` `` ```");
        assertThat(MarkdownText.block("sh", List.of("echo a", "```", "x"))).isEqualTo("````sh\necho a\n```\nx\n````\n");
    }

    @Test
    void every_finding_and_its_commands_are_in_the_long_report() {
        String text = Written.by(new MarkdownReporter(), SampleAudit.rich());
        assertThat(SampleAudit.rich().findings())
                .allSatisfy(finding -> assertThat(text).contains("### " + MarkdownText.code(Findings.name(finding))));
        assertThat(text)
                .contains(
                        "| **Net saving** | $", "| $18,922 | `chat-v1-prod` |", "## Not read or uncertain", "```sh\n");
    }

    @Test
    void decisions_are_counted_as_in_all_other_reports() {
        Audit audit = SampleAudit.of(SampleFindings.many(60));
        assertThat(DecisionGroup.of(audit).size()).isNotEqualTo(Findings.count(audit, Status.UNCONFIRMED));
        assertThat(Written.by(new MarkdownReporter(), audit))
                .contains("if all are approved: " + Decision.count(audit) + ", not in the saving");
        assertThat(Written.by(new PullRequestReporter(), audit))
                .contains(Decision.count(audit) + ": each with its answer in aiaudit.yaml");
    }

    @Test
    void a_comment_starts_with_the_figure_and_folds_the_rest() {
        String text = Written.by(new PullRequestReporter(), SampleAudit.rich());
        assertThat(text)
                .startsWith(PullRequestReporter.MARK + "\n### aiaudit: $")
                .contains("a month can be saved");
        assertThat(text.split("<details>", -1)).hasSize(text.split("</details>", -1).length);
        assertThat(text.indexOf("<details>")).isBetween(200, 1_500);
    }

    @Test
    void a_comment_is_never_too_long() {
        Audit audit = HostileAudit.everywhere();
        List<AuditedFinding> many = new ArrayList<>();
        for (int copies = 0; copies < 20; copies++) {
            many.addAll(audit.findings());
        }
        assertThat(Written.by(new PullRequestReporter(), SampleAudit.withFindings(audit, many)))
                .hasSizeLessThan(LONGEST_COMMENT);
    }

    @Test
    void where_nothing_could_be_examined_no_saving_is_claimed() {
        assertThat(Written.by(new PullRequestReporter(), SampleAudit.empty()))
                .contains("the saving is unknown", "| **Net saving** | - |")
                .doesNotContain("$0");
    }

    /** Outside code, angle brackets are only those of our own folding, and no line is made by a name. */
    @ParameterizedTest
    @MethodSource("reporters")
    void names_are_text_wherever_they_stand(Reporter reporter) {
        String text = Written.by(reporter, HostileAudit.everywhere());
        String markup = text.replaceAll("(?s)(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "CODE")
                .replace(PullRequestReporter.MARK, "")
                .replaceAll("</?(?:details|summary)>", "");
        assertThat(markup).doesNotContain("<", "![", "](", "://", "@", "\r");
        assertThat(text).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
    }
}
