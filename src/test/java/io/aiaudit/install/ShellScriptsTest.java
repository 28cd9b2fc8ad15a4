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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Outside
class ShellScriptsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install.sh",
                "src/main/sh/aiaudit",
                ".ci/run",
                ".ci/aiaudit",
                ".ci/release",
                ".githooks/pre-commit",
                "docs/consultant/export.sh",
                "docs/examples/ci/cron.sh"
            })
    void shellcheck_finds_nothing(String script) {
        Ran ran = Ran.program(
                Needs.projectFolder(),
                Map.of(),
                List.of(Needs.program("shellcheck").toString(), script));
        assertThat(ran.exitCode()).as(ran::out).isZero();
    }

    /** What the installer prints to be pasted: any folder is one word, whatever is in its name. */
    @Test
    void the_installer_quotes_paths_for_a_shell() throws IOException {
        String installer = Files.readString(Needs.projectFolder().resolve("install.sh"));
        int start = installer.indexOf("quoted() {");
        String quoted = installer.substring(start, installer.indexOf("\n}\n", start) + 3);
        for (String path : List.of(
                "/a/b",
                "/a b/it's",
                "/a/$(touch x)",
                "/a/`id`;&|<>",
                "/a/\"q\"",
                "/a/*?[x]",
                "/a/#~!",
                "/a\\'; id; #")) {
            Ran printed = Ran.program(
                    folder,
                    Map.of(),
                    List.of(
                            Needs.program("sh").toString(),
                            "-c",
                            quoted + "\nprintf 'printf %%s %s' \"$(quoted \"$1\")\"",
                            "sh",
                            path));
            for (String shell : List.of("bash", "zsh", "fish")) {
                Ran pasted = Ran.program(
                        folder, Map.of(), List.of(Needs.program(shell).toString(), "-c", printed.out()));
                assertThat(pasted.out()).as(printed.out()).isEqualTo(path);
            }
        }
    }

    /** Java splits at a colon, the database opens none of the others, and what was installed is listed by lines. */
    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a;b", "what?", "back\\slash", "two\nlines", "bell\u0007"})
    void the_installer_refuses_folders_below_which_nothing_could_run(String name) throws IOException {
        Ran ran = Ran.program(
                folder,
                Map.of(),
                List.of(
                        Needs.program("sh").toString(),
                        Needs.projectFolder().resolve("install.sh").toString(),
                        "--prefix",
                        folder.resolve(name).toString()));
        assertThat(ran.exitCode()).as(ran::err).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: aiaudit cannot run below ").contains("fix: Choose another folder");
        assertThat(folder).isEmptyDirectory();
    }
}
