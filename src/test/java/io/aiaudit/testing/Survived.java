package io.aiaudit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What tests of kills, attacks and changed files tried and what held, a line each in target/holds.txt. A test calls it
 * after its checks.
 */
public final class Survived {
    private static final Path FILE = Needs.projectFolder().resolve("target/holds.txt");

    private Survived() {}

    /** For example {@code "200 kills: 187 in the midst of a run, 200 survived"}. */
    public static void count(String line) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
