package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import io.aiaudit.testing.Survived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed at random moments, in one folder one after the other, as a scheduled job has it: nobody has to
 * clean up for the next run.
 */
@Outside
@Holds
class KilledRunTest {
    private static final int KILLS = Integer.getInteger("aiaudit.kills", 5);

    @Test
    void a_killed_run_leaves_whole_files_only_and_the_next_one_cleans_up(@TempDir Path folder) throws Exception {
        SmallScan scan = SmallScan.in(folder);
        assertWhole(scan, scan.run(SmallScan.OUTPUTS_OF_ONE_RULE));
        long began = System.nanoTime();
        assertWhole(scan, scan.run(SmallScan.OUTPUTS_OF_ONE_RULE));
        double millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Random random = new Random(20260601);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = scan.start(SmallScan.OUTPUTS_OF_ONE_RULE);
            double share = random.nextDouble();
            Thread.sleep((long) (share * millis));
            process.destroyForcibly();
            boolean ended = process.waitFor() == ExitCode.FINE.code();
            killed += ended ? 0 : 1;
            // Other work makes runs slower and faster; the last moments, in which files get their names, are to be met.
            millis *= ended ? 0.95 : share > 0.8 ? 1.1 : 1;
            assertThat(visible(scan.work()))
                    .as("after kill %d", kill)
                    .containsExactly("bill.csv", "june.aiaudit", "report", "usage.csv");
            Path report = scan.work().resolve("report");
            assertThat(visible(report)).containsExactly("aiaudit.html", "aiaudit.json");
            assertThat(Files.readString(report.resolve("aiaudit.html"))).endsWith("</html>\n");
            assertThat(AuditJson.read(report.resolve("aiaudit.json")).rules()).isNotEmpty();
        }
        assertThat(killed).isGreaterThanOrEqualTo(KILLS / 2);
        assertWhole(scan, scan.run(SmallScan.OUTPUTS_OF_ONE_RULE));
        Survived.count(KILLS + " kills at random moments: " + killed + " before the run had ended, " + KILLS
                + " times whole files only and a next run that cleaned up");
    }

    private static void assertWhole(SmallScan scan, Ran ran) throws Exception {
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "june.aiaudit", "report", "usage.csv");
        assertThat(SmallScan.names(scan.work().resolve("report"))).containsExactly("aiaudit.html", "aiaudit.json");
        // The driver unpacks its library there, where none is installed, and a killed run cannot take it along.
        assertThat(SmallScan.names(scan.temporary())).noneMatch(name -> name.startsWith("aiaudit-"));
        assertThat(Files.readString(scan.work().resolve("report/aiaudit.json"))).endsWith("}\n");
    }

    private static List<String> visible(Path folder) throws Exception {
        return SmallScan.names(folder).stream()
                .filter(name -> !name.startsWith(".aiaudit"))
                .toList();
    }
}
