package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard error as JSON lines, for whatever collects logs. */
class LogFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void every_line_of_an_error_is_an_object_with_what_to_do() throws IOException {
        for (List<String> args : List.of(
                List.of("scan", "--log-format", "json", "--fail-on", "12,5", "--demo"),
                List.of("scan", "--log-format=JSON", "--billing", "no\nsuch.csv"))) {
            Run run = Run.of(args.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(events(run.err())).singleElement().satisfies(event -> {
                assertThat(event.path("level").asText()).isEqualTo("error");
                assertThat(event.path("message").asText()).isNotBlank();
                assertThat(event.path("fix").asText()).isNotBlank();
                assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
            });
        }
    }

    @Test
    void a_wrong_flag_beside_it_is_reported_in_the_same_form() throws IOException {
        Run run = Run.of("scan", "--log-format", "json", "--billling", "x");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(events(run.err()))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("message").asText()).isEqualTo("unknown option \"--billling\"."));
    }

    @Test
    void progress_and_what_was_not_read_are_events_and_the_report_is_not() throws IOException {
        Path files = Needs.projectFolder().resolve("src/test/resources/commands/one-of-two-files-broken");
        Path bad = files.resolve("bad.csv");
        Path alsoBad = Files.writeString(
                folder.resolve("also-bad.csv"), Files.readString(bad).replace("chat", "other"));
        Run run = Run.of(
                "scan",
                "--billing",
                files.resolve("good.csv").toString(),
                "--billing",
                bad.toString(),
                "--billing",
                alsoBad.toString(),
                "--rule",
                "notebook-idle",
                "-f",
                "csv",
                "--log-format",
                "json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        List<JsonNode> events = events(run.err());
        assertThat(events)
                .filteredOn(event -> event.path("kind").asText().equals("not read"))
                .hasSize(2)
                .allMatch(event -> event.path("level").asText().equals("warning"));
        assertThat(events)
                .extracting(event -> event.path("message").asText())
                .anyMatch(message -> message.startsWith("Reading files"))
                .noneMatch(message -> message.startsWith("Peak memory "))
                .anyMatch(message -> message.startsWith("Net saving per month:"));
        assertThat(run.out()).startsWith("\ufeffid,rule,");
    }

    @Test
    void the_variable_does_the_same_and_a_wrong_value_is_an_error() throws IOException {
        assertThat(events(err(Map.of("AIAUDIT_LOG_FORMAT", "json"), "scan", "--billling")))
                .hasSize(1);
        assertThat(err(Map.of("AIAUDIT_LOG_FORMAT", "json"), "scan", "--log-format", "text", "--billling"))
                .startsWith("error: ");
        assertThat(err(Map.of("AIAUDIT_LOG_FORMAT", "jsn"), "scan"))
                .isEqualTo("error: AIAUDIT_LOG_FORMAT is \"jsn\", which is no way to log.\n  fix: Did you mean "
                        + "\"json\"?\n");
        assertThat(Run.of("scan", "--log-format", "xml").err()).isEqualTo("""
                error: --log-format is "xml", which is no way to log.
                  fix: It is one of: json, text.
                """);
    }

    private static String err(Map<String, String> environment, String... args) {
        StringWriter err = new StringWriter();
        int exitCode = CommandLines.run(
                args, Console.of(new PrintWriter(new StringWriter()), new PrintWriter(err)), environment);
        assertThat(exitCode).isEqualTo(2);
        return err.toString();
    }

    private static List<JsonNode> events(String text) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }
}
