package io.aiaudit.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of one run: a random name, for this user only, locked until the run ends. It goes when the run ends, fails
 * or is interrupted; what a killed run left is recognised by its lock, which nobody holds, and removed by the next run
 * in the same parent folder.
 */
public final class RunFolder implements AutoCloseable {
    private static final String TEMPORARY = "aiaudit-";
    /** Hidden where people look for reports. */
    private static final String UNFINISHED = ".aiaudit-";

    /** Of a run that is ending, after its name. */
    private static final String ENDED = "-ended";

    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 20;

    private final Path path;
    private final String prefix;
    private final LockFile lock;
    private final EndOfProcess endOfProcess;
    private boolean ended;

    private RunFolder(Path path, String prefix, LockFile lock, EndOfProcess endOfProcess) {
        this.path = path;
        this.prefix = prefix;
        this.lock = lock;
        this.endOfProcess = endOfProcess;
    }

    /** For what only this run needs. */
    public static RunFolder temporary(Path parent) {
        RunFolder made = make(parent, TEMPORARY);
        made.ofDeadRuns((folder, lockOfDead) -> remove(folder, lockOfDead));
        return made;
    }

    /** Beside finished files, on the same disk, for those that are not finished. */
    static RunFolder unfinished(Path parent) {
        return make(parent, UNFINISHED);
    }

    public Path path() {
        return path;
    }

    /**
     * A folder in it, made if needed.
     *
     * @throws IllegalStateException when the run is ending already: to make it would make this folder again too
     */
    public Path folder(String name) {
        try {
            Path folder = path.resolve(name);
            whole(() -> Files.createDirectories(folder));
            return folder;
        } catch (IOException e) {
            throw NotWritten.of("no folder can be created in " + path, e);
        }
    }

    private static RunFolder make(Path parent, String prefix) {
        try {
            EndOfProcess endOfProcess = new EndOfProcess();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<RunFolder> made = endOfProcess.make(parent, prefix);
                if (made.isPresent()) {
                    return made.get();
                }
            }
            throw new IOException("other processes remove what is created there");
        } catch (IOException e) {
            throw NotWritten.of("no folder can be created in " + parent, e);
        }
    }

    /**
     * Removes the folder when the process ends. The hook is registered before the folder is made and waits until it is
     * made, so that no moment is left in which an interrupt finds a folder that nobody removes.
     */
    private static final class EndOfProcess {
        private AtExit atExit;
        private RunFolder made;

        /**
         * Empty where another run took the folder for one of a killed run.
         *
         * @throws IllegalStateException when the process is ending already
         */
        synchronized Optional<RunFolder> make(Path parent, String prefix) throws IOException {
            atExit = AtExit.run("run folder", this::remove);
            try {
                Optional<RunFolder> locked = locked(Files.createTempDirectory(parent, prefix), prefix);
                made = locked.orElse(null);
                return locked;
            } finally {
                if (made == null) {
                    forget();
                }
            }
        }

        /** Empty where another run took the folder. On a file system without locks nobody does. */
        private Optional<RunFolder> locked(Path folder, String prefix) throws IOException {
            Path lock = folder.resolve(LOCK);
            try {
                return LockFile.create(lock).map(own -> new RunFolder(folder, prefix, own, this));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                if (Files.exists(lock)) {
                    return Optional.of(new RunFolder(folder, prefix, null, this));
                }
                Files.deleteIfExists(folder);
                throw e;
            }
        }

        private synchronized void remove() {
            if (made != null) {
                made.end();
            }
        }

        void forget() {
            atExit.forget();
        }
    }

    /** What to do with a folder that a killed run left. */
    interface OfDead {
        void handle(Path folder, LockFile lock) throws IOException;
    }

    /**
     * Handles what killed runs of this user left beside this folder. Failing at that is no reason to fail: the next run
     * tries again.
     */
    void ofDeadRuns(OfDead handling) {
        siblings().forEach(folder -> handle(folder, handling));
    }

    private static void handle(Path folder, OfDead handling) {
        try {
            Optional<LockFile> lockOfDead = lockOfDead(folder);
            if (lockOfDead.isPresent()) {
                handling.handle(folder, lockOfDead.get());
            }
        } catch (IOException e) {
            return; // of a file system without locks, or not one of ours
        }
    }

    /** Whether other runs, alive or dead, have a folder beside this one. */
    boolean hasSiblings() {
        return siblings().size() > 1;
    }

    /** Of this user, this one included. */
    private List<Path> siblings() {
        try (Stream<Path> children = Files.list(path.toAbsolutePath().getParent())) {
            Object user = Files.getOwner(path);
            return children.filter(this::hasNameOfARun)
                    .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .filter(child -> isOwnedBy(user, child))
                    .toList();
        } catch (IOException | UnsupportedOperationException e) {
            return List.of();
        }
    }

    /**
     * The name that Java gives a temporary folder: a number after the prefix; a run that was killed while it
     * ended leaves another. Folders that others call so are theirs.
     */
    private boolean hasNameOfARun(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]+(" + ENDED + ")?");
    }

    private static boolean isOwnedBy(Object user, Path folder) {
        try {
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException e) {
            return false; // another run has just removed it
        }
    }

    private static Optional<LockFile> lockOfDead(Path folder) throws IOException {
        if (Files.notExists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder); // killed before it had a lock, and so empty; else it is not one of ours
            return Optional.empty();
        }
        return LockFile.ofDead(folder.resolve(LOCK));
    }

    /** The lock goes last, so that a killed removal is recognised too. */
    static void remove(Path folder, LockFile lock) {
        delete(folder, folder.resolve(LOCK));
        if (lock != null) {
            lock.close();
        }
        delete(folder, null);
    }

    /**
     * Does what an interrupt must not cut in two.
     *
     * @throws IllegalStateException when the run is ending already
     */
    synchronized void whole(Step step) throws IOException {
        if (ended) {
            throw new IllegalStateException("the computer is shutting down");
        }
        step.run();
    }

    /** Something that writes. */
    interface Step {
        void run() throws IOException;
    }

    /** The run goes on while the process ends; under another name nothing can be created in the folder any more. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        Path renamed = path.resolveSibling(path.getFileName() + ENDED);
        try {
            Files.move(path, renamed);
        } catch (IOException e) {
            renamed = path;
        }
        remove(renamed, null);
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        remove(path, lock);
        endOfProcess.forget();
    }

    /** The database may still write while an interrupted run ends, so a folder can fill again behind us. */
    private static void delete(Path folder, Path kept) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                Files.walkFileTree(folder, new Deletion(folder, kept));
                return;
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

    /** Follows no links. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path kept;

        Deletion(Path root, Path kept) {
            this.root = root;
            this.kept = kept;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.equals(kept)) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (kept == null || !folder.equals(root)) {
                Files.deleteIfExists(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
