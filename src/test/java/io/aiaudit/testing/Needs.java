package io.aiaudit.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Asks for what a test needs from outside the project. What is missing skips the test with its reason on a person's
 * machine; a missing program fails it where {@code CI=true}, so that no test is lost there without being noticed.
 */
public final class Needs {

    private Needs() {}

    /** The first of these programs that is on the PATH. */
    public static Path program(String... names) {
        for (String name : names) {
            Optional<Path> found = onPath(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return missing("needs the program " + String.join(" or ", names) + ", which is not on the PATH");
    }

    private static Path missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            return fail(reason + "; .ci/run has to install it");
        }
        return skip(reason);
    }

    /** The Python that has this module, such as {@code moto.server}; what brings it is the Debian package that .ci/run installs. */
    public static Path pythonWith(String module) {
        Path python = program("python3");
        String statement = "import " + module;
        boolean found = Ran.program(projectFolder(), Map.of(), List.of(python.toString(), "-c", statement))
                        .exitCode()
                == 0;
        return found ? python : missing("needs the Python module " + module + ", which python3 does not have");
    }

    /** A file or folder of the sample data that lies beside the project, such as {@code focus/focus_sample_1000.csv.gz}. */
    public static Path data(String path) {
        Path file = projectFolder().resolveSibling("shared").resolve("data").resolve(path);
        return Files.exists(file)
                ? file
                : skip("needs the sample data ../shared/data/" + path + ", which is not there");
    }

    /** A file of the recorded answers that lie beside the project, such as {@code azure/AksTest.test_find_aks_by_name.json}. */
    public static Path fixture(String path) {
        Path file = projectFolder().resolveSibling("shared").resolve("fixtures").resolve(path);
        return Files.exists(file)
                ? file
                : skip("needs the recorded answers ../shared/fixtures/" + path + ", which are not there");
    }

    /** The folder that holds pom.xml. */
    public static Path projectFolder() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    private static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Path skip(String reason) {
        return Assumptions.abort(reason);
    }
}
