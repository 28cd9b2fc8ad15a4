package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What became of a rule. */
class RuleOutcomeTest {
    @Test
    void what_other_rules_may_have_missed_is_not_examined_and_not_found() {
        Finding finding = FindingBuilder.builder()
                .rule("commitment-mix")
                .resourceId("i-1")
                .lever(Lever.COMMIT)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of())
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("")
                .evidence(Map.of())
                .build();
        String found = finding.resourceId();
        RuleOutcome.Evaluated all = new RuleOutcome.Evaluated(
                "commitment-mix", List.of(found, "clean"), Map.of("young", "it is too young"), List.of(finding));

        assertThat(all.without(Set.of(), "lost")).isEqualTo(all);
        assertThat(all.without(Set.of("elsewhere"), "lost")).isEqualTo(all);
        assertThat(all.without(Set.of(found, "young"), "lost"))
                .isEqualTo(new RuleOutcome.Evaluated(
                        "commitment-mix",
                        List.of("clean"),
                        Map.of("young", "it is too young", found, "lost"),
                        List.of()));
    }
}
