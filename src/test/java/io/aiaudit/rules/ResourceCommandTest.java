package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceCommandTest {
    private static List<String> fill(String line, String name) {
        Map<String, String> values = new HashMap<>();
        values.put("name", name);
        return ResourceCommand.fill(List.of(line), values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            chat-v1                              | x --n chat-v1
            arn:aws:s3:::a/b@c=d,e+f%g           | x --n arn:aws:s3:::a/b@c=d,e+f%g
            two words                            | x --n 'two words'
            it's                                 | x --n 'it'\\''s'
            $(rm -rf ~)                          | x --n '$(rm -rf ~)'
            `id`;id&id>f                         | x --n '`id`;id&id>f'
            $1{region}                           | x --n '$1{region}'
            ~root                                | x --n '~root'
            """)
    void values_are_quoted_for_a_shell(String name, String expected) {
        assertThat(fill("x --n {name}", name)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-rf", "--help", "a\nb", "\u001b[31mred", "a\u202Eb", "a\u0000b", "a\u2028b"})
    void a_line_is_left_out_when_its_value_is_unknown_an_option_or_hides_something(String name) {
        assertThat(fill("x --n {name}", name)).isEmpty();
        assertThat(fill("x --n {name}", null)).isEmpty();
        assertThat(fill("x without values", name)).containsExactly("x without values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "fileb://key", "FILE://x", "https://x/y", "@/etc/passwd", "@x"})
    void a_line_is_left_out_when_the_command_would_read_its_value(String name) {
        assertThat(fill("x --n {name}", name)).isEmpty();
    }

    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"=ls", "%1", "~", "a=b", "{a,b}", "^x", "!!", "[a-z]*", "x#y", "#x"})
    void zsh_reads_back_the_value(String name) throws Exception {
        Process shell = new ProcessBuilder(
                        Needs.program("zsh").toString(),
                        "-f",
                        "-c",
                        fill("printf %s {name}", name).get(0))
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(name);
        assertThat(shell.waitFor()).isZero();
    }

    /** A real shell gives back what went in. */
    @Outside
    @Property(tries = 60)
    void a_shell_reads_back_the_value(@ForAll String name) throws Exception {
        String line = fill("printf %s {name}", name).stream().findFirst().orElse(null);
        if (line == null) {
            return;
        }
        Process shell = new ProcessBuilder(Needs.program("sh").toString(), "-c", line).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(name);
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void the_commands_of_the_built_in_rules_fit_resources_with_and_without_a_parent() {
        RemedyChoice delete =
                RuleBook.builtIn().find("inference-endpoint-idle").remedies().get("delete");
        Map<String, String> alone = Map.of("name", "chat", "standalone_name", "chat", "region", "eu-west-1");
        Map<String, String> variant = Map.of("name", "v1", "parent_name", "chat", "region", "eu-west-1");

        assertThat(ResourceCommand.fill(delete.commands().get("aws"), alone))
                .containsExactly("aws sagemaker delete-endpoint --endpoint-name chat --region eu-west-1");
        assertThat(ResourceCommand.fill(delete.commands().get("aws"), variant))
                .containsExactly("aws sagemaker describe-endpoint --endpoint-name chat --region eu-west-1");
    }
}
