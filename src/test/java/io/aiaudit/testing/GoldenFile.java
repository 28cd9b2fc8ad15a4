package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the project that holds what the program writes. A difference fails with the command that renews the file.
 */
public final class GoldenFile {
    private static final boolean UPDATE = Boolean.getBoolean("aiaudit.updateGolden");

    private GoldenFile() {}

    /** Whether this run renews the files; for a test that writes only part of a file. */
    public static boolean isRenewed() {
        return UPDATE;
    }

    /** Compares the file with what was written now, or renews it. */
    public static void check(Path file, String written, Class<?> test, String... options) {
        try {
            if (UPDATE) {
                Files.writeString(file, written);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as(renewal(file, test, options))
                    .isEqualTo(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a failed comparison says first. */
    public static String renewal(Path file, Class<?> test, String... options) {
        Path project = Needs.projectFolder();
        String name = (file.startsWith(project) ? project.relativize(file) : file).toString();
        StringBuilder command = new StringBuilder("./mvnw -q -Dtest=").append(test.getSimpleName());
        for (String option : options) {
            command.append(' ').append(option);
        }
        return name + " differs; if what is written now is right, renew it: " + command
                + " -Daiaudit.updateGolden=true test";
    }
}
