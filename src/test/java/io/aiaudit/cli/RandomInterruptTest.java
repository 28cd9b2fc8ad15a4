package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.CtrlC;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt at any moment of a scan, from unpacking the database's library to writing the report. */
@Outside
class RandomInterruptTest {
    private static final int TIMES = Integer.getInteger("aiaudit.interrupts", 12);
    private static final int LATEST_MILLIS = 4_000;

    @TempDir
    private Path folder;

    private record Moment(int number, String signal, int millis) {}

    /** More of them early, where unpacking takes a moment only; half of them in the words of a terminal, half in those of a supervisor. */
    static Stream<Moment> moments() {
        Random random = new Random(20260601);
        return Stream.iterate(0, number -> number + 1)
                .limit(TIMES)
                .map(number -> new Moment(number, number % 2 == 0 ? "-INT" : "-TERM", (int)
                        (LATEST_MILLIS * Math.pow(random.nextDouble(), 2))));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void an_interrupt_at_any_moment_is_quiet_and_leaves_nothing(Moment moment) throws Exception {
        Path kill = Needs.program("kill");
        Path work = Files.createDirectory(folder.resolve("work"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process process = Ran.builder(
                        work,
                        Map.of(),
                        CtrlC.heardBy(CommandProcess.command(
                                temporary,
                                List.of(
                                        "scan",
                                        "--demo",
                                        "--save",
                                        "demo.aiaudit",
                                        "-f",
                                        "html,json",
                                        "-o",
                                        "report"))))
                .start();
        String said;
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).isEqualTo("Reading demo");
            Thread.sleep(moment.millis());
            Ran.program(work, Map.of(), List.of(kill.toString(), moment.signal(), Long.toString(process.pid())));
            said = err.lines().collect(Collectors.joining("\n"));
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        if (process.exitValue() == ExitCode.GAPS.code()) {
            assertThat(said).as("it was ready before").contains("Saving per month: ");
            return;
        }
        assertThat(process.exitValue()).as(said).isEqualTo(moment.signal().equals("-INT") ? 130 : 143);
        assertThat(said).doesNotContain("error:", "--debug", "aiaudit failed", "Exception");
        assertThat(names(temporary)).as("in the temporary folder").isEmpty();
        // A file that got its name is whole.
        assertThat(names(work)).allMatch(name -> name.matches("report|demo\\.aiaudit"));
        if (Files.isDirectory(work.resolve("report"))) {
            assertThat(names(work.resolve("report"))).allMatch(name -> name.matches("aiaudit\\.(html|json)"));
        }
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
