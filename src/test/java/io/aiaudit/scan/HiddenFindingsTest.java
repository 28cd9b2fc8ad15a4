package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.config.Lineage;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Resource;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenFindingsTest {
    /** One machine lies under a commitment and lacks a metric, the other one would be reserved. */
    @ParameterizedTest
    @CsvSource({"ml.g5.xlarge, g5.xlarge, HIGH", "m5.large, g5.xlarge, LOW"})
    void a_commitment_that_may_be_unused_matters_where_it_could_cover_what_is_found(
            String committed, String found, Confidence expected) {
        Resource under = Resource.builder("under", "instance", "aws")
                .machineType(committed)
                .build();
        Resource other =
                Resource.builder("other", "instance", "aws").machineType(found).build();
        Map<String, Resource> resources = Map.of("under", under, "other", other);
        Map<String, Spend> spend = Map.of("under", spend("under", "1"), "other", spend("other", "0"));
        RuleOutcome.Evaluated unmeasured = new RuleOutcome.Evaluated(
                "gpu-instance-idle",
                List.of(),
                Map.of("under", "no gpu_utilization metric"),
                Set.of(),
                Set.of("under"),
                List.of());
        HiddenFindings hidden = new HiddenFindings(
                List.of(unmeasured),
                Map.of("under", Lineage.of(under, resources), "other", Lineage.of(other, resources)),
                resources,
                spend);
        RuleOutcome.Evaluated mix = new RuleOutcome.Evaluated(
                "commitment-mix",
                List.of("other"),
                Map.of(),
                List.of(FindingBuilder.builder()
                        .rule("commitment-mix")
                        .resourceId("other")
                        .lever(Lever.COMMIT)
                        .proof(Proof.ARITHMETIC)
                        .saves(Set.of())
                        .asks(Set.of())
                        .remaining(BigDecimal.ZERO)
                        .confidence(Confidence.HIGH)
                        .reason("")
                        .evidence(Map.of())
                        .build()));

        assertThat(hidden.applied(mix).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.confidence()).isEqualTo(expected));
    }

    private static Spend spend(String id, String committedShare) {
        return new Spend(
                id,
                Map.of(Component.TIME, BigDecimal.TEN),
                CostBasis.BILLED,
                new BigDecimal("720"),
                new BigDecimal(committedShare),
                false);
    }
}
