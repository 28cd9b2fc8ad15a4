package io.aiaudit.cli;

import io.aiaudit.testing.Ran;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs one command after the other, so that Java and the database start once for all of them. Its
 * working folder is the one that relative paths of a command mean, which no code can change while Java runs: whoever
 * sends commands empties the folder and fills it again.
 */
final class CommandServer implements AutoCloseable {
    private static final int NO_MORE = -1;

    private final Process process;
    private final DataOutputStream commands;
    private final DataInputStream results;
    private final Path log;
    private int logged;

    private CommandServer(Process process, Path log) {
        this.process = process;
        this.commands = new DataOutputStream(process.getOutputStream());
        this.results = new DataInputStream(process.getInputStream());
        this.log = log;
    }

    /** Starts it. {@code log} gets what is written to standard error past the console. */
    static CommandServer start(
            Path work, Path temporary, Path log, Map<String, String> variables, List<String> classes) {
        List<String> options = new ArrayList<>(classes);
        int path = options.indexOf("-cp") + 1;
        // What lies behind the archived class path leaves the archive valid.
        options.set(path, options.get(path) + File.pathSeparator + testClasses());
        List<String> command = CommandProcess.java(temporary, options);
        command.add(CommandServer.class.getName());
        try {
            Process process = Ran.builder(work, variables, command)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(log.toFile())
                    .start();
            return new CommandServer(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path testClasses() {
        return Path.of(CommandServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Runs a command there. What something wrote to standard error past the console comes behind the rest. */
    Ran run(List<String> arguments) throws IOException {
        try {
            commands.writeInt(arguments.size());
            for (String argument : arguments) {
                commands.writeUTF(argument);
            }
            commands.flush();
            int exitCode = results.readInt();
            String out = read();
            String err = read();
            String all = Files.readString(log);
            String past = all.substring(logged);
            logged = all.length();
            return new Ran(arguments, exitCode, out, err + past);
        } catch (EOFException e) {
            throw new AssertionError("the process ended: " + Files.readString(log), e);
        }
    }

    private String read() throws IOException {
        return new String(results.readNBytes(results.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            commands.writeInt(NO_MORE);
            commands.flush();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /** The other side: commands on standard input, what they did on standard output. Ends with its input. */
    public static void main(String[] args) throws IOException {
        DataInputStream commands = new DataInputStream(System.in);
        DataOutputStream results = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        PrintWriter errors = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        LibraryLogs.sendTo(Console.of(errors, errors));
        try {
            for (int count = commands.readInt(); count != NO_MORE; count = commands.readInt()) {
                String[] arguments = new String[count];
                for (int i = 0; i < count; i++) {
                    arguments[i] = commands.readUTF();
                }
                run(arguments, results);
            }
        } catch (EOFException e) {
            // The test is gone.
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(String[] arguments, DataOutputStream results) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintWriter outWriter = new PrintWriter(out, true, StandardCharsets.UTF_8);
        PrintWriter errWriter = new PrintWriter(err, true, StandardCharsets.UTF_8);
        int exitCode = CommandLines.run(arguments, outWriter, errWriter);
        outWriter.flush();
        errWriter.flush();
        results.writeInt(exitCode);
        for (byte[] text : List.of(out.toByteArray(), err.toByteArray())) {
            results.writeInt(text.length);
            results.write(text);
        }
        results.flush();
    }
}
