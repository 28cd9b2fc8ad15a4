package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Lever;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Needs;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFolderTest {
    @TempDir
    private Path folder;

    private UserError refusal(TestRule rule) {
        return catchThrowableOfType(UserError.class, () -> rule.read(folder));
    }

    @Test
    void a_good_folder_is_read_with_its_defaults() throws Exception {
        Rule rule = new TestRule("machine-idle").read(folder);

        assertThat(rule.minDays()).isEqualTo(7);
        assertThat(rule.minCoverage()).isEqualTo(0.9);
        assertThat(rule.saves()).containsExactly(Component.TIME);
        assertThat(rule.asks()).isEmpty();
        assertThat(rule.params().get("max_days").defaultValue()).isEqualTo(3L);
        assertThat(rule.params().get("share").defaultValue()).isEqualTo(new BigDecimal("0.5"));
        assertThat(rule.params().values())
                .extracting(Parameter::sqlType)
                .containsExactly("BIGINT", "DOUBLE", "VARCHAR", "VARCHAR[]");
        RemedyChoice resize = rule.remedies().get("resize");
        assertThat(resize.lever()).isEqualTo(Lever.RESIZE);
        assertThat(resize.asks()).isEqualTo(Set.of(Ask.LATENCY));
        assertThat(resize.isOfferedBy("azure")).isFalse();
        assertThat(resize.isOfferedBy("aws")).isTrue();
        assertThat(rule.builtIn()).isFalse();
    }

    static Stream<String> mistakes() {
        return """
                needs:                ;; need:                    ;; rule.yaml:5: unknown key "need".            \
                                       ;; Did you mean "needs"?
                id: machine-idle      ;; id: machine-busy         ;; rule.yaml:1: id: the id is "machine-busy", but \
                the folder is called "machine-idle". ;; id: machine-idle
                id: machine-idle      ;; id: Machine_Idle         ;; rule.yaml:1: id: "Machine_Idle" is not an id.     \
                                       ;; notebook-idle
                title: Machines work  ;; # no title               ;; rule.yaml:1: the key "title" is missing.          \
                                       ;; Add a line title:
                [instance]            ;; [instanse]               ;; rule.yaml:4: applies_to[0]: unknown kind \
                "instanse".                     ;; Did you mean "instance"?
                [instance]            ;; []                       ;; rule.yaml:4: applies_to: no kind is named.        \
                                       ;; applies_to: [inference_endpoint]
                [cpu_utilization]     ;; [cpu_utilisation]        ;; rule.yaml:5: needs[0]: unknown metric \
                "cpu_utilisation".                 ;; Did you mean "cpu_utilization"?
                [cpu_utilization]     ;; cpu_utilization          ;; rule.yaml:5: needs: expected a list, found \
                "cpu_utilization".            ;; in brackets
                [cpu_utilization]     ;; [{one_of: [cpu_utilisation]}] ;; needs[0].one_of[0]: unknown metric \
                "cpu_utilisation".              ;; Did you mean "cpu_utilization"?
                [cpu_utilization]     ;; [{one_of: []}]           ;; one_of names no metric.                           \
                                       ;; {one_of: [requests, sessions]}
                {aws: "aws ec2 stop-instances --instance-ids {resource_id} --region {region}"} ;; {aws: {instanse: x}} \
                ;; unknown kind "instanse". ;; Did you mean "instance"?
                proof: arithmetic     ;; proof: arithmetics       ;; rule.yaml:6: proof: expected one of backtest, \
                arithmetic, none           ;; Did you mean "arithmetic"?
                lever: eliminate      ;; lever: delete            ;; rule.yaml:7: lever: expected one of eliminate     \
                                       ;; It is one of
                proof: arithmetic     ;; {proof: none, min_days: 3.5}   ;; is not YAML                                 \
                                       ;; indentation
                default: 3            ;; defaults: 3              ;; rule.yaml:9: params.max_days: unknown \
                key "defaults".           ;; Did you mean "default"?
                default: 3            ;; default: {a: 1}          ;; rule.yaml:9: params.max_days.default: a default \
                is one value             ;; Write it like 14
                default: 3            ;; default: 3, min: 4       ;; rule.yaml:9: params.max_days: the default 3 is \
                not in its range, 4 to           ;; between them
                default: 3            ;; default: a, max: 4       ;; rule.yaml:9: params.max_days: only a number has \
                min and max.                     ;; Remove them
                max_days:             ;; window_end:              ;; rule.yaml:9: params.window_end: "window_end" \
                cannot be the name          ;; are taken
                {resource_id}         ;; {id}                     ;; unknown placeholder {id}.                         \
                                       ;; resource_id
                azure: never          ;; azur: never              ;; feasible_when: unknown key "azur".           \
                                       ;; Did you mean "azure"?
                action: Stop it.,     ;; actions: Stop it.,       ;; remedies.stop: unknown key "actions".     \
                                       ;; Did you mean "action"?
                asks: [latency]       ;; asks: [speed]            ;; asks[0]: expected one of interruption, latency, \
                quality, residency, commitment       ;; It is one of
                effort: medium        ;; # none                   ;; the key "effort" is missing.                      \
                                       ;; Add a line effort:
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_reported_with_file_line_and_what_was_meant(String line) {
        String[] parts = line.split(";;", -1);
        UserError error = refusal(new TestRule("machine-idle").yaml(parts[0].strip(), parts[1].strip()));

        assertThat(error).as("nothing was refused").isNotNull();
        assertThat(error.problem()).contains(parts[2].strip());
        assertThat(error.fix()).contains(parts[3].strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"min_days: -1", "min_days: 1000", "min_days: 2.5", "min_coverage: 1.1", "min_coverage: high"})
    void a_number_out_of_its_range_is_refused(String line) {
        assertThat(refusal(new TestRule("machine-idle").yaml("proof:", line + "\nproof:"))
                        .problem())
                .contains("rule.yaml:6: min_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule.yaml", "rule.sql", "README.md", "tests.yaml"})
    void a_missing_file_is_named(String file) {
        UserError error = refusal(new TestRule("machine-idle").without(file));

        assertThat(error.problem()).isEqualTo("rule " + folder.resolve("machine-idle") + " has no " + file + ".");
        assertThat(error.fix()).contains("aiaudit rules new ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule.yaml", "rule.sql", "README.md", "tests.yaml"})
    void a_file_as_large_as_no_file_of_a_rule_is_not_read(String file) throws Exception {
        new TestRule("machine-idle").read(folder);
        Path large = folder.resolve("machine-idle").resolve(file);
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }

        assertThat(catchThrowableOfType(UserError.class, () -> RuleFolder.read(folder.resolve("machine-idle"))))
                .hasMessageStartingWith(large + " is larger than 4 MB, which no file of a rule is.");
    }

    @Test
    void a_book_holds_the_built_in_rules_and_the_users_by_id() throws Exception {
        new TestRule("a-machine").write(folder);
        new TestRule("z-machine").write(folder);
        Files.createDirectories(folder.resolve("notes"));

        RuleBook book = RuleBook.with(folder);

        List<String> ids = book.rules().stream().map(Rule::id).toList();
        assertThat(ids).isSorted().contains("a-machine", "inference-endpoint-idle", "z-machine");
        assertThat(RuleBook.with(folder.resolve("a-machine")).find("a-machine").builtIn())
                .as("one folder")
                .isFalse();
        assertThat(book.find("inference-endpoint-idle").builtIn()).isTrue();
    }

    @Test
    void an_unknown_rule_is_refused_with_the_nearest_one() {
        UserError error =
                catchThrowableOfType(UserError.class, () -> RuleBook.builtIn().find("inference-endpoint-idel"));

        assertThat(error.problem()).isEqualTo("there is no rule \"inference-endpoint-idel\".");
        assertThat(error.fix())
                .startsWith("Did you mean \"inference-endpoint-idle\"?")
                .contains("aiaudit rules list");
    }

    @Test
    void a_folder_of_rules_that_is_none_is_refused() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThat(catchThrowableOfType(UserError.class, () -> RuleBook.with(folder.resolve("none")))
                        .problem())
                .endsWith("none does not exist.");
        assertThat(catchThrowableOfType(UserError.class, () -> RuleBook.with(file))
                        .problem())
                .endsWith("file is not a folder.");
        assertThat(catchThrowableOfType(UserError.class, () -> RuleBook.with(empty))
                        .problem())
                .endsWith("empty has no rules.");
    }

    @Test
    void an_own_rule_never_replaces_a_built_in_one() throws Exception {
        new TestRule("inference-endpoint-idle").write(folder);

        UserError error = catchThrowableOfType(UserError.class, () -> RuleBook.with(folder));

        assertThat(error.problem()).endsWith("\"inference-endpoint-idle\" is already the id of a built-in rule.");
        assertThat(error.fix()).contains("--skip-rule inference-endpoint-idle").contains("aiaudit.yaml");
    }

    @Test
    void a_copy_of_a_built_in_rule_does_no_harm_as_in_a_clone() {
        RuleBook book = RuleBook.with(Needs.projectFolder().resolve("rules"));

        assertThat(book.rules()).isEqualTo(RuleBook.builtIn().rules());
    }
}
