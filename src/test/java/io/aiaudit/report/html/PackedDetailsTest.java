package io.aiaudit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.format.OwnTemplates;
import io.aiaudit.report.section.FindingsView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedDetailsTest {
    private static final String SCRIPT = "<script>run()</script>";

    @TempDir
    private Path folder;

    private static String row(int number) {
        return "<li id=\"row-" + number + "\"><noscript><div class=\"detail\">of " + number
                + "</div></noscript></li>\n";
    }

    private static String rows(int count) {
        return IntStream.range(0, count).mapToObj(PackedDetailsTest::row).collect(Collectors.joining());
    }

    @Test
    void a_page_without_the_script_or_with_it_before_the_findings_stays_as_it_is() {
        String rows = rows(FindingsView.MOST_PLAIN + 1);

        assertThat(PackedDetails.in(rows)).isEqualTo(rows);
        assertThat(PackedDetails.in(SCRIPT + rows)).isEqualTo(SCRIPT + rows);
        String open = rows + "<noscript><div class=\"detail\">" + SCRIPT;
        assertThat(PackedDetails.in(open)).as("an element that is not closed").isEqualTo(open);
        assertThat(PackedDetails.in(rows(FindingsView.MOST_PLAIN) + SCRIPT)).doesNotContain("data-packed");
    }

    @Test
    void each_row_says_where_its_details_are_whatever_other_rows_have() {
        String page = rows(FindingsView.MOST_PLAIN) + "<li id=\"bare\"></li>" + row(900) + "<li id=\"other\"></li>"
                + IntStream.range(901, 1001).mapToObj(PackedDetailsTest::row).collect(Collectors.joining()) + SCRIPT;

        assertThat(Pattern.compile("<li id=\"row-(\\d+)\"><template data-packed=\"(\\d+/\\d+)\"></template></li>")
                        .matcher(PackedDetails.in(page))
                        .results()
                        .collect(Collectors.toMap(found -> found.group(1), (MatchResult found) -> found.group(2))))
                .hasSize(101)
                .containsEntry("900", "0/0")
                .containsEntry("901", "0/1")
                .containsEntry("999", "0/99")
                .containsEntry("1000", "1/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% include \"findings.html\" %}",
                "<script>{{ script }}</script>{% include \"findings.html\" %}",
                "{% include \"findings.html\" %}<script>{{ script }}</script>"
            })
    void a_page_of_your_own_has_its_script_anywhere_or_none(String template) throws IOException {
        Files.writeString(folder.resolve("report.html"), template);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new HtmlReporter()
                .withTemplates(OwnTemplates.read(folder, "--templates"))
                .write(SampleAudit.covered(SampleFindings.many(FindingsView.MOST_PLAIN + 1)), page);

        String html = page.toString(StandardCharsets.UTF_8);
        assertThat(html.split("<noscript><div class=\"detail\">", -1).length - 1)
                .isEqualTo(FindingsView.MOST_PLAIN + (template.endsWith("</script>") ? 0 : 1));
    }
}
