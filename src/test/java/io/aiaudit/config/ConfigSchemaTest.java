package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.aiaudit.rules.RuleBook;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {
    private static final Path PROJECT = Needs.projectFolder();
    private static final Path CASES = PROJECT.resolve("src/test/resources/commands");

    /** Folders whose files are other lists, or hold what a scan refuses. */
    private static final Set<String> NO_CONFIGURATIONS =
            Set.of("rule-folder-broken", "azure-config", "hand-cases", "testing");

    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final String TEXT = ConfigSchema.of(RuleBook.builtIn().rules());
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private static List<String> problems(String yaml) throws IOException {
        JsonNode config = new YAMLMapper().readTree(yaml);
        return SCHEMA.validate(config).stream().map(Error::toString).toList();
    }

    @TestFactory
    List<DynamicTest> what_the_command_cases_and_the_docs_use_is_valid() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src/test/resources"))) {
            for (Path file :
                    files.filter(ConfigSchemaTest::isGoodConfiguration).sorted().toList()) {
                tests.add(DynamicTest.dynamicTest(
                        PROJECT.relativize(file).toString(),
                        () -> assertThat(problems(Files.readString(file))).isEmpty()));
            }
        }
        Matcher blocks = BLOCK.matcher(Files.readString(PROJECT.resolve("docs/config.md")));
        while (blocks.find()) {
            String block = blocks.group(1);
            tests.add(DynamicTest.dynamicTest(
                    "docs/config.md", () -> assertThat(problems(block)).isEmpty()));
        }
        assertThat(tests).hasSizeGreaterThan(15);
        return tests;
    }

    private static boolean isGoodConfiguration(Path file) {
        String name = file.getFileName().toString();
        String folder = file.getParent().getFileName().toString();
        return name.endsWith(".yaml")
                && !name.equals("tests.yaml")
                && !name.equals("rule.yaml")
                && !folder.startsWith("unknown-")
                && !folder.startsWith("broken-")
                && !NO_CONFIGURATIONS.contains(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-config-key", "unknown-policy-key", "unknown-rule-parameter"})
    void what_a_scan_refuses_is_not_valid(String commandCase) throws IOException {
        assertThat(problems(Files.readString(CASES.resolve(commandCase).resolve("aiaudit.yaml"))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy: [{latency: perhaps}]",
                "policy: [{quality_tolerance: 2}]",
                "policy: [{latency_target_ms: 0}]",
                "ignore: [{rule: notebook-idle}]",
                "ignore: [{rule: notebook-idle, reason: x, until: tomorrow}]",
                "exchange_rates: [{from: EUR, to: USD, rate: 0, date: 2026-06-30}]",
                "discounts: [{provider: aws}]",
                "days: 0",
                "format: {html: true}",
                "rules: {notebook-idle: {idle_days: soon}}",
                "rules: {notebook-idle: {idle_days: 0}}",
                "rules: {notebook-idle: {return_share: 1.5}}",
                "azure: {cloud: mars}",
                "brand: {colours: {accent: red}}"
            })
    void what_is_of_the_wrong_form_is_not_valid(String yaml) throws IOException {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void it_has_each_key_that_a_file_may_have() throws IOException {
        JsonNode properties = new ObjectMapper().readTree(TEXT).get("properties");
        List<String> keys = new ArrayList<>();
        properties.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactlyInAnyOrderElementsOf(ConfigFile.keys());
        List<String> ofPolicy = new ArrayList<>();
        properties.at("/policy/items/properties").fieldNames().forEachRemaining(ofPolicy::add);
        assertThat(ofPolicy).contains("match").containsAll(Policy.KEYS.keySet()).hasSize(Policy.KEYS.size() + 1);
        for (String list : List.of("ignore", "verified")) {
            List<String> ofEntry = new ArrayList<>();
            properties.at("/" + list + "/items/properties").fieldNames().forEachRemaining(ofEntry::add);
            assertThat(ofEntry).as(list).containsExactlyInAnyOrderElementsOf(FindingEntries.KEYS);
        }
    }
}
