package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** install.sh on the jar that the build left, in a home folder whose name has a space. */
@Outside
class InstallIT {

    @TempDir
    private Path folder;

    private Installed installed;

    @BeforeEach
    void makeHome() throws IOException {
        installed = new Installed(Files.createDirectory(folder.resolve("a home")), Javas.current());
    }

    @Test
    void installs_with_the_demo_twice_updates_without_and_leaves_only_what_somebody_put_beside_it_when_removed()
            throws IOException {
        Path own = installed.prefix().resolve("bin/own-tool");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "mine");
        Path note = installed.library().resolve("note.txt");
        Path report = installed.home().resolve("aiaudit-demo/aiaudit.html");
        Path besideTheReport = report.resolveSibling("notes.txt");

        for (int time = 0; time < 2; time++) {
            Ran ran = installed.installer("--demo", "--yes");
            assertThat(ran.exitCode()).as(ran::toString).isZero();
            assertThat(ran.out()).contains("Report:    " + report);
            assertThat(report).isNotEmptyFile();
            Files.writeString(note, "mine");
            Files.writeString(besideTheReport, "mine");
        }
        Ran update = installed.installer();
        assertThat(update.exitCode()).as(update::toString).isZero();
        assertThat(report).as("an update leaves the report").isNotEmptyFile();
        assertThat(installed.aiaudit("--version").out()).startsWith("aiaudit ");
        assertThat(installed.archive()).isNotEmptyFile();
        assertThat(List.of("aws-policy.json", "aws-role.yaml", "azure-role.json", "gcp-role.yaml", "diff.schema.json"))
                .as("what the pages of the documentation link to")
                .allSatisfy(name -> assertThat(installed.prefix().resolve("share/doc/aiaudit/" + name))
                        .isNotEmptyFile());

