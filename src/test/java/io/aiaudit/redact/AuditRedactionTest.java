package io.aiaudit.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.TextKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of services of the clouds are names of teams and projects, too. */
class AuditRedactionTest {
    private static final String PSEUDONYM = "x-[0-9a-f]{12}";
    private static final String TEAM = "AI Platform";

    @TempDir
    private Path folder;

    private RedactionKey key() {
        return RedactionKey.of(folder.resolve("client.key"));
    }

    private JsonNode redacted(String audit) throws IOException {
        return new AuditRedaction(key()).redacted(new ObjectMapper().readTree(audit.replace('\'', '"')));
    }

    @Test
    void an_account_an_owner_an_environment_or_a_tag_that_is_called_like_a_service_is_replaced() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'account_name': 'AI Platform', 'owner': 'Redis Cache', 'environment': 'Load Balancer',
                  'resource_id': '//aiplatform.googleapis.com/projects/p/endpoints/e', 'resource_name': 'Key Vault',
                  'tags': {'team': 'AI Platform'}, 'evidence': {'paid_for': 'Log Analytics'},
                  'reason': 'AI Platform has no requests'}]}
                """).path("findings").get(0);

        assertThat(finding.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("owner").asText()).matches(PSEUDONYM);
        assertThat(finding.path("environment").asText()).matches(PSEUDONYM);
        assertThat(finding.path("resource_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("tags").path("team").asText()).matches(PSEUDONYM);
        assertThat(finding.path("reason").asText()).matches(PSEUDONYM + " has no requests");
        assertThat(finding.toString()).doesNotContain(TEAM);
    }

    @Test
    void a_reason_an_owner_and_a_condition_of_the_user_are_replaced_whole() throws IOException {
        JsonNode audit = redacted("""
                {'findings': [
                  {'status': 'accepted', 'owner': 'Bill Price', 'status_reason':
                    'Mark May agreed (for June), room 12 (aiaudit.yaml:4, owner Grant Marks, until 2027-01-01)'},
                  {'status': 'accepted', 'status_reason':
                    'gpu-idle has the same effect and is ignored: Will may (aiaudit.yaml:5)'},
                  {'status': 'counted', 'status_reason':
                    'latency: yes, aiaudit.yaml:2 (tag team=Next Day). Checked by hand: June saw it (aiaudit.yaml:9).'},
                  {'reason': 'Bill Price has no requests, as Grant Marks has.'}],
                 'warnings': ['aiaudit.yaml:7: the ignore entry \\"Grace and Will\\" matches no finding of this scan.',
                   'aiaudit.yaml:8: this entry of the policy (account Target, tag a=Gap) matches no resource']}
                """);

        assertThat(audit.path("findings").findValuesAsText("status_reason"))
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .matches(
                                        PSEUDONYM + " \\(aiaudit.yaml:4, owner " + PSEUDONYM + ", until 2027-01-01\\)"),
                        reason ->
                                assertThat(reason).endsWith(" (aiaudit.yaml:5)").doesNotContain("may"),
                        reason -> assertThat(reason)
                                .matches("latency: yes, aiaudit.yaml:2 \\(tag " + PSEUDONYM + "\\). Checked by hand: "
                                        + PSEUDONYM + " \\(aiaudit.yaml:9\\)."));
        assertThat(audit.path("findings").get(3).path("reason").asText())
                .matches(PSEUDONYM + " has no requests, as " + PSEUDONYM + " has.");
        assertThat(audit.path("warnings").get(0).asText())
                .matches("aiaudit.yaml:7: the ignore entry \"" + PSEUDONYM + "\" matches no finding of this scan.");
        assertThat(audit.path("warnings").get(1).asText())
                .matches(
                        "aiaudit.yaml:8: this entry of the policy \\(account " + PSEUDONYM + "\\) matches no resource");
    }

    /** Found in the demo: the condition of a line within parentheses was left. */
    @Test
    void what_the_audit_says_the_user_wrote_is_replaced_whole_wherever_a_sentence_has_it() throws IOException {
        JsonNode audit = redacted("""
                {'user_texts': [{'part': 'condition', 'text': 'tag slo=500ms'},
                   {'part': 'condition', 'text': 'tag data=a (b) has May'},
                   {'part': 'condition', 'text': 'account data'},
                   {'part': 'value', 'text': 'owner: search'},
                   {'part': 'reason', 'text': 'test (the data.yaml:3). May'},
                   {'part': 'rule', 'text': 'Will May'}, {'part': 'owner', 'text': 'usage)'},
                   {'part': 'file', 'text': 'Mark May.cfg'}],
                 'findings': [{'rule': 'inference-endpoint-idle', 'status_reason':
                    'The policy sets its latency target (Mark May.cfg:3, tag slo=500ms, account data), its data.'}],
                 'warnings': ['Mark May.cfg:4: this entry of the policy (tag data=a (b) has May) matches no resource.',
                   'Mark May.cfg:5: owner: search (account data) has no effect: test the search.',
                   'a.yaml:1: the ignore entry \\"test (the data.yaml:3). May\\" names the rule \\"Will May\\", which',
                   'Checked by hand: test (the data.yaml:3). May (Mark May.cfg:9, owner usage)).']}
                """);

        assertThat(audit.at("/findings/0/status_reason").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("The policy sets its latency target (x:3, tag x, account x), its data.");
        assertThat(audit.path("warnings").toString().replaceAll(PSEUDONYM, "x")).isEqualTo("""
                ["x:4: this entry of the policy (tag x) matches no resource.",\
                "x:5: owner: x (account x) has no effect: test the search.",\
                "x:1: the ignore entry \\"x\\" names the rule \\"x\\", which",\
                "Checked by hand: x (x:9, owner x)."]""");
        assertThat(audit.path("user_texts").findValuesAsText("text").toString().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("[tag x, tag x, account x, owner: x, x, x, x, x]");
    }

    /** Found by hand: words of ours were left of what a rule of somebody else says. */
    @Test
    void what_a_rule_of_somebody_else_says_is_replaced_whole() throws IOException {
        JsonNode audit = redacted("""
                {'findings': [{'rule': 'zebra-rule', 'resource_name': 'default',
                  'reason': 'Mark May of default costs 3',
                  'remedy': {'action': 'Ask Grant.', 'speed': 'as May says',
                    'commands': ['aws sts get-caller-identity']},
                  'evidence': {'who': {'name_of_owner': 'Grant Price', 'n': 3}, 'seen': ['default', 'Mark'],
                    'hours': 4, 'machines_by': 'the inventory'}},
                  {'rule': 'inference-endpoint-idle', 'resource_name': 'chat', 'reason': 'No requests in 3 days.'}],
                 'rules': [{'id': 'zebra-rule', 'title': 'What Mark May wants'},
                   {'id': 'inference-endpoint-idle', 'title': 'Idle inference endpoints'}]}
                """);

        JsonNode finding = audit.path("findings").get(0);
        assertThat(finding.path("reason").asText()).matches(PSEUDONYM);
        assertThat(finding.path("remedy").path("action").asText()).matches(PSEUDONYM);
        assertThat(finding.path("remedy").path("commands").get(0).asText()).isEqualTo("aws sts get-caller-identity");
        assertThat(finding.path("evidence").path("hours").asInt()).isEqualTo(4);
        assertThat(finding.path("evidence").path("machines_by").asText()).isEqualTo("the inventory");
        assertThat(finding.toString()).doesNotContain("Grant", "Mark", "May", "default");
        assertThat(audit.path("findings").get(1).path("reason").asText()).isEqualTo("No requests in 3 days.");
        assertThat(audit.path("rules").findValuesAsText("title"))
                .satisfiesExactly(
                        title -> assertThat(title).matches(PSEUDONYM),
                        title -> assertThat(title).isEqualTo("Idle inference endpoints"));
    }

    @Test
    void a_team_with_an_ordinary_name_is_replaced_as_it_is_written_and_the_word_stays() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'rule': 'inference-endpoint-idle', 'owner': 'Target',
                  'tags': {'team': 'Use', 'org': 'Orange'},
                  'reason': 'GPU use of Target is low; the target is one hour. orange and Use are high.'}]}
                """).path("findings").get(0);

        assertThat(finding.path("reason").asText())
                .matches("GPU use of " + PSEUDONYM + " is low; the target is one hour. " + PSEUDONYM + " and "
                        + PSEUDONYM + " are high.");
    }

    /** A team that no resource has by itself comes from the user's mapping of owners. */
    @Test
    void a_group_of_a_roll_up_in_lower_case_breaks_no_sentence_of_ours() throws IOException {
        JsonNode audit = redacted("""
                {'roll_ups': [{'by': 'team', 'groups': [{'name': 'saving'}, {'name': 'cost'}, {'name': 'falcon'}]}],
                 'not_assessed': [{'fix': 'A saving leaves out a part of the cost of falcon.'}],
                 'findings': [{'rule': 'inference-endpoint-idle', 'reason': 'It would cut token cost of falcon.'}]}
                """);

        assertThat(audit.findValuesAsText("name")).hasSize(3).allMatch(name -> name.matches(PSEUDONYM));
        assertThat(audit.at("/not_assessed/0/fix").asText())
                .matches("A saving leaves out a part of the cost of " + PSEUDONYM + ".");
        assertThat(audit.at("/findings/0/reason").asText()).matches("It would cut token cost of " + PSEUDONYM + ".");
    }

    /** Found by hand: a path was one pseudonym in the roll-up, and one for each of its parts in the finding. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "falcon",
                "search/ranking",
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/falcon",
                "//container.googleapis.com/projects/falcon/zones/europe-west4-a/clusters/night",
                "kubernetes://falcon/deployments/night"
            })
    void a_workload_is_called_the_same_in_the_roll_up_and_in_its_finding(String workload) throws IOException {
        JsonNode audit = redacted("""
                {'roll_ups': [{'by': 'workload', 'groups': [{'name': 'WORKLOAD'}, {'name': null}]},
                  {'by': 'owner', 'groups': [{'name': 'night/owls'}]}],
                 'resources': [{'workload': 'WORKLOAD'}],
                 'findings': [{'rule': 'inference-endpoint-idle', 'workload': 'WORKLOAD', 'owner': 'night/owls'}]}
                """.replace("WORKLOAD", workload));

        JsonNode finding = audit.at("/findings/0");
        assertThat(audit.at("/roll_ups/0/groups/0/name")).isEqualTo(finding.path("workload"));
        assertThat(audit.at("/roll_ups/0/groups/1/name").isNull()).isTrue();
        assertThat(audit.at("/roll_ups/1/groups/0/name")).isEqualTo(finding.path("owner"));
        assertThat(audit.toString()).doesNotContain("falcon", "night", "ranking");
    }

    /** Tags of several teams spell one owner in several ways: blanks of other kinds, or other cases. */
    @Test
    void one_owner_has_one_pseudonym_however_it_is_spelt_and_next_month_too() throws IOException {
        String nbsp = "\u00a0";
        String audit = """
                {'roll_ups': [{'by': 'owner', 'groups': [{'name': 'Falcon Night'}]}],
                 'resources': [{'name': 'falcon night', 'tags': {'Owner': 'FALCON  night'}}],
                 'findings': [{'rule': 'inference-endpoint-idle', 'owner': 'Falcon Night'},
                  {'owner': ' falcon night'}, {'owner': 'FALCON\\tNIGHT'}, {'owner': 'Falcon%sNight '}],
                 'filter': 'owner=falcon NIGHT'}
                """.formatted(nbsp);
        JsonNode redacted = redacted(audit);

        List<String> owners = redacted.findValuesAsText("owner");
        assertThat(owners).hasSize(4);
        assertThat(owners).containsOnly(owners.get(0));
        assertThat(redacted.at("/roll_ups/0/groups/0/name").asText()).isEqualTo(owners.get(0));
        assertThat(redacted.at("/resources/0/tags/Owner").asText()).isEqualTo(owners.get(0));
        assertThat(redacted.path("filter").asText()).isEqualTo("owner=" + owners.get(0));
        assertThat(redacted.at("/resources/0/name").asText())
                .as("a resource is called as it is called")
                .matches(PSEUDONYM)
                .isNotEqualTo(owners.get(0));
        JsonNode restored = new AuditRedaction(key()).restored(redacted);
        assertThat(restored.findValuesAsText("owner")).containsOnly("Falcon Night");
        assertThat(restored.at("/resources/0/name").asText()).isEqualTo("falcon night");
        assertThat(redacted("{'findings': [{'owner': 'falcon night'}]}")
                        .at("/findings/0/owner")
                        .asText())
                .as("next month, in another spelling")
                .isEqualTo(owners.get(0));
    }

    @Test
    void an_owner_an_environment_an_account_or_a_tag_in_lower_case_breaks_no_sentence_of_ours() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'rule': 'inference-endpoint-idle', 'owner': 'data', 'environment': 'test',
                  'account_name': 'platform', 'tags': {'app': 'prices'}, 'reason': 'The data begins later.',
                  'status_reason': 'Test it, list its rule: a test of the platform needs data and prices.',
                  'remedy': {'action': 'Keep its data.', 'commands': ['run --tags app=prices,owner=data']}}]}
                """).path("findings").get(0);

        assertThat(finding.path("reason").asText()).isEqualTo("The data begins later.");
        assertThat(finding.path("status_reason").asText())
                .isEqualTo("Test it, list its rule: a test of the platform needs data and prices.");
        assertThat(finding.path("remedy").path("action").asText()).isEqualTo("Keep its data.");
        assertThat(finding.path("remedy").path("commands").get(0).asText())
                .matches("run --tags app=" + PSEUDONYM + ",owner=" + PSEUDONYM);
        assertThat(finding.path("owner").asText()).matches(PSEUDONYM);
        assertThat(finding.path("environment").asText()).matches(PSEUDONYM);
        assertThat(finding.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("tags").path("app").asText()).matches(PSEUDONYM);
    }

    @Test
    void a_resource_with_an_ordinary_name_is_replaced_in_sentences_even_if_an_owner_has_it() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'rule': 'search-index-idle', 'resource_name': 'search', 'owner': 'search',
                  'reason': 'No searches of search in 30 days.'}]}
                """).path("findings").get(0);

        assertThat(finding.path("reason").asText()).matches("No searches of " + PSEUDONYM + " in 30 days\\.");
    }

    @Test
    void a_file_of_ours_stays_in_every_sentence() throws IOException {
        JsonNode audit = redacted("""
                {'warnings': ['aiaudit.yaml:3: no entry', 'list it under `verified` in aiaudit.yaml.']}
                """);

        assertThat(audit.path("warnings").get(0).asText()).startsWith("aiaudit.yaml:3: ");
        assertThat(audit.path("warnings").get(1).asText()).endsWith(" in aiaudit.yaml.");
    }

    @Test
    void paths_and_what_an_error_quotes_are_replaced_whole() throws IOException {
        JsonNode gaps = redacted("""
                {'gaps': [
                  {'scope': '/home/will/Next Day Price/june.csv record 8', 'problem': 'hour is \\"Mark\\", no time.'},
                  {'scope': 'Bill Project/june.csv', 'problem': 'Bill Project/june.csv has no \\"BilledCost\\".',
                   'fix': 'Check it: ls -l /home/mark/june'}]}
                """).path("gaps");

        assertThat(gaps.get(0).path("scope").asText()).matches("/" + PSEUDONYM + " record 8");
        assertThat(gaps.get(0).path("problem").asText()).matches("hour is \"" + PSEUDONYM + "\", no time.");
        assertThat(gaps.get(1).path("problem").asText())
                .isEqualTo(gaps.get(1).path("scope").asText() + " has no \"BilledCost\".");
        assertThat(gaps.get(1).path("fix").asText()).matches("Check it: ls -l /" + PSEUDONYM);
    }

    /** Somebody's name may be any ordinary word; a metric, a region, a type or a permission is no one's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`gpu_utilization` of \"gpu_utilization\" in eu-west-1 | `gpu_utilization` of \"gpu_utilization\" in "
                        + "eu-west-1",
                "\"inference_endpoint\" of \"ml.g5.2xlarge\" | \"inference_endpoint\" of \"ml.g5.2xlarge\"",
                "the rule \"gpu-instance-idle\" and 'gpu-instance-idle' | the rule \"gpu-instance-idle\" and "
                        + "'gpu-instance-idle'",
                "access denied for sagemaker:ListEndpoints. | access denied for sagemaker:ListEndpoints.",
                "no action 'Microsoft.Compute/virtualMachines/read' there | no action "
                        + "'Microsoft.Compute/virtualMachines/read' there",
                "'aws sts get-caller-identity' shows it | 'aws sts get-caller-identity' shows it",
                "'aiaudit sources check aws' prints all | 'aiaudit sources check aws' prints all",
                "Export again with '.' as the decimal separator. | Export again with '.' as the decimal separator.",
                "team:Search has it | team:x has it",
                "the group 'search' and \"search\" | the group 'x' and \"x\"",
                "The resource 'Mark May' of role 'Next Day' | The resource 'x' of role 'x'",
                "the cloud's words are its users' words | the cloud's words are its users' words",
                "no “Mark May” or ‘Next Day’ or «Will» | no “x” or ‘x’ or «x»"
            })
    void an_error_keeps_public_words_and_nothing_else_that_it_quotes(String error, String shown) throws IOException {
        String audit = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "resources",
                        List.of(
                                Map.of("name", "eu-west-1", "account_id", "sagemaker"),
                                Map.of("name", "gpu_utilization", "account_id", "Microsoft.Compute"),
                                Map.of("name", "ml.g5.2xlarge", "account_id", "Search")),
                        "gaps",
                        List.of(Map.of("problem", error))));

        assertThat(new AuditRedaction(key())
                        .redacted(new ObjectMapper().readTree(audit))
                        .at("/gaps/0/problem")
                        .asText()
                        .replaceAll(PSEUDONYM, "x"))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "% is empty.",
                "% is not a text file.",
                "% has no rows.",
                "metrics: % cannot be read.",
                "%, which is empty"
            })
    void a_file_of_ordinary_words_is_replaced_whole_whatever_the_sentence_about_it(String sentence) throws IOException {
        String file = "Target Cloud Services/Search/usage of May.csv";
        String shown = redacted("{'warnings': ['" + sentence.replace("%", file) + "']}")
                .path("warnings")
                .get(0)
                .asText();

        assertThat(shown).matches(Pattern.quote(sentence).replace("%", "\\E" + PSEUDONYM + "\\Q"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Exclude the region in aiaudit.yaml, or accept the gap with --allow-gaps.",
                "Exclude the region in aiaudit.yaml",
                "Exclude the region in aiaudit.yaml: it is not read.",
                "Add docs/aws-athena-policy.json to the user or role, or accept the gap.",
                "Add the policy of docs/aws-athena-policy.json",
                "The bill: exchange_rates in aiaudit.yaml has no rate from EUR to USD.",
                "Set absent_is_zero: [requests] in aiaudit.yaml, or accept the gap.",
                "Set absent_is_zero: [requests] in aiaudit.yaml",
                "Give a bill, not usage.csv",
                "Omit bill.csv: it is empty.",
                "aiaudit scan --billing bill.csv --usage usage.csv",
                "Add the file: aiaudit scan --billing bill.csv --usage usage.csv"
            })
    void a_sentence_of_ours_that_names_a_file_stays(String sentence) throws IOException {
        JsonNode audit =
                redacted("{'warnings': ['%1$s'], 'gaps': [{'scope': '%1$s', 'problem': '%1$s', 'fix': '%1$s'}]}"
                        .formatted(sentence));

        assertThat(audit.path("warnings").get(0).asText()).isEqualTo(sentence);
        audit.path("gaps").get(0).forEach(text -> assertThat(text.asText()).isEqualTo(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/mark/june in aiaudit.yaml",
                "Next Day/Mark/bill.csv",
                "Next Day/aiaudit.yaml: no entry",
                "Next May quokka.csv"
            })
    void a_file_of_the_user_stays_in_no_sentence(String sentence) throws IOException {
        assertThat(redacted("{'warnings': ['" + sentence + "']}")
                        .path("warnings")
                        .get(0)
                        .asText())
                .doesNotContainIgnoringCase("mark")
                .doesNotContainIgnoringCase("june")
                .doesNotContainIgnoringCase("next")
                .doesNotContainIgnoringCase("quokka");
    }

    @Test
    void a_file_that_was_read_is_replaced_wherever_a_text_names_it(@TempDir Path work) throws IOException {
        Path root = work.resolve("Target Cloud Services");
        Path file = Files.createDirectories(root.resolve("Search")).resolve("usage of May.parquet");
        Files.writeString(file, "broken");
        RedactionKey key = key();
        ScanRedaction scan = new ScanRedaction(key);
        scan.learnInput(root);

        for (String named : List.of("Search/usage of May.parquet", "usage of May.parquet")) {
            assertThat(scan.replaced(TextKind.ERROR, "No rows are in " + named + " of this account."))
                    .matches("No rows are in " + PSEUDONYM + " of this account.");
            assertThat(scan.replaced(TextKind.ERROR, "Bill Price/" + named + " is empty."))
                    .as("another file")
                    .matches(PSEUDONYM + " is empty.");
        }
        assertThat(scan.replaced(TextKind.ERROR, file + " is empty.")).matches("/" + PSEUDONYM + " is empty.");
        assertThat(scan.replaced(TextKind.ERROR, "Target Cloud Services has no usage."))
                .matches(PSEUDONYM + " has no usage.");
    }

    @Test
    void files_and_folders_that_are_called_by_a_word_of_ours_change_no_sentence_and_no_command(@TempDir Path work)
            throws IOException {
        for (String file : List.of("usage/usage.csv", "client/gcp/bill.csv", "aiaudit.yaml", ".git/model/x y.csv")) {
            Files.createDirectories(work.resolve(file).getParent());
            Files.writeString(work.resolve(file), "");
        }
        Path dotted = Path.of(".").resolve(Path.of("").toAbsolutePath().relativize(work.toAbsolutePath()));
        ScanRedaction scan = new ScanRedaction(key());
        for (Path input : List.of(work, dotted, work.resolve("client"), Path.of("./usage"), Path.of("/usage"))) {
            scan.learnInput(input);
        }
        for (String file : List.of("./usage", "./bill.csv", "client/usage", "./aiaudit.yaml", "/requests")) {
            scan.learn(TextKind.FILE, file);
        }

        for (String ours : List.of(
                "No usage and no requests of this model, client or bill.csv.",
                "aiaudit scan --usage usage.csv --billing bill.csv",
                "list it in aiaudit.yaml.")) {
            assertThat(scan.replaced(TextKind.TEXT, ours)).isEqualTo(ours);
        }
        assertThat(scan.replaced(TextKind.TEXT, "Read it with client/usage and client/gcp/bill.csv."))
                .matches("Read it with " + PSEUDONYM + " and " + PSEUDONYM + "\\.");
        assertThat(scan.replaced(TextKind.FILE, "./usage")).matches("\\./" + PSEUDONYM);
    }

    @Test
    void of_a_pattern_only_the_folders_that_it_reaches_are_learned(@TempDir Path work) throws IOException {
        for (String file : List.of("usage of May.csv", "Search Team/Target bill.csv")) {
            Files.createDirectories(work.resolve(file).getParent());
            Files.writeString(work.resolve(file), "");
        }
        ScanRedaction scan = new ScanRedaction(key());
        scan.learnInput(work, 1);

        assertThat(scan.replaced(TextKind.TEXT, "Read usage of May.csv.")).matches("Read " + PSEUDONYM + "\\.");
        assertThat(scan.replaced(TextKind.TEXT, "Target bill.csv")).isEqualTo("Target bill.csv");
    }

    /** A cloud stays, and so does the word that a company is called by. */
    @Test
    void who_sells_and_what_is_sold_is_replaced_whole_in_a_saved_scan() {
        ScanRedaction scan = new ScanRedaction(key());
        scan.learn(TextKind.SELLER, "Target Data Services");

        for (String cloud : List.of("AWS", "Amazon Web Services, Inc.", "Microsoft", "Google Cloud", "Google LLC")) {
            assertThat(scan.replaced(TextKind.SELLER, cloud)).isEqualTo(cloud);
        }
        assertThat(scan.replaced(TextKind.SELLER, "Search Team")).matches(PSEUDONYM);
        assertThat(scan.replaced(TextKind.TEXT, "Usage of Target Data Services"))
                .matches("Usage of " + PSEUDONYM);
        assertThat(scan.replaced(TextKind.WRITTEN, "20260101")).matches(PSEUDONYM);
        assertThat(scan.replaced(TextKind.WRITTEN, "TARGET")).matches(PSEUDONYM);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:eks:eu-west-1:1:nodegroup/prod/training/9, arn:aws:eks:eu-west-1:x:nodegroup/x/x/x",
        "arn:aws:iam::1:role/Price/Target/May, arn:aws:iam::x:role/x/x/x",
        "arn:aws:s3:::target/May/price/day/one, arn:aws:s3:::x/x/x/x/x",
        "arn:aws:sagemaker:eu-west-1:1:endpoint/may/variant/price,"
                + " arn:aws:sagemaker:eu-west-1:x:endpoint/x/variant/x",
        "arn:aws:logs:eu-west-1:1:log-group:/aws/sagemaker/Endpoints/search:log-stream:May/Price,"
                + " arn:aws:logs:eu-west-1:x:log-group:/aws/sagemaker/Endpoints/x:log-stream:x/x",
        "arn:aws:logs:eu-west-1:1:log-group:/Target/May/Price, arn:aws:logs:eu-west-1:x:log-group:/x/x/x",
        "//container.googleapis.com/projects/p/locations/global/clusters/c/k8s/namespaces/batch/apps/deployments/d,"
                + " //container.googleapis.com/projects/x/locations/global/clusters/x/k8s/namespaces/x/apps"
                + "/deployments/x",
        "/subscriptions/s/resourceGroups/general/providers/Microsoft.Compute/disks/d,"
                + " /subscriptions/x/resourceGroups/x/providers/Microsoft.Compute/disks/x",
        "/Target/Mark/Price/May, x"
    })
    void of_an_id_only_the_types_of_clouds_stay(String id, String redacted) throws IOException {
        JsonNode audit = redacted("{'findings': [{'resource_id': '" + id + "'}]}");

        assertThat(audit.path("findings").get(0).path("resource_id").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo(redacted);
    }

    @Test
    void what_is_called_like_a_region_is_a_name_by_its_position_and_a_region_of_a_command_stays() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'account_id': 'europe-west1', 'account_name': 'eu-west-1', 'region': 'eu-west-1',
                  'resource_id':
                    '//compute.googleapis.com/projects/europe-west1/zones/europe-west1-b/instances/us-east1',
                  'remedy': {'commands': ['aws ec2 stop-instances --region eu-west-1 --name eu-west-1']}}]}
                """).path("findings").get(0);

        assertThat(finding.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("region").asText()).isEqualTo("eu-west-1");
        assertThat(finding.path("resource_id").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("//compute.googleapis.com/projects/x/zones/europe-west1-b/instances/x");
        assertThat(finding.at("/remedy/commands/0").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("aws ec2 stop-instances --region eu-west-1 --name x");
    }

    /** Found by hand: it was kept, and the key then knew no such pseudonym. */
    @Test
    void what_looks_like_a_pseudonym_is_replaced_everywhere_and_comes_back() throws IOException {
        String audit = """
                {"redacted": false, "gpu_mix": [{"family": "x-12345abcdefa"}], "resources": [{"name": "x-0123456789ab",
                 "region": "x-12345abcdefa", "kind": "x-12345abcdefa", "state": "box-12345abcdefa"}],
                 "spend": [{"service": "x-12345abcdefa", "unit": "x-12345abcdefa"}]}
                """;
        JsonNode redacted = redacted(audit);

        assertThat(redacted.toString()).doesNotContain("12345abcdefa", "0123456789ab");
        assertThat(new AuditRedaction(key()).restored(redacted)).isEqualTo(new ObjectMapper().readTree(audit));
    }

    @Test
    void a_rule_stays_in_warnings_and_reasons_of_a_status_whoever_is_called_so() throws IOException {
        JsonNode audit = redacted("""
                {'findings': [{'rule': 'inference-endpoint-idle', 'resource_name': 'gpu-instance-idle',
                   'reason': 'gpu-instance-idle has no requests.',
                   'status': 'accepted',
                   'status_reason': 'gpu-instance-idle has the same effect and is ignored: May (aiaudit.yaml:3)'},
                  {'status': 'alternative', 'status_reason': 'gpu-instance-idle was chosen: both save the same.'}],
                 'warnings': ['aiaudit.yaml:9: the parameters of gpu-instance-idle have no effect: it did not run.',
                   'the ignore entry \\"June\\" names the rule \\"May\\", which does not exist. \
                Did you mean \\"gpu-instance-idle\\"?']}
                """);

        assertThat(audit.at("/findings/0/reason").asText()).matches(PSEUDONYM + " has no requests\\.");
        assertThat(audit.at("/findings/0/status_reason").asText())
                .matches("gpu-instance-idle has the same effect and is ignored: " + PSEUDONYM + " .*");
        assertThat(audit.at("/findings/1/status_reason").asText())
                .isEqualTo("gpu-instance-idle was chosen: both save the same.");
        assertThat(audit.at("/warnings/0").asText()).contains("the parameters of gpu-instance-idle have no effect");
        assertThat(audit.at("/warnings/1").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("the ignore entry \"x\" names the rule \"x\", which does not exist. "
                        + "Did you mean \"gpu-instance-idle\"?");
    }

    @Test
    void names_in_the_evidence_of_rules_are_names() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'reason':
                    'search has room. It is a member of the Auto Scaling group price. Target waits.',
                  'evidence': {'shared_by': 'search, next day', 'family': 'Target', 'bucket': 'audit',
                    'member_of': 'Auto Scaling group price', 'accelerator': 'L4'}}]}
                """).path("findings").get(0);

        assertThat(finding.path("reason").asText())
                .matches(PSEUDONYM + " has room. It is a member of the Auto Scaling group " + PSEUDONYM + ". "
                        + PSEUDONYM + " waits.");
        assertThat(finding.path("evidence").toString().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("""
                {"shared_by":"x, x","family":"x","bucket":"x","member_of":"Auto Scaling group x","accelerator":"L4"}\
                """);
    }

    @Test
    void the_family_of_a_mix_is_no_name_unless_no_cloud_has_it() throws IOException {
        JsonNode audit = redacted("""
                {'gpu_mix': [{'family': 'all'}, {'family': 'A100-40GB'}, {'family': 'contoso'}],
                 'gaps': [{'problem': 'all of all'}]}
                """);

        assertThat(audit.path("gpu_mix").findValuesAsText("family").toString().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("[all, A100-40GB, x]");
    }

    @Test
    void what_was_filtered_by_is_replaced_whole() throws IOException {
        JsonNode audit = redacted("""
                {'filter': 'owner=Mark, status!=blocked', 'warnings': [
                  'filtered by owner=Mark, status!=blocked: 0 of 3 findings are shown.',
                  'the filter tag.team=Next Day matches no finding by \\"Next Day\\". Did you mean \\"June\\"?']}
                """);

        assertThat(audit.path("filter").asText()).matches("owner=" + PSEUDONYM + ", status!=blocked");
        assertThat(audit.path("warnings").get(0).asText())
                .isEqualTo("filtered by " + audit.path("filter").asText() + ": 0 of 3 findings are shown.");
        assertThat(audit.path("warnings").get(1).asText())
                .matches("the filter \\S+=(" + PSEUDONYM + ") matches no finding by \"\\1\"." + " Did you mean \""
                        + PSEUDONYM + "\"\\?");
    }

    @Test
    void the_number_of_an_account_or_a_name_is_replaced_in_every_text() throws IOException {
        String audit = """
                {"redacted": false, "findings": [{"account_id": "100234", "account_name": "55512",
                  "resource_name": "8675309", "reason": "8675309 has 1002 requests since 2026-06-01.",
                  "remedy": {"commands": ["grep -xF 100234 && run --project=100234/x"]}}],
                 "gaps": [{"scope": "AWS 100234/eu-west-1", "problem": "access denied in 100234 (55512)"}]}
                """;

        JsonNode redacted = redacted(audit);
        assertThat(redacted.toString())
                .doesNotContain("100234")
                .doesNotContain("55512")
                .doesNotContain("8675309");
        assertThat(redacted.path("findings").get(0).path("reason").asText())
                .matches(PSEUDONYM + " has 1002 requests since 2026-06-01.");
        assertThat(new AuditRedaction(key()).restored(redacted)).isEqualTo(new ObjectMapper().readTree(audit));
    }

    @Test
    void of_a_configuration_the_keys_stay_and_what_the_user_wrote_goes_whole() {
        String yaml = """
                # from line 4
                [{rule: gpu-instance-idle, resource: "a-*", reason: "Mark \\"May\\" agreed", owner: "Grant Marks",
                  until: "2027-01-01", latency: no, match: {tag: "Next Day=*"}, environment: june}]
                """;
        RedactionKey key = key();
        ScanRedaction scan = new ScanRedaction(key);
        scan.learn(TextKind.YAML, yaml);

        String redacted = scan.replaced(TextKind.YAML, yaml);
        assertThat(redacted)
                .contains("rule: gpu-instance-idle", "until: \"2027-01-01\"", "latency: no", "match: {tag: \"x-")
                .doesNotContain("Mark", "May", "Grant", "Next", "june");
        assertThat(scan.replaced(TextKind.TEXT, "Mail to Grant Marks"))
                .endsWith(scan.replaced(TextKind.NAME, "Grant Marks"));
        assertThat(scan.replaced(TextKind.WRITTEN, "Next day price")).matches(PSEUDONYM);
        assertThat(new ScanRestoration(key).replaced(TextKind.YAML, redacted)).isEqualTo(yaml);
    }

    @Test
    void a_region_a_type_or_a_state_that_no_cloud_has_is_replaced() throws IOException {
        JsonNode audit = redacted("""
                {'resources': [
                  {'provider': 'aws', 'region': 'eu-west-1', 'machine_type': 'ml.g5.2xlarge', 'state': 'in-service'},
                  {'provider': 'contoso', 'region': 'contoso-dc-1', 'machine_type': 'contoso-gpu-large',
                   'accelerator': 'ContosoCard-80', 'kind': 'contoso_box', 'state': 'of-contoso'}],
                 'gaps': [{'problem': 'contoso-dc-1 at 10.1.2.3 does not respond'}]}
                """);

        assertThat(audit.path("resources").get(0).toString())
                .contains("aws", "eu-west-1", "ml.g5.2xlarge", "in-service");
        assertThat(audit.toString()).doesNotContainIgnoringCase("contoso").doesNotContain("10.1.2.3");
        assertThat(audit.path("gaps").get(0).path("problem").asText())
                .startsWith(audit.path("resources").get(1).path("region").asText() + " at ");
    }

    @Test
    void a_variable_of_a_command_stays_one_and_comes_back() throws IOException {
        String audit = """
                {"redacted": false, "findings": [{"remedy": {"commands": [
                  "ACCOUNT_b94dbf2a=$(id)", ": \\"${ACCOUNT_b94dbf2a:?}\\" && aws s3api delete-bucket"]}}]}
                """;

        JsonNode redacted = redacted(audit);
        JsonNode commands = redacted.path("findings").get(0).path("remedy").path("commands");
        String variable = commands.get(0).asText().replace("=$(id)", "");
        assertThat(variable).matches("x_[0-9a-f]{12}");
        assertThat(commands.get(1).asText()).startsWith(": \"${" + variable + ":?}\" && ");
        assertThat(new AuditRedaction(key()).restored(redacted)).isEqualTo(new ObjectMapper().readTree(audit));
    }

    @Test
    void the_words_that_a_command_is_called_by_stay() throws IOException {
        JsonNode audit = redacted("""
                {'findings': [{'tags': {'env': 'dev', 'team': 'ml', 'owner': 'endpoints'}, 'remedy': {'commands': [
                  'az ml online-endpoint show --name ml > /dev/null && gcloud beta ai endpoints list dev endpoints']}}]}
                """);

        assertThat(audit.at("/findings/0/remedy/commands/0").asText().replaceAll(PSEUDONYM, "x"))
                .isEqualTo("az ml online-endpoint show --name x > /dev/null && gcloud beta ai endpoints list x x");
    }

    @Test
    void a_command_is_not_the_service_that_is_called_like_it() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'owner': 'AWS CloudTrail',
                  'remedy': {'commands': ['aws cloudtrail update-trail --name audit']}}]}
                """).path("findings").get(0);

        assertThat(finding.path("remedy").path("commands").get(0).asText()).startsWith("aws cloudtrail update-trail");
        assertThat(finding.path("owner").asText()).matches(PSEUDONYM);
    }

    @Test
    void the_service_of_a_charge_and_the_name_of_one_without_a_resource_stay() throws IOException {
        JsonNode spend = redacted("""
                {'spend': [{'account_name': 'AI Platform', 'service': 'AI Platform',
                  'resource_id': 'gcp:contoso-vision/AI Platform', 'resource_name': 'AI Platform'}]}
                """).path("spend").get(0);

        assertThat(spend.path("service").asText()).isEqualTo(TEAM);
        assertThat(spend.path("resource_name").asText()).isEqualTo(TEAM);
        assertThat(spend.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(spend.path("resource_id").asText()).matches(PSEUDONYM);
    }

    @ParameterizedTest
    @EnumSource(
            value = TextKind.class,
            names = {"NAME", "TEXT", "TAGS", "JSON"})
    void in_a_saved_scan_only_the_column_of_the_service_has_it(TextKind kind) {
        ScanRedaction scan = new ScanRedaction(key());
        scan.learn(TextKind.NAME, TEAM);

        assertThat(scan.replaced(TextKind.SERVICE, TEAM)).isEqualTo(TEAM);
        assertThat(scan.replaced(kind, TEAM)).matches(PSEUDONYM);
    }
}
