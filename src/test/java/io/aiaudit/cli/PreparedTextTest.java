package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PreparedTextTest {

    static List<String> answered() {
        List<String> lines = new ArrayList<>(List.of("", "--help", "-h", "help", "--version", "-V"));
        addHelp(CommandLines.create(), "", lines);
        return lines;
    }

    private static void addHelp(CommandLine command, String path, List<String> lines) {
        command.getSubcommands().forEach((name, subcommand) -> {
            if (!subcommand.getCommandSpec().helpCommand()) {
                lines.add(path + name + " --help");
                lines.add(path + name + " -h");
                if (path.isEmpty()) {
                    lines.add("help " + name);
                }
                addHelp(subcommand, path + name + " ", lines);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("answered")
    void is_what_picocli_prints(String line) throws IOException {
        StringWriter expected = new StringWriter();
        PrintWriter writer = new PrintWriter(expected);
        int exitCode = CommandLines.run(args(line), writer, writer);

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(PreparedText.print(args(line), printed))
                .as("the build prepared it")
                .isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
        assertThat(expected.toString().lines().filter(heading -> heading.matches("\\S.*:")))
                .as("headings")
                .doesNotHaveDuplicates();
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan",
                "--help scan",
                "scan --demo --help",
                "nonsense --help",
                "help nonsense",
                "help scan --demo",
                "--versions",
                "../version --help"
            })
    void everything_else_is_left_to_the_command_line(String line) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(PreparedText.print(args(line), printed)).isFalse();
        assertThat(printed.size()).isZero();
    }

    private static String[] args(String line) {
        return Stream.of(line.split(" ", -1)).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
