package io.aiaudit.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The Javas that start-up and the launcher are tried on. */
final class Javas {

    private Javas() {}

    /** The Java that runs the tests, and the newest supported one where this machine has it. */
    static Stream<Path> all() {
        return Stream.concat(Stream.of(current()), newest().stream());
    }

    static Path current() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A Java 25: the one that AIAUDIT_TEST_JDK25 names, or one from the usual folder. */
    static Optional<Path> newest() {
        String named = System.getenv("AIAUDIT_TEST_JDK25");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.sorted().filter(Javas::is25).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean is25(Path home) {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
