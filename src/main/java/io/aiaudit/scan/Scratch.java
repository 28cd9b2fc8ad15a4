package io.aiaudit.scan;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Files that must not outlive the run, whether it ends, fails or is interrupted: a private temporary folder and whatever is half-written elsewhere. */
public final class Scratch implements AutoCloseable {
    private final Deque<Path> paths = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::end, "scratch");
    private boolean ended;

    public Scratch() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new folder in {@code parent} that only this user can look into. */
    public synchronized Path folder(Path parent) {
        refuseAfterEnd();
        try {
            Path folder = Files.createTempDirectory(parent, "aiaudit-");
            paths.push(folder);
            return folder;
        } catch (IOException e) {
            throw new ScanFailed("no folder could be made in " + parent, e);
        }
    }

    /** Takes care of a file, which need not exist yet. */
    public synchronized Path file(Path file) {
        refuseAfterEnd();
        paths.push(file);
        return file;
    }

    /** Lets go of a file that is complete. */
    public synchronized void keep(Path file) {
        paths.remove(file);
    }

    private void refuseAfterEnd() {
        if (ended) {
            throw new IllegalStateException("the computer is shutting down");
        }
    }

    /** The work goes on while the machine ends, and may make a file again that was removed; so all of them are looked for twice. */
    private synchronized void end() {
        ended = true;
        List<Path> all = List.copyOf(paths);
        delete();
        pause();
        all.forEach(Scratch::delete);
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The machine is going down already; the hook has run or runs now.
            return;
        }
    }

    private synchronized void delete() {
        while (!paths.isEmpty()) {
            delete(paths.pop());
        }
    }

    /** The database may still write while an interrupted run ends, so a folder can fill again behind us. */
    private static void delete(Path path) {
        for (int attempt = 0; attempt < 20 && Files.exists(path); attempt++) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
