package io.aiaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How many files this process may have open. With too few, whatever is opened next fails: a library in the midst of a
 * scan, or the database, which takes the process along.
 */
final class OpenFiles {
    /** A scan of files has 260 open, most of them libraries; one of clouds has connections besides. */
    static final long LEAST = 512;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** Says that they are too few. Java has raised the limit as far as it may before. */
    static boolean areTooFew(Console console) {
        OptionalLong most = most();
        if (most.isEmpty() || most.getAsLong() >= LEAST) {
            return false;
        }
        console.error(
                "aiaudit may open only " + most.getAsLong() + " files here, and needs " + LEAST + ".",
                "Raise the limit, then run it again: ulimit -n 4096");
        return true;
    }

    /** Empty where there is no limit, and where the system does not say. */
    private static OptionalLong most() {
        try {
            return Files.isReadable(LIMITS)
                    ? Files.readAllLines(LIMITS).stream()
                            .filter(line -> line.startsWith(LINE))
                            .map(line -> line.substring(LINE.length()).strip().split(" +")[0])
                            .filter(number -> number.matches("[0-9]+"))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
