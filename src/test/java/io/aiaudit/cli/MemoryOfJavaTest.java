package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Outside
class MemoryOfJavaTest {
    @Test
    void what_takes_all_of_it_is_reported_in_words(@TempDir Path folder) throws Exception {
        SmallScan scan = SmallScan.in(folder);
        List<String> command = scan.command(SmallScan.OUTPUTS);
        command.add(command.indexOf("-Xmx512m") + 1, "-Xmx10m");

        Ran ran = Ran.program(scan.work(), Map.of(), command);

        assertThat(ran.err())
                .contains("error: the memory that Java may use is not enough: ")
                .contains("  fix: Give it more, such as AIAUDIT_JAVA_OPTIONS=-Xmx8g, or smaller files.\n")
                .doesNotContain("Exception", "OutOfMemoryError");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "usage.csv");
    }
}
