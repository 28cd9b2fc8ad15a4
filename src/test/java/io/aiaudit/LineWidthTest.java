package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Java and SQL are at most 120 wide, literals too: the formatter leaves them as they are, a long text goes on in the
 * next line. Resources of tests are as they were recorded.
 */
class LineWidthTest {
    private static final int WIDTH = 120;

    private static final Path PROJECT = Needs.projectFolder();
    private static final String TEXT_BLOCK = "\"\"\"";

    @ParameterizedTest
    @CsvSource({"src/main/java, .java", "src/main/resources, .sql", "rules, .sql", "src/test/java, .java"})
    void no_line_is_wider(String folder, String ending) throws IOException {
        List<String> wide = new ArrayList<>();
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            for (Path file : files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                wide.addAll(wide(PROJECT.relativize(file).toString(), Files.readAllLines(file)));
            }
        }
        assertThat(wide).isEmpty();
    }

    @Test
    void a_wide_line_is_found_wherever_it_is() {
        String wide = "x ".repeat(70);
        assertThat(wide("A.java", List.of("int " + wide, "// " + wide, "\"" + wide + "\"", "a", TEXT_BLOCK, wide)))
                .containsExactly("A.java:1: 144", "A.java:2: 143", "A.java:3: 142", "A.java:6: 140");
        assertThat(wide("a.sql", List.of("SELECT 1", "-- " + wide))).containsExactly("a.sql:2: 143");
    }

    private static List<String> wide(String file, List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(number -> lines.get(number).length() > WIDTH)
                .mapToObj(number ->
                        file + ":" + (number + 1) + ": " + lines.get(number).length())
                .toList();
    }
}
