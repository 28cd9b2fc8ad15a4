package io.aiaudit.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandScriptTest {
    /** What keeps the file from being run, and a line after it. */
    private static String head() {
        return Written.by(new CommandScript(), SampleAudit.rich())
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\necho went $((1 + 1)) on\n"));
    }

    private static String output(ProcessBuilder shell) throws IOException {
        return new String(
                shell.redirectErrorStream(true).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Found by a reader: it closed the shell, with the values of all that was pasted before. */
    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"bash --norc --noprofile -i", "zsh -f -i"})
    void a_shell_into_which_its_first_lines_are_pasted_stays_open(String shell, @TempDir Path folder) throws Exception {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        words.set(0, Needs.program(words.get(0)).toString());
        Path pasted = Files.writeString(folder.resolve("pasted"), head());
        assertThat(output(new ProcessBuilder(words).redirectInput(pasted.toFile())))
                .contains("went 2 on");
    }

    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "zsh"})
    void a_shell_that_runs_the_file_does_nothing(String shell, @TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("commands.sh"), head());
        assertThat(output(new ProcessBuilder(Needs.program(shell).toString(), script.toString())))
                .contains("Paste single lines")
                .doesNotContain("went 2 on");
    }
}
