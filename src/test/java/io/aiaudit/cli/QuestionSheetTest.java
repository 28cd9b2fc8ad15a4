package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.table.Questionnaire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questionnaire as a workbook: there and back, and what is refused of what comes back. */
class QuestionSheetTest {
    private static final String SHEET = AnsweredSheet.NAME;

    /** Each has questions; all others together take most of the time of a report. */
    private static final String RULES = "inference-endpoint-no-autoscaling,inference-batchable,gpu-oversized";

    @TempDir
    private static Path folder;

    private static Path saved;
    private static List<List<String>> questions;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        saved = folder.resolve("demo.aiaudit");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Questionnaire.write(AuditJson.read(folder.resolve("aiaudit.json")), "xlsx", out);
        questions = AnsweredSheet.rows(out.toByteArray());
    }

    private static byte[] answered(String answer) throws IOException {
        return AnsweredSheet.answered(questions, answer);
    }

    private static byte[] oneRow(String... cells) throws IOException {
        return AnsweredSheet.book(book -> {
            Worksheet sheet = book.newWorksheet(SHEET);
            for (int column = 0; column < cells.length; column++) {
                sheet.value(0, column, "heading");
                sheet.value(1, column, cells[column]);
            }
        });
    }

    private static Run report(byte[] workbook) throws IOException {
        return report(Files.write(folder.resolve("answers.xlsx"), workbook));
    }

    private static Run report(Path answers) {
        return Run.of("report", saved.toString(), "-q", "--rule", RULES, "-f", "json", "--answers", answers.toString());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void the_command_prints_a_workbook_and_knows_no_other_format() {
        String audit = folder.resolve("aiaudit.json").toString();

        assertThat(Run.of("questions", audit, "-q", "-f", "xlsx").out()).startsWith("PK");
        assertThat(Run.of("questions", audit, "-q", "-f", "docx").err()).contains("can't be written as \"docx\"");
    }

    @Test
    void the_same_questions_as_in_markdown_and_nothing_is_answered() {
        Run markdown = Run.of("questions", folder.resolve("aiaudit.json").toString(), "-q");

        assertThat(questions.get(0))
                .containsExactly("answer", "question", "resource", "problem", "saves up to", "key", "resource id");
        assertThat(questions.stream().skip(1)).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(row.get(0)).isEmpty();
            assertThat(row.get(1)).contains("?");
        });
        assertThat(markdown.out()
                        .lines()
                        .filter(line -> line.startsWith("|   |"))
                        .count())
                .isEqualTo(questions.size() - 1);
    }

    @Test
    void answers_in_a_workbook_decide_as_the_same_answers_in_markdown() throws IOException {
        String markdown = Run.of("questions", folder.resolve("aiaudit.json").toString(), "-q")
                .out();
        Path answers =
                Files.writeString(folder.resolve("answers.md"), markdown.replaceAll("(?m)^\\| {3}\\|", "| yes |"));

        Run unanswered = Run.of("report", saved.toString(), "-q", "--rule", RULES, "-f", "json");
        Run byText = report(answers);
        Run bySheet = report(answered("Yes"));

        assertThat(bySheet.exitCode()).as(bySheet.err()).isEqualTo(4);
        assertThat(json(bySheet.out()).path("totals"))
                .isEqualTo(json(byText.out()).path("totals"));
        assertThat(bySheet.out()).contains("yes, answers.xlsx:2");
        assertThat(json(bySheet.out()).at("/totals/saving/likely").decimalValue())
                .isGreaterThan(
                        json(unanswered.out()).at("/totals/saving/likely").decimalValue());
    }

    @Test
    void what_is_no_answer_is_refused_with_its_row() throws IOException {
        assertRefused(oneRow("maybe", "q", "r", "1", "latency", "a"), "answers.xlsx:2: the answer is \"maybe\"");
        assertRefused(oneRow("yes", "q", "r", "1", "delete_everything", "a"), "is nothing to decide");
        assertRefused(oneRow("yes", "q", "r", "1", "latency", ""), "resource id does not have it");
        assertRefused(oneRow("yes", "q"), "is nothing to decide");
        assertRefused(oneRow("", "q", "r", "1", "latency", "a"), "has no answer to any of its 1 questions");
        assertRefused(answered(""), "has no answer");
    }

    @Test
    void a_formula_another_workbook_and_a_damaged_one_are_refused() throws IOException {
        byte[] formula = AnsweredSheet.book(
                book -> book.newWorksheet(SHEET).formula(1, 0, "WEBSERVICE(\"http://127.0.0.1:9\")"));
        byte[] whole = answered("yes");

        assertRefused(formula, "has a formula in cell A2");
        assertRefused(
                AnsweredSheet.book(book -> book.newWorksheet("Sheet1").value(1, 0, "yes")),
                "has no sheet \"" + SHEET + "\"");
        assertRefused(Arrays.copyOf(whole, whole.length / 2), "is damaged");
        assertRefused("PK\3\4 and no more".getBytes(StandardCharsets.US_ASCII), "is damaged");
        assertRefused(with(whole, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), "is damaged");
    }

    @Test
    void a_workbook_that_unpacks_to_gigabytes_and_one_with_entities_are_refused() throws IOException {
        byte[] whole = answered("yes");
        String entities = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>";

        assertRefused(with(whole, "xl/worksheets/sheet1.xml", entities), "has a document type");
        assertRefused(with(whole, "xl/padding.bin", "0".repeat(60_000_000)), "unpacks to more than any questionnaire");
    }

    /** The workbook with one part more, or another one. */
    private static byte[] with(byte[] workbook, String part, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, byte[]> parts = new TreeMap<>();
        for (String name : List.of(
                "[Content_Types].xml",
                "_rels/.rels",
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
                "xl/sharedStrings.xml",
                "xl/styles.xml",
                "xl/worksheets/sheet1.xml")) {
            parts.put(name, part(workbook, name));
        }
        parts.put(part, content.getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] part(byte[] workbook, String name) throws IOException {
        Path file = Files.write(folder.resolve("parts.zip"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static void assertRefused(byte[] workbook, String problem) throws IOException {
        Run run = report(workbook);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(problem, "fix: ").doesNotContain("Exception", "root:");
        assertThat(run.out()).isEmpty();
    }
}
