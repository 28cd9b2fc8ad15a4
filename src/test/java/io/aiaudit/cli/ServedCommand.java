package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program {@code aiaudit} for scripts of a test, which starts Java once for all of its commands: each is handed to a
 * {@link CommandServer} through a pipe, in the one folder that the script has to stay in.
 */
final class ServedCommand implements AutoCloseable {
    private static final String SCRIPT = """
            #!/bin/sh
            here='%s'
            [ "$PWD" = '%s' ] || { echo "started in $PWD, which is not the folder of the script" >&2; exit 99; }
            printf '%%s\\0' "$@" >"$here/arguments"
            read -r code <"$here/exit-code"
            cat "$here/out"
            cat "$here/err" >&2
            exit "$code"
            """;

    private final Path folder;
    private final CommandServer server;
    private final Thread thread;

    private ServedCommand(Path folder, CommandServer server) {
        this.folder = folder;
        this.server = server;
        this.thread = new Thread(this::serve, "aiaudit for a script");
    }

    /** In a folder of its own, for scripts that run in {@code work} with these variables. */
    static ServedCommand in(Path folder, Path work, Map<String, String> variables) throws IOException {
        Files.createDirectories(folder);
        for (String pipe : List.of("arguments", "exit-code")) {
            Ran made = Ran.program(
                    folder, Map.of(), List.of(Needs.program("mkfifo").toString(), pipe));
            assertThat(made.exitCode()).as(made::toString).isZero();
        }
        Path program = Files.writeString(
                Files.createDirectory(folder.resolve("bin")).resolve("aiaudit"),
                SCRIPT.formatted(folder, work.toRealPath()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        CommandServer server = CommandServer.start(
                work,
                Files.createDirectory(folder.resolve("tmp")),
                folder.resolve("server.log"),
                variables,
                ArchivedClasses.options());
        ServedCommand command = new ServedCommand(folder, server);
        command.thread.setDaemon(true);
        command.thread.start();
        return command;
    }

    /** For the PATH of the script. */
    Path bin() {
        return folder.resolve("bin");
    }

    /** What came through the pipe until its writer closed it. */
    private String words() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream pipe = Files.newInputStream(folder.resolve("arguments"))) {
            pipe.transferTo(bytes);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Until the pipe is closed without a word. */
    private void serve() {
        try {
            String words = words();
            while (!words.isEmpty()) {
                Ran ran = server.run(List.of(words.split("\0")));
                Files.writeString(folder.resolve("out"), ran.out());
                Files.writeString(folder.resolve("err"), ran.err());
                Files.writeString(folder.resolve("exit-code"), ran.exitCode() + "\n");
                words = words();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (thread.isAlive()) {
            Files.write(folder.resolve("arguments"), new byte[0]);
        }
        server.close();
    }
}
