package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java and SQL are at most 120 wide; only a literal of Java may go beyond. */
class LineWidthTest {
    private static final int WIDTH = 120;

    /** A quote, a parenthesis and a semicolon. */
    private static final int CLOSING = 3;

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
    void a_wide_line_is_found_and_a_literal_of_java_is_not() {
        String wide = "x ".repeat(70);
        assertThat(wide("A.java", List.of("int " + wide, "// " + wide, "\"" + wide + "\"", "a")))
                .containsExactly("A.java:1: 144", "A.java:2: 143");
        assertThat(wide("a.sql", List.of("SELECT " + wide, "-- it's " + wide, "'" + wide + "'")))
                .containsExactly("a.sql:1: 147", "a.sql:2: 148", "a.sql:3: 142");
        assertThat(wide("A.java", List.of(TEXT_BLOCK, wide, TEXT_BLOCK, wide))).containsExactly("A.java:4: 140");
    }

    private static List<String> wide(String file, List<String> lines) {
        boolean isJava = file.endsWith(".java");
        List<String> wide = new ArrayList<>();
        boolean inBlock = false;
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number);
            if (line.length() > WIDTH && !inBlock && !(isJava && isInLiteral(line))) {
                wide.add(file + ":" + (number + 1) + ": " + line.length());
            }
            if (isJava && line.split(TEXT_BLOCK, -1).length % 2 == 0) {
                inBlock = !inBlock;
            }
        }
        return wide;
    }

    /** Whether a literal that began before reaches the width, but for what closes it. */
    private static boolean isInLiteral(String line) {
        boolean inside = false;
        for (int at = 0; at < WIDTH - CLOSING; at++) {
            char letter = line.charAt(at);
            if (!inside && (line.startsWith("//", at) || line.strip().startsWith("*"))) {
                return false;
            }
            if (letter == '\\') {
                at++;
            } else if (letter == '"') {
                inside = !inside;
            }
        }
        return inside;
    }
}
