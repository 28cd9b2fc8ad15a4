package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * What takes long to make and is the same for all tests of a build: made in its target folder by the first that wants
 * it, also for the other Java machines of the build, which wait for that. Tests only read it, or a copy.
 */
public final class OnceABuild {
    private OnceABuild() {}

    /** How it is made, in an empty folder. */
    @FunctionalInterface
    public interface Maker {
        void make(Path folder) throws IOException;
    }

    /** The folder with what was made for this state of the build. */
    public static synchronized Path folder(Path parent, String build, Maker maker) throws IOException {
        Files.createDirectories(parent);
        Path made = parent.resolve("made");
        Path mark = parent.resolve("build.txt");
        try (FileChannel channel =
                        FileChannel.open(parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            if (Files.exists(mark) && Files.readString(mark).equals(build)) {
                return made;
            }
            Files.deleteIfExists(mark);
            if (Files.exists(made)) {
                AtExit.delete(made);
            }
            maker.make(Files.createDirectory(made));
            Files.writeString(mark, build);
            return made;
        }
    }

    /** What the classes of a build are known by: how many files there are, how new they are, and the libraries. */
    public static String ofClasses(String classPath) throws IOException {
        long files = 0;
        long newest = 0;
        try (Stream<Path> paths = Files.walk(Needs.projectFolder().resolve("target/classes"))) {
            for (Path path : paths.toList()) {
                files++;
                newest = Math.max(newest, Files.getLastModifiedTime(path).toMillis());
            }
        }
        return files + " " + newest + " " + classPath.hashCode();
    }
}
