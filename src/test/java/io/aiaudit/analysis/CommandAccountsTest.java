package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandAccountsTest {
    private static final Remedy STOP = new Remedy(
            "Stop it.",
            "low",
            "none",
            "none",
            List.of(
                    "# It stops:",
                    "aws ec2 describe-instances",
                    "aws ec2 wait instance-running && aws ec2 stop-instances",
                    "SNAPSHOT=$(aws ec2 create-snapshot)"));

    private static Resource machine(String provider, String account) {
        return Resource.builder("i-" + account, "instance", provider)
                .accountId(account)
                .accountName("research\nrm -rf /")
                .build();
    }

    private static Finding finding(Resource resource, Remedy remedy) {
        return FindingBuilder.builder()
                .rule("machine-idle")
                .resourceId(resource.resourceId())
                .lever(Lever.ELIMINATE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of())
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("It idles.")
                .remedy(remedy)
                .evidence(Map.of())
                .build();
    }

    @Test
    void commands_that_change_something_need_the_account_that_they_are_for() {
        Resource one = machine("aws", "111122223333");
        Resource other = machine("aws", "444455556666");
        String account = "aws sts get-caller-identity --query Account --output text";
        List<String> commands = new CommandAccounts(List.of(one, other))
                .in(one, finding(one, STOP))
                .commands();

        assertThat(commands)
                .noneMatch(line -> line.contains("research") || line.contains("\n"))
                .first()
                .asString()
                .startsWith("# For account 111122223333 only");
        assertThat(commands.subList(1, commands.size()))
                .containsExactly(
                        account,
                        "# It stops:",
                        "aws ec2 describe-instances",
                        account + " | grep -xF 111122223333 && aws ec2 wait instance-running && aws ec2 stop-instances",
                        account + " | grep -xF 111122223333 && SNAPSHOT=$(aws ec2 create-snapshot)");
        assertThat(new CommandAccounts(List.of(one, one)).in(one, finding(one, STOP)))
                .isSameAs(STOP);
    }

    @Test
    void a_command_that_names_its_account_and_a_number_that_is_none_get_no_check() {
        Resource aws = machine("aws", "111122223333");
        Resource gcp = machine("gcp", "my-project");
        Resource odd = machine("aws", "1\nrm -rf /");
        Remedy byHand = new Remedy("Stop it.", "low", "none", "none", List.of("# No command: by hand."));
        CommandAccounts accounts = new CommandAccounts(List.of(aws, gcp, odd, machine("aws", "444455556666")));
        assertThat(accounts.in(gcp, finding(gcp, STOP))).isSameAs(STOP);
        assertThat(accounts.in(odd, finding(odd, STOP))).isSameAs(STOP);
        assertThat(accounts.in(aws, finding(aws, byHand))).isSameAs(byHand);
        assertThat(accounts.in(aws, finding(aws, null))).isNull();
    }

    /**
     * A real shell with an {@code aws} that would write what it changes, and is logged in to the account at first and
     * to the second one once a change is made.
     */
    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"111122223333", "999988887777"})
    void a_shell_that_has_changed_to_another_account_changes_nothing(String then, @TempDir Path folder)
            throws Exception {
        Path aws = folder.resolve("aws");
        Files.writeString(aws, """
                #!/bin/sh
                case $1 in
                  sts) if [ -e "$LOG.shown" ]; then echo %s; else touch "$LOG.shown"; echo 111122223333; fi;;
                  *) echo "$2" >> "$LOG";;
                esac
                """.formatted(then));
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        Path log = Files.createFile(folder.resolve("log"));
        Resource one = machine("aws", "111122223333");
        List<String> commands = new CommandAccounts(List.of(one, machine("aws", "444455556666")))
                .in(one, finding(one, STOP))
                .commands();

        for (String command : List.of(commands.get(4), commands.get(5), commands.get(5) + " || echo $?")) {
            ProcessBuilder shell =
                    new ProcessBuilder(Needs.program("sh").toString(), "-c", commands.get(1) + "\n" + command);
            shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
            shell.environment().put("LOG", log.toString());
            Process run = shell.redirectErrorStream(true).start();
            run.getInputStream().readAllBytes();
            run.waitFor();
        }

        assertThat(Files.readString(log, StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.matches("stop-.*|create-.*"))
                .hasSize("111122223333".equals(then) ? 3 : 0);
    }
}
