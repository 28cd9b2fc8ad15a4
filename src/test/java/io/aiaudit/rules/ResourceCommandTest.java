package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Lever;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "fileb://key",
                "FILE://x",
                "https://x/y",
                "@/etc/passwd",
                "@x",
                "x=@/etc/hostname",
                "a=@~/.ssh/id_rsa"
            })
    void a_line_is_left_out_when_the_command_would_read_its_value(String name) {
        assertThat(fill("x --n {name}", name)).isEmpty();
    }

    @Test
    void a_comment_on_commands_goes_with_the_last_of_them() {
        List<String> lines = List.of(
                "# all members:",
                "# {pool} scales:",
                "a --pool {pool}",
                "b --group {group}",
                "# nothing follows {name}.",
                "# last of {name}:",
                "c --zone {zone}");

        assertThat(ResourceCommand.fill(lines, Map.of("name", "x"))).containsExactly("# nothing follows x.");
        assertThat(ResourceCommand.fill(lines, Map.of("name", "x", "group", "g", "zone", "z")))
                .containsExactly("# all members:", "b --group g", "# nothing follows x.", "# last of x:", "c --zone z");
    }

    /** A zsh in which one types reads comments as commands. */
    @Test
    void a_comment_begins_no_quotation() {
        assertThat(fill("# It can't be undone: {name} isn't 'kept':", "x; id"))
                .containsExactly("# It can\u2019t be undone: 'x; id' isn\u2019t 'kept':");
        assertThat(fill("x 'a'b'c' {name}", "n")).containsExactly("x 'a'b'c' n");
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
    void a_variable_of_the_shell_is_no_placeholder_and_a_number_of_the_rule_is_one() {
        Map<String, String> values = Map.of("number:fewest", "2", "name", "chat");

        assertThat(ResourceCommand.fill(
                        List.of("x \"${NEW:?}\" --min {number:fewest} --n {name}", "x {number:unknown}"), values))
                .containsExactly("x \"${NEW:?}\" --min 2 --n chat");
    }

    @Test
    void the_commands_of_the_built_in_rules_fit_resources_with_and_without_a_parent() {
        Map<String, RemedyChoice> remedies =
                RuleBook.builtIn().find("inference-endpoint-idle").remedies();
        Map<String, String> alone = Map.of(
                "name",
                "chat",
                "standalone_name",
                "chat",
                "file_name",
                "chat",
                "region",
                "eu-west-1",
                "window_end",
                "2026-07-01T00:00:00Z");
        Map<String, String> part = Map.of(
                "parent_name", "chat", "region", "eu-west-1", "file_name", "c-1", "window_end", "2026-07-01T00:00:00Z");
        Map<String, String> variant = new HashMap<>(part);
        variant.putAll(Map.of("name", "v1", "variant_endpoint", "chat"));
        Map<String, String> component = new HashMap<>(part);
        component.putAll(Map.of("name", "c", "component_name", "c"));

        assertThat(ResourceCommand.fill(remedies.get("delete").commands("aws", "inference_endpoint"), alone))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(3)
                .contains("aws sagemaker describe-endpoint --endpoint-name chat --region eu-west-1"
                        + " --output json > chat.json")
                .last()
                .asString()
                .endsWith(" && jq -e .EndpointConfigName chat.json > /dev/null"
                        + " && aws sagemaker delete-endpoint --endpoint-name chat --region eu-west-1");
        assertThat(ResourceCommand.fill(remedies.get("delete").commands("aws", "inference_endpoint"), variant))
                .isEmpty();
        assertThat(ResourceCommand.fill(
                        remedies.get("delete_deployment").commands("aws", "inference_endpoint"), variant))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(3)
                .first()
                .isEqualTo("aws sagemaker describe-endpoint --endpoint-name chat --region eu-west-1"
                        + " --output json | tee c-1.json");
        assertThat(ResourceCommand.fill(
                        remedies.get("delete_deployment").commands("aws", "inference_endpoint"), component))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(3)
                .last()
                .asString()
                .endsWith(" && jq -e .InferenceComponentName c-1.json > /dev/null"
                        + " && aws sagemaker delete-inference-component --inference-component-name c"
                        + " --region eu-west-1");
    }

    /** What one block saves or reads, another must neither overwrite nor take for its own. */
    @Test
    void each_file_of_a_command_is_named_after_its_block() {
        Pattern file = Pattern.compile("[^\\s/@'\"]+\\.(?:json|yaml)\\b");

        assertThat(RuleBook.builtIn().rules().stream()
                        .flatMap(rule -> rule.remedies().values().stream())
                        .flatMap(remedy -> remedy.commands().values().stream())
                        .flatMap(List::stream)
                        .flatMap(line -> file.matcher(line).results().map(MatchResult::group)))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(name).contains("{file_name}"));
    }

    /** A line pasted by itself, or with a variable of an earlier finding, must not delete what was never saved. */
    @Test
    void a_disk_is_deleted_only_when_a_snapshot_of_this_disk_exists() {
        for (String id : List.of("storage-orphaned", "instance-stopped-still-billed")) {
            RemedyChoice remedy = RuleBook.builtIn().find(id).remedies().get("snapshot_and_delete");
            for (String provider : List.of("aws", "azure", "gcp")) {
                assertThat(remedy.commands(provider, "volume"))
                        .as(id + " " + provider)
                        .filteredOn(line -> line.matches(".*(delete-volume|disk delete|disks delete) .*"))
                        .isNotEmpty()
                        .allMatch(line -> line.contains("\"${SNAPSHOT:?}\"")
                                && line.matches(".*(Values=|grep -qi?xF (READY,)?)\\{(resource_id|name)} .*&& .*"));
            }
        }
    }

    /**
     * Where a rule is about endpoints or jobs, an id may still name a bare machine; the commands of a managed service
     * would fail on it, or hit another resource.
     */
    @Test
    void commands_of_a_managed_service_are_not_for_bare_machines() {
        List<String> managed =
                List.of("gcloud ai endpoints ", "gcloud ai custom-jobs ", "gcloud batch ", "aws sagemaker ", "az ml ");

        for (Rule rule : RuleBook.builtIn().rules()) {
            if (rule.lever() == Lever.GOVERN) {
                continue; // a model is registered and watched wherever it runs
            }
            rule.remedies()
                    .forEach((name, remedy) -> remedy.commands().keySet().stream()
                            .map(key -> key.replaceFirst("/.*", ""))
                            .distinct()
                            .filter(provider -> rule.appliesTo().stream()
                                    .anyMatch(List.of("inference_endpoint", "training_job", "batch_job")::contains))
                            .forEach(provider -> assertThat(remedy.commands(provider, "instance"))
                                    .as(rule.id() + " " + name + " " + provider)
                                    .noneMatch(line -> managed.stream().anyMatch(line::contains))));
        }
    }
}
