package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures of the documentation that can be counted are what counting gives. */
class CountedFiguresTest {
    private static final Path PROJECT = Needs.projectFolder();
    private static final Path PRICES = PROJECT.resolve("src/main/resources/io/aiaudit/store/reference");
    private static final List<String> NUMBERS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen");

    @Test
    void the_prices_that_are_built_in() throws IOException {
        String offers = figure(rows("offers-.*[.]csv"));
        String tokens = figure(rows("models[.]csv"));
        assertThat(read("docs/prices.md"))
                .contains(offers + " offers, " + tokens + " token prices", "| tokens, " + tokens + " |");
    }

    @Test
    void the_examples_of_money() throws IOException {
        long examples = read("docs/money.md")
                .lines()
                .filter(line -> line.startsWith("### Example "))
                .count();
        assertThat(read("README.md")).contains("works through " + NUMBERS.get((int) examples) + " examples by hand");
    }

    /** Without the line of its header in each file. */
    private static long rows(String names) throws IOException {
        long rows = 0;
        try (Stream<Path> files = Files.list(PRICES)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches(names))
                    .toList()) {
                rows += Files.readAllLines(file).size() - 1;
            }
        }
        return rows;
    }

    private static String figure(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String read(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }
}
