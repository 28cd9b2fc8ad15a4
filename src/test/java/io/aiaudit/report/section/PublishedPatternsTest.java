package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures of the article, each beside the pattern that it is about: docs/article.md. */
class PublishedPatternsTest {
    private static final PublishedPatterns PUBLISHED = PublishedPatterns.read();

    @Test
    void the_typical_spend_is_beside_the_ai_spend_of_the_audit() {
        Audit audit = SampleAudit.covered(SampleFindings.all());
        Map<?, ?> whole = whole(audit);
        assertThat(whole.get("known")).isEqualTo(true);
        assertThat(whole.get("claim"))
                .isEqualTo("60 to 80 % of AI spend is waste; typical AI spend is $15,000 to $50,000 a month");
        assertThat(whole.get("sentences"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first()
                .asString()
                .startsWith("On this AI spend of "
                        + Amounts.rounded("USD").money(audit.totals().monthlyAiCost()) + " a month ");
        assertThat(PUBLISHED.whole().low()).isEqualByComparingTo("0.6");
        assertThat(PUBLISHED.whole().high()).isEqualByComparingTo("0.8");
    }

    private static Map<?, ?> whole(Audit audit) {
        return (Map<?, ?>) PatternsView.of(audit, Amounts.rounded("USD")).get("whole");
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of("Serverless: for rare requests", "idle spend gone entirely", null, null),
                Arguments.of("Autoscaling: spot for training", "60 to 90 %", "0.6", "0.9"),
                Arguments.of(
                        "Mix: reserved baseline, spot bursts, on-demand overflow", "lower blended cost", null, null),
                Arguments.of(
                        "Autoscaling: right-sizing",
                        "67 % of capacity wasted (an 8 GB model on 24 GB)",
                        "0.67",
                        "0.67"),
                Arguments.of(
                        "Tier routing: simple requests to cheaper models", "about 70 % of inference", "0.7", "0.72"),
                Arguments.of(
                        "Batch and cache: cache",
                        "60 to 80 % hit rate, real-time cost down in proportion",
                        "0.6",
                        "0.8"),
                Arguments.of("Batch and cache: off-peak spot for batch work", "another 70 to 90 %", "0.7", "0.9"),
                Arguments.of("Compliance: the least overhead that complies", "costs more", null, null));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void a_pattern_has_the_figure_that_was_published(String name, String words, BigDecimal low, BigDecimal high) {
        PublishedPatterns.Claim claim = pattern(name).claim();
        assertThat(claim.words()).isEqualTo(words);
        assertThat(claim.low()).isEqualTo(low);
        assertThat(claim.high()).isEqualTo(high);
    }

    @Test
    void the_conditions_have_the_figures_that_limit_a_claim() {
        assertThat(pattern("Serverless: for rare requests").conditions())
                .contains("responses in 2 to 5 s are acceptable", "cold starts of 2 to 10 s");
        assertThat(pattern("Tier routing: simple requests to cheaper models").conditions())
                .contains("80 % of requests", "at a tenth of the cost", "(by arithmetic 72 %)");
        assertThat(new BigDecimal("0.8").multiply(new BigDecimal("0.9")))
                .isEqualByComparingTo(pattern("Tier routing: simple requests to cheaper models")
                        .claim()
                        .high());
    }

    private static PublishedPatterns.Pattern pattern(String name) {
        return PUBLISHED.all().stream()
                .filter(pattern -> pattern.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
