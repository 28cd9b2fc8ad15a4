package io.aiaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** What a scan took of the machine, in words: peak memory of the process, and what the database spilled to disk. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private PeakMemory() {}

    /** A line of the summary where something can be done about it, else one of {@code --debug}. */
    static void say(long spilledBytes, Console console) {
        if (spilledBytes > 0) {
            console.say(line(spilledBytes));
        } else {
            console.debug(line(spilledBytes));
        }
    }

    static String line(long spilledBytes) {
        OptionalLong peak = ofProcess();
        return (peak.isPresent() ? "Peak memory " + size(peak.getAsLong()) : "Peak memory not known on this system")
                + "; "
                + (spilledBytes == 0
                        ? "nothing spilled to disk."
                        : size(spilledBytes) + " spilled to disk; a higher --memory-limit is faster.");
    }

    /** Resident memory of this process, the database in it included; empty where the system does not keep the peak. */
    private static OptionalLong ofProcess() {
        try {
            return Files.isReadable(STATUS)
                    ? Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static String size(long bytes) {
        return bytes >= GIB
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIB)
                : String.format(Locale.ROOT, "%.0f MiB", Math.max(1, bytes / MIB));
    }
}
