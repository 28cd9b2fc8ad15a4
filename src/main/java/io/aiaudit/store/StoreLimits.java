package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How much memory (MiB) and how many threads the database may use, the private folder where it spills what does not
 * fit, and how much (MiB) it may spill; null is what the disk has, less a tenth.
 */
public record StoreLimits(long memoryMib, int threads, Path spillFolder, Long mostSpilledMib) {
    /** For what comes from strangers: so many times the memory may be spilled. */
    private static final long SPILLED_BY_STRANGERS = 8;

    /** What is smaller is worked on by one thread, since others find little work in it (docs/adr/0260). */
    static final long SMALL_BYTES = 32L << 20;

    /** {@code -Daiaudit.one.thread.below=BYTES} is another limit; with 0 all threads work on everything. */
    public static final String ONE_THREAD_BELOW = "aiaudit.one.thread.below";

    /** Spills what the disk has. */
    public StoreLimits(long memoryMib, int threads, Path spillFolder) {
        this(memoryMib, threads, spillFolder, null);
    }

    /** With one thread, and a share of the disk. */
    public static StoreLimits ofStrangers(long memoryMib, Path spillFolder) {
        return new StoreLimits(memoryMib, 1, spillFolder, memoryMib * SPILLED_BY_STRANGERS);
    }

    /** How many threads work on so much. */
    int threadsFor(long bytes) {
        return bytes < Long.getLong(ONE_THREAD_BELOW, SMALL_BYTES) ? 1 : threads;
    }

    /** The settings for this file of a database, which may not be there yet. */
    Properties properties(Path file) {
        return properties(file.toFile().length());
    }

    /** Settings that every instance of ours has: bounded, and without anything loaded from outside. */
    Properties properties(long bytes) {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", memoryMib + "MiB");
        properties.setProperty("threads", Integer.toString(threadsFor(bytes)));
        properties.setProperty("temp_directory", spillFolder.toString());
        if (mostSpilledMib != null) {
            properties.setProperty("max_temp_directory_size", mostSpilledMib + "MiB");
        }
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        return properties;
    }

    static UserError unwritable(Path spillFolder, IOException failure) {
        return new UserError(
                "cannot write to the spill folder " + spillFolder + ": " + failure.getMessage() + ".",
                "Name a folder with free space in aiaudit.yaml, such as spill_dir: /var/tmp",
                failure);
    }
}
