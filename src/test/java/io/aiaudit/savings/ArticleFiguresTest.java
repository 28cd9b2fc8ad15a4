package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Worked figures that people know aiaudit by. That an 8 GB model leaves 67 % of a 24 GB card unused is a case of
 * rules/gpu-oversized/tests.yaml.
 */
class ArticleFiguresTest {
    @Test
    void four_fifths_of_the_token_cost_at_a_tenth_of_the_price_save_72_percent() {
        BigDecimal moved = new BigDecimal("0.8");
        BigDecimal price = new BigDecimal("0.1");
        BigDecimal remaining = BigDecimal.ONE.subtract(moved).add(moved.multiply(price));
        Saving saving =
                routed(remaining, Map.of(Component.USAGE, new BigDecimal("1000"), Component.STORAGE, BigDecimal.TEN));
        assertThat(saving.counted().likely()).isEqualTo("720.00");
        assertThat(saving.monthlyCost()).isEqualTo("1010.00");
    }

    private static Saving routed(BigDecimal remaining, Map<Component, BigDecimal> cost) {
        Finding finding = FindingBuilder.builder()
                .rule("model-routing")
                .resourceId("chat")
                .lever(Lever.ROUTE)
                .proof(Proof.ARITHMETIC)
                .saves(Set.of(Component.USAGE))
                .asks(Set.of())
                .remaining(remaining)
                .confidence(Confidence.HIGH)
                .reason("four fifths of the tokens need no large model")
                .evidence(Map.of())
                .build();
        Spend spend = new Spend("chat", cost, CostBasis.EFFECTIVE, null, BigDecimal.ZERO, false);
        return Estimator.estimate(List.of(finding), Map.of("chat", spend), Map.of(), UserNotes.NONE)
                .get(0);
    }
}
