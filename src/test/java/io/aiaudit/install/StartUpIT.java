package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long the command takes to answer, in times of what `java -version` takes, and what it loads for it. */
@Outside
@Tag("alone") // beside other tests it would measure them, too
class StartUpIT {

    private static final int RUNS = 9;
    private static final int ATTEMPTS = 4;
    private static final List<String> HEAVY =
            List.of("org.duckdb.", "software.amazon.", "com.azure.", "com.google.", "com.fasterxml.", "org.jfree.");

    /** An AOT cache hands over the classes of a scan with one mapping, wanted or not. */
    private static final String MAPPED = "source: shared objects file";

    @TempDir
    private Path folder;

    static Stream<Path> javas() {
        return Javas.all();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void help_and_usage_errors_are_quick(Path java) throws IOException {
        skipOnABusyMachine();
        Installed installed = Installed.shared(java);
        Map<List<String>, Double> limits = new LinkedHashMap<>();
        limits.put(List.of(), 2.5);
        limits.put(List.of("--help"), 2.5);
        limits.put(List.of("--version"), 2.5);
        limits.put(List.of("scan", "--help"), 8.0);
        // It starts with the archive of a scan, which an AOT cache loads whole.
        limits.put(List.of("scan", "--no-such-option"), 12.0);
        StartTimes times = new StartTimes(installed, limits.keySet());

        // Other work on the machine disturbs some runs; a start that is really slow is so in all of them.
        List<String> tooSlow = List.of("not measured");
        for (int attempt = 0; attempt < ATTEMPTS && !tooSlow.isEmpty(); attempt++) {
            times.measure(RUNS);
            tooSlow = limits.keySet().stream()
                    .filter(arguments -> times.ratio(StartTimes.name(arguments)) > limits.get(arguments))
                    .map(arguments -> StartTimes.name(arguments) + " is allowed " + limits.get(arguments))
                    .toList();
        }
        Files.write(Installed.target().resolve("start-up-" + java.getFileName() + ".txt"), times.table());
        assertThat(tooSlow).as(() -> String.join("\n", times.table())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void help_and_usage_errors_load_nothing_heavy(Path java) throws IOException {
        Installed installed = Installed.shared(java);
        Map<String, String> verbose = Map.of("AIAUDIT_JAVA_OPTIONS", "-Xlog:class+load:stderr");
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("scan", "--help"),
                List.of("scan", "--no-such-option"),
                List.of("nonsense"))) {
            Ran ran = installed.aiaudit(folder, verbose, arguments.toArray(String[]::new));
            assertThat(ran.err()).contains("io.aiaudit.cli.Main");
            assertThat(ran.err()
                            .lines()
                            .filter(line -> HEAVY.stream().anyMatch(line::contains))
                            .filter(line -> !line.endsWith(MAPPED)))
                    .as(arguments::toString)
                    .isEmpty();
        }
    }

    private static void skipOnABusyMachine() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        double load = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
        boolean ci = "true".equals(System.getenv("CI"));
        assumeTrue(ci || load < 2, () -> String.format("the machine is too busy to measure: load %.1f per core", load));
    }
}
