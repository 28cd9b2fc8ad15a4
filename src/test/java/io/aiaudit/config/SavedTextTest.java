package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedTextTest {
    private static final String FILE = """
            # for us only
            policy:   # what may be done

              - timezone: Europe/Berlin
                latency: no
              - match: {tag: "env=prod", account: "0123"}
                interruption: yes
              - match:
                  resource: "a: b # c"

                allowed_regions:
                  - eu-west-1
                  - "yes"
                latency_target_ms: 1.50
            """;

    @Test
    void a_section_reads_as_people_write_it_without_comments() {
        YamlNode policy = YamlReader.parse("aiaudit.yaml", FILE).need("policy");

        assertThat(SavedText.of(policy)).isEqualTo("""
                # from line 4
                - timezone: "Europe/Berlin"
                  latency: no
                - match: {tag: "env=prod", account: "0123"}
                  interruption: yes
                - match:
                    {resource: "a: b # c"}

                  allowed_regions:
                    - eu-west-1
                    - "yes"
                  latency_target_ms: 1.50
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILE,
                "policy: [{latency: yes}, {match: {tag: x},\n   latency: no,\n   interruption: yes}]\n",
                "policy:\n- {latency: yes,\n   quality: no}\n-\n  latency: no\n",
                "policy:\n- match:\n\n\n    tag: a\n  latency: yes\n",
                "policy: []\n",
                "policy: {}\n",
                "policy:\n  - >\n    folded\n    text\n  - 'quoted ''text'\n  - \"\\u001b\"\n",
                "\n\npolicy:\n  a:\n    b:\n      c: [1, 2,\n        3]\n    d: null\n  e: ~\n",
                "policy: text\n"
            })
    void every_value_keeps_its_line_and_its_kind(String file) {
        YamlNode policy = YamlReader.parse("aiaudit.yaml", file).need("policy");
        String saved = SavedText.of(policy);

        assertThat(reported(SavedText.read("aiaudit.yaml", saved))).as(saved).isEqualTo(reported(policy));
    }

    @Test
    void a_token_is_not_saved() {
        String token = "AKIA" + "IOSFODNN7EXAMPLE";
        assertThat(SavedText.of(YamlReader.parse("aiaudit.yaml", "- {reason: \"for " + token + "\"}")))
                .isEqualTo("# from line 1\n[{reason: \"for [hidden]\"}]\n");
    }

    @Test
    void what_an_earlier_version_saved_is_read_too() {
        assertThat(reported(SavedText.read("aiaudit.yaml", "\n\n[ { \"latency\": \nyes, }, ]")))
                .containsExactly("3 list", "3 map", "4 latency", "4 text yes true");
    }

    private static List<String> reported(YamlNode node) {
        List<String> reported = new ArrayList<>();
        report(node, reported);
        return reported;
    }

    private static void report(YamlNode node, List<String> reported) {
        if (node.isList()) {
            reported.add(node.line() + " list");
            node.items().forEach(item -> report(item, reported));
        } else if (node.isMap()) {
            reported.add(node.line() + " map");
            node.entries().forEach((key, value) -> {
                reported.add(value.line() + " " + key);
                report(value, reported);
            });
        } else {
            reported.add(node.line() + " text " + (node.isAbsent() ? "nothing" : node.text() + " " + node.isYesOrNo()));
        }
    }
}
