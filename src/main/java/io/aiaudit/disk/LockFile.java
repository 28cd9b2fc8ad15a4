package io.aiaudit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is locked while its owner runs: the operating system takes the lock back however the owner ends. It
 * holds who the owner is, for people.
 */
final class LockFile implements AutoCloseable {
    private static final int LONGEST_PADDING = 4000;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Locks are of processes: closing a second channel to a file would give up the lock of the first, so none is
     * opened.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes a new file and locks it; empty when another process was quicker. */
    static Optional<LockFile> create(Path file) throws IOException {
        try {
            return take(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /** Locks a file that is there; empty when its owner runs, or it is gone. */
    static Optional<LockFile> ofDead(Path file) throws IOException {
        return take(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Waits until the file is nobody else's; empty when that takes too long. */
    static Optional<LockFile> await(Path file, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            Optional<LockFile> lock =
                    take(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (lock.isPresent()) {
                return lock;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<LockFile> take(Path path, OpenOption... options) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        if (!OURS.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            refuseForeign(file);
            channel = FileChannel.open(file, options);
            taken = channel.tryLock() != null && isStillThere(file, channel);
            return taken ? Optional.of(new LockFile(file, channel)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                OURS.remove(file);
            }
        }
    }

    /**
     * What is no file of its own, such as a pipe, for which opening would wait, or has a second name, is none of ours:
     * what is written to it would be lost.
     */
    private static void refuseForeign(Path file) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isRegularFile()
                    || hasAnotherName(file)) {
                throw new FileSystemException(file.toString(), null, "it is no file of aiaudit; remove it");
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static boolean hasAnotherName(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("unix")
                && (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
    }

    /**
     * The owner before us may have deleted the file that we opened, and somebody may have made another one since.
     * Opening the path again to look would give up the lock, so the file is recognised by its size, which is different
     * each time.
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        String owner = "aiaudit, process " + ProcessHandle.current().pid();
        String padded = owner + " ".repeat(ThreadLocalRandom.current().nextInt(LONGEST_PADDING)) + "\n";
        channel.truncate(0);
        int size = channel.write(ByteBuffer.wrap(padded.getBytes(StandardCharsets.UTF_8)), 0);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .size()
                    == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Deletes the file, which ends the ownership too. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            // Nobody holds it any more once this process ends.
            return;
        } finally {
            OURS.remove(file);
        }
    }
}
