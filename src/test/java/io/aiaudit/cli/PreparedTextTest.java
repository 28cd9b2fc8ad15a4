package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTextTest {

    @ParameterizedTest
    @EnumSource(PreparedText.class)
    void is_what_picocli_prints(PreparedText text) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(text.print(printed)).as("the build prepared it").isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(text.fromPicocli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "-h", "help", "--version", "-V"})
    void answers_as_the_command_line_would(String line) {
        String[] args =
                Arrays.stream(line.split(" ", 0)).filter(arg -> !arg.isEmpty()).toArray(String[]::new);
        StringWriter expected = new StringWriter();
        PrintWriter writer = new PrintWriter(expected);
        int exitCode = CommandLines.run(args, writer, writer);

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(PreparedText.answering(args).print(printed)).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "--help scan", "scan --help", "--versions"})
    void leaves_everything_else_to_the_command_line(String line) {
        assertThat(PreparedText.answering(line.split(" ", -1))).isNull();
    }
}
