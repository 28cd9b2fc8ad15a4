package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal sees, where the report and standard error run into each other. */
@Outside
class OneTerminalTest {
    private static final String BILL = """
            BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName
            12.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS
            twelve,USD,2026-06-02T00:00:00Z,2026-06-03T00:00:00Z,Usage,Amazon SageMaker,AWS
            """;

    @TempDir
    private Path folder;

    @Test
    void what_is_missing_is_reported_once_on_a_terminal_and_on_both_streams_elsewhere() throws IOException {
        Path script = Needs.program("script");
        Path shell = Needs.program("sh");
        Path bill = Files.writeString(folder.resolve("bill.csv"), BILL);
        String command = CommandProcess.command(folder, List.of("scan", "--billing", bill.toString())).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Path line = Files.writeString(folder.resolve("scan.sh"), "exec " + command + "\n");
        String onTerminal = ran(script.toString(), "-q", "-e", "-c", shell + " " + line, "/dev/null");
        assertThat(times("twelve", onTerminal)).as(onTerminal).isEqualTo(1);
        assertThat(onTerminal).contains("bill.csv --details", "Net saving per month: ");

        String apart = ran(shell.toString(), line.toString());
        assertThat(times("twelve", apart)).as(apart).isEqualTo(2);
        assertThat(apart).contains("rejected: ");
    }

    @Test
    void what_is_no_text_is_refused_on_a_terminal() throws IOException {
        Path script = Needs.program("script");
        Path shell = Needs.program("sh");
        for (String format : List.of("pdf", "xlsx", "csv.zip")) {
            String command = CommandProcess.command(folder, List.of("scan", "--demo", "-f", format)).stream()
                    .map(word -> "'" + word.replace("'", "'\\''") + "'")
                    .collect(Collectors.joining(" "));
            Path line = Files.writeString(folder.resolve("scan.sh"), "exec " + command + "\n");
            assertThat(ran(script.toString(), "-q", "-e", "-c", shell + " " + line, "/dev/null"))
                    .contains(format + " cannot be shown on a terminal.", "-f " + format + " -o report");
        }
    }

    private String ran(String... command) {
        Ran ran = Ran.program(folder, Map.of("TERM", "xterm", "COLUMNS", "80"), List.of(command));
        return ran.out() + ran.err();
    }

    private static int times(String word, String text) {
        return text.split(word, -1).length - 1;
    }
}
