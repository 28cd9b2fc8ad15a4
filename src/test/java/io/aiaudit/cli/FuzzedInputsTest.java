package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Fuzz;
import io.aiaudit.testing.Mutants;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import io.aiaudit.testing.Stopwatch;
import io.aiaudit.testing.Survived;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed configurations, finished audits and saved scans: each is refused in words for people, or read with the totals
 * that were in it before.
 */
@Fuzz
@Slow
class FuzzedInputsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String CONFIGURATION = """
            currency: EUR
            exchange_rates:
              USD: {rate: 0.9, date: 2026-06-30}
            memory_limit: 1GiB
            policy:
              - match: {tags: {team: chat}}
                latency: yes
                allowed_regions: [eu-west-1, eu-central-1]
            rules:
              inference-endpoint-idle: {idle_days: 10}
            ignore:
              - rule: gpu-instance-idle
                resource: i-0
                until: 2027-01-01
                reason: on loan
            """;

    @TempDir
    private Path folder;

    private int refused;
    private int read;

    @Test
    void configurations() {
        byte[] base = CONFIGURATION.getBytes(StandardCharsets.UTF_8);
        Mutants.judge(5, number -> {
            Path file = Files.write(folder.resolve("aiaudit.yaml"), Mutants.ofText(base, number));
            judged("configuration", number, "config", "show", "--config", file.toString());
        });
        Survived.count((refused + read) + " mutants of a configuration: " + refused + " refused with a reason, " + read
                + " read");
    }

    @Test
    void audits() throws IOException {
        byte[] base = scan("aiaudit.json");
        JsonNode whole = JSON.readTree(base).path("totals");
        assertThat(whole).isNotEmpty();
        Mutants.judge(4, number -> {
            byte[] mutant = number == 0 ? base : Mutants.ofText(base, number);
            Path file = Files.write(folder.resolve("mutant.json"), mutant);
            Run run = judged("audit", number, "report", file.toString(), "-q", "-f", "json");
            if (number == 0) {
                assertThat(run.exitCode()).as(run.err()).isZero();
            }
            if (run.exitCode() == 0) {
                JsonNode shown = JSON.readTree(run.out()).path("totals");
                whole.fieldNames()
                        .forEachRemaining(total -> assertThat(shown.path(total))
                                .as("audit %d: %s", number, total)
                                .isEqualTo(whole.path(total)));
            }
        });
        Survived.count((refused + read) + " mutants of an audit: " + refused + " refused with a reason, " + read
                + " read with the totals of the scan");
    }

    @Test
    void saved_scans() throws IOException {
        byte[] base = scan("june.aiaudit");
        Path file = Files.write(folder.resolve("mutant.aiaudit"), base);
        String whole = Run.of("report", file.toString(), "-q", "-f", "json").out();
        assertThat(whole).isNotEmpty();
        Mutants.judge(1, number -> {
            Files.write(file, Mutants.ofBytes(base, number));
            Run run = judged("saved scan", number, "report", file.toString(), "-q", "-f", "json");
            if (run.exitCode() == 0) {
                assertThat(run.out()).as("saved scan %d", number).isEqualTo(whole);
            }
        });
        Survived.count((refused + read) + " mutants of a saved scan: " + refused + " refused with a reason, " + read
                + " with the same report");
    }

    /** What a scan of two small files writes. */
    private byte[] scan(String name) throws IOException {
        Run run = Run.of(
                "scan",
                "--billing",
                FILES.resolve("bill.csv").toString(),
                "--usage",
                FILES.resolve("usage.csv").toString(),
                "-q",
                "--save",
                folder.resolve("june.aiaudit").toString(),
                "-f",
                "json",
                "-o",
                folder.toString());
        assertThat(run.exitCode()).as(run::toString).isZero();
        return Files.readAllBytes(folder.resolve(name));
    }

    private Run judged(String what, int number, String... command) {
        Stopwatch watch = Stopwatch.started();
        Run run = Run.of(command);
        assertThat(watch.time()).as("%s %d", what, number).isLessThan(LONGEST);
        assertThat(run.err())
                .as("%s %d", what, number)
                .doesNotContain("\tat ", "java.", "io.aiaudit", "--debug", "aiaudit failed");
        assertThat(run.exitCode()).as("%s %d: %s", what, number, run.err()).isIn(0, 1, 2, 4);
        if (run.exitCode() == 1 || run.exitCode() == 2) {
            assertThat(run.out()).as("%s %d", what, number).isEmpty();
            assertThat(run.err()).as("%s %d", what, number).contains("error: ", "\n  fix: ");
            refused++;
        } else {
            read++;
        }
        return run;
    }
}
