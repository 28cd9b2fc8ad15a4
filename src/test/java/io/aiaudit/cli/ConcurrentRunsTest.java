package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Survived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs at once with one output folder and one saved scan, which differ in their rules: all reports are of one of
 * them.
 */
@Outside
@Holds
class ConcurrentRunsTest {
    private static final int PAIRS = Integer.getInteger("aiaudit.pairs", 3);
    /** The one of them that has a finding. */
    private static final String FINDS = "inference-endpoint-idle";

    private static final List<String> RULES = List.of("gpu-instance-idle", FINDS);

    @Test
    void two_runs_to_one_folder_both_end_well_and_their_files_do_not_mix(@TempDir Path folder) throws Exception {
        SmallScan scan = SmallScan.in(folder);
        for (int pair = 0; pair < PAIRS; pair++) {
            List<Process> runs = new ArrayList<>();
            for (String rule : RULES) {
                List<String> arguments = new ArrayList<>(SmallScan.OUTPUTS);
                arguments.addAll(List.of("--rule", rule));
                runs.add(scan.start(arguments));
            }
            for (Process run : runs) {
                assertThat(run.waitFor()).as("pair %d", pair).isZero();
            }
            Path report = scan.work().resolve("report");
            assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "june.aiaudit", "report", "usage.csv");
            assertThat(SmallScan.names(report)).containsExactly("aiaudit.html", "aiaudit.json");
            assertThat(SmallScan.names(scan.temporary())).noneMatch(name -> name.startsWith("aiaudit-"));
            String html = Files.readString(report.resolve("aiaudit.html"));
            String ran = AuditJson.read(report.resolve("aiaudit.json")).rules().stream()
                    .filter(rule -> !rule.state().equals("skipped"))
                    .map(rule -> rule.id())
                    .findFirst()
                    .orElseThrow();
            assertThat(RULES).contains(ran);
            // A page names rules that were skipped too; it has a finding only of the one that ran.
            assertThat(html.contains("data-rule=\"" + FINDS + "\"")).as(ran).isEqualTo(ran.equals(FINDS));
            Run query = Run.of("query", scan.work().resolve("june.aiaudit").toString(), "SELECT count(*) FROM charges");
            assertThat(query.exitCode()).as(query::toString).isZero();
        }
        Survived.count(PAIRS + " pairs of runs at once to one folder and one saved scan: " + PAIRS
                + " times both ended well and all files were of one of them");
    }
}
