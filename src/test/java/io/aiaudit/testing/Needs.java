package io.aiaudit.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Asks for what a test needs from outside the project. What is missing skips the test with its reason on a person's
 * machine; a missing program fails it where {@code CI=true}, so that no test is lost there without being noticed.
 */
public final class Needs {
    private static final boolean CI = "true".equals(System.getenv("CI"));
    private static final String NPM = "npm:";

    private Needs() {}

    /** The first of these programs that is on the PATH; the first name is in .ci/programs. */
    public static Path program(String... names) {
        packages(names[0]);
        for (String name : names) {
            Optional<Path> found = onPath(name).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return missing(names[0], CI);
    }

    /**
     * A program that .ci/run does not install, since that takes too long; without it the test is skipped everywhere.
     */
    public static Path largeProgram(String name, String packages) {
        return onPath(name).findFirst().orElseGet(() -> skip("needs " + name + ": apt-get install " + packages));
    }

    static Path missing(String name, boolean ci) {
        String packages = packages(name);
        String reason = "needs " + name + ": "
                + (packages.startsWith(NPM)
                        ? "npm install --global " + packages.substring(NPM.length())
                        : "apt-get install " + packages);
        return ci ? fail(reason) : skip(reason);
    }

    /** What brings a program, from the list that .ci/run installs, too. */
    private static String packages(String name) {
        Path list = projectFolder().resolve(".ci/programs");
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " is not in " + list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The Python that has this module, such as {@code moto.server}; what brings it is the Debian package that .ci/run
     * installs.
     */
    public static Path pythonWith(String module) {
        program("python3");
        return onPath("python3")
                .filter(python -> imports(python, module))
                .findFirst()
                .orElseGet(() -> missing(module, CI));
    }

    /** One that a person has installed beside that of Debian does not know its packages. */
    private static boolean imports(Path python, String module) {
        return Ran.program(projectFolder(), Map.of(), List.of(python.toString(), "-c", "import " + module))
                        .exitCode()
                == 0;
    }

    /**
     * A file or folder of the sample data that lies beside the project, such as {@code focus/focus_sample_1000.csv.gz}.
     */
    public static Path data(String path) {
        Path file = projectFolder().resolveSibling("shared").resolve("data").resolve(path);
        return Files.exists(file) ? file : skip("needs ../shared/data/" + path + ", which is not there");
    }

    /**
     * A file of the recorded answers that lie beside the project, such as {@code
     * azure/AksTest.test_find_aks_by_name.json}.
     */
    public static Path fixture(String path) {
        Path file = projectFolder().resolveSibling("shared").resolve("fixtures").resolve(path);
        return Files.exists(file) ? file : skip("needs ../shared/fixtures/" + path + ", which is not there");
    }

    /** The folder that holds pom.xml. */
    public static Path projectFolder() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    private static Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private static Path skip(String reason) {
        return Assumptions.abort(reason);
    }
}
