package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run wrote into a folder, and another one did not. */
class OlderReportsTest {
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");

    @TempDir
    private Path folder;

    @Slow
    @Test
    void reports_of_another_run_in_the_folder_are_kept_and_named() throws Exception {
        Path out = folder.resolve("out");
        Run first = scan("-f", "html,csv", "-o", out.toString());
        assertThat(first.err()).doesNotContain("also holds");

        Run second = scan("-f", "json", "-o", out.toString());
        assertThat(second.err())
                .contains(
                        "note: " + out + " also holds aiaudit.csv, aiaudit.html of an earlier run: they may be of "
                                + "another scan.",
                        "fix: Delete them, write them again with -f csv,html, or write each scan into a folder of its "
                                + "own.");
        assertThat(SmallScan.names(out)).contains("aiaudit.csv", "aiaudit.html", "aiaudit.json");
        assertThat(scan("-q", "-f", "json", "-o", out.toString()).err()).doesNotContain("also holds");
    }

    private static Run scan(String... outputs) {
        List<String> arguments = new ArrayList<>(List.of("scan", "--rule", OneRule.ID));
        arguments.addAll(List.of("--billing", FILES.resolve("bill.csv").toString()));
        arguments.addAll(List.of("--usage", FILES.resolve("usage.csv").toString()));
        arguments.addAll(List.of(outputs));
        return Run.of(arguments.toArray(String[]::new));
    }
}
