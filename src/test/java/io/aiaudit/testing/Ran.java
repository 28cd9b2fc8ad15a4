package io.aiaudit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an outside program did: its exit code and what it printed. */
public record Ran(List<String> command, int exitCode, String out, String err) {

    private static final int LONGEST_MINUTES = 15;

    /** Runs a program in a folder. A variable with the value "" is taken away. */
    public static Ran program(Path folder, Map<String, String> variables, List<String> command) {
        try {
            Path out = Files.createTempFile("ran", ".out");
            Path err = Files.createTempFile("ran", ".err");
            try {
                ProcessBuilder builder = builder(folder, variables, command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                int exitCode = waitFor(builder.start(), command);
                return new Ran(command, exitCode, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a test that has to do something while the program runs. Its input is empty. */
    public static ProcessBuilder builder(Path folder, Map<String, String> variables, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        variables.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder;
    }

    private static int waitFor(Process process, List<String> command) {
        try {
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new AssertionError(command + " still ran after " + LONGEST_MINUTES + " minutes");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
    }
}
