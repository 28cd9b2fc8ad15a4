package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedCommandTest {
    private static final String AZURE = "az resource delete --ids "
            + "/subscriptions/7c0f2a4e-0000-4000-8000-00000000a001/resourcegroups/rg-ml/providers/"
            + "microsoft.machinelearningservices/workspaces/mlw-service/onlineendpoints/contract-review/deployments/v1";

    @Test
    void a_line_that_fits_stays_one_line() {
        assertThat(WrappedCommand.lines("az vm start --ids /a/b", "  ", 60).orElseThrow())
                .containsExactly("  az vm start --ids /a/b");
    }

    @Test
    void a_long_one_goes_on_behind_a_backslash_and_a_comment_is_above_it() {
        assertThat(WrappedCommand.lines(
                                "gcloud ai endpoints delete demand-forecast --region europe-west4   # when no model "
                                        + "is on it any more",
                                "      ",
                                60)
                        .orElseThrow())
                .containsExactly(
                        "      # when no model is on it any more",
                        "      gcloud ai endpoints delete demand-forecast \\",
                        "        --region europe-west4");
        assertThat(WrappedCommand.lines("# one two three four five six seven", "  ", 20)
                        .orElseThrow())
                .containsExactly("  # one two three", "  # four five six", "  # seven");
    }

    @Test
    void a_word_in_single_quotes_is_never_broken() {
        String name = "'" + "a long name ".repeat(8) + "'";
        assertThat(WrappedCommand.lines("aws x --name " + name, "  ", 60)).isEmpty();
        assertThat(WrappedCommand.lines("aws x --name " + name, "  ", 160).orElseThrow())
                .hasSize(1);
    }

    /** What a shell makes of the lines is what it makes of the one. */
    @Outside
    @ParameterizedTest
    @ValueSource(
            strings = {
                AZURE,
                "aws ec2 x --name 'two  words' --id \"$(basename "
                        + "arn:aws:ec2:eu-west-1:111122223333:capacity-reservation/cr-1)\" --region eu-west-1",
                "gcloud compute reservations update a-hold --vm-count=1 --zone us-central1-a --project catalog-ml-lab "
                        + "# ends",
            })
    void a_shell_reads_the_same_words(String command) {
        Path shell = Needs.program("sh");
        String words = "() { for word in \"$@\"; do printf '<%s>' \"$word\"; done; }\n";
        String show = "aws" + words + "az" + words + "gcloud" + words;
        String whole = shown(shell, show + command);
        for (int width : List.of(60, 72, 80, 133)) {
            List<String> lines = WrappedCommand.lines(command, "      ", width).orElseThrow();
            assertThat(lines).allMatch(line -> line.length() <= width);
            assertThat(shown(shell, show + String.join("\n", lines))).isEqualTo(whole);
        }
        assertThat(whole).contains("><");
    }

    private static String shown(Path shell, String script) {
        return Ran.program(Path.of("").toAbsolutePath(), Map.of(), List.of(shell.toString(), "-c", script))
                .out();
    }
}
