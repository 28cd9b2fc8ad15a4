package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run wrote into a folder, and another one did not. */
class OlderReportsTest {
    @TempDir
    private Path folder;

    @Outside
    @Test
    void reports_of_another_run_in_the_folder_are_kept_and_named() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran first = scan.run(List.of("-f", "html,csv", "-o", "out"));
        assertThat(first.err()).doesNotContain("also holds");

        Ran second = scan.run(List.of("-f", "json", "-o", "out"));
        assertThat(second.err())
                .contains(
                        "note: out also holds aiaudit.csv, aiaudit.html of an earlier run: they may be of another "
                                + "scan.",
                        "fix: Delete them, write them again with -f csv,html, or write each scan into a folder of its "
                                + "own.");
        assertThat(SmallScan.names(scan.work().resolve("out"))).contains("aiaudit.csv", "aiaudit.html", "aiaudit.json");
        assertThat(scan.run(List.of("-q", "-f", "json", "-o", "out")).err()).doesNotContain("also holds");
    }
}
