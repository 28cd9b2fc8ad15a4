package io.aiaudit.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that outlives a run that is interrupted, so that the next one goes on with what is in it: for this user
 * only, and for one run at a time.
 */
public final class KeptFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final Path path;
    private final LockFile lock;
    private boolean isGone;

    private KeptFolder(Path path, LockFile lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the folder, made if needed; empty where another run has it, it is somebody else's or holds something else,
     * or it can't be made.
     *
     * @param mark the name of a file that only a folder of a run has
     */
    public static Optional<KeptFolder> open(Path folder, String mark) {
        try {
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                make(folder);
            }
            if (!isOfRun(folder, mark) || !isOurs(folder)) {
                return Optional.empty();
            }
            close(folder);
            return LockFile.await(folder.resolve(LOCK), LONGEST_WAIT).map(lock -> new KeptFolder(folder, lock));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** True for the folder of a run, and for an empty one. */
    private static boolean isOfRun(Path folder, String mark) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return Files.isRegularFile(folder.resolve(mark), LinkOption.NOFOLLOW_LINKS)
                    || files.allMatch(file -> file.endsWith(LOCK));
        }
    }

    /** Under another name first: a temporary folder is closed to other users from its first moment. */
    private static void make(Path folder) throws IOException {
        Path made = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "aiaudit-kept-");
        try {
            Files.move(made, folder);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(made); // another run was quicker
        }
    }

    /** Also one that was copied, with the permissions of any folder. */
    private static void close(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Also what another user has put there under this name is not read. */
    private static boolean isOurs(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", "");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(probe);
        }
    }

    public Path path() {
        return path;
    }

    /** Nothing of it is needed any more. */
    public void remove() {
        if (!isGone) {
            isGone = true;
            RunFolder.remove(path, lock);
        }
    }

    /** Leaves what is in it to the next run. */
    @Override
    public void close() {
        if (!isGone) {
            isGone = true;
            lock.close();
        }
    }
}
