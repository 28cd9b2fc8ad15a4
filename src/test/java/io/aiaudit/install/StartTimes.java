package io.aiaudit.install;

import io.aiaudit.testing.Ran;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How long an installed command takes to answer, measured in turns with `java -version` of the same Java. */
final class StartTimes {

    private static final String BASE = "java -version";

    private final Installed installed;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

    StartTimes(Installed installed, Iterable<List<String>> argumentsOfCommands) {
        this.installed = installed;
        commands.put(BASE, List.of(installed.java().resolve("bin/java").toString(), "-version"));
        for (List<String> arguments : argumentsOfCommands) {
            commands.put(
                    name(arguments),
                    Stream.concat(Stream.of(installed.launcher().toString()), arguments.stream())
                            .toList());
        }
    }

    static String name(List<String> arguments) {
        return ("aiaudit " + String.join(" ", arguments)).strip();
    }

    /** Runs everything in turns, so that other work on the machine disturbs all alike. */
    void measure(int runs) {
        for (int run = 0; run < runs; run++) {
            commands.forEach((name, command) -> {
                long start = System.nanoTime();
                Ran.program(installed.home(), installed.variables(), command);
                nanos.computeIfAbsent(name, key -> new ArrayList<>()).add(System.nanoTime() - start);
            });
        }
    }

    /**
     * In times of `java -version`: medians, or the quickest runs, which other work has disturbed least; the smaller.
     */
    double ratio(String name) {
        return Math.min(quantile(name, 0.5) / quantile(BASE, 0.5), quantile(name, 0) / quantile(BASE, 0));
    }

    /** For docs/performance.md. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-32s %10s %18s", "milliseconds", "median", "quickest"));
        commands.keySet()
                .forEach(name -> lines.add(String.format(
                        Locale.ROOT,
                        "%-32s %4.0f  x%.1f %12.0f  x%.1f",
                        name,
                        quantile(name, 0.5) / 1e6,
                        quantile(name, 0.5) / quantile(BASE, 0.5),
                        quantile(name, 0) / 1e6,
                        quantile(name, 0) / quantile(BASE, 0))));
        return lines;
    }

    private double quantile(String name, double share) {
        List<Long> sorted = nanos.get(name).stream().sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
