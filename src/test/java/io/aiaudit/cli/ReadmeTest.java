package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README shows what the demo really prints, and links to what is there. -Daiaudit.updateGolden=true rewrites the
 * excerpt.
 */
class ReadmeTest {
    private static final Path README = Needs.projectFolder().resolve("README.md");
    private static final Pattern EXCERPT =
            Pattern.compile("(<!-- demo:[^>]*-->\n)(.*?)(<!-- /demo -->)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final int LINES = 32;

    @Slow
    @Test
    void the_excerpt_is_what_the_demo_prints(@TempDir Path folder) throws IOException {
        SavedDemo.in(folder);
        Run run = Run.of("report", folder.resolve(SavedDemo.AUDIT).toString(), "-q");
        String excerpt = run.out()
                .lines()
                .limit(LINES)
                .map(line -> ("    " + line).stripTrailing())
                .collect(Collectors.joining("\n", "\n    $ aiaudit scan --demo\n", "\n    ...\n\n"));
        String page = Files.readString(README);
        Matcher matcher = EXCERPT.matcher(page);
        assertThat(matcher.find()).isTrue();
        String renewed = page.substring(0, matcher.start(2)) + excerpt + page.substring(matcher.end(2));
        GoldenFile.check(README, renewed, ReadmeTest.class);
    }

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(Files.readString(README));
        while (link.find()) {
            if (!Files.exists(README.resolveSibling(link.group(1)))) {
                broken.add(link.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_exit_code_is_explained() throws IOException {
        String page = Files.readString(README);
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("| " + code.code() + " |");
        }
    }
}
