package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.rules.CommandBlock;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandApprovalTest {
    private static final Remedy STOP = new Remedy(
            "Stop it.",
            "low",
            "none",
            "none",
            List.of(
                    "# It stops:",
                    "NODE_1a2b3c4d=''",
                    "echo begun || echo begun",
                    "for x in 1 2; do echo begun; done"));

    private static Finding finding() {
        return FindingBuilder.builder()
                .rule("machine-idle")
                .resourceId("i-1")
                .lever(Lever.ELIMINATE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of())
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("It idles.")
                .evidence(Map.of())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_work_to_do_says_so_first_and_runs_nothing_without_a_yes(Status status) {
        Remedy remedy = CommandApproval.of(finding(), status, STOP);
        if (status == Status.COUNTED || status == Status.GOVERN) {
            assertThat(remedy).isSameAs(STOP);
            return;
        }
        String approved = new CommandBlock("machine-idle", "i-1").variable("APPROVED");
        String guard = ": \"${" + approved + ":?}\" && ";
        assertThat(remedy.commands().get(0)).matches("# NOT (?:APPROVED|CHOSEN): .+ No command below runs until .+:");
        assertThat(remedy.commands().subList(1, remedy.commands().size()))
                .containsExactly(
                        approved + "=''",
                        "# It stops:",
                        "NODE_1a2b3c4d=''",
                        guard + "echo begun || echo begun",
                        guard + "for x in 1 2; do echo begun; done");
    }

    @Test
    void what_has_no_command_needs_no_approval() {
        Remedy byHand = new Remedy("Stop it.", "low", "none", "none", List.of("# No command: by hand."));
        assertThat(CommandApproval.of(finding(), Status.BLOCKED, byHand)).isSameAs(byHand);
        assertThat(CommandApproval.of(finding(), Status.BLOCKED, null)).isNull();
    }

    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"bash --norc -i", "zsh -f -i", "sh"})
    void a_shell_runs_none_of_its_lines(String shell) throws Exception {
        List<String> commands =
                CommandApproval.of(finding(), Status.UNCONFIRMED, STOP).commands();
        for (String approved : List.of(commands.get(1), commands.get(1).replace("''", "'yes'"))) {
            String pasted = approved + "\n" + commands.get(4) + "\n";
            String[] words = shell.split(" ");
            words[0] = Needs.program(words[0]).toString();
            Process run = new ProcessBuilder(words).redirectErrorStream(true).start();
            run.getOutputStream().write(pasted.getBytes(StandardCharsets.UTF_8));
            run.getOutputStream().close();
            String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            run.waitFor();
            assertThat(output.lines().anyMatch(line -> line.strip().endsWith("begun") && !line.contains("echo")))
                    .as(output)
                    .isEqualTo(approved.contains("yes"));
        }
    }
}
