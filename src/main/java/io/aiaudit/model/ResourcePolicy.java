package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What the policy says about one resource, a row of {@code policy}.
 *
 * @param answers permission by {@link Ask}; a missing key is unspecified
 * @param latencyTargetMs null when none is set
 * @param checkpointed whether its work goes on where it was interrupted, null when it is unspecified
 * @param qualityTolerance share (0..1) of the answers that may get worse, null when none is set
 * @param timezone an IANA zone name, null when none is set
 * @param decidedBy policy key, such as {@code latency}, to the line that decided it
 * @param undecided the line of an entry, of the policy or of what is ignored, that depends on tags which could not be
 *     read; null where none does
 */
@RecordBuilder
public record ResourcePolicy(
        List<String> allowedRegions,
        Double latencyTargetMs,
        Map<Ask, Answer> answers,
        String environment,
        String owner,
        String dataClass,
        boolean standby,
        Boolean checkpointed,
        Double qualityTolerance,
        String timezone,
        List<String> excludedPeriods,
        Map<String, PolicyLine> decidedBy,
        String undecided)
        implements ResourcePolicyBuilder.With {
    public static final ResourcePolicy UNSPECIFIED = ResourcePolicyBuilder.builder()
            .allowedRegions(List.of())
            .answers(Map.of())
            .excludedPeriods(List.of())
            .decidedBy(Map.of())
            .build();

    public ResourcePolicy {
        allowedRegions = List.copyOf(allowedRegions);
        answers = Map.copyOf(answers);
        excludedPeriods = List.copyOf(excludedPeriods);
        decidedBy = Map.copyOf(decidedBy);
    }

    public Answer answer(Ask ask) {
        return answers.getOrDefault(ask, Answer.UNSPECIFIED);
    }
}
