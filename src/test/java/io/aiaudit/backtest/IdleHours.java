package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which hours of GPU pods in production are idle, as the engine's relation {@code work} says it from hourly means and
 * maxima, against what the service recorded: an hour is idle if no request, prediction, model load or queue entry fell
 * into it.
 */
final class IdleHours {
    private static final int MINUTES = 60;
    private static final String RULE = "pod-idle-hours";

    private final Map<String, Map<Integer, Hour>> pods = new TreeMap<>();

    /** Shares 0..1; memory in GiB. */
    private static final class Hour {
        private double dutySum;
        private double dutyMost;
        private double memorySum;
        private int minutes;
        private boolean working;

        private void add(double duty, double memory, boolean event) {
            dutySum += duty;
            dutyMost = Math.max(dutyMost, duty);
            memorySum += memory;
            minutes++;
            working |= event;
        }

        private double mean() {
            return dutySum / minutes;
        }
    }

    /**
     * How well a test of hours does.
     *
     * @param found hours that it calls idle
     */
    record Result(long found, double precision, double recall) {}

    /** What the engine is shown of a pod. */
    enum Sight {
        MEAN_AND_MAXIMUM,
        MEAN,
        MEAN_MAXIMUM_AND_MEMORY
    }

    IdleHours() {
        Table.read(Needs.data("gentd26/pod_minute_even.csv.gz"), row -> {
            if (!row.get("gpu_duty_pct").isBlank()
                    && !row.get("gpu_mem_used_gib").isBlank()) {
                pods.computeIfAbsent(row.get("pod"), pod -> new TreeMap<>())
                        .computeIfAbsent(Integer.parseInt(row.get("minute")) / MINUTES, hour -> new Hour())
                        .add(
                                Double.parseDouble(row.get("gpu_duty_pct")) / 100,
                                Double.parseDouble(row.get("gpu_mem_used_gib")),
                                row.get("event").equals("1"));
            }
        });
    }

    int pods() {
        return pods.size();
    }

    long hours() {
        return pods.values().stream().mapToLong(Map::size).sum();
    }

    /** A threshold on the hour's maximum alone. */
    Result maximumAtMost(double share) {
        return judged(hour -> hour.dutyMost <= share + 1e-9);
    }

    /** A threshold on the hour's mean alone. */
    Result meanAtMost(double share) {
        return judged(hour -> hour.mean() <= share + 1e-9);
    }

    private Result judged(Predicate<Hour> test) {
        Set<String> idle = new HashSet<>();
        pods.forEach((pod, hours) -> hours.forEach((number, hour) -> {
            if (test.test(hour)) {
                idle.add(key(pod, number));
            }
        }));
        return against(idle);
    }

    private Result against(Set<String> idle) {
        long right = 0;
        long truly = 0;
        for (Map.Entry<String, Map<Integer, Hour>> pod : pods.entrySet()) {
            for (Map.Entry<Integer, Hour> hour : pod.getValue().entrySet()) {
                if (!hour.getValue().working) {
                    truly++;
                    right += idle.contains(key(pod.getKey(), hour.getKey())) ? 1 : 0;
                }
            }
        }
        return new Result(idle.size(), (double) right / idle.size(), (double) right / truly);
    }

    /** What the relation {@code work} says, through inventory and usage files and a rule that lists the hours. */
    Result asTheEngineSays(Sight sight) throws IOException {
        Path folder = Files.createTempDirectory("aiaudit-backtest");
        try (Company company = new Company(folder)) {
            writeRule(folder.resolve("rules"));
            pods.forEach((pod, hours) -> {
                Company.Machine machine =
                        new Company.Machine("i-" + pod, "gpu_workload", "aws", "us-east-1", "g6e.xlarge", "{}", 1.861);
                company.add(machine);
                hours.forEach((number, hour) -> {
                    company.use(
                            machine,
                            number,
                            "gpu_utilization",
                            hour.mean(),
                            sight == Sight.MEAN ? null : (Double) hour.dutyMost,
                            null);
                    if (sight == Sight.MEAN_MAXIMUM_AND_MEMORY) {
                        company.use(machine, number, "gpu_memory_used_gib", hour.memorySum / hour.minutes, null, null);
                    }
                });
            });
            Set<String> idle = new HashSet<>();
            for (Audit.AuditedFinding found : company.scan(RULE, 2, "rules_dir: " + folder.resolve("rules"))
                    .findings()) {
                List<?> hours = (List<?>) found.evidence().get("idle_hours");
                hours.forEach(
                        hour -> idle.add(key(found.resourceId().substring(2), Integer.parseInt(String.valueOf(hour)))));
            }
            return against(idle);
        } finally {
            Folders.delete(folder);
        }
    }

    /** By what the engine is shown. */
    Map<Sight, Result> results() throws IOException {
        Map<Sight, Result> results = new EnumMap<>(Sight.class);
        for (Sight sight : Sight.values()) {
            results.put(sight, asTheEngineSays(sight));
        }
        return results;
    }

    private static String key(String pod, int hour) {
        return pod + "/" + hour;
    }

    private static void writeRule(Path rules) {
        Map<String, String> files = new TreeMap<>();
        files.put("rule.yaml", """
                id: %s
                title: Idle hours of pods
                summary: Lists the hours without work.
                applies_to: [gpu_workload]
                needs: [gpu_utilization]
                min_days: 0
                min_coverage: 0
                proof: none
                lever: govern
                remedies: {look: {action: Look., effort: low, speed: none, compliance: none}}
                """.formatted(RULE));
        files.put(
                "rule.sql",
                "SELECT resource_id, list(date_diff('hour', window_start, hour)::VARCHAR ORDER BY hour) AS idle_hours "
                        + "FROM work, param WHERE NOT worked GROUP BY resource_id");
        files.put("README.md", "## Why it costs\n## How it is found\n## Fix\n## When it is wrong\n");
        files.put("tests.yaml", "window: 2026-06-01/2026-06-08\ncases: [{name: none, given: {}, expect: []}]\n");
        try {
            Path rule = Files.createDirectories(rules.resolve(RULE));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(rule.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table of thresholds. */
    List<String> thresholds() {
        List<String> rows = new ArrayList<>();
        for (double share : new double[] {0.02, 0.05, 0.1, 0.15, 0.2}) {
            rows.add(row(
                    String.format(Locale.ROOT, "highest minute at most %.0f %%", 100 * share), maximumAtMost(share)));
        }
        for (double share : new double[] {0, 0.001, 0.002, 0.003, 0.005, 0.01, 0.05}) {
            rows.add(row(String.format(Locale.ROOT, "mean at most %.1f %%", 100 * share), meanAtMost(share)));
        }
        return rows;
    }

    static String row(String name, Result result) {
        return String.format(
                Locale.ROOT, "| %s | %d | %.2f | %.2f |", name, result.found(), result.precision(), result.recall());
    }
}
