package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TerraformSnippetTest {
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\([nrt\"\\\\]|u[0-9a-f]{4}|U[0-9a-f]{8})|\\$\\$\\{|%%\\{");

    static Stream<String> hostileNames() {
        return Stream.of(
                "plain-name_1",
                "quote \" and \\ backslash",
                "\" }\nresource \"aws_iam_user\" \"mine\" {",
                "line\r\nbreak\tand tab",
                "${file(\"/etc/passwd\")}",
                "%{ for x in y }",
                "$${already}",
                "$$${more} %%{ if } %%%{",
                "$ { % {",
                "ends with $",
                "\u001b[31mred\u202egnirts\u2028",
                "推論 😀 é",
                "-begins with a hyphen",
                "# comment /* and */ // more",
                "<<EOT\nhere\nEOT",
                "{name} {number:x}");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void a_name_is_one_string_and_stays_what_it_is(String name) {
        String quoted = TerraformSnippet.quote(name);
        assertThat(quoted).startsWith("\"").endsWith("\"");
        String inside = quoted.substring(1, quoted.length() - 1);
        String rest = ESCAPE.matcher(inside).replaceAll("~");
        assertThat(rest).as("ends the string or begins a template").doesNotContain("\"", "\\", "${", "%{");
        assertThat(inside).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        assertThat(read(inside)).isEqualTo(name);
    }

    /** As HCL reads a quoted string. */
    private static String read(String inside) {
        Matcher matcher = ESCAPE.matcher(inside);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String found = matcher.group();
            String meaning = switch (found.charAt(1)) {
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case '"' -> "\"";
                case '\\' -> "\\";
                case 'u', 'U' -> Character.toString(Integer.parseInt(found.substring(2), 16));
                default -> found.substring(1); // $${ and %%{
            };
            matcher.appendReplacement(text, Matcher.quoteReplacement(meaning));
        }
        return matcher.appendTail(text).toString();
    }

    @Test
    void half_a_character_becomes_a_sign_for_it() {
        assertThat(TerraformSnippet.quote("a\ud83db")).isEqualTo("\"a\ufffdb\"");
    }

    @Test
    void a_snippet_takes_the_values_of_the_resource_and_the_numbers_of_the_rule() {
        String snippet = """
                target {
                  name         = {name}
                  min_capacity = {number:fewest}
                  tags         = {}
                }
                """;
        assertThat(TerraformSnippet.first(List.of(snippet), Map.of("name", "a\"b"), Map.of("fewest", 2.0)))
                .containsExactly(
                        "target {", "  name         = \"a\\\"b\"", "  min_capacity = 2", "  tags         = {}", "}");
    }

    @Test
    void the_first_snippet_whose_values_are_known_is_taken() {
        List<String> snippets = List.of("a = {standalone_name}", "b = {parent_name}");
        assertThat(TerraformSnippet.first(snippets, Map.of("parent_name", "p"), Map.of()))
                .containsExactly("b = \"p\"");
        assertThat(TerraformSnippet.first(snippets, Map.of("parent_name", ""), Map.of()))
                .isEmpty();
        assertThat(TerraformSnippet.first(List.of("n = {number:x}"), Map.of(), Map.of("x", Double.NaN)))
                .isEmpty();
        assertThat(TerraformSnippet.first(List.of("n = {number:x}"), Map.of(), Map.of("x", "2; evil")))
                .as("text is no number")
                .isEmpty();
    }

    @Test
    void an_unknown_placeholder_is_refused_with_its_line() {
        var node = YamlReader.parse("rule.yaml", "terraform: \"size = {machine_typ}\"")
                .need("terraform");
        assertThatThrownBy(() -> TerraformSnippet.check(node))
                .hasMessageContaining("rule.yaml:1")
                .hasMessageContaining("{machine_typ}");
    }

    /** Every number that a snippet of ours takes is a column of its rule, and its brackets close. */
    @Test
    void the_snippets_of_the_built_in_rules_can_be_filled() {
        int snippets = 0;
        for (Rule rule : RuleBook.builtIn().rules()) {
            for (RemedyChoice remedy : rule.remedies().values()) {
                for (String snippet : remedy.terraform().values().stream()
                        .flatMap(List::stream)
                        .toList()) {
                    snippets++;
                    assertThat(snippet.chars().filter(c -> c == '{').count())
                            .as(rule.id())
                            .isEqualTo(snippet.chars().filter(c -> c == '}').count());
                    Matcher numbers = Pattern.compile("\\{number:(\\w+)}").matcher(snippet);
                    while (numbers.find()) {
                        assertThat(rule.sql()).as(rule.id()).contains(numbers.group(1));
                    }
                }
            }
        }
        assertThat(snippets).isGreaterThan(10);
    }
}
