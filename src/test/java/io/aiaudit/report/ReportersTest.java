package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.FontlessReport;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.pipeline.JsonReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.testing.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportersTest {
    @TempDir
    private Path folder;

    static List<Reporter> reporters() {
        return Reporters.all(TerminalStyle.PLAIN.withDetails());
    }

    @Test
    void formats_are_sorted_and_each_is_found_by_its_name() {
        assertThat(Reporters.formats())
                .containsExactly(
                        "csv",
                        "csv.zip",
                        "focus.csv",
                        "github",
                        "html",
                        "json",
                        "junit.xml",
                        "md",
                        "pdf",
                        "pr.md",
                        "sarif",
                        "terminal",
                        "xlsx");
        for (String format : Reporters.formats()) {
            assertThat(Reporters.find(format, TerminalStyle.PLAIN).format()).isEqualTo(format);
        }
    }

    @Test
    void a_format_that_is_not_known_is_refused_with_the_ones_that_are() {
        assertThatThrownBy(() -> Reporters.find("htlm", TerminalStyle.PLAIN))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).isEqualTo("format \"htlm\" is not known. Did you mean \"html\"?");
                    assertThat(error.fix())
                            .startsWith("Choose from csv, csv.zip, focus.csv, github, html, json, junit.xml, md, pdf, "
                                    + "pr.md, sarif, terminal, xlsx,");
                });
        assertThatThrownBy(() -> Reporters.find("\u001b[2J", TerminalStyle.PLAIN))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem()).isEqualTo("format \"␛[2J\" is not known."));
    }

    @ParameterizedTest
    @MethodSource("reporters")
    void the_same_audit_gives_the_same_bytes_in_whatever_order_its_maps_are(Reporter reporter) throws IOException {
        Audit audit = SampleAudit.rich();
        Audit turned = SampleAudit.with(audit, finding -> SampleAudit.withTags(finding, reversed(finding.tags())));
        assertThat(bytes(reporter, turned)).isEqualTo(bytes(reporter, audit));
    }

    @ParameterizedTest
    @MethodSource("reporters")
    void an_audit_from_a_file_gives_the_same_bytes_as_the_one_that_was_written(Reporter reporter) throws IOException {
        for (Audit audit : List.of(SampleAudit.rich(), SampleAudit.empty())) {
            Path json = folder.resolve("audit.json");
            Files.write(json, bytes(new JsonReporter(), audit));
            assertThat(bytes(reporter, AuditJson.read(json))).isEqualTo(bytes(reporter, audit));
        }
    }

    @ParameterizedTest
    @MethodSource("reporters")
    void unknown_is_never_shown_as_zero(Reporter reporter) throws IOException {
        assertThat(text(reporter, SampleAudit.empty())).doesNotContainPattern("(?<![\\d.])0\\.00(?!\\d)");
    }

    /** All but those that show the largest findings only, in few words. */
    static List<Reporter> complete() {
        return reporters().stream()
                .filter(reporter ->
                        !List.of("github", "pr.md", "xlsx", "csv.zip").contains(reporter.format()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void a_cost_at_list_price_shows_where_the_price_is_from_and_of_which_day(Reporter reporter) throws IOException {
        Audit audit = SampleAudit.with(
                SampleAudit.rich(),
                finding -> finding.listPrice() == null
                        ? SampleAudit.withListPrice(
                                finding, new Audit.ListPrice(LocalDate.parse("2026-05-20"), "client.csv, less 7 %"))
                        : finding);
        assertThat(text(reporter, audit)).contains("2026-05-20", "client.csv, less 7 %");
    }

    @ParameterizedTest
    @MethodSource("reporters")
    void the_stream_stays_open(Reporter reporter) throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        reporter.write(SampleAudit.rich(), out);
        assertThat(closed[0]).isFalse();
    }

    @Outside
    @Test
    void charts_are_drawn_where_there_is_no_font() throws Exception {
        Path page = folder.resolve("page.html");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dsun.font.fontmanager=no.FontManager",
                "-cp",
                System.getProperty("java.class.path"),
                FontlessReport.class.getName(),
                page.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(page).hasBinaryContent(bytes(new HtmlReporter(), SampleAudit.rich()));
    }

    private static Map<String, String> reversed(Map<String, String> map) {
        List<String> keys = new ArrayList<>(map.keySet());
        Collections.sort(keys, Collections.reverseOrder());
        Map<String, String> reversed = new LinkedHashMap<>();
        keys.forEach(key -> reversed.put(key, map.get(key)));
        return reversed;
    }

    /** As a person reads it. */
    private static String text(Reporter reporter, Audit audit) throws IOException {
        byte[] bytes = bytes(reporter, audit);
        return reporter.format().equals("pdf") ? Printed.of(bytes).text() : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Reporter reporter, Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reporter.write(audit, out);
        return out.toByteArray();
    }
}
