package io.aiaudit.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures what docs/performance.md says of large files, on files that it makes itself. What is compared takes turns,
 * so that a noisy machine is noisy for both. Run by {@code ./mvnw -Pbenchmark verify}; the figures are in
 * target/benchmark/figures.md. Only memory and sums are asserted, since seconds depend on the machine.
 */
@Tag("benchmark")
@Outside
class PerformanceTest {
    private static final Path FOLDER = Needs.projectFolder().resolve("target/benchmark");
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final int MOST_MIB = 2048;

    /** Those that were there first. */
    private static final String FOUR = "gpu-instance-idle,gpu-oversized,instance-always-on,inference-endpoint-idle";

    private static final Pattern MEASURED = Pattern.compile("^measured (\\S+) (\\d+)$", Pattern.MULTILINE);

    /** What the shell's {@code times} prints. */
    private static final Pattern SHELL_TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

    /** @param printed by the process */
    private record Run(double wall, double cpu, long peakMib, String printed) {}

    @BeforeAll
    static void makeFolder() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve("figures.md"), "| what | wall s | processor s | peak MiB |\n|---|---|---|---|\n");
    }

    @Test
    void a_bill_of_ten_million_rows_is_loaded_and_totalled_beside_bare_duckdb() {
        for (int millions : List.of(1, 3, 10)) {
            Path bill = made("bill-" + millions + "m.parquet", millions * 1_000_000L, "FORMAT parquet");
            List<Run> bare = new ArrayList<>();
            List<Run> loaded = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                bare.add(measured("bare", "FOLDER", bill.toString()));
                loaded.add(measured("load", "FOLDER", bill.toString()));
            }
            note(millions + " M rows of Parquet, bare DuckDB", bare);
            note(millions + " M rows of Parquet, loaded and totalled", loaded);
            assertThat(loaded).allSatisfy(run -> {
                assertThat(run.peakMib()).isLessThan(MOST_MIB);
                assertThat(run.printed()).startsWith(millions + "000000 ");
            });
        }
    }

    @Test
    void a_packed_csv_bill_is_loaded_and_totalled_beside_zcat() {
        Path bill = made("bill-1m.csv.gz", 1_000_000, "FORMAT csv, COMPRESSION gzip");
        List<Run> unpacked = new ArrayList<>();
        List<Run> loaded = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            unpacked.add(timed(List.of("sh", "-c", "zcat '" + bill + "' | wc -l; times >&2")));
            loaded.add(measured("load", "FOLDER", bill.toString()));
        }
        note("1 M rows of csv.gz, zcat FILE \\| wc -l", unpacked);
        note("1 M rows of csv.gz, loaded and totalled", loaded);
        assertThat(loaded).allSatisfy(run -> {
            assertThat(run.peakMib()).isLessThan(MOST_MIB);
            assertThat(run.printed()).startsWith("1000000 ");
        });
    }

    @Test
    void four_rules_judge_ten_thousand_resources_with_four_metrics_of_thirty_days() {
        Path saved = FOLDER.resolve("machines.aiaudit");
        if (!Files.exists(saved)) {
            sql("machines.sql", Map.of());
            timed(java(
                    "aiaudit",
                    "scan",
                    "--inventory",
                    FOLDER + "/inventory.csv",
                    "--usage",
                    FOLDER + "/usage.parquet",
                    "--window",
                    "2026-06-01/2026-07-01",
                    "-q",
                    "-f",
                    "json",
                    "-o",
                    FOLDER + "/report",
                    "--allow-gaps",
                    "--save",
                    saved.toString()));
        }
        List<Run> evaluated = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            evaluated.add(measured(
                    "aiaudit",
                    "report",
                    saved.toString(),
                    "--rule",
                    FOUR,
                    "-q",
                    "-f",
                    "json",
                    "-o",
                    FOLDER + "/report",
                    "--allow-gaps"));
        }
        note("four rules over 10,000 resources x 30 days x 4 metrics (aiaudit report)", evaluated);
        assertThat(evaluated).allSatisfy(run -> assertThat(run.peakMib()).isLessThan(MOST_MIB));
    }

    /** Both read the same saved scan and write the same report of what they find. */
    @Test
    void all_rules_take_less_than_three_times_what_four_rules_take() {
        Path saved = FOLDER.resolve("fleet.aiaudit");
        if (!Files.exists(saved)) {
            sql("fleet.sql", Map.of());
            timed(java(
                    "aiaudit",
                    "scan",
                    "--billing",
                    FOLDER + "/fleet-bill.parquet",
                    "--inventory",
                    FOLDER + "/fleet-inventory.csv",
                    "--usage",
                    FOLDER + "/fleet-usage.parquet",
                    "--window",
                    "2026-06-01/2026-07-01",
                    "-q",
                    "--rule",
                    "gpu-instance-idle",
                    "-f",
                    "terminal",
                    "-o",
                    FOLDER + "/report",
                    "--allow-gaps",
                    "--save",
                    saved.toString()));
        }
        List<Run> four = new ArrayList<>();
        List<Run> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            four.add(judged(saved, "--rule", FOUR));
            all.add(judged(saved));
        }
        note("four rules over 10,000 resources of all kinds x 30 days x 4 metrics", four);
        note("all rules over the same", all);
        assertThat(median(all)).as("processor seconds of all rules").isLessThan(3 * median(four));
        assertThat(all).allSatisfy(run -> assertThat(run.peakMib()).isLessThan(MOST_MIB));
    }

    private static Run judged(Path saved, String... rules) {
        List<String> command = new ArrayList<>(List.of(
                "aiaudit",
                "report",
                saved.toString(),
                "-q",
                "-f",
                "terminal",
                "-o",
                FOLDER + "/report",
                "--allow-gaps"));
        command.addAll(List.of(rules));
        return measured(command.toArray(String[]::new));
    }

    private static double median(List<Run> runs) {
        return runs.stream().mapToDouble(Run::cpu).sorted().toArray()[runs.size() / 2];
    }

    private static Path made(String name, long rows, String format) {
        Path file = FOLDER.resolve(name);
        if (!Files.exists(file)) {
            sql(
                    "bill.sql",
                    Map.of(
                            "$rows",
                            rows + "",
                            "$resources",
                            rows / 50 + "",
                            "$file",
                            file.toString(),
                            "$format",
                            format));
        }
        return file;
    }

    private static void sql(String resource, Map<String, String> values) {
        try (InputStream stream = PerformanceTest.class.getResourceAsStream(resource)) {
            String script =
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("$folder", FOLDER.toString());
            for (Map.Entry<String, String> value : values.entrySet()) {
                script = script.replace(value.getKey(), value.getValue());
            }
            Path file = Files.writeString(FOLDER.resolve("script.sql"), script);
            timed(java("sql", FOLDER.resolve("make.duckdb").toString(), file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options are those of the launcher, src/main/sh/aiaudit. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Xss8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Measured.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@code FOLDER} among the arguments is a fresh one. */
    private static Run measured(String... arguments) {
        try {
            Path fresh = Files.createTempDirectory(FOLDER, "run");
            try {
                return timed(java(Stream.of(arguments)
                        .map(argument -> argument.equals("FOLDER") ? fresh.toString() : argument)
                        .toArray(String[]::new)));
            } finally {
                try (Stream<Path> files = Files.list(fresh)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run timed(List<String> command) {
        long start = System.nanoTime();
        Ran ran = Ran.program(FOLDER, Map.of(), command);
        double wall = (System.nanoTime() - start) / 1e9;
        assertThat(ran.exitCode()).as(ran.err()).isIn(0, 3);
        Matcher measured = MEASURED.matcher(ran.err());
        if (measured.find()) {
            return new Run(wall, Double.parseDouble(measured.group(1)), Long.parseLong(measured.group(2)), ran.out());
        }
        double cpu = SHELL_TIME
                .matcher(ran.err())
                .results()
                .mapToDouble(time -> 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2)))
                .sum();
        return new Run(wall, cpu, 0, ran.out());
    }

    /** The figures of the rounds, each sorted by size. */
    private static void note(String what, List<Run> runs) {
        String line = "| " + what + " | " + sorted(runs.stream().map(Run::wall)) + " | "
                + sorted(runs.stream().map(Run::cpu)) + " | "
                + runs.stream().mapToLong(Run::peakMib).max().orElse(0) + " |\n";
        try {
            Files.writeString(FOLDER.resolve("figures.md"), line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sorted(Stream<Double> seconds) {
        return String.join(
                ", ",
                seconds.sorted().map(s -> String.format(Locale.ROOT, "%.1f", s)).toList());
    }
}
