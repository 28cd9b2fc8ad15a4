package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugTest {
    @TempDir
    private Path folder;

    @Outside
    @Test
    void debug_shows_the_moments_of_the_steps_and_what_libraries_log_and_only_debug_does() throws Exception {
        SmallScan scan = SmallScan.in(folder);
        Ran ran = scan.run(List.of("-q", "-f", "html", "-o", "out", "--rule", "inference-endpoint-idle", "--debug"));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        String debug = ran.err();

        assertThat(debug)
                .containsPattern("debug: +\\d+\\.\\d{3} s  step Reading files")
                .containsSubsequence(
                        "slices planned", "read files bill.csv", "step Evaluating", "evaluated inference-endpoint-idle")
                .containsPattern("debug: .* FINE io\\.pebbletemplates\\.")
                .containsPattern("debug: .* written .*aiaudit\\.html")
                .containsPattern("debug: .* database +\\d+\\.\\d{3} s .* [1-9]\\d* rows  finish/charges\\.sql")
                .containsPattern("debug: .* database .* rows  rules/inference-endpoint-idle\n")
                .containsPattern("debug: .* database .* [1-9]\\d* rows  StoredScan\\.resources");

        Ran without = scan.run(List.of(OneRule.with("-q", "-f", "html", "-o", "out", "--no-color")));
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
