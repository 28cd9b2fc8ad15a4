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
    @TempDir
    private Path folder;

    @Outside
    @Test
    void debug_tells_the_moments_of_the_steps_and_what_libraries_log_and_only_debug_does() throws Exception {
        String debug = scan("--debug");

        assertThat(debug)
                .containsPattern("debug: +\\d+\\.\\d{3} s  step Reading demo")
                .containsSubsequence(
                        "slices planned", "read demo", "step Evaluating", "evaluated inference-endpoint-idle")
                .containsPattern("debug: .* FINE io\\.pebbletemplates\\.")
                .containsPattern("debug: .* written .*aiaudit\\.html");
        assertThat(scan("--no-color")).doesNotContain("debug:", "pebble", "FINE");
    }

    private String scan(String flag) throws Exception {
        Path work = Files.createTempDirectory(folder, "work");
        List<String> arguments =
                List.of("scan", "--demo", "-q", "-f", "html", "-o", "out", "--rule", "inference-endpoint-idle", flag);
        Ran ran = Ran.program(work, Map.of("JAVA_TOOL_OPTIONS", ""), CommandProcess.command(folder, arguments));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.GAPS.code());
        assertThat(ran.out()).isEmpty();
        return ran.err();
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
