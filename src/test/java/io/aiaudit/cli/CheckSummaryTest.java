package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.config.Source;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.scan.CheckedSource;
import io.aiaudit.scan.RuleOutlook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckSummaryTest {
    private static final int FILES = 12;

    private static CheckedSource source(List<Part> parts) {
        List<Provided> provided = IntStream.range(0, FILES)
                .mapToObj(kind -> new Provided(
                        "aws",
                        "inference_endpoint_" + kind,
                        10 + kind,
                        List.of(new Metric("requests", 4), new Metric("gpu_utilization", 3))))
                .toList();
        List<RuleReport> rules = new ArrayList<>();
        List<RuleOutlook> outlooks = new ArrayList<>();
        for (int rule = 0; rule < FILES; rule++) {
            rules.add(RuleReportBuilder.builder()
                    .id("rule-" + rule)
                    .state("ran")
                    .notExamined(rule + 1)
                    .notExaminedReasons(Map.of("no metric_" + rule + " metric", rule + 1))
                    .build());
            outlooks.add(new RuleOutlook("rule-" + rule, rule == 0, "can't run", List.of(), Map.of()));
        }
        List<String> notes = List.of("The window of a scan: 2026-06-01/2026-06-15.", "Another one.", "And one more.");
        return new CheckedSource(
                Source.FILES, new SourceReport(parts, provided, rules, notes, List.of()), outlooks, List.of());
    }

    private static List<Part> files() {
        List<Part> parts = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            parts.add(Part.ready("from-client/aiaudit-files/usage/eu-west-" + file + ".csv", "usage: 3,336 rows"));
        }
        return parts;
    }

    @Test
    void what_is_ready_is_shown_beside_many_problems_and_before_what_is_no_input() {
        List<Part> parts = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            parts.add(new Part("broken-" + file + ".csv", State.UNREADABLE, null, "no date.", "Export it again."));
            parts.add(new Part("aiaudit-" + file + ".json", State.UNUSED, "a report of aiaudit", null, null));
        }
        parts.add(Part.ready("bill.csv", "billing: 10 rows"));

        assertThat(String.join("\n", CheckSummary.of(source(parts))))
                .containsSubsequence("broken-0.csv", "ready      bill.csv", "unused     aiaudit-0.json");
    }

    /** A line that counts one entry is as long as the entry; a file that was meant as an input has a name. */
    @Test
    void nothing_is_left_out_alone_and_unknown_files_are_named() {
        List<Part> parts = new ArrayList<>(List.of(
                Part.ready("bill.csv", "billing: 10 rows"),
                Part.ready("usage.csv", "usage: 10 rows"),
                Part.ready("inventory.csv", "inventory: 10 rows")));
        CheckedSource few = new CheckedSource(
                Source.FILES,
                new SourceReport(
                        parts,
                        List.of(),
                        List.of(),
                        IntStream.rangeClosed(1, 7)
                                .mapToObj(note -> "Note " + note)
                                .toList(),
                        List.of()),
                List.of(),
                List.of());
        assertThat(CheckSummary.of(few)).contains("  Note 7").noneMatch(line -> line.contains("more note"));

        for (int file = 0; file < FILES; file++) {
            parts.add(new Part("mine/ren-" + file + ".csv", State.UNKNOWN, null, "no header.", "Export it again."));
        }
        assertThat(String.join(" ", CheckSummary.of(source(parts))))
                .containsPattern("\\d+ unknown\\s+\\(ren-\\d+.csv,\\s+ren-\\d+.csv,\\s+ren-\\d+.csv,\\s+…\\)");
    }

    @Test
    void fits_a_screen_beside_the_progress_of_the_check() {
        List<Part> parts = files();
        parts.add(new Part("from-client/broken.csv", State.UNREADABLE, null, "row 3 has no date.", "Export it again."));

        List<String> lines = CheckSummary.of(source(parts));

        assertThat(lines).hasSizeLessThanOrEqualTo(CheckSummary.LINES).allMatch(line -> line.length() <= 80);
        assertThat(lines.subList(1, 4))
                .containsExactly(
                        "  unreadable from-client/broken.csv",
                        "             row 3 has no date.",
                        "             fix: Export it again.");
        assertThat(lines.get(lines.size() - 2)).contains("1 of 12 rules can examine something");
    }

    @Test
    void files_of_one_folder_have_one_shape_whatever_their_length() {
        String folder = "/home/consultant/acme-2026-06/";
        List<String> lines = CheckSummary.of(source(List.of(
                Part.ready(folder + "focus-bill.csv", "billing: FOCUS 1.0 to 1.3, 90 rows, 2026-06-01/2026-07-01"),
                Part.ready(folder + "usage.csv", "usage: a usage file, 3,600 rows"))));

        assertThat(lines.get(0)).isEqualTo("Source files in " + folder);
        assertThat(lines.get(1)).startsWith("  ready      focus-bill.csv: billing: FOCUS 1.0 to 1.3, 90 rows,");
        assertThat(lines).contains("  ready      usage.csv: usage: a usage file, 3,600 rows");
        assertThat(String.join(" ", lines).replaceAll(" +", " "))
                .contains("1 of 12 rules can examine something, 11 lack data or a policy entry.");
    }

    @Test
    void what_most_checks_lack_comes_first_and_the_rest_is_counted() {
        List<String> lines = CheckSummary.of(source(files().subList(0, 2)));

        int heading = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).startsWith("What is missing"))
                .findFirst()
                .orElseThrow();
        assertThat(lines.get(heading + 1)).isEqualTo("     12 checks: no metric_11 metric");
        assertThat(lines).anyMatch(line -> line.endsWith(" more reasons"));
    }

    @Test
    void of_files_that_cannot_be_read_nothing_is_printed_about_rules() {
        Part unknown = new Part("other.csv", State.UNKNOWN, null, "its header matches no format.", "Omit it.");
        RuleOutlook outlook = new RuleOutlook("rule-1", false, "can't run: no account is known", List.of(), Map.of());

        List<String> lines = CheckSummary.of(new CheckedSource(
                Source.FILES, SourceReport.tried(List.of(unknown), List.of(), List.of()), List.of(outlook), List.of()));

        assertThat(lines)
                .containsExactly(
                        "Source files",
                        "  unknown    other.csv",
                        "             its header matches no format.",
                        "             fix: Omit it.");
    }
}
