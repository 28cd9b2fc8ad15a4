package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Resource;
import io.aiaudit.model.YamlReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingEntriesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-07-01");
    private static final Resource ENDPOINT = Resource.builder("ep-1", "inference_endpoint", "aws")
            .name("chat")
            .tags(Map.of("env", "prod"))
            .build();
    private static final Lineage CHAT = Lineage.of(ENDPOINT, Map.of());

    private static FindingEntries ignores(String... lines) {
        return FindingEntries.of("ignore", YamlReader.parse("aiaudit.yaml", String.join("\n", lines)));
    }

    private static Finding finding(String rule) {
        return FindingBuilder.builder()
                .rule(rule)
                .resourceId("ep-1")
                .lever(Lever.ELIMINATE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of())
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("")
                .evidence(Map.of())
                .build();
    }

    @Test
    void the_reason_names_the_line_and_the_last_day() {
        FindingEntries ignores =
                ignores("- rule: \"inference-*\"", "  resource: chat", "  reason: failover", "  until: 2026-07-01");
        assertThat(ignores.reason(finding("inference-endpoint-idle"), CHAT, DAY))
                .contains("failover (aiaudit.yaml:1, until 2026-07-01)");
        assertThat(ignores.reason(finding("volume-unattached"), CHAT, DAY)).isEmpty();
    }

    /** Each report shows it. */
    @Test
    void a_token_in_a_reason_or_an_owner_is_hidden() {
        String token = "AKIA" + "IOSFODNN7EXAMPLE";
        FindingEntries ignores =
                ignores("- resource: chat", "  reason: key " + token + " is still used", "  owner: " + token);
        assertThat(ignores.reason(finding("x"), CHAT, DAY))
                .contains("key [hidden] is still used (aiaudit.yaml:1, owner [hidden])");
    }

    @Test
    void a_reason_for_a_whole_holds_for_the_findings_on_its_parts() {
        Resource variant = Resource.builder("ep-1/variant/a", "inference_endpoint", "aws")
                .name("a")
                .parentId("ep-1")
                .build();
        Lineage part = Lineage.of(variant, Map.of("ep-1", ENDPOINT));
        Finding onPart = finding("x").on("ep-1/variant/a");
        FindingEntries ignores = ignores("- resource: chat", "  reason: kept");
        assertThat(ignores.reason(onPart, part, DAY)).contains("kept (aiaudit.yaml:1)");
        assertThat(ignores.unused(List.of(onPart), Map.of("ep-1/variant/a", part), Set.of("x"), DAY))
                .isEmpty();
        assertThat(ignores("- resource: a", "  reason: kept").reason(finding("x"), CHAT, DAY))
                .isEmpty();
    }

    @Test
    void an_entry_that_ended_counts_no_more_and_says_what_it_would_cover() {
        FindingEntries ignores = ignores(
                "- rule: x",
                "  reason: next quarter",
                "  until: 2026-06-30",
                "- {rule: y, reason: long ago, until: 2020-01-01}");
        assertThat(ignores.reason(finding("x"), CHAT, DAY)).isEmpty();
        assertThat(ignores.expired(List.of(finding("x")), Map.of("ep-1", CHAT), DAY))
                .containsExactly(
                        "aiaudit.yaml:1: the ignore entry \"next quarter\" ended on 2026-06-30; it no longer "
                                + "applies to 1 finding of this scan.",
                        "aiaudit.yaml:4: the ignore entry \"long ago\" ended on 2020-01-01; no finding of this scan "
                                + "is affected.");
        assertThat(ignores.expired(List.of(), Map.of(), LocalDate.parse("2026-06-30")))
                .hasSize(1);
    }

    @Test
    void an_entry_that_covers_no_finding_is_a_warning_with_its_line() {
        FindingEntries ignores = ignores(
                "- rule: x",
                "  reason: used",
                "- {rule: x, resource: other, reason: misspelt}",
                "- {rule: y, reason: nothing found}",
                "- {rule: not-run, reason: of another scan}",
                "- {rule: y, reason: over, until: 2020-01-01}");
        assertThat(ignores.unused(List.of(finding("x")), Map.of("ep-1", CHAT), Set.of("x", "y"), DAY))
                .containsExactly(
                        "aiaudit.yaml:3: the ignore entry \"misspelt\" matches no finding of this scan (rule x, "
                                + "resource other).",
                        "aiaudit.yaml:4: the ignore entry \"nothing found\" matches no finding of this scan "
                                + "(rule y).");
    }

    @Test
    void the_reason_names_who_answers_for_it() {
        FindingEntries ignores = ignores("- {rule: x, reason: failover, owner: team-search, until: 2026-12-31}");
        assertThat(ignores.reason(finding("x"), CHAT, DAY))
                .contains("failover (aiaudit.yaml:1, owner team-search, until 2026-12-31)");
    }

    @Test
    void a_rule_that_does_not_exist_is_a_warning_with_the_nearest_name() {
        FindingEntries ignores = ignores(
                "- {rule: notebook-idel, reason: a}",
                "- {rule: \"notebook-*\", reason: b}",
                "- {resource: chat, reason: c}",
                "- {rule: \"gpu-*\", reason: d, until: 2020-01-01}");
        assertThat(ignores.misspelt(List.of("notebook-idle", "storage-orphaned")))
                .containsExactly(
                        "aiaudit.yaml:1: the ignore entry \"a\" names the rule \"notebook-idel\", which does not "
                                + "exist. Did you mean \"notebook-idle\"?",
                        "aiaudit.yaml:4: the ignore entry \"d\" names the rule \"gpu-*\", which does not exist. "
                                + "'aiaudit rules list' shows all.");
    }

    @Test
    void an_entry_needs_a_reason_and_something_to_ignore() {
        assertThatThrownBy(() -> ignores("- rule: x")).hasMessageContaining("the key \"reason\" is missing");
        assertThatThrownBy(() -> ignores("- reason: because")).hasMessageContaining("matches everything");
        assertThatThrownBy(() -> ignores("- rule: x", "  reason: y", "  until: soon"))
                .hasMessageContaining("aiaudit.yaml:3: [0].until: \"soon\" is not a day");
    }
}
