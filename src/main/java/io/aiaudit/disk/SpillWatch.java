package io.aiaudit.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Looks at a temporary folder while a scan runs: how much the database had written there at most, since memory was not
 * enough. What comes and goes between two looks is not seen.
 */
public final class SpillWatch implements AutoCloseable {
    private static final long EVERY_MILLISECONDS = 100;
    private static final int FOLDERS_DEEP = 4;

    /** As the database calls what it moves out of memory, and nothing else. */
    private static final String SPILLED = "duckdb_temp_";

    private final Path folder;
    private final Thread thread;
    private volatile long highest;

    private SpillWatch(Path folder) {
        this.folder = folder;
        this.thread = new Thread(this::run, "spill watch");
    }

    /** Begins to look at a folder. */
    public static SpillWatch of(Path folder) {
        SpillWatch watch = new SpillWatch(folder);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(EVERY_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        try (Stream<Path> files = Files.find(
                folder,
                FOLDERS_DEEP,
                (file, attributes) -> file.getFileName().toString().startsWith(SPILLED))) {
            highest = Math.max(highest, files.mapToLong(SpillWatch::size).sum());
        } catch (IOException | UncheckedIOException e) {
            // Files come and go; the next look sees the others.
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The most bytes at one time. */
    public long highest() {
        return highest;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
