package io.aiaudit.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Kills a process that takes more resident memory than it may, where the operating system does not refuse it the memory
 * by itself.
 */
final class MemoryWatch implements AutoCloseable {
    private static final long EVERY_MILLISECONDS = 50;
    private static final Path PROCESSES = Path.of("/proc");

    private final Process process;
    private final long mostKib;
    private volatile boolean closed;

    private MemoryWatch(Process process, long mostKib) {
        this.process = process;
        this.mostKib = mostKib;
    }

    static MemoryWatch of(Process process, long mostMib) {
        MemoryWatch watch = new MemoryWatch(process, mostMib * 1024);
        Thread thread = new Thread(watch::run, "memory watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!closed && process.isAlive()) {
                if (residentKib(process.pid()).orElse(0) > mostKib) {
                    process.destroyForcibly();
                    return;
                }
                Thread.sleep(EVERY_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty where the system does not say, as of a process that has just ended. */
    static OptionalLong residentKib(long pid) throws InterruptedException {
        try {
            return Files.isDirectory(PROCESSES.resolve("self")) ? ofLinux(pid) : ofPs(pid);
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong ofLinux(long pid) throws IOException {
        return Files.readAllLines(PROCESSES.resolve(Long.toString(pid)).resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst();
    }

    private static OptionalLong ofPs(long pid) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", Long.toString(pid)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = ps.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            ps.waitFor();
            return line == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(line.strip()));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
