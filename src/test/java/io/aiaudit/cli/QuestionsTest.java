package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions go to the client as a questionnaire and come back as policy of exactly the resources in it. */
class QuestionsTest {
    @TempDir
    private static Path folder;

    private static Path saved;
    private static String questions;

    /** Of the first question, as the questionnaire has it. */
    private static Run answered;

    /** The same answer in other columns, and an id that looks like a line of a configuration. */
    private static Run moved;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        saved = folder.resolve("demo.aiaudit");
        Run run = Run.of("questions", folder.resolve("aiaudit.json").toString(), "-q");
        assertThat(run.exitCode()).as(run::toString).isZero();
        questions = run.out();
        String first = rows().get(0);
        answered = report(questions.replace(first, first.replaceFirst("\\| {3}\\|", "| yes |")));
        moved = report("""
                <!-- aiaudit/questions/v1 -->
                | resource id | remark | key | answer |
                |---|---|---|---|
                | `%s` | from July | latency | yes |
                | `"}, latency: yes}\\n- {latency: yes, match: {resource: "*` | | latency | yes |
                """.formatted(id(first)));
    }

    private static String id(String row) {
        return row.substring(row.indexOf('`') + 1, row.lastIndexOf('`'));
    }

    private static Run report(String answers) throws IOException {
        Path file = Files.writeString(folder.resolve("answers.md"), answers);
        return Run.of("report", saved.toString(), "-q", "-f", "json", "--answers", file.toString());
    }

    private static List<String> rows() {
        return Arrays.stream(questions.split("\n"))
                .filter(line -> line.startsWith("|") && line.contains("`"))
                .toList();
    }

    @Test
    void a_row_for_each_decision_with_its_money() {
        assertThat(questions)
                .contains("<!-- aiaudit/questions/v1 -->")
                .containsPattern(
                        "\n\\d+ more findings, \\$[\\d,]+ a month together, need a check by hand and no answer "
                                + "here.\n");
        assertThat(rows())
                .hasSizeGreaterThan(10)
                .allSatisfy(row ->
                        assertThat(row).startsWith("|   | ").contains("?").contains("$"));
    }

    @Test
    void an_answer_moves_the_saving_of_its_resource_and_of_no_other() throws IOException {
        String first = rows().get(0);
        JsonNode before = json(Files.readString(folder.resolve("aiaudit.json")));

        assertThat(answered.exitCode()).as(answered.err()).isEqualTo(4);
        JsonNode after = json(answered.out());
        assertThat(after.at("/totals/saving/likely").decimalValue())
                .isGreaterThan(before.at("/totals/saving/likely").decimalValue());
        assertThat(reasons(after)).isNotEqualTo(reasons(before));
        assertThat(answered.out()).contains("yes, answers.md:" + line(first));
        for (JsonNode finding : after.path("findings")) {
            if (finding.path("status_reason").asText().contains("answers.md")) {
                assertThat(finding.path("resource_id").asText()).isEqualTo(id(first));
            }
        }
    }

    private static int line(String row) {
        return Arrays.asList(questions.split("\n")).indexOf(row) + 1;
    }

    private static String reasons(JsonNode audit) {
        return audit.findValues("status_reason").stream().map(JsonNode::asText).collect(Collectors.joining("\n"));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void no_to_everything_leaves_nothing_to_approve() throws IOException {
        Run run = report(questions.replaceAll("(?m)^\\| {3}\\|", "| no |"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(json(run.out()).at("/totals/saving/likely"))
                .isEqualTo(
                        json(Files.readString(folder.resolve("aiaudit.json"))).at("/totals/saving/likely"));
        assertThat(reasons(json(run.out()))).doesNotContain("set `latency: yes`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            maybe; latency; `a`; the answer is "maybe"
            yes; delete_everything; `a`; "delete_everything" is nothing to decide
            yes; latency; a; the column resource id does not have it as it was written
            yes; latency; `a` | more; has 7 columns instead of 6
            ; latency; `a`; has no answer to any of its 1 questions
            """)
    void what_is_no_answer_is_refused_with_its_line(String answer, String key, String id, String problem)
            throws IOException {
        Run run = report("<!-- aiaudit/questions/v1 -->\n\n| " + (answer == null ? "" : answer) + " | Is it? | x | 1 | "
                + key + " | " + id + " |\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem.strip()).contains("fix: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void all_answers_that_are_no_answers_are_named_at_once() throws IOException {
        Run run = report("""
                <!-- aiaudit/questions/v1 -->
                | ja | Is it? | x | 1 | latency | `a` |
                | Yes. | Is it? | x | 1 | quality | `a` |
                | yes, from July | Is it? | x | 1 | latency | `b` |
                | no - legal says no | Is it? | x | 1 | latency | `c` |
                """);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "answers.md: 3 answers are neither yes nor no: row 2 \"ja\", row 4 \"yes, from July\", row 5 ")
                .contains("fix: Write yes or no and nothing else, or leave it empty;");
    }

    @Test
    void columns_are_found_by_their_heads_wherever_somebody_moved_them() throws IOException {
        assertThat(moved.exitCode()).as(moved.err()).isEqualTo(4);
        assertThat(json(moved.out()).path("totals"))
                .isEqualTo(json(answered.out()).path("totals"));
    }

    @Test
    void a_workbook_that_was_saved_as_csv_is_reported_with_what_it_is() throws IOException {
        assertThat(report("answer;question;resource;saves up to;key;resource id\nyes;Is it?;x;1;latency;a\n")
                        .err())
                .contains("is a workbook that was saved as CSV")
                .contains("fix: Save the workbook as .xlsx");
    }

    @Test
    void other_files_two_answers_to_one_question_and_a_finished_audit_are_refused() throws IOException {
        assertThat(report("# Something else\n").err()).contains("is not a questionnaire of aiaudit");
        String row = "| yes | Is it? | x | 1 | latency | `a` |\n";
        assertThat(report("<!-- aiaudit/questions/v1 -->\n" + row + row).err())
                .contains("answers.md:3: this question was answered on line 2 already");
        assertThat(report("<!-- aiaudit/questions/v1 -->\n" + row + row + row.replace("yes", "ja, aber"))
                        .err())
                .contains("answers.md:3: this question was answered on line 2 already.")
                .contains("answers.md:4: the answer is \"ja, aber\".")
                .contains("Leave one of the two answers empty. Write yes or no");
        assertThat(Run.of("report", folder.resolve("aiaudit.json").toString(), "--answers", "a.md")
                        .err())
                .contains("--answers can't be applied");
    }

    @Test
    void an_id_that_looks_like_yaml_stays_an_id() throws IOException {
        assertThat(moved.exitCode()).as(moved.err()).isEqualTo(4);
        assertThat(json(moved.out()).at("/totals/saving/likely"))
                .as("what the answer beside it gives alone")
                .isEqualTo(json(answered.out()).at("/totals/saving/likely"));
    }
}
