package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The installed command: what it prints, what it leaves behind, and how it finds its Java. */
@Outside
class LauncherIT {

    @TempDir
    private static Path folder;

    private static Installed installed;

    private Path empty;

    @BeforeAll
    static void install() {
        installed = Installed.shared(Javas.current());
    }

    @BeforeEach
    void makeFolder() throws IOException {
        empty = Files.createTempDirectory(folder, "empty");
    }

    static List<Path> javas() {
        return Javas.all().toList();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void a_stale_archive_changes_nothing_that_is_printed(Path java) throws IOException {
        Installed fresh = Installed.shared(java).copiedInto(Files.createTempDirectory(folder, "home"));
        Ran before = fresh.aiaudit("completion");
        Path archive = fresh.archive();
        assertThat(archive).isNotEmptyFile();

        Files.setLastModifiedTime(
                fresh.library().resolve("aiaudit.jar"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        Ran touchedJar = fresh.aiaudit("completion");
        Files.delete(archive);
        Files.writeString(archive, "not an archive");
        Ran noArchive = fresh.aiaudit("completion");

        assertThat(List.of(before.exitCode(), touchedJar.exitCode(), noArchive.exitCode()))
                .containsOnly(0);
        assertThat(List.of(touchedJar.out(), noArchive.out())).containsOnly(before.out());
        assertThat(List.of(before.err(), touchedJar.err(), noArchive.err())).containsOnly("");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void an_archive_of_another_java_changes_nothing_that_is_printed(Path java) throws IOException {
        Installed other = installed.copiedInto(Files.createTempDirectory(folder, "home"));
        Files.writeString(other.library().resolve("java-home"), java + "\n");

        Ran ran = other.aiaudit("completion");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("_complete_aiaudit");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void it_runs_through_links() throws IOException {
        Path link = Files.createSymbolicLink(empty.resolve("first"), installed.launcher());
        Path relative = Files.createSymbolicLink(empty.resolve("second"), Path.of("first"));
        assertThat(link).isSymbolicLink();

        Ran ran = Ran.program(empty, installed.variables(), List.of(relative.toString(), "--version"));
        // JUnit would warn that it removes a link to somewhere else.
        Files.delete(relative);
        Files.delete(link);

        assertThat(ran.out()).startsWith("aiaudit ");
    }

    @Test
    void what_a_variable_makes_java_say_stays_out_of_stdout() {
        Ran ran = installed.aiaudit(empty, Map.of("JAVA_TOOL_OPTIONS", "-Dx=y"), "--version");
        assertThat(ran.out()).startsWith("aiaudit ").doesNotContain("Picked up");
    }

    /** A shell does not export the width that it knows, and Java cannot ask for it. */
    @Test
    void a_report_is_as_wide_as_the_terminal() throws IOException {
        Path script = Needs.program("script");
        Path files = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
        String report = installed.launcher() + "' scan --rule inference-endpoint-idle --billing '"
                + files.resolve("bill.csv") + "' --usage '" + files.resolve("usage.csv") + "'";
        assertThat(longest(script, "stty cols 120; '" + report)).isBetween(81, 120);
        assertThat(longest(script, "stty cols 66; '" + report)).isBetween(1, 66);
        assertThat(longest(script, "stty cols 66; COLUMNS=100; export COLUMNS; '" + report))
                .isBetween(81, 100);
    }

    private int longest(Path script, String command) {
        Ran ran = Ran.program(
                empty, installed.variables(), List.of(script.toString(), "-q", "-e", "-c", command, "/dev/null"));
        assertThat(ran.exitCode()).as(ran::toString).isZero();
        String withoutColours = ran.out().replaceAll("\u001b\\[[0-9;]*m", "");
        return withoutColours
                .lines()
                .dropWhile(line -> !line.startsWith("Net saving  "))
                .takeWhile(line -> !line.startsWith("Next"))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
    }

    @Test
    void without_the_java_it_was_installed_with_another_one_is_found() throws IOException {
        Ran ran = withoutItsJava(Map.of("JAVA_HOME", Javas.current().toString()));
        assertThat(ran.out()).as(ran::toString).startsWith("aiaudit ");
    }

    @Test
    void without_any_java_it_says_what_to_do() throws IOException {
        Ran ran =
                withoutItsJava(Map.of("JAVA_HOME", "", "PATH", folderWithTools().toString()));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("error: no Java 17 or newer was found").contains("fix: Set JAVA_HOME");
    }

    @Test
    void a_java_that_is_too_old_is_not_used() throws IOException {
        Path old = Files.createDirectories(empty.resolve("jdk-11/bin")).resolve("java");
        writeProgram(old, "echo 'openjdk version \"11.0.25\" 2024-10-15' >&2");
        Ran ran = withoutItsJava(Map.of(
                "JAVA_HOME",
                empty.resolve("jdk-11").toString(),
                "PATH",
                folderWithTools().toString()));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).startsWith("error: no Java 17 or newer was found");
    }

    private static Ran withoutItsJava(Map<String, String> variables) throws IOException {
        Installed other = installed.copiedInto(Files.createTempDirectory(folder, "home"));
        Files.writeString(other.library().resolve("java-home"), "/no/such/java\n");
        return other.aiaudit(folder, variables, "--version");
    }

    private Path folderWithTools() throws IOException {
        Path tools = Files.createTempDirectory(folder, "tools");
        for (String tool : List.of("sed", "readlink")) {
            writeProgram(tools.resolve(tool), "exec " + Needs.program(tool) + " \"$@\"");
        }
        return tools;
    }

    private static void writeProgram(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