        Ran removed = installed.installer("--uninstall");
        assertThat(removed.exitCode()).as(removed::toString).isZero();
        assertThat(removed.out())
                .contains("Left, because something else is in it:")
                .contains(installed.library().toString());
        assertThat(Folder.content(installed.home()))
                .containsExactlyInAnyOrder(
                        ".local",
                        ".local/bin",
                        ".local/bin/own-tool",
                        ".local/lib",
                        ".local/lib/aiaudit",
                        ".local/lib/aiaudit/note.txt",
                        "aiaudit-demo",
                        "aiaudit-demo/notes.txt");
        assertThat(besideTheReport).hasContent("mine");
    }

    @Test
    void another_prefix_is_used_alone() {
        Path prefix = folder.resolve("somewhere/else");
        Ran ran = installed.installer("--prefix", prefix.toString());
        assertThat(ran.exitCode()).as(ran::toString).isZero();
        assertThat(prefix.resolve("bin/aiaudit")).isExecutable();
        assertThat(Folder.content(installed.home())).isEmpty();

        assertThat(installed
                        .installer("--uninstall", "--prefix", prefix.toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("somewhere")).doesNotExist();
    }

    @Test
    void what_was_there_before_is_never_overwritten() throws IOException {
        Files.createDirectories(installed.launcher().getParent());
        Files.writeString(installed.launcher(), "mine");

        Ran ran = installed.installer();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains(
                        "error: " + installed.launcher() + " is there already and was not put there by this installer.")
                .contains("fix: Move it away, or install elsewhere with --prefix DIR.");
        assertThat(installed.launcher()).hasContent("mine");
        assertThat(Folder.content(installed.home())).containsExactly(".local", ".local/bin", ".local/bin/aiaudit");
    }

    /** Found by hand: the list of a copy removed the original. */
    @Test
    void a_list_that_names_what_is_elsewhere_removes_nothing() throws IOException {
        Path precious = Files.writeString(installed.home().resolve("precious.txt"), "precious");
        Path list = installed.prefix().resolve("lib/aiaudit/installed.txt");
        Files.createDirectories(list.getParent());
        for (String named : List.of(precious.toString(), installed.prefix() + "/bin/../../../precious.txt")) {
            Files.writeString(list, installed.prefix() + "/lib\n" + named + "\n");
            Ran ran = installed.installer("--uninstall");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).contains("names " + named + ", which is not in " + installed.prefix() + ".");
            assertThat(precious).exists();
            assertThat(list).exists();
        }
    }

    /** Also behind the report of a demo of somebody with another home folder, which stays. */
    @Test
    void what_was_moved_behind_a_link_is_removed_and_the_link_stays() throws IOException {
        Path prefix = installed.prefix();
        Path list = prefix.resolve("lib/aiaudit/installed.txt");
        Path command = prefix.resolve("bin/aiaudit");
        Path report =
                Files.createDirectories(folder.resolve("other/aiaudit-demo")).resolve("aiaudit.html");
        for (Path file : List.of(list, command, report)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        Files.write(
                list,
                List.of(prefix, list.getParent().getParent(), list.getParent(), command, report.getParent(), report)
                        .stream()
                        .map(Path::toString)
                        .toList());
        Path moved = Files.move(prefix, folder.resolve("moved"));
        Files.createSymbolicLink(prefix, moved);

        Ran ran = installed.installer("--uninstall");

        assertThat(ran.exitCode()).as(ran::toString).isZero();
        assertThat(moved.resolve("bin/aiaudit")).doesNotExist();
        assertThat(moved.resolve("lib")).doesNotExist();
        assertThat(prefix).isSymbolicLink();
        assertThat(report).exists();
    }

    @Test
    void removing_what_is_not_installed_is_an_error() {
        Ran ran = installed.installer("--uninstall");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains("error: aiaudit is not installed in " + installed.prefix() + ".")
                .contains("--prefix DIR");
    }

    @Test
    void a_word_it_does_not_know_changes_nothing() {
        Ran ran = installed.installer("--dmeo");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("error: install.sh does not know --dmeo.")
                .contains("fix: ./install.sh --help");
        assertThat(Folder.content(installed.home())).isEmpty();
    }

    @Test
    void help_needs_no_java_and_changes_nothing() {
        Ran ran = installed.installer(Map.of("JAVA_HOME", ""), "--help");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("Usage: ./install.sh").contains("--uninstall");
        assertThat(Folder.content(installed.home())).isEmpty();
    }

    @Test
    void a_folder_without_a_build_is_an_error() {
        Ran ran = installed.installer("--from", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains(folder + " holds no aiaudit-*.jar").contains("./mvnw package");
        assertThat(Folder.content(installed.home())).isEmpty();
    }

    @Test
    void bash_completes_a_command() {
        Installed shared = Installed.shared(Javas.current());
        Path script = shared.prefix().resolve("share/bash-completion/completions/aiaudit");
        Ran ran = Ran.program(
                folder,
                shared.variables(),
                List.of(
                        Needs.program("bash").toString(),
                        "-c",
                        "source \"$1\"; COMP_WORDS=(aiaudit sc); COMP_CWORD=1; COMP_LINE='aiaudit sc'; "
                                + "_complete_aiaudit aiaudit sc aiaudit; echo \"${COMPREPLY[@]}\"",
                        "bash",
                        script.toString()));
        assertThat(ran.out()).as(ran::toString).contains("scan");
    }

    @Test
    void fish_completes_a_command() {
        Installed shared = Installed.shared(Javas.current());
        Path script = shared.prefix().resolve("share/fish/vendor_completions.d/aiaudit.fish");
        Ran ran = Ran.program(
                folder,
                shared.variables(),
                List.of(
                        Needs.program("fish").toString(),
                        "--no-config",
                        "-c",
                        "source $argv[1]; complete -C 'aiaudit sc'; complete -C 'aiaudit scan --format '",
                        script.toString()));
        assertThat(ran.out()).as(ran::toString).contains("scan").contains("html");
    }

    @Test
    void the_manual_page_is_where_man_looks() {
        Installed shared = Installed.shared(Javas.current());
        assertThat(shared.prefix().resolve("share/man/man1/aiaudit.1"))
                .content()
                .startsWith(".\\\"");
    }

    @Test
    void zsh_completes_a_command() throws IOException {
        String zsh = Needs.program("zsh").toString();
        Installed shared = Installed.shared(Javas.current());
        Path functions = shared.prefix().resolve("share/zsh/site-functions");
        Path script = folder.resolve("complete.zsh");
        Files.writeString(script, """
                zmodload zsh/zpty
                zpty shell 'zsh -f -i'
                zpty -w shell 'fpath+=("$1"); autoload -U compinit && compinit -u -D; PS1=ready; unset \
                zle_bracketed_paste'
                sleep 1
                zpty -w -n shell $'aiaudit comple\\t'
                sleep 3
                zpty -w shell ''
                sleep 1
                zpty -r shell text '*completion*' && print -r -- "$text"
                zpty -d shell
                """.replace("$1", functions.toString()));
        Ran ran = Ran.program(folder, shared.variables(), List.of(zsh, "-f", script.toString()));
        assertThat(ran.out()).as(ran::toString).contains("aiaudit completion");
    }
}
