package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever brings an inventory learns from docs/files.md of each attribute that something reads. */
class AttributesDocsTest {
    private static final Pattern READ = Pattern.compile("\\battributes\\['([a-z_0-9]+)'\\]");
    private static final List<String> FOLDERS =
            List.of("rules", "src/main/resources/io/aiaudit", "src/main/java/io/aiaudit/rules");

    @Test
    void every_attribute_that_is_read_is_documented() throws IOException {
        String page = Files.readString(Path.of("docs/files.md"));
        Set<String> read = read();
        assertThat(read).contains("model_size_gib", "cost_budgets", "destination_regions", "runs_on");
        assertThat(read).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static Set<String> read() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(AttributesDocsTest::isCode).toList()) {
                    Matcher matcher = READ.matcher(Files.readString(file));
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                }
            }
        }
        return names;
    }

    private static boolean isCode(Path file) {
        return file.toString().endsWith(".sql") || file.toString().endsWith(".java");
    }
}
