package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Lever;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the commands of every built-in rule, whatever it is about. */
class RemedyCommandsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([a-z_]+(?::[a-z0-9_]+)?)}");

    /** The lines that one finding prints, of one provider and kind. */
    private record Block(String of, List<String> lines) {
        List<String> commands() {
            return lines.stream().filter(line -> !line.startsWith("#")).toList();
        }

        int first(String part) {
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith("#") && lines.get(i).contains(part)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public String toString() {
            return of;
        }
    }

    private static Stream<Block> blocks() {
        return RuleBook.builtIn().rules().stream()
                .flatMap(rule -> rule.remedies().values().stream()
                        .flatMap(remedy -> remedy.commands().entrySet().stream()
                                .map(entry -> new Block(
                                        rule.id() + " " + remedy.name() + " " + entry.getKey(), entry.getValue()))));
    }

    private static List<Block> blocksWith(String part) {
        List<Block> found = blocks().filter(block -> block.first(part) >= 0).toList();
        assertThat(found).as(part).isNotEmpty();
        return found;
    }

    /** Without a share of the traffic the new model gets none, and the one that has it all can't be undeployed. */
    @Test
    void a_model_deployed_to_vertex_ai_gets_traffic_and_a_limit_of_replicas_before_the_old_one_goes() {
        assertThat(blocksWith(" ai endpoints deploy-model "))
                .allSatisfy(block -> assertThat(
                                block.commands().stream().filter(line -> line.contains(" ai endpoints deploy-model ")))
                        .as(block.of())
                        .allSatisfy(line -> assertThat(line)
                                .contains("--traffic-split", "0=10", "--min-replica-count", "--max-replica-count")))
                .allSatisfy(block -> assertThat(block.first(" undeploy-model "))
                        .as(block.of())
                        .isGreaterThan(block.first(" ai endpoints deploy-model ")));
    }

    /** An endpoint of components is in service without any model: it says nothing of what serves. */
    @Test
    void an_endpoint_goes_when_the_component_that_replaces_it_is_in_service_and_not_when_only_its_endpoint_is() {
        assertThat(blocksWith("create-inference-component")).allSatisfy(block -> {
            assertThat(block.lines().get(block.first("create-inference-component")))
                    .as(block.of())
                    .startsWith("aws sagemaker wait endpoint-in-service ");
            assertThat(block.lines().get(block.first("delete-endpoint ")))
                    .as(block.of())
                    .contains("aws sagemaker describe-inference-component ", "InferenceComponentStatus", "InService")
                    .doesNotContain("wait endpoint-in-service");
            assertThat(block.lines().get(block.first("create-endpoint ")))
                    .as("models of one group share it: a second block must not fail on it")
                    .startsWith("aws sagemaker describe-endpoint ");
        });
    }

    /** An option of the command line replaces a structure of the file as a whole, and a description has no tags. */
    @Test
    void a_job_that_is_started_again_keeps_its_local_checkpoints_and_tags_and_reads_none_of_the_finished_one() {
        assertThat(blocksWith("create-training-job"))
                .allSatisfy(block -> assertThat(block.commands())
                        .as(block.of())
                        .noneMatch(
                                line -> line.contains("--checkpoint-config") || line.contains("--stopping-condition"))
                        .anyMatch(line -> line.contains("aws sagemaker list-tags "))
                        .anyMatch(line -> line.contains(".CheckpointConfig.S3Uri") && line.contains("\"${JOB:?}\"")));
    }

    @Test
    void a_trail_and_its_start_name_their_region() {
        assertThat(blocks().flatMap(block -> block.commands().stream())
                        .filter(line -> line.startsWith("aws cloudtrail ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(" --region "));
    }

    /** A resource group of the same name may be in the subscription that the shell is logged in to. */
    @Test
    void what_changes_something_on_azure_names_its_subscription_or_a_whole_id() {
        Pattern change =
                Pattern.compile("(?<![\\w-])az (?!rest |keyvault )[a-z -]*\\b(?:create|update|delete|lock|scale|stop|"
                        + "start|deallocate|resize|generalize)\\b");

        assertThat(blocks().flatMap(block -> block.commands().stream())
                        .filter(line -> change.matcher(line).find()))
                .hasSizeGreaterThan(40)
                .allMatch(line -> line.contains("--subscription {account_id}")
                        || line.contains("{resource_id}")
                        || line.contains("{service_id}"));
    }

    /** A value is quoted for a shell by itself: within quotes of the line it would end them. "$(...)" quotes anew. */
    @Test
    void no_value_is_within_quotes() {
        Pattern quoted = Pattern.compile("'[^']*'|\"[^\"]*\"");

        assertThat(blocks().flatMap(block -> block.commands().stream())
                        .map(line -> line.replaceAll("\\\\.|\\$\\{[A-Z_]+:\\?}|\"\\$\\([^()]*\\)\"", ""))
                        .flatMap(line -> quoted.matcher(line).results().map(MatchResult::group)))
                .isNotEmpty()
                .noneMatch(text -> text.matches(".*\\{[a-z_:]+}.*"));
    }

    @Test
    void what_follows_a_sentence_that_there_is_no_command_is_none() {
        assertThat(blocks().filter(block -> !block.commands().isEmpty()))
                .allSatisfy(block -> assertThat(block.lines())
                        .as(block.of())
                        .noneMatch(line -> line.matches("# No (\\w+ )?command[;:.,].*")));
    }

    private static final Pattern ENDS = Pattern.compile(
            " (?:delete|destroy|terminate|undeploy|cancel-capacity|schedule-key-deletion|disable)(?![\\w]*s? for)");

    private static final String ALL_ZERO = "echo \"${USED:?}\" | tr '\\n' ' ' | grep -qxE '(0(\\.0)? )+' && ";

    /** What was idle up to the end of the window may be in use since. */
    @Test
    void what_is_deleted_for_being_idle_is_deleted_only_where_it_was_not_used_since() {
        List<String> idle = List.of(
                "inference-endpoint-idle delete",
                "inference-endpoint-keep-alive ",
                "provisioned-throughput-idle ",
                "custom-model-hosting-idle ",
                "capacity-reservation-unused ",
                "search-index-idle ",
                "compliance-overhead ");

        assertThat(blocks().filter(block -> idle.stream().anyMatch(block.of()::startsWith)))
                .flatExtracting(block -> block.commands().stream()
                        .filter(line -> ENDS.matcher(line).find())
                        .filter(line -> !line.contains("az keyvault key delete")
                                && !line.contains("forwarding-rules delete")) // nothing counts their use
                        .toList())
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.startsWith(ALL_ZERO)
                        || line.contains("grep -qx True && ")
                        || line.contains("grep -qxE '0?' && "));
    }

    /** What moved elsewhere may have left some of its clients behind. */
    @Test
    void what_was_replaced_is_deleted_only_where_nothing_uses_it_since() {
        assertThat(blocks().filter(block -> block.lines().stream().anyMatch(line -> line.contains("USED="))))
                .hasSizeGreaterThan(25)
                .allSatisfy(block -> assertThat(block.commands().stream()
                                .filter(line -> line.matches(".*(?:delete-endpoint|delete-provisioned"
                                        + "|online-\\w+ delete|undeploy-\\w+|ai endpoints delete) .*")))
                        .as(block.of())
                        .allMatch(line -> line.startsWith(ALL_ZERO)));
    }

    /** Traffic that goes elsewhere is not seen by a check that comes after it. */
    @Test
    void nothing_changes_before_its_use_since_the_audit_was_counted() {
        Pattern changes = Pattern.compile("(?<![\\w-])(?:aws|az|gcloud) (?!.* (?:create|put)[ -]).*"
                + "\\b(?:update|delete|undeploy|disable|scale|resize)\\b");
        assertThat(blocks().filter(block -> block.lines().stream()
                        .anyMatch(line -> line.startsWith("USED=") && line.contains("{window_end}"))))
                .hasSizeGreaterThan(10)
                .allSatisfy(block -> assertThat(block.lines().subList(0, block.first("USED=")).stream()
                                .filter(line -> !line.startsWith("#")))
                        .as(block.of())
                        .noneMatch(line -> changes.matcher(line).find()));
    }

    /** The default format of a command line may be a table, from which nothing can be created again. */
    @Test
    void what_is_kept_for_later_is_json_whatever_the_default_format_and_is_read_before_anything_is_deleted() {
        Pattern kept =
                Pattern.compile("^(?:aws|az|gcloud) .*?(?: > | \\| tee )(\\S*\\{file_name}\\S*\\.(?:json|yaml))$");
        assertThat(blocks())
                .flatExtracting(block -> block.commands().stream()
                        .filter(line -> kept.matcher(line).find() && !line.contains("get-iam-policy"))
                        .toList())
                .hasSizeGreaterThan(50)
                .allMatch(line -> line.contains("--output json ") || line.contains("--format json "))
                .allMatch(line -> line.endsWith(".json"));
        assertThat(blocks())
                .allSatisfy(block -> assertThat(block.commands())
                        .as(block.of())
                        .noneMatch(line -> line.contains("test -s {file_name}")));
        assertThat(blocks().flatMap(block -> block.commands().stream()))
                .filteredOn(line -> ENDS.matcher(line).find())
                .hasSizeGreaterThan(60)
                .filteredOn(line -> !line.contains("jq -e ") && !line.contains("grep -q"))
                .allMatch(line -> UNKEPT.stream().anyMatch(line::contains));
    }

    /** What nothing brings back, or what is kept elsewhere. */
    private static final List<String> UNKEPT = List.of(
            "az keyvault key delete",
            "az vmss delete-instances",
            "az aks nodepool delete-machines",
            "instance-groups managed delete-instances",
            "az resource show --ids \"${BACKUP:?}\"");

    /** Found by a reader: of two policies the one that wants more instances decides, so a new one saves nothing. */
    @Test
    void a_new_scaling_policy_replaces_the_old_one_that_a_file_keeps() {
        List<Block> replacing = blocksWith("put-scaling-policy").stream()
                .filter(block -> block.of().startsWith("autoscaling-signal "))
                .toList();
        assertThat(replacing).hasSize(3).allSatisfy(block -> {
            int read = block.first("describe-scaling-policies");
            int put = block.first("put-scaling-policy");
            int deleted = block.first("delete-scaling-policy");
            assertThat(List.of(0, read, put, deleted)).as(block.of()).isSorted().doesNotHaveDuplicates();
            assertThat(block.lines().get(deleted))
                    .as(block.of())
                    .startsWith("jq -e --arg old \"${OLD:?}\" '.ScalingPolicies[] | select(.PolicyName == $old)' "
                            + "policies-{file_name}.json > /dev/null && aws ");
        });
    }

    /** Found by a reader: 600 requests a minute, 60 percent and 4 requests for every endpoint. */
    @Test
    void a_target_that_a_scaler_keeps_is_of_the_replay_and_no_constant() {
        Pattern target = Pattern.compile("\"(?:TargetValue|target|threshold)\": ");
        assertThat(blocks().filter(block -> block.of().startsWith("autoscaling-signal "))
                        .flatMap(block -> block.lines().stream())
                        .filter(line -> target.matcher(line).find()))
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.contains("{number:target_"))
                .noneMatch(line -> line.matches(".*\"(?:TargetValue|target|threshold)\": [0-9].*"));
    }

    /** Found by a reader: "X.json holds the rules" is read as a file that exists. */
    @Test
    void a_file_that_only_the_reader_can_write_is_to_be_written_first() {
        Pattern read =
                Pattern.compile("(?:file://|(?:--body|--logs) @|--(?:file|config) )([\\w-]*\\{file_name}[\\w.-]*)");
        Pattern written = Pattern.compile("(?:> |tee )([\\w-]*\\{file_name}[\\w.-]*)");
        assertThat(blocks().filter(block -> block.commands().stream()
                        .anyMatch(line -> read.matcher(line).find())))
                .hasSizeGreaterThan(25)
                .allSatisfy(block -> {
                    List<String> made = block.lines().stream()
                            .flatMap(line -> written.matcher(line).results().map(match -> match.group(1)))
                            .toList();
                    assertThat(block.commands().stream()
                                    .flatMap(
                                            line -> read.matcher(line).results().map(match -> match.group(1)))
                                    .filter(name -> !made.contains(name)))
                            .as(block.of())
                            .allMatch(name -> block.lines().stream()
                                    .anyMatch(line ->
                                            line.matches("# .*\\bWrite \\Q" + name + "\\E first.*'[\\[{].+'.*")));
                });
    }

    /** Found by a reader: one after the other, a stop and a start are no schedule, and the start fails. */
    @Test
    void no_schedule_is_a_stop_and_a_start_to_paste() {
        List<Block> schedules = RuleBook.builtIn().rules().stream()
                .flatMap(rule -> rule.remedies().values().stream()
                        .filter(remedy -> (remedy.lever() == null ? rule.lever() : remedy.lever()) == Lever.SCHEDULE)
                        .flatMap(remedy -> remedy.commands().entrySet().stream()
                                .map(entry -> new Block(rule.id() + " " + entry.getKey(), entry.getValue()))))
                .toList();
        assertThat(schedules).hasSizeGreaterThan(12);
        assertThat(schedules.stream().flatMap(block -> block.commands().stream()))
                .isNotEmpty()
                .noneMatch(line -> line.matches("(?:aws|az|gcloud)\\b.* (?:stop|start|deallocate|delete|create"
                                + "|undeploy)(?:-instances|-notebook-instance|-endpoint|-model)? .*")
                        && !line.matches(".* (?:create-schedule|instance-schedule) .*"));
    }

    private static final Pattern CLOUD_OPTION =
            Pattern.compile(" --(?:output|region|subscription|project|query|format|profile|resource-group)(?= )");

    /** Found by a reader: at the end of a pipe it went to jq, which has no such option and wrote an empty file. */
    @Test
    void an_option_of_a_cloud_is_given_to_the_command_line_of_that_cloud() {
        assertThat(blocks().flatMap(block -> block.commands().stream()).flatMap(line -> ShellSteps.of(line).stream()))
                .filteredOn(step -> CLOUD_OPTION.matcher(step).find())
                .hasSizeGreaterThan(400)
                .allMatch(step -> step.matches("(?:.* )?(?:aws|az|gcloud|bq|kubectl) .*?" + CLOUD_OPTION + ".*"));
        assertThat(ShellSteps.of("X=$(aws a --query 'b | c' | jq \"d$(az e)\" --output json) && tee f; g"))
                .containsExactly("aws a --query Q", "az e", "jq QQ --output json", "X=", "tee f", "g");
    }

    /** Found by a reader: the instance that was stopped during the audit may have been started since. */
    @Test
    void a_disk_is_detached_only_from_an_instance_that_is_stopped_now_and_where_nothing_was_written() {
        assertThat(blocksWith("detach-volume"))
                .allSatisfy(block -> assertThat(block.lines().get(block.first("detach-volume")))
                        .as(block.of())
                        .startsWith(ALL_ZERO)
                        .contains("describe-instances", "| grep -qx stopped && "))
                .allSatisfy(block -> assertThat(block.first("VolumeWriteOps"))
                        .as(block.of())
                        .isGreaterThan(block.first("create-snapshot")));
    }

    /** A longer retention must not become a shorter one, which nothing brings back. */
    @Test
    void the_present_retention_is_kept_in_a_file_and_never_shortened() {
        Pattern change = Pattern.compile("put-object-lock-configuration|immutability-policy create|--retention-days");
        assertThat(blocks().filter(block -> block.of().startsWith("audit-trail-mutable "))
                        .flatMap(block -> block.commands().stream()))
                .filteredOn(line -> change.matcher(line).find())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("jq -e "));
        assertThat(blocksWith("put-object-lock-configuration").get(0).commands())
                .noneMatch(line -> line.contains("COMPLIANCE") && !line.contains("error("))
                .anyMatch(line -> line.contains("$days < (") && line.contains("error("));
    }

    /** Found by readers: a type as the output names it is refused, and a job on a GPU without one is started. */
    @Test
    void an_accelerator_of_google_cloud_is_named_as_its_command_line_takes_it() {
        assertThat(blocksWith("--accelerator type=\"${TYPE:?}\""))
                .allSatisfy(block -> assertThat(block.lines())
                        .as(block.of())
                        .anyMatch(line -> line.startsWith("#") && line.contains("TYPE in lower case with hyphens")));
        assertThat(blocks().flatMap(block -> block.lines().stream()))
                .filteredOn(line -> line.contains("\"workerPoolSpecs\""))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"acceleratorType\"") && line.contains("\"acceleratorCount\""));
    }

    /** Components do not share a GPU: the second of a group is never placed on an instance with one. */
    @Test
    void a_component_says_that_it_needs_a_gpu_of_its_own() {
        assertThat(blocksWith("create-inference-component"))
                .allSatisfy(block -> assertThat(block.lines())
                        .as(block.of())
                        .anyMatch(line -> line.startsWith("#") && line.contains("needs a GPU of its own")));
    }

    @Test
    void an_instance_of_a_past_job_is_not_called_the_current_one() {
        assertThat(blocks().flatMap(block -> block.lines().stream()))
                .isNotEmpty()
                .noneMatch(line -> line.contains("The current instance:"));
    }

    /** Others may have been granted something since. */
    @Test
    void a_policy_of_permissions_is_never_put_back_as_a_whole() {
        assertThat(blocksWith("set-iam-policy"))
                .allSatisfy(block -> assertThat(block.lines())
                        .as(block.of())
                        .noneMatch(line -> line.contains("apply the second file")));
    }

    @Test
    void a_budget_has_the_amount_that_the_reader_sets() {
        assertThat(blocks().filter(block -> block.of().startsWith("spend-unmonitored ")))
                .hasSize(3)
                .allSatisfy(block -> assertThat(block.commands())
                        .as(block.of())
                        .anyMatch(line -> line.contains("\"${AMOUNT:?}\""))
                        .noneMatch(line -> line.contains("1000")));
    }

    @Test
    void each_value_that_only_the_reader_knows_is_explained() {
        Pattern used = Pattern.compile("\\$\\{([A-Z_]+):\\?}");
        assertThat(blocks()).allSatisfy(block -> {
            String comments =
                    block.lines().stream().filter(line -> line.startsWith("#")).collect(Collectors.joining(" "));
            assertThat(block.commands().stream()
                            .flatMap(line -> used.matcher(line).results().map(match -> match.group(1)))
                            .filter(name -> block.commands().stream().noneMatch(line -> line.startsWith(name + "="))))
                    .as(block.of())
                    .allMatch(name -> Pattern.compile("(?<![\\w-])" + name + "(?![\\w-])")
                            .matcher(comments)
                            .find());
        });
    }

    /** A shell variable ends with its shell, and the copy is what the disk is restored from. */
    @Test
    void the_id_of_a_copy_is_in_a_file_before_what_was_copied_is_deleted() {
        assertThat(blocks().flatMap(block -> block.commands().stream()))
                .filteredOn(line -> line.matches("(?:SNAPSHOT|BACKUP|JOB)=.+"))
                .hasSizeGreaterThan(6)
                .allMatch(line -> line.matches("(\\w+)=.+; echo \"\\$\\{\\1:\\?}\" \\| tee \\{file_name}-\\S+\\.txt"));
    }

    @Test
    void no_comment_leaves_a_quotation_open() {
        assertThat(blocks().flatMap(block -> block.lines().stream())
                        .filter(line -> line.startsWith("#"))
                        .flatMap(line -> filled(line, "x; id"))
                        .map(line -> line.replaceAll("'[^']*'", "")))
                .hasSizeGreaterThan(200)
                .noneMatch(line -> line.contains("'"))
                .noneMatch(line -> line.contains("; id"))
                .noneMatch(line -> line.contains("`"));
    }

    /**
     * A zsh in which one types takes the mark of a comment for a command that it does not find: what follows a pipe or
     * a semicolon is run all the same, what follows {@code &&} is not. Found by hand: a request to Google Cloud.
     */
    @Test
    void no_comment_has_a_command_that_zsh_would_run() {
        assertThat(blocks().flatMap(block -> block.lines().stream())
                        .filter(line -> line.startsWith("#"))
                        .flatMap(line -> filled(line, "x"))
                        .map(line -> line.replaceAll("'[^']*'|\"[^\"]*\"", "")))
                .hasSizeGreaterThan(200)
                .noneMatch(line -> line.contains("|"))
                .noneMatch(line -> line.matches(".*;[ (]*(aws|az|gcloud|kubectl|curl|jq|rm|mv|cp|tee)\\b.*"));
    }

    /** The line with this value for all of its placeholders. */
    private static Stream<String> filled(String line, String value) {
        Map<String, String> values = PLACEHOLDER
                .matcher(line)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> value, (one, same) -> one));
        return ResourceCommand.fill(List.of(line), values).stream();
    }

    /** Found by a reader: within double quotes a shell in which one types takes what begins with it for a command. */
    @Test
    void no_exclamation_mark_is_within_double_quotes() {
        assertThat(blocks().flatMap(block -> block.lines().stream())
                        .flatMap(line -> filled(line, "x"))
                        .map(line -> line.replaceAll("'[^']*'", "")))
                .hasSizeGreaterThan(400)
                .noneMatch(line -> line.contains("!"));
    }

    /** The lines as they are pasted: in a shell in which one types, which finds no program that could do anything. */
    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"bash --norc --noprofile -i", "zsh -f -i", "zsh -f -o interactive_comments -i"})
    void a_shell_in_which_one_types_finds_no_event_of_its_history(String shell, @TempDir Path folder) throws Exception {
        List<String> lines = Stream.concat(
                        blocks().flatMap(block -> block.lines().stream())
                                .flatMap(line -> filled(line, "wow!echo it's `x`; $(x) \"")),
                        Stream.of("echo \"!nothing\""))
                .toList();
        Path pasted = Files.write(folder.resolve("commands.sh"), lines);
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        words.set(0, Needs.program(words.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(Files.createDirectory(folder.resolve("empty")).toFile())
                .redirectInput(pasted.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", folder.resolve("empty").toString());
        builder.environment().put("HISTFILE", "/dev/null");
        Process run = builder.start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        run.waitFor();

        assertThat(output.lines().filter(line -> line.contains("event not found")))
                .as("only the last line")
                .hasSize(1)
                .allMatch(line -> line.contains("nothing"));
    }

    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void every_block_is_what_a_shell_can_read_whatever_its_resource_is_called(String shell, @TempDir Path folder)
            throws Exception {
        List<String> lines = blocks().flatMap(block -> block.lines().stream())
                .flatMap(line -> filled(line, "it's `x`; $(x) \""))
                .toList();
        assertThat(lines).hasSizeGreaterThan(400).anyMatch(line -> line.contains("$(x)"));
        Path script = Files.write(folder.resolve("commands.sh"), lines);

        Process read = new ProcessBuilder(Needs.program(shell).toString(), "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(read.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(read.waitFor()).isZero();
    }
}
