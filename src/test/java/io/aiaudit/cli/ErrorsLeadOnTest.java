package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What an error or the help offers helps: no fix fails in turn, and no command lists what it cannot do. */
class ErrorsLeadOnTest {
    @TempDir
    private Path folder;

    @Test
    void an_empty_folder_holds_no_file_whatever_looks_into_it() throws Exception {
        String empty = Files.createDirectory(folder.resolve("empty")).toString();
        for (Run run : List.of(Run.of("scan", empty), Run.of("sources", "check", "files", empty))) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err())
                    .contains("error: " + empty + " holds no file.\n")
                    .doesNotContain("no file is named");
        }
    }

    @Test
    void a_missing_absolute_path_is_relative_to_nothing() {
        Run run = Run.of("scan", "--billing", folder.resolve("bill.csv").toString());
        assertThat(run.err()).contains(": no such file or folder.\n  fix: Check the path.\n");
        assertThat(Run.of("scan", "--billing", "no-such.csv").err()).contains("it is relative to ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--verbose"})
    void more_words_are_those_of_debug(String flag) {
        assertThat(Run.of("scan", flag).err())
                .contains("error: unknown option \"" + flag + "\".\n  fix: --debug shows what happens inside, -V the");
    }

    @ParameterizedTest
    @CsvSource({"scna, scan", "help scna, scan"})
    void an_unknown_command_is_one_everywhere(String words, String near) {
        assertThat(Run.of(words.split(" ", -1)).err())
                .startsWith("error: unknown command \"scna\".\n  fix: Did you mean " + near + "? ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan --demo --skip-rule nosuch", "rules test nosuch", "rules show nosuch"})
    void an_unknown_rule_is_answered_by_the_nearest_ones(String words) {
        String fix =
                Run.of(words.split(" ", -1)).err().lines().skip(1).findFirst().orElseThrow();
        assertThat(fix).startsWith("  fix: The nearest are: ").endsWith(". 'aiaudit rules list' shows all.");
        assertThat(fix.split(", ", -1)).hasSize(3);
    }

    @Test
    void nothing_is_announced_that_is_refused() {
        Run run = Run.of("scan", "--demo", "--rule", "gpu-oversize", "--dry-run");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    /** The demo has one month and one currency; a flag that changes nothing must not look as if it did. */
    @ParameterizedTest
    @ValueSource(strings = {"--days 7", "--window 2026-06-01/2026-06-08", "--currency ZZZ"})
    void what_the_demo_cannot_show_is_refused_before_it_is_read(String words) {
        Run run = Run.of(("scan --demo " + words).split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: the demo company has a fixed month and currency; " + words.split(" ", -1)[0])
                .contains("aiaudit scan --billing bill.csv " + words);
    }

    @Test
    void a_word_in_a_file_is_no_header_without_rows() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "hello\n");
        Run run = Run.of("scan", "--usage", notes.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("notes.txt is not a table: all of it is one line with one value.");
    }

    @Test
    void a_folder_in_which_nothing_can_be_made_is_not_called_missing() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        Run run = Run.of("init", "/proc/self/aiaudit.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("cannot be written").doesNotContain("does not exist");
    }

    @Test
    void a_check_offers_no_source_in_which_there_is_nothing_to_check() {
        assertThat(help("sources", "check")).contains("files, aws, azure").doesNotContain("demo");
    }

    /** A pipeline with a wrong date does not stay green. */
    @Test
    void a_window_outside_of_all_files_is_no_audit() {
        String files = Needs.projectFolder()
                .resolve("src/test/resources/commands/files-scan")
                .toString();
        Run run = Run.of(
                "scan",
                "--billing",
                files + "/bill.csv",
                "--usage",
                files + "/usage.csv",
                "--window",
                "2025-01-01/2025-02-01");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("error: the files have no data in the window 2025-01-01/2025-02-01: their days are 2026-0")
                .contains("  fix: Name days that they cover: --window 2026-0");
    }

    @Test
    void a_dry_run_of_the_demo_names_its_month() {
        assertThat(Run.of("scan", "--demo", "--dry-run").out()).contains("Window: 2026-06-01/2026-07-01\n");
    }

    /** Only a scan, a report and a comparison end with 4, and only they and a check of rules with 3. */
    @Test
    void each_command_lists_the_exit_codes_that_it_can_end_with() {
        Map<String, Boolean> gaps =
                Map.of("scan", true, "report", true, "diff", true, "init", false, "query", false, "history", false);
        gaps.forEach(
                (name, has) -> assertThat(codes(name).containsKey("4")).as(name).isEqualTo(has));
        assertThat(codes("scan").get("3")).doesNotContain("rule test");
        assertThat(codes("rules", "test")).containsEntry("3", "A case failed.").doesNotContainKey("4");
        assertThat(codes("rules", "list")).containsEntry("0", "Done.").doesNotContainKeys("3", "4");
        assertThat(codes("config", "show")).doesNotContainKeys("3", "4");
        assertThat(codes("sources", "check")).containsKey("4").doesNotContainKey("3");
        assertThat(codes("scan")).containsKeys("130", "143");
    }

    @Test
    void the_summary_of_a_quiet_run_is_in_the_help_of_those_that_have_one() {
        assertThat(help("scan")).contains("key=value");
        for (String command : List.of("query", "init", "history", "diff")) {
            assertThat(help(command)).as(command).doesNotContain("key=value");
        }
    }

    @Test
    void the_bar_of_progress_is_as_wide_as_the_terminal() {
        StringWriter err = new StringWriter();
        PrintWriter writer = new PrintWriter(err);
        ProgressOnTerminal progress = new ProgressOnTerminal(Console.of(writer, writer, 40));
        progress.planned(3);
        progress.read("files", "a slice with a long name that would not fit");
        progress.step("");
        assertThat(err.toString().split("[\r\n]", -1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
    }

    private static Map<String, String> codes(String... path) {
        return at(path).getCommandSpec().usageMessage().exitCodeList();
    }

    private static String help(String... path) {
        return at(path).getUsageMessage();
    }

    private static CommandLine at(String... path) {
        CommandLine command = CommandLines.create();
        for (String name : path) {
            command = command.getSubcommands().get(name);
        }
        return command;
    }
}
