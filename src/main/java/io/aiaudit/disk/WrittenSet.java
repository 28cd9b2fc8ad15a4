package io.aiaudit.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a run writes into one folder. They are written into a private folder on the same disk and get their
 * names together: when all are whole, and while no other run gives names there. A folder that does not exist yet
 * appears with all of them at once. A run that is killed while files get their names has recorded before that all are
 * whole; the next run there gives the rest their names.
 */
public final class WrittenSet implements AutoCloseable {
    private static final String FILES = "files";
    private static final String REPLACED = "replaced";
    /** In a run's folder: the files are whole. */
    private static final String WHOLE = "whole";

    /** Taken while files get their names, so that two runs do not mix theirs. */
    private static final String NAMING = ".aiaudit.lock";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final String what;
    private final Path folder;
    private final FileMode mode;
    private final RunFolder run;

    private WrittenSet(String what, Path folder, FileMode mode, RunFolder run) {
        this.what = what;
        this.folder = folder;
        this.mode = mode;
        this.run = run;
    }

    /**
     * For files in {@code folder}, which need not exist. What a killed run left there is cleaned up.
     *
     * @param what what messages call the files, such as {@code the report}
     */
    public static WrittenSet in(String what, Path folder, FileMode mode) {
        Path absolute = folder.toAbsolutePath().normalize();
        boolean fresh = Files.notExists(absolute, LinkOption.NOFOLLOW_LINKS) && absolute.getParent() != null;
        Path parent = fresh ? absolute.getParent() : absolute;
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw NotWritten.of("the folder " + folder + " cannot be created", e);
        }
        RunFolder run = RunFolder.unfinished(parent);
        try {
            Files.createDirectory(run.path().resolve(FILES));
            WrittenSet set = new WrittenSet(what, absolute, mode, run);
            set.cleanUp(parent);
            return set;
        } catch (IOException e) {
            run.close();
            throw NotWritten.of(what, folder, e);
        }
    }

    /** Makes the next content of a file from the one that is there. */
    public interface Change {
        /** {@code before} may not exist; {@code after} does not. */
        void write(Path before, Path after) throws IOException;
    }

    /**
     * Changes a file while no other run does, so that none loses what another one has written into it.
     *
     * @param what what messages call the file, such as {@code the key}
     */
    public static void change(String what, Path file, FileMode mode, Change change) {
        Path target = file.toAbsolutePath().normalize();
        try (WrittenSet set = in(what, target.getParent(), mode)) {
            Path after = set.file(target.getFileName().toString());
            set.publishIntoFolder(() -> {
                change.write(target, after);
                mode.set(after);
            });
        } catch (IOException e) {
            throw NotWritten.of(what, target.getParent(), e);
        }
    }

    private void cleanUp(Path parent) throws IOException {
        if (run.hasSiblings()) {
            alone(parent, () -> run.ofDeadRuns(WrittenSet::complete));
        }
    }

    /** Where to write a file until it gets its name. */
    public Path file(String name) {
        return run.path().resolve(FILES).resolve(name);
    }

    /**
     * Gives all files their names. Older files of these names are replaced, links are not followed. Where one cannot
     * get its name, none does.
     */
    public void publish() {
        try {
            for (Path file : written()) {
                mode.set(file);
            }
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS) && appears()) {
                return;
            }
            publishIntoFolder(() -> {});
        } catch (IOException e) {
            throw NotWritten.of(what, folder, e);
        }
    }

    /** One rename. False where another run has made the folder in the meantime. */
    private boolean appears() throws IOException {
        try {
            run.whole(() -> Files.move(run.path().resolve(FILES), folder, StandardCopyOption.ATOMIC_MOVE));
            return true;
        } catch (FileSystemException e) {
            if (Files.isDirectory(folder)) {
                return false;
            }
            throw e;
        }
    }

    /** The last step comes when no other run gives names in the folder. */
    private void publishIntoFolder(RunFolder.Step last) throws IOException {
        if (!folder.equals(run.path().getParent())) {
            try (WrittenSet inside = in(what, folder, mode)) {
                for (Path file : written()) {
                    Files.move(file, inside.file(file.getFileName().toString()));
                }
                inside.publishIntoFolder(last);
            }
            return;
        }
        alone(folder, () -> {
            run.ofDeadRuns(WrittenSet::complete);
            last.run();
            refuseFolders();
            run.whole(() -> {
                Files.createFile(run.path().resolve(WHOLE));
                giveNames();
            });
        });
    }

    /** While no other run gives names in this folder. */
    private static void alone(Path folder, RunFolder.Step step) throws IOException {
        LockFile naming = lock(folder);
        try {
            step.run();
        } finally {
            if (naming != null) {
                naming.close();
            }
        }
    }

    private void refuseFolders() throws IOException {
        for (Path file : written()) {
            Path target = folder.resolve(file.getFileName());
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString(), null, file.getFileName() + " is a folder");
            }
        }
    }

    private void giveNames() throws IOException {
        Path replaced = Files.createDirectory(run.path().resolve(REPLACED));
        Deque<Path> named = new ArrayDeque<>();
        try {
            for (Path file : written()) {
                Path target = folder.resolve(file.getFileName());
                keepOld(target, replaced.resolve(file.getFileName()));
                named.push(target);
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            Files.deleteIfExists(run.path().resolve(WHOLE));
            for (Path target : named) {
                takeBack(target, replaced.resolve(target.getFileName()));
            }
            throw e;
        }
    }

    /**
     * A second name, so that the first one never points to nothing; where that is refused, the old file steps aside.
     */
    private static void keepOld(Path target, Path old) throws IOException {
        if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createLink(old, target);
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void takeBack(Path target, Path old) throws IOException {
        if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(target);
        }
    }

    private List<Path> written() throws IOException {
        return list(run.path().resolve(FILES));
    }

    private static List<Path> list(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.sorted().toList();
        }
    }

    /** Gives the files of a killed run their names if all are whole, and removes what it left. */
    private static void complete(Path folderOfDead, LockFile lock) throws IOException {
        Path files = folderOfDead.resolve(FILES);
        // No run makes links or folders: a folder from a stranger would have the user's own files moved.
        if (Files.exists(folderOfDead.resolve(WHOLE), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : list(files)) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(
                            file,
                            folderOfDead.resolveSibling(file.getFileName()),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        RunFolder.remove(folderOfDead, lock);
    }

    /** Of the names in a folder; null on a file system without locks. */
    private static LockFile lock(Path folder) throws IOException {
        Optional<LockFile> lock;
        try {
            lock = LockFile.await(folder.resolve(NAMING), LONGEST_WAIT);
        } catch (IOException e) {
            if (Files.exists(folder.resolve(NAMING), LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            throw e;
        }
        return lock.orElseThrow(
                () -> new IOException("another process holds " + folder.resolve(NAMING) + " and does not end"));
    }

    /** Removes what did not get its name. */
    @Override
    public void close() {
        run.close();
    }
}
