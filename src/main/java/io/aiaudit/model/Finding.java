package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a rule says about one resource: the share of the cost of {@code saves} that remains after the fix. A finding
 * handles no money.
 *
 * @param remaining likely share that remains, 0 = all of it is saved; {@code remainingBest} and {@code remainingWorst}
 * are null when the rule gives none
 * @param groupId findings of one rule that hold only together, or null
 * @param whole what the remedy changes with others, or null
 * @param evidence further columns of the rule, as they are, in their order
 */
@RecordBuilder
public record Finding(
        String rule,
        String resourceId,
        Lever lever,
        Proof proof,
        Set<Component> saves,
        Set<Ask> asks,
        BigDecimal remaining,
        BigDecimal remainingBest,
        BigDecimal remainingWorst,
        Confidence confidence,
        String reason,
        String target,
        Remedy remedy,
        String groupId,
        Whole whole,
        Map<String, Object> evidence) {
    public Finding {
        saves = Set.copyOf(saves);
        asks = Set.copyOf(asks);
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** The same with what its remedy changes beside its resource. */
    public Finding within(Whole other) {
        return FindingBuilder.builder(this).whole(other).build();
    }

    /** What is left of it where other parts of the whole stay: its own part alone, by itself. */
    public Finding alone(String why) {
        return FindingBuilder.builder(this)
                .remedy(whole.alone().get(resourceId))
                .groupId(null)
                .reason(reason + " " + why)
                .build();
    }

    /** Where all parts of the whole go: the same claim with the remedy of the whole. */
    public Finding together() {
        return FindingBuilder.builder(this).remedy(whole.together()).build();
    }

    /** The same claim about another resource: a finding on a parent is a finding on each of its leaves. */
    public Finding on(String otherResourceId) {
        return FindingBuilder.builder(this).resourceId(otherResourceId).build();
    }
}
