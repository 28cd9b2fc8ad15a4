package io.aiaudit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all tests of a Java share is ended and removed with that Java: what came last goes first, so a server ends
 * before its folder is removed.
 */
public final class AtExit {
    private static final Deque<Runnable> LAST_FIRST = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::end, "shared by tests"));
    }

    private AtExit() {}

    public static void run(Runnable work) {
        synchronized (LAST_FIRST) {
            LAST_FIRST.push(work);
        }
    }

    /** A new folder that is removed then. */
    public static Path folder(String name) {
        try {
            Path folder = Files.createTempDirectory("aiaudit-" + name + "-");
            run(() -> delete(folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end() {
        synchronized (LAST_FIRST) {
            LAST_FIRST.forEach(Runnable::run);
        }
    }

    /** A folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
