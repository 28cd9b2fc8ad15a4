package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/article.md names rules and tests that there are, and a test for every line. */
class ArticlePageTest {
    private static final Path PROJECT = Needs.projectFolder();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:#(\\w+))?`");
    private static final Pattern FIGURE =
            Pattern.compile("\\$?[0-9][0-9,]*(?: to \\$?[0-9][0-9,]*)?(?: ?(?:%|GB|s\\b))|\\$[0-9,]+ to \\$[0-9,]+");
    private static final Pattern METHOD = Pattern.compile("(?m)^    void (\\w+)\\(");
    private static final Pattern RULE = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

    @Test
    void the_tests_that_it_names_exist() throws IOException {
        assertThat(lines().flatMap(line -> TEST.matcher(line).results()).toList())
                .hasSizeGreaterThan(30)
                .allSatisfy(test -> {
                    String source = source(test.group(1));
                    assertThat(source).as(test.group()).contains("@Test", "class " + test.group(1));
                    if (test.group(2) != null) {
                        assertThat(METHOD.matcher(source).results().map(method -> method.group(1)))
                                .as(test.group())
                                .contains(test.group(2));
                    }
                });
    }

    /** Found by a reader: the test of a figure read bills and had no such figure. */
    @Test
    void a_figure_of_a_line_is_in_a_test_that_the_line_names() throws IOException {
        List<String[]> withFigure = lines().filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 7 && FIGURE.matcher(cells[1]).find())
                .toList();
        assertThat(withFigure).hasSizeGreaterThan(8).allSatisfy(cells -> {
            List<String> figures =
                    FIGURE.matcher(cells[1]).results().map(MatchResult::group).toList();
            StringBuilder tests = new StringBuilder();
            for (MatchResult test : TEST.matcher(cells[4]).results().toList()) {
                tests.append(source(test.group(1)));
            }
            assertThat(figures).as(cells[1]).allMatch(figure -> tests.indexOf(figure) >= 0);
        });
    }

    /** A line whose test is that of the rules on clouds names rules, and each of them is for a cloud. */
    @Test
    void what_the_rules_on_clouds_prove_is_a_rule() throws IOException {
        List<String> onClouds =
                Files.readAllLines(PROJECT.resolve("src/test/resources/io/aiaudit/cli/clouds.csv")).stream()
                        .filter(row -> row.contains(",yes"))
                        .map(row -> row.substring(0, row.indexOf(',')))
                        .toList();
        assertThat(lines().filter(line -> line.contains("`RulesOnCloudsTest`") && line.startsWith("| "))
                        .map(line -> line.split("\\|", -1)[2]))
                .hasSizeGreaterThan(10)
                .allSatisfy(part -> {
                    List<String> rules = RULE.matcher(part)
                            .results()
                            .map(rule -> rule.group(1))
                            .toList();
                    assertThat(rules).as(part).isNotEmpty();
                    assertThat(onClouds).as(part).containsAll(rules);
                });
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + test));
            return Files.readString(file);
        }
    }

    @Test
    void the_rules_that_it_names_exist() throws IOException {
        assertThat(named(RULE))
                .isNotEmpty()
                .isSubsetOf(RuleBook.builtIn().rules().stream().map(Rule::id).collect(Collectors.toSet()));
    }

    @Test
    void every_figure_has_a_rule_or_part_its_clouds_and_a_test() throws IOException {
        List<String[]> figures = lines().filter(line -> line.startsWith("| ") && line.split("\\|", -1).length == 7)
                .skip(1)
                .map(line -> line.split("\\|", -1))
                .toList();
        assertThat(figures)
                .hasSizeGreaterThan(20)
                .allSatisfy(cells -> assertThat(List.of(cells).subList(1, 6)).noneMatch(String::isBlank));
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        return lines().flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> lines() throws IOException {
        return Files.readAllLines(PROJECT.resolve("docs/article.md")).stream();
    }
}
