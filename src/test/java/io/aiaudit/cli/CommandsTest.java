package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One folder a case: {@code args} (a command a line, run one after the other), input files, and {@code expected.txt}
 * with exit code, standard output, standard error and the files that the commands left behind. What a case tests is
 * text, so its commands run in one Java, which starts once for all cases. Where a folder has a file {@code process},
 * which says what only a whole process shows, each of its commands is one. Both run in a working folder that holds
 * nothing but the case and, where it has a file {@code saved-demo}, demo.aiaudit, the shared scan of the demo company.
 * -Daiaudit.updateGolden=true rewrites the expectations; -Daiaudit.case=demo.* runs those cases only.
 */
@Outside
class CommandsTest {
    private static final Path CASES = Needs.projectFolder().resolve("src/test/resources/commands");
    private static final String PROCESS = "process";
    private static final String DEMO = "saved-demo";
    private static final Set<String> NOT_INPUT = Set.of("args", "expected.txt", PROCESS, DEMO);
    private static final String WANTED = System.getProperty("aiaudit.case", ".*");
    private static final boolean UPDATE = Boolean.getBoolean("aiaudit.updateGolden");

    @TempDir
    private static Path shared;

    private static CommandServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = CommandServer.start(
                Files.createDirectory(sharedWork()),
                Files.createDirectory(sharedTemporary()),
                shared.resolve("server.log"),
                CommandProcess.withoutOurVariables(),
                ArchivedClasses.options());
    }

    @AfterAll
    static void endServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Path sharedWork() {
        return shared.resolve("work");
    }

    private static Path sharedTemporary() {
        return shared.resolve("tmp");
    }

    /** Processes are waited for, so a few run beside the cases in one Java. */
    @TestFactory
    List<DynamicTest> commands() throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path testCase : list(CASES)) {
            if (!testCase.getFileName().toString().matches(WANTED)) {
                continue;
            }
            Path expected = testCase.resolve("expected.txt");
            String name = testCase.getFileName().toString();
            if (Files.exists(testCase.resolve(PROCESS))) {
                Future<String> result = pool.submit(() -> runProcesses(testCase));
                tests.add(DynamicTest.dynamicTest(name, () -> compare(expected, result.get())));
            } else {
                tests.add(DynamicTest.dynamicTest(name, () -> compare(expected, runInOneJava(testCase))));
            }
        }
        pool.shutdown();
        return tests;
    }

    /** Which classes the scan of the demo company loads is looked at elsewhere, so its process is shared. */
    private String runProcesses(Path testCase) throws IOException {
        assertThat(testCase.resolve(PROCESS))
                .as("says what only a process shows")
                .isNotEmptyFile();
        Path work = Files.createDirectory(folder.resolve(testCase.getFileName().toString()));
        Path temporary = Files.createDirectory(folder.resolve(testCase.getFileName() + ".tmp"));
        return run(
                testCase,
                work,
                temporary,
                arguments -> arguments.equals(DemoProcess.ARGUMENTS)
                        ? DemoProcess.ofThisBuild().ran()
                        : Ran.program(
                                work,
                                CommandProcess.withoutOurVariables(),
                                CommandProcess.command(temporary, arguments)));
    }

    private static String runInOneJava(Path testCase) throws IOException {
        empty(sharedWork());
        return run(testCase, sharedWork(), sharedTemporary(), server::run);
    }

    /** How a case runs a command. */
    @FunctionalInterface
    private interface Runs {
        Ran run(List<String> arguments) throws IOException;
    }

    private static String run(Path testCase, Path work, Path temporary, Runs runs) throws IOException {
        copyInputs(testCase, work);
        Set<String> before = tree(work);
        StringBuilder reported = new StringBuilder();
        for (String line : Files.readAllLines(testCase.resolve("args"))) {
            List<String> arguments = arguments(line);
            Ran ran = runs.run(arguments);
            reported.append("$ aiaudit ").append(String.join(" ", arguments)).append('\n');
            reported.append("exit ").append(ran.exitCode()).append('\n');
            section(reported, "stdout", ran.out(), work);
            section(reported, "stderr", ran.err(), work);
        }
        Set<String> left = tree(work);
        left.removeAll(before);
        section(reported, "left behind", left.stream().map(name -> name + "\n").collect(Collectors.joining()), work);

        assertThat(ourFiles(temporary)).as("in the temporary folder").isEmpty();
        return reported.toString();
    }

    private static void section(StringBuilder reported, String name, String text, Path work) {
        reported.append("--- ").append(name).append('\n').append(text.replace(work.toString(), "WORK"));
    }

    private static void compare(Path expected, String reported) throws IOException {
        if (UPDATE) {
            Files.writeString(expected, reported);
        }
        assertThat(expected).as("written with -Daiaudit.updateGolden=true").exists();
        assertThat(reported).isEqualTo(Files.readString(expected));
    }

    /** Words with spaces stand in single quotes. */
    private static List<String> arguments(String line) {
        List<String> arguments = new ArrayList<>();
        boolean quoted = false;
        for (String part : line.split("'", -1)) {
            if (quoted) {
                arguments.add(part);
            } else {
                Arrays.stream(part.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
            }
            quoted = !quoted;
        }
        return arguments;
    }

    private static void copyInputs(Path testCase, Path work) throws IOException {
        for (String name : tree(testCase)) {
            Path source = testCase.resolve(name);
            if (!NOT_INPUT.contains(name) && Files.isRegularFile(source)) {
                Files.createDirectories(work.resolve(name).getParent());
                Files.copy(source, work.resolve(name));
            }
        }
        if (Files.exists(testCase.resolve(DEMO))) {
            SavedDemo.copyScan(work);
        }
    }

    /** The folder itself stays: the process that runs the commands is in it. */
    private static void empty(Path parent) throws IOException {
        for (String name : tree(parent).descendingSet()) {
            Files.delete(parent.resolve(name));
        }
    }

    private static NavigableSet<String> tree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database driver unpacks its own library there when it is not installed; everything else is ours. */
    private static List<String> ourFiles(Path temporary) {
        return tree(temporary).stream()
                .filter(name -> !name.startsWith("libduckdb"))
                .toList();
    }

    private static List<Path> list(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.sorted().toList();
        }
    }
}
