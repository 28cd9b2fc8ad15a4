package io.aiaudit.report.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GithubReporterTest {
    private static final Pattern COMMAND =
            Pattern.compile("::(error|warning|notice) title=([^:,\\r\\n]+)::([^\\r\\n]+)");

    @Test
    void every_line_but_the_first_is_one_annotation() {
        List<String> lines =
                Written.by(new GithubReporter(), SampleAudit.rich()).lines().toList();
        assertThat(lines.get(0)).startsWith("aiaudit: $").contains("a month can be saved");
        assertThat(lines.subList(1, lines.size()))
                .isNotEmpty()
                .allMatch(line -> COMMAND.matcher(line).matches());
        assertThat(lines)
                .filteredOn(line -> line.startsWith("::warning"))
                .first()
                .asString()
                .startsWith("::warning title=Endpoints billed while idle%3A chat-v1-prod::")
                .contains("Saves $18,922 a month");
    }

    @Test
    void there_are_at_most_ten_of_a_kind_and_the_tenth_says_what_the_rest_is() {
        Audit audit = SampleAudit.rich();
        List<AuditedFinding> many = new ArrayList<>();
        for (int copies = 0; copies < 3; copies++) {
            many.addAll(audit.findings());
        }
        List<String> lines = Written.by(new GithubReporter(), SampleAudit.withFindings(audit, many))
                .lines()
                .toList();
        for (String kind : List.of("error", "warning", "notice")) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("::" + kind))
                    .as(kind)
                    .hasSizeLessThanOrEqualTo(GithubReporter.LIMIT);
        }
        assertThat(lines)
                .filteredOn(line -> line.startsWith("::warning"))
                .last()
                .asString()
                .matches("::warning title=aiaudit::\\d+ more, \\$[\\d,]+ a month: see the report\\.");
    }

    @Test
    void no_name_starts_a_command_of_its_own() {
        Audit audit = SampleAudit.with(
                HostileAudit.everywhere(),
                finding -> SampleAudit.withName(finding, "a\n::error::b\r\n##[error]c, 100%: d"));
        String text = Written.by(new GithubReporter(), audit);
        assertThat(text.lines().skip(1)).allMatch(line -> COMMAND.matcher(line).matches());
        assertThat(text).doesNotContain("\r").contains("␊%3A%3Aerror").contains("100%25");
    }

    @Test
    void what_was_not_read_is_an_error_with_the_way_out() {
        assertThat(Written.by(new GithubReporter(), SampleAudit.rich()).lines())
                .filteredOn(line -> line.startsWith("::error"))
                .hasSize(3)
                .anyMatch(line -> line.contains("Add the permission to the audit role"));
    }
}
