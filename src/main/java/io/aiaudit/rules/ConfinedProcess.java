package io.aiaudit.rules;

import io.aiaudit.disk.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Java process of ours for what comes from strangers: no variables of the environment, a temporary folder of its own,
 * and limits of the operating system on memory and the size of files. It takes requests and returns responses, a line
 * each, and ends when this process does.
 */
final class ConfinedProcess implements AutoCloseable {
    private static final Path SHELL = Path.of("/bin/sh");
    /** A shell without one of the limits goes on with the others; the watch of the memory holds everywhere. */
    private static final String LIMITED = "ulimit -c 0; ulimit -v \"$1\"; ulimit -f \"$2\"; shift 2; exec \"$@\"";

    private static final int HEAP_MIB = 256;
    /**
     * What Java reserves as address space beside the heap, with these options: 600 MiB measured on Java 17 and Linux.
     */
    private static final long RESERVED_MIB = 800;

    /** What Java takes as resident memory beside the heap and the database: 90 MiB measured. */
    private static final long JAVA_MIB = 150;

    /** In blocks of 512 or 1,024 bytes, as the shell has it. */
    private static final long LARGEST_FILE_BLOCKS = 4L * 1024 * 1024;

    private final Process process;
    private final RunFolder temporary;
    private final MemoryWatch watch;
    private final BufferedReader responses;
    private final Writer requests;

    private ConfinedProcess(Process process, RunFolder temporary, MemoryWatch watch) {
        this.process = process;
        this.temporary = temporary;
        this.watch = watch;
        this.responses = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts the main method of a class.
     *
     * @param temporary of this process alone: it goes with it, and with what it spilled
     * @param memoryMib what it may take beside Java itself
     */
    static ConfinedProcess start(Class<?> main, RunFolder temporary, long memoryMib, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            long kib = (RESERVED_MIB + HEAP_MIB + memoryMib) * 1024;
            command.addAll(List.of(
                    SHELL.toString(), "-c", LIMITED, "sh", Long.toString(kib), Long.toString(LARGEST_FILE_BLOCKS)));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Xmx" + HEAP_MIB + "m",
                "-Xss8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary.path(),
                "-Djava.library.path=" + System.getProperty("java.library.path", ""),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        return new ConfinedProcess(process, temporary, MemoryWatch.of(process, JAVA_MIB + HEAP_MIB + memoryMib));
    }

    /** Why a rule has not run at all. */
    static String notStarted(long memoryMib) {
        return "the process in which rules of yours run did not start: its limit is "
                + (RESERVED_MIB + HEAP_MIB + memoryMib)
                + " MiB of address space, its Java that of aiaudit itself. Check with 'ulimit -v' and the memory of "
                + "the container that it can have that.";
    }

    /** Sends a request; {@link #response} takes what comes. */
    void request(String line) throws IOException {
        requests.write(line + "\n");
        requests.flush();
    }

    /**
     * Waits for the next response. After a failure the process is of no use any more.
     *
     * @throws IOException when it has ended
     * @throws TimeoutException when none came in time
     */
    String response(Duration longest) throws IOException, TimeoutException, InterruptedException {
        FutureTask<String> reading = new FutureTask<>(responses::readLine);
        Thread reader = new Thread(reading, "responses");
        reader.setDaemon(true);
        reader.start();
        try {
            String line = reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IOException("the process has ended");
            }
            return line;
        } catch (ExecutionException e) {
            throw new IOException("the process does not respond", e);
        }
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
        watch.close();
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        temporary.close();
    }
}
