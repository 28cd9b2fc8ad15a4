package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of a user make the report, and nothing else can be made of them. */
class TemplatesTest {
    private static final String SECRET = "quokka-secret";

    @TempDir
    private static Path folder;

    private static Path saved;

    /** A small one, which soon gets to its templates, for those that make no report. */
    private static Path small;

    private static int number;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        saved = folder.resolve("aiaudit.json");
        small = folder.resolve("small.json");
        try (OutputStream out = Files.newOutputStream(small)) {
            AuditJson.write(SampleAudit.rich(), out);
        }
        Files.writeString(folder.resolve("secret.html"), SECRET);
    }

    private static Path templates(String... namesAndTexts) throws IOException {
        Path templates = Files.createDirectory(folder.resolve("templates-" + number++));
        for (int index = 0; index < namesAndTexts.length; index += 2) {
            Files.writeString(templates.resolve(namesAndTexts[index]), namesAndTexts[index + 1]);
        }
        return templates;
    }

    private static Run report(String format, Path templates) {
        return report(saved, format, templates);
    }

    private static Run report(Path audit, String format, Path templates) {
        return Run.of("report", audit.toString(), "-q", "-f", format, "--templates", templates.toString());
    }

    private static Run refused(Path templates) {
        return report(small, "html", templates);
    }

    @Test
    void a_part_of_the_page_is_replaced_and_the_same_audit_gives_the_same_bytes() throws IOException {
        Path templates = templates(
                "method.html",
                "<section id=\"method\"><p>Window {{ head.window | upper }}</p></section>",
                "report.css",
                "p { color: #123456 }");

        Run first = report("html", templates);
        Run second = report("html", templates);

        assertThat(first.exitCode()).as(first.err()).isEqualTo(4);
        assertThat(first.out().contains("<p>Window 2026-06-01 TO 2026-06-30 (30 DAYS, UTC)</p>"))
                .isTrue();
        assertThat(first.out().contains("p { color: #123456 }")).isTrue();
        assertThat(first.out())
                .startsWith("<!doctype html>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
        assertThat(second.out().equals(first.out())).isTrue();
    }

    @Test
    void the_built_in_templates_are_a_folder_of_templates() throws IOException {
        Path copy = templates();
        try (Stream<Path> files = Files.list(Needs.projectFolder().resolve("reports/templates"))) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".js")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }

        Run own = report("html", copy);
        Run builtIn = Run.of("report", saved.toString(), "-q", "-f", "html");

        assertThat(own.exitCode()).as(own.err()).isEqualTo(4);
        assertThat(own.out().endsWith(builtIn.out())).isTrue();
    }

    @Test
    void markdown_is_made_by_report_md_and_loads_nothing() throws IOException {
        Run run = report(
                "md",
                templates(
                        "report.md",
                        "# Report {{ head.window }}\n\n![x](http://127.0.0.1:9/x) <img src=http://127.0.0.1:9/y>\n{{ "
                                + "parts.totals }}"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.out())
                .startsWith("# Report 2026-06-01 to 2026-06-30 (30 days, UTC)\n")
                .contains("!\\[x]", "&lt;img src", "**Net saving**");
    }

    @ParameterizedTest
    @Timeout(120)
    @ValueSource(
            strings = {
                "{% include \"../secret.html\" %}",
                "{% include \"/etc/passwd\" %}",
                "{% import \"secret.html\" %}",
                "{% extends \"report.html\" %}",
                "{{ head.getClass() }}",
                "{{ head.class.name }}",
                "{{ \"x\".getClass().forName(\"java.lang.Runtime\") }}",
                "{{ head.window.bytes }}",
                "{{ range(0, 2000000000) }}",
                "{% for i in 1..2000000000 %}x{% endfor %}",
                "{{ head.window | raw }}",
                "{{ head.window | escape(strategy=\"js\") }}",
                "{% autoescape false %}{{ head.window }}{% endautoescape %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% set a = \"x\" %}",
                "{{ \"a\" ~ \"b\" }}",
                "{% include \"said.html\" with {\"said\": \"#{head.window}#{head.window}\"} %}",
                "{% for a in [[head, head], [head, head]] %}{{ a }}{% endfor %}",
                "{% if {\"a\": head} == head %}x{% endif %}",
                "{{ head.window | replace({\"2\": \"22\"}) }}",
                "{% include \"report.html\" %}",
                "{% cache 'x' %}x{% endcache %}",
                "{{ nothing.of.this }}",
                "{{ head.window",
                "<script>alert(1)</script>",
                "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9\">",
                "<link rel=dns-prefetch href=//127.0.0.1>",
                "<iframe src=//127.0.0.1></iframe>",
                "<base href=//127.0.0.1>"
            })
    void a_hostile_template_reads_nothing_runs_nothing_and_makes_no_report(String template) throws IOException {
        Run run = refused(templates("report.html", "<p>" + template + "</p>"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: ")
                .contains("fix: ")
                .doesNotContain(SECRET, "root:", "Exception", "io.aiaudit");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        {{ nothing }};              report.html:1: there is no value "nothing".
        {{ head.nothing }};         report.html:1: there is no value "nothing".
        {{ head.window.length() }}; report.html:1: it uses a value or a method that no template has.
        {% if head %}x{% endif %};  report.html:1: a condition is neither true nor false, or compares what has no order.
        {% for a in findings %};    report.html:1: the tag "endfor" is missing.
        {{ 5 | first }};            one uses a value as something that it is not.
        {{ head | none }};          report.html:1: Filter [none] does not exist.
        {{ "#{head}" }};            report.html:1: no text is made with "#{".
        {% for a in [head] %};      report.html:1: a list has only texts and numbers in it.
        {{ ({"a": 1}) }};           report.html:1: a map stands only behind "with".
        """)
    void errors_of_templates_have_no_words_of_the_engine(String template, String problem) throws IOException {
        assertThat(refused(templates("report.html", template)).err().lines())
                .first()
                .asString()
                .endsWith(" make no report: " + problem);
    }

    @Test
    @Slow
    @Timeout(120)
    void a_loop_without_end_is_ended() throws IOException {
        StringBuilder loops = new StringBuilder();
        for (int depth = 0; depth < 8; depth++) {
            loops.append("{% for a")
                    .append(depth)
                    .append(" in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] %}");
        }
        loops.append("{% endfor %}".repeat(8));

        Run run = refused(templates("report.html", loops.toString()));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("take longer than 30 seconds");
    }

    @Test
    void deep_nesting_is_an_error_and_no_crash() throws IOException {
        Run run = refused(templates("report.html", "{{ " + "(".repeat(60_000) + "1" + ")".repeat(60_000) + " }}"));

        assertThat(run.exitCode())
                .as(run.err().substring(0, Math.min(400, run.err().length())))
                .isEqualTo(2);
        assertThat(run.err()).contains("nested too deeply");
    }

    @Test
    void a_folder_with_anything_but_templates_is_refused() throws IOException {
        Path link = templates();
        Files.createSymbolicLink(link.resolve("report.html"), folder.resolve("secret.html"));
        Path large = templates("report.html", "x".repeat(256 * 1024 + 1));
        Path binary = templates();
        Files.write(binary.resolve("report.html"), "café".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(link, "is not a template");
        assertRefused(large, "is larger than 256 KiB");
        assertRefused(binary, "is not text in UTF-8");
        assertRefused(templates("notes.txt", "x"), "is not a template");
        assertRefused(templates("report.css", "</style><script>alert(1)</script>"), "ends a style sheet");
        assertRefused(templates(), "has no template");
        assertRefused(folder.resolve("none"), "is no folder");
        assertRefused(saved, "is no folder");
    }

    private static void assertRefused(Path templates, String problem) {
        Run run = refused(templates);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(problem, "fix: ").doesNotContain(SECRET);
        assertThat(run.out()).isEmpty();
    }
}
