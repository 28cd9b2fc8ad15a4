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
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern RULE = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

    @Test
    void the_tests_that_it_names_exist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(named(TEST)).isNotEmpty().isSubsetOf(tests);
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
