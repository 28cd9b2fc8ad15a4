package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/engineer.md, run one after the other as they stand there, by somebody with an empty home. */
@Outside
class EngineerPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void every_command_of_the_page_works_in_an_empty_home() throws IOException {
        String page = Files.readString(Needs.projectFolder().resolve("docs/engineer.md"));
        // What the scan wrote is looked at below; a later command writes to the same folder.
        String script = BLOCK.matcher(page)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("[ -e scanned.json ] || cp report/aiaudit.json scanned.json\n"));
        assertThat(script)
                .contains("aiaudit init", "aiaudit explain", "aiaudit query", "aiaudit history", "--by-owner");
        Path work = Files.createDirectories(folder.resolve("work")).toRealPath();
        Map<String, String> variables = variables();

        Ran ran;
        try (ServedCommand aiaudit = ServedCommand.in(folder.resolve("served"), work, variables)) {
            variables.put("PATH", aiaudit.bin() + ":" + System.getenv("PATH"));
            ran = Ran.program(
                    work, variables, List.of(Needs.program("bash").toString(), "-e", "-o", "pipefail", "-c", script));
        }

        assertThat(ran.exitCode()).as(ran::toString).isZero();
        assertThat(ran.err()).doesNotContain("error:");
        assertThat(work).isDirectoryContaining("glob:**/aiaudit.yaml").isDirectoryContaining("glob:**/owners");
        assertThat(work.resolve("history")).isDirectoryContaining("glob:**/aiaudit-history.pdf");
        SavedDemo.in(folder.resolve("demo"));
        assertThat(Files.readString(work.resolve("scanned.json")))
                .as("the same bytes as of another scan, by all threads")
                .isEqualTo(Files.readString(folder.resolve("demo").resolve(SavedDemo.AUDIT)));
    }

    private Map<String, String> variables() throws IOException {
        Map<String, String> variables = new TreeMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.matches("(AIAUDIT|AWS|AZURE|GOOGLE|CLOUDSDK)_.*|JAVA_TOOL_OPTIONS"))
                .forEach(name -> variables.put(name, ""));
        variables.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        return variables;
    }
}
