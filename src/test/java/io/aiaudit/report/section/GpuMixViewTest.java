package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.GpuMix;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.pipeline.JsonReporter;
import io.aiaudit.report.terminal.TerminalGpuMix;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuMixViewTest {
    private static GpuMix mix(String family) {
        return new GpuMix(
                family,
                part("1460", "0.25", "0", "0.75", "3.5", "5110.00"),
                part("1168", "0.6", "0.15", "0.25", "1.9875", "2321.40"),
                new BigDecimal("0.2"),
                List.of("commitment"),
                IntStream.range(0, 24)
                        .mapToObj(hour -> new GpuMix.Hour(
                                hour, BigDecimal.ONE, new BigDecimal("0.25"), BigDecimal.valueOf(hour % 3)))
                        .toList(),
                part("1168", "0.3", "0", "0.7", "3.25", "3796.00"),
                new GpuMix.Saving(new BigDecimal("400.60"), new BigDecimal("1074.00"), new BigDecimal("1074.00")),
                new BigDecimal("36.50"));
    }

    private static final String STEPS =
            "Blended price of a GPU hour: $3.50 now, $3.25 after other counted findings, $1.99 with the mix.";
    private static final String UNUSED = "Each price includes $36 a month for existing commitments that go unused; use "
            + "them before you buy more.";

    private static GpuMix.Part part(String... numbers) {
        return new GpuMix.Part(
                new BigDecimal(numbers[0]),
                new BigDecimal(numbers[1]),
                new BigDecimal(numbers[2]),
                new BigDecimal(numbers[3]),
                new BigDecimal(numbers[4]),
                new BigDecimal(numbers[5]));
    }

    private static Audit audit() {
        return SampleAudit.withGpuMix(SampleAudit.rich(), List.of(mix(GpuMix.ALL), mix("A100<b>")));
    }

    private static String text(Reporter reporter, Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reporter.write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_page_has_a_table_and_a_chart_and_names_stay_text() throws IOException {
        String page = text(new HtmlReporter(), audit());
        assertThat(page)
                .contains(GpuMixView.TITLE, "All accelerators", "A100&lt;b&gt;", "60 % / 15 % / 25 %")
                .contains(
                        "set <code>commitment: yes</code>",
                        "no <code>interruption</code> for 20 % of the proposed hours",
                        GpuMixView.LABEL,
                        "a month from moves to spot and ",
                        " from commitments. Open decisions on such moves add ",
                        " Other moves here are excluded from totals.")
                .contains(STEPS, UNUSED);
        assertThat(text(new HtmlReporter(), SampleAudit.rich())).doesNotContain(GpuMixView.TITLE);
    }

    @Test
    void the_terminal_has_it_among_the_details() throws IOException {
        TerminalPage page = new TerminalPage(TerminalStyle.PLAIN);
        TerminalGpuMix.write(audit(), new Amounts("USD"), page);
        assertThat(page.toString())
                .contains("All accelerators     25 % / 0 % / 75 %")
                .contains("60 % / 15 % / 25 %")
                .contains("Reserving needs approval of a one-year commitment");
        assertThat(page.toString().replaceAll("\\s+", " ")).contains(STEPS, UNUSED);
        TerminalPage none = new TerminalPage(TerminalStyle.PLAIN);
        TerminalGpuMix.write(SampleAudit.rich(), new Amounts("USD"), none);
        assertThat(none.toString()).isEmpty();
    }

    /** The mix moves work that no finding moves: its own sum beside that of the findings would be a second truth. */
    @Test
    void the_only_sums_are_those_of_the_findings() throws IOException {
        for (Reporter reporter : List.of(new HtmlReporter(), new MarkdownReporter())) {
            assertThat(text(reporter, audit())).doesNotContain("1,475", "The mix itself saves", "The mix saves");
        }
    }

    @Test
    void shares_that_fill_their_column_do_not_run_into_the_price_beside_them() {
        GpuMix full = new GpuMix(
                "A10G",
                part("1460", "0", "0.004", "0.996", "1.64", "5110.00"),
                part("1460", "0", "0.004", "0.996", "1.64", "5110.00"),
                BigDecimal.ZERO,
                List.of(),
                List.of(),
                null,
                null,
                null);
        TerminalPage page = new TerminalPage(TerminalStyle.PLAIN);
        TerminalGpuMix.write(SampleAudit.withGpuMix(SampleAudit.rich(), List.of(full)), new Amounts("USD"), page);
        String line = page.toString()
                .lines()
                .filter(each -> each.contains("A10G"))
                .findFirst()
                .orElseThrow();
        assertThat(line.strip().split(" {2,}"))
                .containsExactly("A10G", "0 % / < 1 % / > 99 %", "$1.64", "0 % / < 1 % / > 99 %", "$1.64");
        assertThat(line).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void equal_bars_are_no_chart() throws IOException {
        GpuMix mix = mix(GpuMix.ALL);
        List<GpuMix.Hour> flat = IntStream.range(0, 24)
                .mapToObj(hour ->
                        new GpuMix.Hour(hour, BigDecimal.TEN, BigDecimal.ONE, BigDecimal.valueOf(200 + hour % 5)))
                .toList();
        GpuMix even = new GpuMix(mix.family(), mix.now(), mix.proposed(), null, List.of(), flat, null, null, null);
        assertThat(GpuMixView.varies(mix)).isTrue();
        assertThat(text(new HtmlReporter(), SampleAudit.withGpuMix(SampleAudit.rich(), List.of(even))))
                .contains("accelerators run in each hour of the day")
                .doesNotContain(GpuMixView.LABEL);
    }

    @Test
    void an_older_audit_has_no_amount_of_the_mix() throws IOException {
        GpuMix mix = mix(GpuMix.ALL);
        GpuMix older = new GpuMix(
                mix.family(),
                mix.now(),
                mix.proposed(),
                mix.undecided(),
                mix.approvals(),
                mix.byHour(),
                null,
                null,
                null);
        assertThat(text(new HtmlReporter(), SampleAudit.withGpuMix(SampleAudit.rich(), List.of(older))))
                .contains("Blended price of a GPU hour: $3.50 now, $1.99 proposed.")
                .doesNotContain("Each price includes");
    }

    @Test
    void markdown_has_the_same_figures() throws IOException {
        assertThat(text(new MarkdownReporter(), audit()))
                .contains("## " + GpuMixView.TITLE, "25 % / 0 % / 75 %", "60 % / 15 % / 25 %")
                .contains("after other counted findings");
        assertThat(text(new MarkdownReporter(), SampleAudit.rich())).doesNotContain(GpuMixView.TITLE);
    }

    @Test
    void json_holds_it_and_reads_it_back(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.json");
        Files.writeString(file, text(new JsonReporter(), audit()));
        assertThat(AuditJson.read(file).gpuMix()).isEqualTo(audit().gpuMix());
    }
}
