package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugTest {
    private static final Map<String, String> WITHOUT_OPTIONS = Map.of("JAVA_TOOL_OPTIONS", "");

    @TempDir
    private Path folder;

    @Outside
    @Test
    void debug_shows_the_moments_of_the_steps_and_what_libraries_log_and_only_debug_does() throws Exception {
        Path demo = Files.createDirectory(folder.resolve("demo"));
        List<String> arguments = List.of(
                "scan", "--demo", "-q", "-f", "html", "-o", "out", "--rule", "inference-endpoint-idle", "--debug");
        Ran ran = Ran.program(demo, WITHOUT_OPTIONS, CommandProcess.command(folder, arguments));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.GAPS.code());
        assertThat(ran.out()).isEmpty();
        String debug = ran.err();

        assertThat(debug)
                .containsPattern("debug: +\\d+\\.\\d{3} s  step Reading demo")
                .containsSubsequence(
                        "slices planned", "read demo", "step Evaluating", "evaluated inference-endpoint-idle")
                .containsPattern("debug: .* FINE io\\.pebbletemplates\\.")
                .containsPattern("debug: .* written .*aiaudit\\.html")
                .containsPattern("debug: .* database +\\d+\\.\\d{3} s .* [1-9]\\d* rows  finish/charges\\.sql")
                .containsPattern("debug: .* database .* rows  rules/inference-endpoint-idle\n")
                .containsPattern("debug: .* database .* [1-9]\\d* rows  StoredScan\\.resources");

        Ran without = SmallScan.in(folder).run(List.of("-q", "-f", "html", "-o", "out", "--no-color"));
        assertThat(without.exitCode()).as(without.err()).isZero();
        assertThat(without.out()).isEmpty();
        assertThat(without.err()).doesNotContain("debug:", "pebble", "FINE", "database ");
    }

    @Test
    void a_trace_is_shown_with_debug_only_and_without_the_secrets_in_its_messages() {
        StringWriter text = new StringWriter();
        Console console = Console.of(new PrintWriter(new StringWriter()), new PrintWriter(text));
        Exception failure = new IllegalStateException("401 for Authorization: Bearer S3CRET");

        console.defect(failure);
        assertThat(text.toString()).isEmpty();
        console.inDebug().defect(failure);
        assertThat(text.toString())
                .contains("IllegalStateException: 401 for Authorization: [hidden]", "at io.aiaudit.cli.DebugTest")
                .doesNotContain("S3CRET");
    }
}
