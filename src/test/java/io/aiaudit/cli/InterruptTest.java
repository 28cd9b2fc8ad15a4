package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.CtrlC;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Outside
class InterruptTest {
    @Test
    void ctrl_c_ends_at_once_with_130_and_leaves_nothing_half_written(@TempDir Path folder) throws Exception {
        Path kill = Needs.program("kill");
        Path work = Files.createDirectory(folder.resolve("work"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path bill = longBill(work.resolve("bill.csv"));
        List<String> command = CtrlC.interruptible(CommandProcess.command(
                temporary,
                List.of("scan", "--billing", bill.toString(), "--save", "june.aiaudit", "-f", "json", "-o", "report")));
        Process process = Ran.builder(work, Map.of(), command).start();
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).startsWith("Reading ");
            waitUntilItWrites(work);
            Ran.program(work, Map.of(), List.of(kill.toString(), "-INT", Long.toString(process.pid())));
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(err.lines())
                    .contains("Interrupted: 'aiaudit scan' did not finish. Reports and saved scans "
                            + "are written only when they are complete.");
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(names(work)).containsExactly("bill.csv");
        assertThat(names(temporary)).noneMatch(name -> name.startsWith("aiaudit-"));
    }

    private static void waitUntilItWrites(Path work) throws Exception {
        for (int i = 0; i < 500 && !writes(work); i++) {
            Thread.sleep(10);
        }
        assertThat(writes(work)).isTrue();
    }

    private static boolean writes(Path work) throws Exception {
        return names(work).stream()
                .filter(name -> name.startsWith(".aiaudit-"))
                .anyMatch(name -> Files.exists(work.resolve(name).resolve("files/june.aiaudit")));
    }

    private static Path longBill(Path file) throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,"
                    + "ProviderName,ResourceId\n");
            for (int i = 0; i < 600_000; i++) {
                out.write("1.25,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon "
                        + "SageMaker,AWS,arn:aws:sagemaker:eu-west-1:1:endpoint/e"
                        + i + "\n");
            }
        }
        return file;
    }

    private static List<String> names(Path parent) throws Exception {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
