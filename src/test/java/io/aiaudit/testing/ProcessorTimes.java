package io.aiaudit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * What each class of tests takes of the processors, with the processes that it starts. Wall time depends on what else
 * the computer does; this does so much less. Written to target/processor-times, a file a class, where Linux has the
 * figures; {@link TestSummary} lists the most expensive.
 */
public final class ProcessorTimes implements TestExecutionListener {
    static final Path FOLDER = Path.of("target/processor-times").toAbsolutePath();

    /** The kernel counts in hundredths of a second for every program, whatever its own clock does. */
    private static final long MILLIS_OF_A_TICK = 10;

    private static final int FIRST_AFTER_THE_NAME = 3;
    private static final int USER = 14 - FIRST_AFTER_THE_NAME;
    private static final int FIELDS = 4;

    private final Map<String, Duration> begun = new HashMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        classOf(test).ifPresent(name -> begun.put(name, used()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        classOf(test).filter(begun::containsKey).ifPresent(name -> write(name, used().minus(begun.remove(name))));
    }

    /** Top-level classes only: a nested one is a part of its own. */
    private static Optional<String> classOf(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getClassName())
                .filter(name -> !name.contains("$"));
    }

    private static void write(String name, Duration time) {
        if (time.compareTo(Duration.ZERO) > 0) {
            try {
                Files.createDirectories(FOLDER);
                Files.writeString(FOLDER.resolve(name), time.toMillis() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What was written, by class. */
    static Map<String, Duration> read(Path folder) throws IOException {
        Map<String, Duration> times = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    times.put(
                            file.getFileName().toString(),
                            Duration.ofMillis(
                                    Long.parseLong(Files.readString(file).strip())));
                }
            }
        }
        return times;
    }

    /** This process, its children that have ended and those that run. */
    private static Duration used() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(ProcessorTimes::used)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration used(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Duration.ofMillis(MILLIS_OF_A_TICK
                    * LongStream.range(USER, USER + FIELDS)
                            .map(field -> Long.parseLong(fields[(int) field]))
                            .sum());
        } catch (IOException e) {
            return Duration.ZERO; // it ended just now, or this is no Linux
        }
    }
}
