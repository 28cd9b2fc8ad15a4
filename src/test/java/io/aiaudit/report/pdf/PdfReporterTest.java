package io.aiaudit.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Brand;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.Status;
import io.aiaudit.report.FindingFilter;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.Printed;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.Written;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.section.MissingData;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PdfReporterTest {
    /** Of a page that another follows; what remains is below its last line. */
    private static final float MOST_WHITE = 0.45f;

    private static final Audit SMALL = SampleAudit.of(SampleFindings.many(27));

    private static Printed small;

    @BeforeAll
    static void print() throws IOException {
        small = Printed.of(SMALL);
    }

    static Stream<Arguments> companies() {
        return Stream.of(
                Arguments.of("27 findings", SMALL, 24, MOST_WHITE),
                Arguments.of("5,000 findings", SampleAudit.of(SampleFindings.many(5_000)), 45, MOST_WHITE),
                Arguments.of("hostile names", HostileAudit.everywhere(), 52, MOST_WHITE),
                // its limits alone are less than half a page
                Arguments.of("nothing known", SampleAudit.empty(), 7, 0.7f));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("companies")
    void the_body_has_at_most_twelve_pages_for_any_company_and_no_page_is_half_empty(
            String company, Audit audit, int mostPages, float mostWhite) throws IOException {
        Printed printed = Printed.of(audit);
        assertThat(printed.bodyPages()).isLessThanOrEqualTo(PdfReporter.MOST_PAGES);
        assertThat(printed.pages().size()).isLessThanOrEqualTo(mostPages);
        assertThat(printed.pages().size() - printed.bodyPages()).isLessThanOrEqualTo(PdfReporter.MOST_APPENDIX);
        for (int page = 0; page < printed.pages().size() - 1; page++) {
            assertThat(printed.white().get(page)).as("page " + (page + 1)).isBetween(0f, mostWhite);
        }
    }

    /** Tables list fewer rows until the body fits; findings fill what the pages have left. */
    @Test
    void the_largest_findings_are_ten_where_there_is_room() throws IOException {
        assertThat(Printed.of(SampleAudit.of(SampleFindings.many(5_000))).text())
                .contains("The 10 largest findings");
    }

    /** The page and the paper have most of them; only the data has all. */
    @Test
    void what_has_no_card_and_no_row_is_in_the_reports_that_have_all() throws IOException {
        String text =
                Printed.of(SampleAudit.of(SampleFindings.many(1_400))).text().replaceAll("\\s+", " ");
        assertThat(text)
                .contains("The CSV and JSON reports list all.")
                .doesNotContain("are in the HTML, CSV")
                .doesNotContain("The HTML report has");
    }

    @Test
    void the_first_actions_are_counted_in_their_heading() throws IOException {
        Audit one = SampleAudit.of(SampleFindings.all().subList(0, 1));
        assertThat(Printed.of(one).text()).contains("The first action").doesNotContain("three actions");
    }

    @Test
    void the_classes_of_the_spend_are_in_one_order_what_can_be_acted_on_first() throws IOException {
        assertThat(Printed.of(SampleAudit.covered(SampleFindings.many(27))).text())
                .containsSubsequence(
                        "Counted savings",
                        "Needs decision",
                        "Blocked",
                        "Accepted",
                        "No waste found",
                        "Ended or reduced",
                        "Not assessed");
    }

    @Test
    void an_older_audit_that_names_no_resources_has_no_dash_instead() throws IOException {
        Audit covered = SampleAudit.covered(SampleFindings.many(27));
        NotAssessed row = covered.notAssessed().get(0);
        NotAssessed older =
                new NotAssessed(row.missing(), row.what(), row.cost(), row.resources(), row.rules(), row.fix(), null);
        String text = Printed.of(AuditBuilder.builder(covered)
                        .notAssessed(List.of(older))
                        .build())
                .text();
        assertThat(dashes(text)).isEqualTo(dashes(Printed.of(covered).text()));
    }

    private static long dashes(String text) {
        return text.lines().filter(line -> line.strip().equals("-")).count();
    }

    @Test
    void the_text_has_the_figures_of_the_audit_in_whole_amounts() {
        String text = small.text();
        Amounts amounts = new Amounts("USD");
        assertThat(text)
                .contains(
                        amounts.whole(SMALL.totals().monthlyAiCost()),
                        amounts.whole(SMALL.totals().saving().likely()),
                        amounts.whole(SMALL.totals().saving().low()),
                        amounts.whole(SMALL.totals().toDecide()),
                        "chat-v1-prod-0",
                        "arn:aws:sagemaker:eu-central-1:123456789012:inference_endpoint/chat-v1-prod-0")
                .doesNotContainPattern("\\$[\\d,]{5,}\\.\\d\\d\\b")
                .doesNotContain("…");
    }

    @Test
    void every_page_has_its_number_the_date_and_the_title() {
        Printed printed = small;
        for (int page = 0; page < printed.pages().size(); page++) {
            assertThat(printed.pages().get(page))
                    .contains(
                            "Page " + (page + 1) + " of " + printed.pages().size(),
                            "2026-07-01",
                            "AI infrastructure cost audit");
        }
    }

    @Test
    void without_findings_the_appendix_begins_with_a_and_no_card_is_promised() throws IOException {
        Audit nothing = SampleAudit.withFindings(SampleAudit.rich(), List.of());
        assertThat(Printed.of(nothing).bookmarks())
                .contains("Appendix A: rule coverage", "Appendix B: checklist")
                .noneMatch(bookmark -> bookmark.startsWith("Appendix E"));
    }

    /** A reader who follows a letter finds the part that the sentence is about, whichever parts there are. */
    @Test
    void a_reference_to_a_part_of_the_appendix_has_its_letter() throws IOException {
        Audit whole = SampleAudit.with(
                SampleAudit.covered(SampleFindings.many(400)), // an owner each, so that each is a decision of its own
                finding -> AuditedFindingBuilder.builder(finding)
                        .owner("team-" + finding.id())
                        .build());
        for (Audit audit : List.of(
                whole,
                AuditBuilder.builder(whole).checklist(List.of()).build(),
                AuditBuilder.builder(whole)
                        .checklist(List.of())
                        .rules(List.of())
                        .build())) {
            Printed printed = Printed.of(audit);
            String text = printed.text().replaceAll("\\s+", " ");
            Matcher decisions = Pattern.compile("smaller decisions, \\S+ a month together: (?:see )?(Appendix [A-Z])")
                    .matcher(text);
            assertThat(decisions.find()).isTrue();
            assertThat(printed.bookmarks()).contains(decisions.group(1) + ": smaller decisions");
            assertThat(text).contains("(see Appendix A)", "Appendix A: finding cards");
            if (audit.rules().isEmpty()) {
                assertThat(text).doesNotContain(", by rule.");
            }
        }
    }

    /** A rule of an older audit, or one that checked all, has no reasons: neither map is a row of the table. */
    @Test
    void a_rule_without_reasons_is_printed_and_lacks_nothing() throws IOException {
        Audit whole = SampleAudit.covered(SampleFindings.all());
        for (Map<String, Integer> reasons : Arrays.asList(Map.<String, Integer>of(), null)) {
            Audit audit = SampleAudit.withRules(
                    whole,
                    whole.rules().stream()
                            .map(rule -> RuleReportBuilder.builder(rule)
                                    .notExamined(0)
                                    .notExaminedReasons(reasons)
                                    .build())
                            .toList());
            assertThat(MissingData.of(audit)).isEmpty();
            for (Reporter reporter : List.of(
                    new HtmlReporter(),
                    new MarkdownReporter(),
                    new TerminalReporter(TerminalStyle.PLAIN.withDetails()))) {
                assertThat(Written.by(reporter, audit)).as(reporter.format()).doesNotContain("lacked it");
            }
            assertThat(Printed.of(audit).text()).contains("all checked").doesNotContain("Checked only in part");
        }
    }

    @Test
    void what_was_checked_only_in_part_has_no_amount_of_nothing_and_counts_what_it_leaves_out() throws IOException {
        Audit whole = SampleAudit.covered(SampleFindings.all());
        Map<String, Integer> reasons = IntStream.range(0, 9)
                .boxed()
                .collect(Collectors.toMap(number -> "no metric_" + number + " metric", number -> 1));
        Audit audit = AuditBuilder.builder(SampleAudit.withRules(
                        whole,
                        List.of(RuleReportBuilder.builder(whole.rules().get(0))
                                .notExamined(9)
                                .notExaminedReasons(reasons)
                                .notExaminedCost(Map.of("no metric_3 metric", new BigDecimal("120")))
                                .build())))
                .notAssessed(List.of())
                .build();
        String text = Printed.of(audit).text().replaceAll("\\s+", " ");
        int from = text.indexOf("A month Missing Checks");
        assertThat(from).isPositive();
        assertThat(text.substring(from, from + 600))
                .contains("$120", "No metric_3 metric", "4 smaller items See Appendix B, by rule.")
                .doesNotContain("$0");
    }

    @Test
    void no_report_denies_a_decision_that_is_pending() throws IOException {
        Audit whole = SampleAudit.covered(SampleFindings.all());
        Audit unknown = SampleAudit.with(
                whole,
                finding -> finding.status() != Status.UNCONFIRMED
                        ? finding
                        : AuditedFindingBuilder.builder(finding)
                                .needsDecision(null)
                                .standAlone(null)
                                .build());
        Audit filtered = FindingFilter.of(List.of("status=counted"), "--filter").apply(whole);
        for (String text : List.of(
                Written.by(new HtmlReporter(), unknown), Printed.of(unknown).text())) {
            assertThat(text.replaceAll("\\s+", " "))
                    .contains(" pending decisions would add is unknown.")
                    .doesNotContain("No finding needs your decision", "No decisions pending");
        }
        for (String text : List.of(
                Written.by(new HtmlReporter(), filtered), Printed.of(filtered).text())) {
            assertThat(text.replaceAll("\\s+", " "))
                    .contains("No finding that the filter leaves needs your decision.")
                    .doesNotContain("No finding needs your decision", "No decisions pending");
        }
    }

    @Test
    void the_appendix_says_in_numbers_that_agree_which_findings_it_has() {
        assertThat(PdfCards.shown(1, 1, 1)).isEqualTo("This appendix shows the only finding.");
        assertThat(PdfCards.shown(2, 2, 1))
                .isEqualTo("This appendix shows all 2 findings: the counted one first, then the others.");
        assertThat(PdfCards.shown(3, 3, 3))
                .isEqualTo("This appendix shows all 3 findings: all are counted, the largest first.");
        assertThat(PdfCards.shown(3, 3, 0)).isEqualTo("This appendix shows all 3 findings: the largest first.");
        assertThat(PdfCards.shown(100, 2000, 1000))
                .startsWith("This appendix shows 100 of 2,000 findings: the largest counted ones. The rest are added ");
        assertThat(PdfCards.shown(100, 120, 60))
                .startsWith("This appendix shows 100 of 120 findings: the 60 counted ones first, then the largest ");
    }

    @Test
    void bookmarks_and_contents_lead_to_the_pages_of_the_chapters() {
        Printed printed = small;
        assertThat(printed.bookmarks())
                .startsWith("AI infrastructure cost audit", "Executive summary", "Spend", "Roadmap")
                .contains("Decisions", "Method and limits")
                .endsWith(
                        "Appendix A: finding cards",
                        "Appendix B: rule coverage",
                        "Appendix C: checklist",
                        "Appendix D: architecture patterns",
                        "Appendix E: glossary");
        for (String chapter : printed.bookmarks().subList(1, printed.bookmarks().size())) {
            String line = printed.pages()
                    .get(0)
                    .lines()
                    .filter(each -> each.startsWith(chapter))
                    .findFirst()
                    .orElseThrow();
            int page = Integer.parseInt(line.substring(chapter.length()).strip());
            assertThat(printed.pages().get(page - 1)).contains(chapter);
        }
    }

    @Test
    void the_tags_say_what_is_a_table_a_list_a_drawing_and_a_link() throws IOException {
        Map<String, Integer> tags = new TreeMap<>();
        try (PDDocument document = Loader.loadPDF(small.bytes())) {
            COSDictionary tree =
                    document.getDocumentCatalog().getStructureTreeRoot().getCOSObject();
            count((COSDictionary) tree.getDictionaryObject(COSName.K), tags);
        }
        assertThat(tags)
                .containsKeys(
                        "Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI", "LBody", "TOC", "Link");
        // The range, the spend by day and the roadmap; this audit has no coverage.
        assertThat(tags.get("Figure")).isEqualTo(3);
    }

    private static void count(COSDictionary element, Map<String, Integer> tags) {
        String type = element.getNameAsString(COSName.S);
        if (type == null) {
            return;
        }
        tags.merge(type, 1, Integer::sum);
        if (type.equals("Figure")) {
            assertThat(element.getString(COSName.ALT)).isNotBlank();
        }
        COSArray kids = element.getCOSArray(COSName.K);
        for (int kid = 0; kid < kids.size(); kid++) {
            if (kids.getObject(kid) instanceof COSDictionary child) {
                count(child, tags);
            }
        }
    }

    @Test
    void an_amount_that_is_not_nothing_never_reads_as_nothing() {
        PrintText text = new PrintText(new Amounts("USD"), 100);
        assertThat(text.money(new BigDecimal("0.30"))).isEqualTo("< $1");
        assertThat(text.money(BigDecimal.ZERO)).isEqualTo("$0");
        assertThat(text.money(null)).isEqualTo("-");
        assertThat(text.money(new BigDecimal("1234.50"))).isEqualTo("$1,234");
    }

    @Test
    void a_text_is_cut_between_words_and_never_for_a_few_characters() {
        PrintText text = new PrintText(new Amounts("USD"), 20);
        String cut = "Reduce it from two " + "[shortened; in full in the JSON report]";
        assertThat(text.of("Reduce it from two units to one, and watch how busy it is for a week."))
                .isEqualTo(cut);
        assertThat(text.of("Reduce it from two units to one, and watch it for a week."))
                .endsWith("and watch it for a week.");
        assertThat(text.of("a".repeat(100))).isEqualTo("a".repeat(20) + " [shortened; in full in the JSON report]");
    }

    @Test
    void no_sentence_of_an_honest_audit_is_cut() {
        assertThat(small.text()).doesNotContain("[shortened");
    }

    @Test
    void what_has_no_letter_in_the_font_is_shown_as_its_code_point() throws IOException {
        String text = Printed.of(SampleAudit.with(
                        SampleAudit.of(SampleFindings.many(3)),
                        finding -> SampleAudit.about(finding, "推\u202e\u001bé-" + finding.id())))
                .text();
        assertThat(text).contains("[U+63A8][U+202E][U+001B]é-").doesNotContain("\u202e");
    }

    @Test
    void the_name_of_the_client_is_on_the_cover_and_on_every_page() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PdfReporter().branded(Brand.NONE.withClient("Müller & <Söhne> AG")).write(SMALL, out);
        Printed printed = Printed.of(out.toByteArray());
        assertThat(printed.pages()).allSatisfy(page -> assertThat(page).contains("Müller & <Söhne> AG"));
        assertThat(small.text()).doesNotContain("Müller");
    }

    @Test
    void an_earlier_audit_adds_a_chapter_of_what_changed_to_the_cent_of_the_comparison() throws IOException {
        List<AuditedFinding> findings = SampleFindings.many(27);
        Audit earlier = SampleAudit.of(findings.subList(7, 27));
        Printed printed = Printed.of(new PdfReporter().since(earlier), SMALL);
        AuditDiff diff = AuditDiff.of(earlier, SMALL);
        Amounts amounts = new Amounts(SMALL.currency());
        assertThat(printed.bodyPages()).isLessThanOrEqualTo(PdfReporter.MOST_PAGES);
        assertThat(printed.text())
                .contains("Compared with the earlier audit")
                .contains("+" + amounts.whole(diff.findings().appeared().get(0).savingChange()))
                .contains(diff.findings().appeared().get(0).displayName())
                .contains("Not checked in OLD");
        assertThat(small.text()).doesNotContain("Compared with the earlier audit");
    }

    @Test
    void names_of_an_earlier_audit_that_the_font_does_not_have_are_shown_as_code_points() throws IOException {
        Audit hostile = HostileAudit.everywhere();
        Printed printed = Printed.of(new PdfReporter().since(hostile), SampleAudit.withFindings(hostile, List.of()));
        assertThat(printed.text()).contains("Compared with the earlier audit").contains("[U+");
    }

    @Test
    void the_same_audit_again_changed_nothing() throws IOException {
        assertThat(Printed.of(new PdfReporter().since(SMALL), SMALL).text()).contains("No finding changed.");
    }

    @Test
    void commands_are_in_a_file_of_their_own_and_not_on_paper() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Reporter> beside = new PdfReporter().beside();
        assertThat(beside).extracting(Reporter::fileName).containsExactly("aiaudit-commands.sh");
        beside.get(0).write(SMALL, out);
        String script = out.toString(StandardCharsets.UTF_8);
        List<String> commands = SMALL.plan().inOrder().stream()
                .flatMap(planned -> Instructions.of(planned.finding().remedy()).lines().stream())
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(commands).isNotEmpty();
        assertThat(script.lines().toList()).containsAll(commands);
        assertThat(small.text()).doesNotContain(commands);
        // A shell without comments in its dialog finds words in them, or one text in quotes, and no command in it.
        assertThat(script.lines().skip(1).filter(line -> line.startsWith("# ") && !line.startsWith("# In zsh")))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.replaceAll("'[^']*'", "")).doesNotContainPattern("[`;&|<>\"'\\\\]"));
    }
}
