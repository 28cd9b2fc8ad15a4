package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitAndConfigTest {
    @TempDir
    private Path folder;

    private final StringWriter message = new StringWriter();

    private Run run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLines.run(
                arguments, Console.of(new PrintWriter(out), new PrintWriter(err)), withHome(environment));
        return new Run(exitCode, out.toString(), err.toString());
    }

    private Map<String, String> withHome(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("HOME", folder.toString());
        return all;
    }

    private Path file() {
        return folder.resolve("aiaudit.yaml");
    }

    /** As at a terminal where somebody types {@code lines}. */
    private String initWith(String lines) throws IOException {
        Console console = Console.of(new PrintWriter(new StringWriter()), new PrintWriter(message));
        InitCommand init = new InitCommand(console, withHome(Map.of()), Prompt.of(console, new StringReader(lines)));
        new CommandLine(init)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    message.append(((UserError) failure).problem());
                    return 2;
                })
                .execute(file().toString());
        return Files.readString(file());
    }

    @Test
    void without_a_terminal_the_defaults_are_written_and_a_scan_could_read_them() throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/config"), "[default]\n");

        Run init =
                run(Map.of("AZURE_CLIENT_SECRET", "swordfish", "AZURE_CLIENT_ID", "an-id"), "init", file().toString());

        assertThat(init.exitCode()).as(init::toString).isZero();
        assertThat(init.err())
                .contains("Found aws: " + folder.resolve(".aws/config"), "Found azure: the variable AZURE_CLIENT_ID")
                .doesNotContain("swordfish", "an-id");
        assertThat(Files.readString(file()))
                .contains(
                        "\nsources: [aws, azure]\n",
                        "\ndays: 30\n",
                        "\n# fail_on: 1000\n",
                        "\n# policy:\n",
                        "interruption: unspecified")
                .doesNotContain("swordfish", "an-id");
        assertThat(run(Map.of(), "config", "show", "--config", file().toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void with_nothing_configured_the_file_names_no_source() throws IOException {
        run(Map.of(), "init", file().toString());

        assertThat(Files.readString(file()))
                .contains("found no cloud configured", "\n# sources: [files]\n", "\n# days: 30\n");
    }

    @Test
    void answers_go_into_the_file_and_what_cannot_be_one_is_requested_again() throws IOException {
        String written = initWith("the moon\ngcp\n\nyes\n2500\n");

        assertThat(written).contains("\npolicy:\n  - match: {tag: \"env=dev\"}\n    interruption: yes ");

        assertThat(message.toString()).contains("Expected one or several of files, aws, azure and gcp");
        assertThat(written).contains("\nsources: [gcp]\n", "\ndays: 30\n", "interruption: yes ", "\nfail_on: 2500\n");
    }

    @Test
    void a_file_that_exists_is_never_overwritten() throws IOException {
        Files.writeString(file(), "days: 7\n");

        Run init = run(Map.of(), "init", file().toString());

        assertThat(init.exitCode()).isEqualTo(2);
        assertThat(init.err()).contains("exists already, and it is not overwritten");
        assertThat(file()).hasContent("days: 7");
        assertThat(run(Map.of(), "init", folder.resolve("no/such.yaml").toString())
                        .err())
                .contains("the folder of ");
    }

    @Test
    void each_value_is_shown_with_its_origin() throws IOException {
        Files.writeString(
                file(),
                "# ours\ndays: 7\nformat: [html, json]\naws:\n  external_id: swordfish\npolicy:\n  - match: {tag: "
                        + "\"env=dev\"}\n    latency: yes\n");

        Run shown = run(
                Map.of("AIAUDIT_FAIL_ON", "1000", "AIAUDIT_FORMAT", "csv", "AWS_SECRET_ACCESS_KEY", "swordfish"),
                "config",
                "show",
                "--config",
                file().toString(),
                "--client",
                "Acme",
                "--json");
        Map<String, String> values = new TreeMap<>();
        for (JsonNode row : new ObjectMapper().readTree(shown.out())) {
            values.put(
                    row.path("key").asText(),
                    row.path("value").asText() + " <- " + row.path("origin").asText());
        }

        assertThat(shown.out()).doesNotContain("swordfish");
        assertThat(values)
                .containsEntry("days", "7 <- aiaudit.yaml:2")
                .containsEntry("format", "html, json <- aiaudit.yaml:3")
                .containsEntry("fail_on", "1000 <- environment AIAUDIT_FAIL_ON")
                .containsEntry("client", "Acme <- flag --client")
                .containsEntry("memory_limit", "1GiB <- default")
                .containsEntry("details", "false <- default")
                .containsEntry("aws.external_id", "set, not shown <- aiaudit.yaml:5")
                .containsEntry("policy[0].latency", "yes <- aiaudit.yaml:8")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "set, not shown <- environment");
    }

    @Test
    void a_password_in_an_address_is_hidden() throws IOException {
        Files.writeString(file(), "prices: https://me:swordfish@example.com/prices.csv\n");

        Run shown = run(Map.of(), "config", "show", "--config", file().toString());

        assertThat(shown.out()).contains("prices").doesNotContain("swordfish");
    }
}
