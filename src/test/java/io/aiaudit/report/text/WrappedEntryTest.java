package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedEntryTest {
    private static final String START = " ".repeat(17);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void an_entry_that_fits_stays_one_line() {
        String entry = "- {match: {resource: \"chat\"}, latency: yes}";
        assertThat(WrappedEntry.lines(entry, START, 80)).containsExactly(START + entry);
    }

    @Test
    void a_long_one_goes_on_behind_a_comma() {
        assertThat(WrappedEntry.lines(
                        "- {match: {resource: \"returns-classifier-of-june\"}, latency: yes, quality: yes}", START, 80))
                .containsExactly(
                        START + "- {match: {resource: \"returns-classifier-of-june\"},",
                        START + "  latency: yes, quality: yes}");
    }

    @Test
    void an_entry_of_a_check_is_the_same_when_it_is_pasted() throws Exception {
        String name = "a name, of: two parts";
        List<String> lines = WrappedEntry.behindCommas(
                "- {rule: inference-endpoint-serverless, resource: \"" + name + "\", reason: checked by hand}",
                START,
                60);
        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 80);
        JsonNode read = YAML.readTree("verified:\n" + String.join("\n", lines).substring(START.length()));
        assertThat(read.at("/verified/0/resource").textValue()).isEqualTo(name);
        assertThat(read.at("/verified/0/reason").textValue()).isEqualTo("checked by hand");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-pro-search-answers",
                "/subscriptions/7c0f2a4e-0000-4000-8000-00000000a001/resourcegroups/rg-openai/providers/"
                        + "microsoft.cognitiveservices/accounts/aoai-concierge/deployments/aoai-concierge-units",
                "a name with   spaces, a comma, \"}, quality: yes\" and \\\\ many \\\\\\\\\\\\\\\\\\\\\\\\ "
                        + "backslashes of its own",
                "                                                                                                  ",
                "推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐推荐"
            })
    void what_is_pasted_is_the_same_entry_at_any_width(String name) throws Exception {
        String quoted = name.replace("\\", "\\\\").replace("\"", "\\\"");
        String entry = "- {match: {resource_id: \"" + quoted + "\"}, latency: yes, quality: yes}";
        for (int width = 60; width < 130; width++) {
            List<String> lines = WrappedEntry.lines(entry, START, width);
            JsonNode read = YAML.readTree("policy:\n" + String.join("\n", lines).substring(START.length()));
            assertThat(read.at("/policy/0/match/resource_id").textValue())
                    .as("%s", lines)
                    .isEqualTo(name);
            assertThat(read.at("/policy/0/quality").asBoolean()).isTrue();
            int most = width;
            assertThat(lines)
                    .allSatisfy(line -> assertThat(DisplayText.width(line)).isLessThanOrEqualTo(most));
        }
    }
}
