package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import io.aiaudit.testing.Survived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system refuses while a run writes has words of its own, and no half file stays. */
@Outside
@Holds
class OutputLimitsTest {
    private static final int SIZES = Integer.getInteger("aiaudit.sizes", 3);
    private static final int LARGEST_KIB = 4_500;
    private static final List<String> ALL = List.of("june.aiaudit", "report/aiaudit.html", "report/aiaudit.json");
    private static final List<String> JSON = List.of(OneRule.with("-f", "json"));

    @TempDir
    private Path folder;

    @Test
    void a_reader_that_stops_ends_it_quietly_with_the_exit_code_of_a_closed_pipe() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran ran = scan.shell("\"$@\" | true; exit ${PIPESTATUS[0]}", JSON);
        assertThat(ran.err()).doesNotContain("error:", "Exception");
        assertThat(ran.exitCode()).isEqualTo(141);
    }

    @Test
    void lists_end_as_quietly() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        List<String> command = CommandProcess.command(scan.temporary(), List.of("rules", "list"));
        Ran ran = scan.program(List.of(), "\"$@\" | true; exit ${PIPESTATUS[0]}", command);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isEqualTo(141);
    }

    private static final String NO_SPACE = """
            error: standard output cannot be written: no space is left on the disk.
              fix: Free some space, or name a folder on another disk.
            """;

    /** Found by an attack: what the build prepares, such as help, ended without a word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "help scan",
                "init --help",
                "rules list -h",
                "--version",
                "version",
                "rules",
                "completion",
                "completion fish",
                "config schema",
                "sources list"
            })
    void texts_that_cannot_be_printed_say_so_and_end_quietly_without_a_reader(String words) throws Exception {
        SmallScan scan = SmallScan.in(folder);
        List<String> command =
                CommandProcess.command(scan.temporary(), words.isEmpty() ? List.of() : List.of(words.split(" ")));
        Ran full = scan.program(List.of(), "\"$@\" > /dev/full", command);
        assertThat(full.err()).isEqualTo(NO_SPACE);
        assertThat(full.exitCode()).isEqualTo(1);
        Ran closed = scan.program(List.of(), "\"$@\" >&-", command);
        assertThat(closed.err()).isEqualTo("""
                error: standard output cannot be written: it is closed.
                  fix: Run it without '>&-', or write to a file with '> FILE'.
                """);
        assertThat(closed.exitCode()).isEqualTo(1);
        Ran unread = scan.program(List.of(), "(sleep 0.5; exec \"$@\") | true; exit ${PIPESTATUS[0]}", command);
        assertThat(unread.err()).isEmpty();
        assertThat(unread.exitCode()).isEqualTo(141);
    }

    @Test
    void a_program_that_reads_standard_error_as_json_reads_this_too() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        for (String word : List.of("list", "--help")) {
            Ran ran = scan.program(
                    List.of(),
                    "AIAUDIT_LOG_FORMAT=json \"$@\" > /dev/full",
                    CommandProcess.command(scan.temporary(), List.of("sources", word)));
            assertThat(ran.err()).startsWith("{").contains("no space is left on the disk");
        }
    }

    @Test
    void a_full_standard_output_is_reported() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran ran = scan.shell("\"$@\" > /dev/full", JSON);
        assertThat(ran.err())
                .contains("the report cannot be written to standard output: no space is left on the disk.\n");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    /** Found by an attack: both ended as an internal error. */
    @Test
    void a_history_without_a_reader_or_on_a_full_disk_ends_as_a_report_does() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        scan.shell("\"$@\" > audit.json", JSON);
        List<String> history = CommandProcess.command(scan.temporary(), List.of("history", "."));
        Ran unread = scan.program(List.of(), "\"$@\" | true; exit ${PIPESTATUS[0]}", history);
        assertThat(unread.err()).doesNotContain("error:", "Exception");
        assertThat(unread.exitCode()).isEqualTo(141);
        Ran full = scan.program(List.of(), "\"$@\" > /dev/full", history);
        assertThat(full.err())
                .contains("the history cannot be written to standard output: no space is left on the disk.\n");
        assertThat(full.exitCode()).isEqualTo(1);
    }

    @Test
    void a_limit_on_the_size_of_files_is_reported() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran ran = scan.shell("ulimit -f 1024; \"$@\"", SmallScan.OUTPUTS_OF_ONE_RULE);
        assertThat(ran.err()).contains("ulimit -f unlimited").doesNotContain("--debug", "Exception");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "usage.csv");
    }

    /** Found by an attack: an internal error, no reason, and an empty configuration in the way of the next attempt. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan --demo -o report",
                "scan --demo --save june.aiaudit",
                "init",
                "rules new gpu-x",
                "rules test {rule}"
            })
    void no_file_may_be_written_at_all(String words) throws Exception {
        SmallScan scan = SmallScan.in(folder);
        String rule =
                Needs.projectFolder().resolve("rules/inference-endpoint-idle").toString();
        List<String> command = CommandProcess.command(
                scan.temporary(), List.of(words.replace("{rule}", rule).split(" ")));
        for (int kib : List.of(0, 1)) {
            if (words.equals("init") && kib == 1) {
                continue; // it fits
            }
            // Through cat, as the shell's limit is also that of a file to which these are sent.
            Ran ran = scan.program(
                    List.of(),
                    "{ ulimit -f " + kib + "; \"$@\"; } 2>&1 </dev/null | cat; " + "exit ${PIPESTATUS[0]}",
                    command);
            assertThat(ran.out())
                    .contains("error: ", "than the limit of this shell", "ulimit -f unlimited")
                    .doesNotContain("--debug", "Exception");
            assertThat(ran.exitCode()).isIn(1, 2);
            assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "usage.csv");
        }
    }

    /** Found by hand: it ended as a stack trace, as an internal error or in the library of the database. */
    @Test
    void a_limit_on_open_files_is_reported() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran ran = scan.shell("ulimit -n 60; \"$@\"", SmallScan.OUTPUTS_OF_ONE_RULE);
        assertThat(ran.err()).isEqualTo("""
                error: aiaudit may open only 60 files here, and needs 512.
                  fix: Raise the limit, then run it again: ulimit -n 4096
                """);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(SmallScan.names(scan.work())).containsExactly("bill.csv", "usage.csv");
    }

    /** Found by hand: a user who may not read the libraries got a stack trace. */
    @Test
    void a_library_that_is_missing_is_reported() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        List<String> command = new ArrayList<>(scan.command(JSON));
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, command.get(classPath).replace("pebble", "missing"));
        Ran ran = scan.program(List.of(), "\"$@\"", command);
        assertThat(ran.err())
                .contains("error: aiaudit failed: a part of it cannot be loaded.\n  fix: Install")
                .doesNotContain("\tat ", "pebble");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void a_folder_that_may_not_be_written_is_reported() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Ran ran = onDisk(scan, disk, "size=1m,ro");
        assertThat(ran.err()).contains("disk cannot be written");
        assertThat(ran.exitCode()).isEqualTo(2);
    }

    @Test
    void a_disk_that_is_full_at_any_moment_leaves_all_files_or_none() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        int full = 0;
        for (int size = 1; size <= SIZES; size++) {
            Ran ran = onDisk(scan, disk, "size=" + LARGEST_KIB * size / SIZES + "k");
            List<String> names = Files.readAllLines(scan.work().resolve("names"));
            assertThat(names).as(ran.err()).isIn(List.of(), List.of("june.aiaudit"), ALL);
            if (names.equals(ALL)) {
                assertThat(ran.exitCode()).isZero();
            } else {
                full++;
                assertThat(ran.err()).contains("no space").doesNotContain("--debug", "Exception");
                assertThat(ran.exitCode()).isEqualTo(1);
            }
        }
        assertThat(full).isBetween(1, SIZES - 1);
        Survived.count(SIZES + " sizes of a disk: full at " + full + ", " + SIZES
                + " times all files or none, and the reason");
    }

    /** Saves and reports onto a small disk that only this run sees; what stays there is in the file {@code names}. */
    private static Ran onDisk(SmallScan scan, Path disk, String options) {
        Ran ran = scan.program(
                List.of(Needs.program("unshare").toString(), "--user", "--map-root-user", "--mount"),
                "mount -t tmpfs -o " + options + " tmpfs " + disk + " || exit 99; \"$@\"; code=$?; cd " + disk
                        + "; find . -type f | sed 's#^./##' | sort > " + scan.work() + "/names; exit $code",
                scan.command(List.of(
                        OneRule.with("--save", disk + "/june.aiaudit", "-f", "html,json", "-o", disk + "/report"))));
        assumeThat(ran.exitCode()).as("no disk may be mounted here").isNotEqualTo(99);
        return ran;
    }
}
