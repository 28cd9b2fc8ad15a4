package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists and pages of rules and sources on a terminal of 80 columns. */
class RulesOnTerminalTest {
    private static final int COLUMNS = 80;

    @Test
    void documentation_is_one_paragraph_and_one_item_at_a_time() {
        String page = """
                # A title

                A paragraph of a rule with a [link](../../docs/money.md#run-rate) and `code[0](1)`,
                which goes on in the next line, see [FOCUS](https://focus.finops.org/).

                - **One**: an item that is so long that it is continued in
                  the next line of its source, with the indent of its list.
                  - a part of it
                - two

                | a | b |
                ```sh
                aiaudit   x
                ```
                """;
        assertThat(MarkdownLines.of(page, 60))
                .containsExactly(
                        "# A title",
                        "",
                        "A paragraph of a rule with a link and `code[0](1)`, which",
                        "goes on in the next line, see FOCUS",
                        "(https://focus.finops.org/).",
                        "",
                        "- **One**: an item that is so long that it is continued in",
                        "  the next line of its source, with the indent of its list.",
                        "  - a part of it",
                        "- two",
                        "",
                        "| a | b |",
                        "```sh",
                        "aiaudit   x",
                        "```");
    }

    @Test
    void a_rule_is_shown_without_its_sql_unless_that_is_wanted() {
        String shown = Run.of("rules", "show", "gpu-previous-generation").out();
        assertThat(shown)
                .doesNotContain("SELECT", "](")
                .containsPattern("\n'aiaudit rules show gpu-previous-generation --sql' "
                        + "also shows its SQL \\(\\d+\\s+lines\\)\\.\n$");
        assertThat(Run.of("rules", "show", "gpu-previous-generation", "--sql").out())
                .startsWith(shown.substring(0, shown.lastIndexOf("'aiaudit rules")))
                .contains("SELECT");
    }

    @Test
    void lists_fit_a_terminal() {
        for (List<String> command : List.of(List.of("rules", "list"), List.of("sources", "list"))) {
            Run run = Run.of(command.toArray(String[]::new));
            assertThat(run.out().lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
        }
    }
}
