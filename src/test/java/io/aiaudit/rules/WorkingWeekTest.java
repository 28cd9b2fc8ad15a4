package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work on working days is a weekly schedule in every window, whichever days it begins and ends on. */
@Slow
class WorkingWeekTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

    /** The fewest days that the rules take, a day more, and a window of a live source. */
    private static final List<Integer> LENGTHS = List.of(14, 15, 30);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}: {3} {4}")
    @CsvSource(delimiter = '|', textBlock = """
            inference-endpoint-off-hours | inference_endpoint | requests, total: 50 | mon-fri | 08-18 \
            | Mon-Fri 07-19 UTC
            instance-always-on | instance | gpu_utilization, average: 0.5, maximum: 0.9 | mon-fri | 08-18 \
            | Mon-Fri 07-19 UTC
            instance-always-on | notebook | gpu_utilization, average: 0.5, maximum: 0.9 | sat-sun | 10-20 \
            | Sat,Sun 09-21 UTC
            """)
    void a_schedule_is_found_in_every_window_of_two_weeks_or_more(
            String id, String kind, String use, String days, String at, String target) throws IOException {
        TreeMap<Integer, TreeSet<String>> missed = new TreeMap<>();
        try (RuleTests tests = new RuleTests(folder)) {
            for (int first = 0; first < 7; first++) {
                for (int length : LENGTHS) {
                    LocalDate start = MONDAY.plusDays(first);
                    String cases = """
                        window: %s/%s
                        cases:
                          - name: a working week
                            given:
                              resources: [{resource_id: a, kind: %s, provider: aws, region: eu-west-1, name: a, \
                        created_at: 2026-01-10}]
                              metrics:
                                - {resource_id: a, metric: %s}
                                - {resource_id: a, metric: %s, days: %s, at: %s}
                            expect: [{resource_id: a, target: "%s"}]
                        """.formatted(
                                    start,
                                    start.plusDays(length),
                                    kind,
                                    use.replaceAll(": [0-9.]+", ": 0"),
                                    use,
                                    days,
                                    at,
                                    target);
                    for (RuleTests.Result result : run(tests, id, cases)) {
                        if (!result.passed()) {
                            missed.computeIfAbsent(length, same -> new TreeSet<>())
                                    .add(start.getDayOfWeek().name().toLowerCase(Locale.ROOT) + " "
                                            + result.difference().replace('\n', ' '));
                        }
                    }
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    private List<RuleTests.Result> run(RuleTests tests, String id, String cases) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(id));
        List<Path> files = new ArrayList<>();
        try (var all = Files.list(Needs.projectFolder().resolve("rules").resolve(id))) {
            all.forEach(files::add);
        }
        for (Path file : files) {
            Files.deleteIfExists(copy.resolve(file.getFileName()));
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        Files.writeString(copy.resolve("tests.yaml"), cases);
        return tests.run(RuleFolder.read(copy));
    }
}
