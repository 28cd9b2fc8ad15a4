package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md has a line for each library of pom.xml that is installed, and their sizes. */
class DependenciesPageTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>([^<]*)</artifactId>"
                    + "(?:(?!</dependency>).)*?</dependency>",
            Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*`) \\| .* \\| ([0-9.]+) \\| [^|]+ \\|$");

    private static List<MatchResult> matches(Pattern pattern, String file) throws IOException {
        String text = Files.readString(Needs.projectFolder().resolve(file));
        return pattern.matcher(text.substring(Math.max(0, text.indexOf("</dependencyManagement>"))))
                .results()
                .toList();
    }

    private static List<String> libraries(MatchResult row) {
        return Stream.of(row.group(1).split(", ", -1))
                .map(name -> name.replace("`", ""))
                .toList();
    }

    private static Map<String, Path> jars() {
        Map<String, Path> jars = new TreeMap<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            jars.put(jar.getFileName().toString().replaceFirst("-v?[0-9].*[.]jar$", ""), jar);
        }
        return jars;
    }

    @Test
    void each_library_of_the_build_that_is_installed_has_a_line() throws IOException {
        List<String> named = new ArrayList<>();
        matches(ROW, "docs/dependencies.md").forEach(row -> named.addAll(libraries(row)));
        assertThat(named).doesNotHaveDuplicates();
        List<String> installed = matches(DEPENDENCY, "pom.xml").stream()
                .filter(dependency -> !dependency.group().matches("(?s).*<scope>(test|provided)</scope>.*"))
                .map(dependency -> dependency.group(1))
                .toList();
        assertThat(installed).hasSizeGreaterThan(50);
        assertThat(named).containsAll(installed);
    }

    @Test
    void each_line_has_the_size_of_its_jars() throws IOException {
        Map<String, Path> jars = jars();
        for (MatchResult row : matches(ROW, "docs/dependencies.md")) {
            long bytes = 0;
            for (String library : libraries(row)) {
                assertThat(jars).containsKey(library);
                bytes += Files.size(jars.get(library));
            }
            assertThat(bytes / 1e6).as(row.group()).isCloseTo(Double.parseDouble(row.group(2)), within(0.006));
        }
    }
}
