package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What makes a job fail: the conditions of --fail-on about the audit of the demo company, alone and against an earlier
 * one.
 */
@Slow
class FailOnTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path audit;

    @BeforeAll
    static void scan() throws IOException {
        SavedDemo.in(folder);
        audit = folder.resolve("aiaudit.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100                                | 3",
                "100000000                          | 4",
                "rule=inference-endpoint-idle       | 3",
                "rule=inference-endpoint-idle:1000000 | 4",
                "rule=audit-trail-missing           | 3",
                "status=blocked:1000000             | 4",
                "status=unconfirmed                 | 3",
                "status=unconfirmed:1000000         | 4",
                "status=accepted:1000               | 3",
                "status=counted:rule=inference-endpoint-idle:100 | 3",
                "1000000,rule=inference-endpoint-idle | 3"
            })
    void a_condition_that_holds_ends_with_3_and_any_of_several_is_enough(String condition, int exitCode) {
        Run run = report("--fail-on", condition);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err().contains("Over the limit: ")).isEqualTo(exitCode == 3);
    }

    @Test
    void findings_that_have_no_amount_are_counted_and_not_priced_at_0() {
        assertThat(report("--fail-on", "rule=audit-trail-missing").err())
                .containsPattern("Over the limit: \\d+ findings? without an amount, for --fail-on rule=audit-trail");
    }

    @Test
    void what_the_user_accepted_or_has_not_decided_fails_nothing_that_he_did_not_ask_for() throws IOException {
        JsonNode findings = JSON.readTree(audit.toFile()).path("findings");
        for (JsonNode finding : findings) {
            if (finding.path("status").asText().equals("accepted")) {
                String rule = finding.path("rule").asText();
                Path only = changed(
                        tree -> keep(tree, each -> each.path("status").asText().equals("accepted")));
                assertThat(report(only, "--fail-on", "rule=" + rule).exitCode()).isEqualTo(4);
                assertThat(report(only, "--fail-on", "status=accepted").exitCode())
                        .isEqualTo(3);
                return;
            }
        }
        throw new AssertionError("the demo has no accepted finding");
    }

    @Test
    void nothing_is_new_against_itself_and_the_line_about_the_baseline_says_so() {
        Run run = Run.of("report", audit.toString(), "-f", "json", "--fail-on", "new", "--baseline", audit.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains("Since " + audit + ": nothing changed.");
    }

    @Test
    void a_finding_that_the_baseline_examined_and_did_not_have_is_new() throws IOException {
        Path baseline = changed(tree -> keep(tree, finding -> !isIdleEndpoint(finding)));
        Run run = report("--fail-on", "new", "--baseline", baseline.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).containsPattern("Over the limit: \\d+ findings, [\\d,.]+ a month, for --fail-on new: ");
        assertThat(report("--fail-on", "new:1000000", "--baseline", baseline.toString())
                        .exitCode())
                .isEqualTo(4);
        assertThat(report("--fail-on", "new:rule=gpu-instance-idle", "--baseline", baseline.toString())
                        .exitCode())
                .isEqualTo(4);
    }

    @Test
    void what_the_baseline_did_not_examine_is_not_new() throws IOException {
        Path baseline = changed(tree -> {
            keep(tree, finding -> !isIdleEndpoint(finding));
            tree.path("rules").forEach(rule -> {
                if (rule.path("id").asText().equals("inference-endpoint-idle")) {
                    ((ObjectNode) rule).put("state", "skipped").put("problem", "left out by --skip-rule.");
                }
            });
        });
        Run run = report("--fail-on", "new", "--baseline", baseline.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12,5        | expected an amount such as 1000",
                "1,000       | expected an amount such as 1000",
                "9999999999999 | of at most 12 digits",
                "new:9999999999999 | an amount of at most 12 digits",
                "newish      | \"newish\" is no condition",
                "rule=inference-endpoint-idel | Did you mean \"inference-endpoint-idle\"?",
                "status=open | there is no status \"open\"",
                "status=govern:5 | have no amount",
                "rule=audit-trail-missing:5 | findings of the rule audit-trail-missing have no amount",
                "new:rule=spend-unmonitored:100 | needs an earlier audit to compare with",
                "new         | needs an earlier audit to compare with",
                "new:new     | \"new\" is no condition",
                "''          | --fail-on is empty: nothing would end the run with exit code 3"
            })
    void a_condition_that_could_never_hold_is_refused_before_anything_is_written(String condition, String words) {
        Run run = report("--fail-on", condition);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").contains(words).contains("fix: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_baseline_that_is_none_is_refused_before_anything_is_written() throws IOException {
        Path real = changed(tree -> tree.put("demo", false));
        Path redacted = changed(tree -> tree.put("redacted", true));
        for (List<String> baseline : List.of(
                List.of(folder.resolve("none.json").toString(), "there is no such file"),
                List.of(folder.toString(), "is a folder"),
                List.of(folder.resolve("demo.aiaudit").toString(), "is a saved scan, not a finished audit"),
                List.of(real.toString(), "about a real company"),
                List.of(redacted.toString(), "is redacted, this audit has names"),
                List.of(Files.writeString(folder.resolve("x.json"), "{}").toString(), "is not an aiaudit report"))) {
            Run run = report("--baseline", baseline.get(0));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains(baseline.get(1));
            assertThat(run.out()).isEmpty();
        }
    }

    private static boolean isIdleEndpoint(JsonNode finding) {
        return finding.path("rule").asText().equals("inference-endpoint-idle");
    }

    private static Run report(String... flags) {
        return report(audit, flags);
    }

    private static Run report(Path file, String... flags) {
        List<String> args = new ArrayList<>(List.of("report", file.toString(), "-q", "-f", "json"));
        args.addAll(List.of(flags));
        return Run.of(args.toArray(String[]::new));
    }

    private static void keep(ObjectNode tree, Predicate<JsonNode> wanted) {
        Iterator<JsonNode> findings = ((ArrayNode) tree.path("findings")).elements();
        while (findings.hasNext()) {
            if (!wanted.test(findings.next())) {
                findings.remove();
            }
        }
    }

    private static Path changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(audit.toFile());
        change.accept(tree);
        Path file = Files.createTempFile(folder, "changed", ".json");
        return Files.writeString(file, EditedAudit.withItsSum(tree).toString());
    }
}
