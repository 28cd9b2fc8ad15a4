package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.CtrlC;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import io.aiaudit.testing.Survived;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An interrupt at any moment of a scan, from unpacking the database's library to writing the report. The scan is of two
 * small files, which goes through the same steps as a large one; it is measured first, so that the moments lie in it on
 * a quick machine as well as on a busy one.
 */
@Outside
@Holds
class RandomInterruptTest {
    private static final int TIMES = Integer.getInteger("aiaudit.interrupts", 12);
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
    private static final List<String> COMMAND = List.of(
            "scan",
            "--billing",
            "bill.csv",
            "--usage",
            "usage.csv",
            "--save",
            "june.aiaudit",
            "-f",
            "html,json",
            "-o",
            "report",
            "--rule",
            OneRule.ID);

    private static long scanMillis;
    private static int whole;
    private static int interrupted;

    @TempDir
    private Path folder;

    private Path work;
    private Path temporary;

    /** A share of the time from the first line that a scan says to its end. */
    private record Moment(int number, String signal, double share) {}

    /**
     * More of them early, where unpacking takes a moment only; half of them in the words of a terminal, half in those
     * of a supervisor.
     */
    static Stream<Moment> moments() {
        Random random = new Random(20260601);
        return Stream.iterate(0, number -> number + 1)
                .limit(TIMES)
                .map(number ->
                        new Moment(number, number % 2 == 0 ? "-INT" : "-TERM", Math.pow(random.nextDouble(), 2)));
    }

    @BeforeAll
    static void measure(@TempDir Path folder) throws Exception {
        whole = 0;
        interrupted = 0;
        RandomInterruptTest scan = new RandomInterruptTest();
        scan.folder = folder;
        scan.makeFolders();
        Process process = scan.start(CommandProcess.command(scan.temporary, COMMAND));
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).startsWith("Reading ");
            long began = System.nanoTime();
            String message = err.lines().collect(Collectors.joining("\n"));
            scanMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertThat(process.waitFor()).as(message).isEqualTo(ExitCode.FINE.code());
        }
        assertThat(names(scan.work)).contains("june.aiaudit", "report");
    }

    @AfterAll
    static void count() {
        Survived.count(TIMES + " interrupts at random moments: " + interrupted + " quiet and with nothing left, "
                + whole + " after the run had ended");
    }

    @BeforeEach
    void makeFolders() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        for (String name : List.of("bill.csv", "usage.csv")) {
            Files.copy(FILES.resolve(name), work.resolve(name));
        }
    }

    private Process start(List<String> command) throws IOException {
        return Ran.builder(work, Map.of(), command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void an_interrupt_at_any_moment_is_quiet_and_leaves_nothing(Moment moment) throws Exception {
        Path kill = Needs.program("kill");
        Process process = start(CtrlC.interruptible(CommandProcess.command(temporary, COMMAND)));
        String message;
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).startsWith("Reading ");
            Thread.sleep((long) (moment.share() * scanMillis));
            Ran.program(work, Map.of(), List.of(kill.toString(), moment.signal(), Long.toString(process.pid())));
            message = err.lines().collect(Collectors.joining("\n"));
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        if (process.exitValue() == ExitCode.FINE.code()) {
            assertThat(message).as("it was ready before").contains("Net saving per month: ");
            whole++;
            assertThat(whole).as("scans that no interrupt met").isLessThanOrEqualTo(TIMES * 2 / 3);
            return;
        }
        assertThat(process.exitValue()).as(message).isEqualTo(moment.signal().equals("-INT") ? 130 : 143);
        assertThat(message).doesNotContain("error:", "--debug", "aiaudit failed", "Exception");
        assertThat(names(temporary)).as("in the temporary folder").isEmpty();
        // A file that got its name is whole.
        assertThat(names(work)).allMatch(name -> name.matches("bill\\.csv|usage\\.csv|report|june\\.aiaudit"));
        if (Files.isDirectory(work.resolve("report"))) {
            assertThat(names(work.resolve("report"))).allMatch(name -> name.matches("aiaudit\\.(html|json)"));
        }
        interrupted++;
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
