package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to do first, next and later, with what is saved when a step is done and all before it. Only what counts is added
 * up, and every amount once, so that the last sum is the saving of the audit.
 *
 * @param stages those that have something to do, in their order
 */
public record Plan(List<Stage> stages) {
    /**
     * One step.
     *
     * @param saving the sum of what its findings count; null where nothing is known about savings
     * @param cumulative with all steps before
     */
    public record Stage(PlanStep step, List<PlannedFinding> findings, Range saving, Range cumulative) {
        /**
         * Of the likely saving what findings of each confidence count, the surest first; unknown is low.
         * Empty where nothing counts.
         */
        public Map<Confidence, BigDecimal> byConfidence() {
            Map<Confidence, BigDecimal> parts = new TreeMap<>(Comparator.reverseOrder());
            for (PlannedFinding planned : findings) {
                Range counted = planned.finding().counted();
                if (counted != null && counted.likely().signum() > 0) {
                    Confidence confidence = planned.finding().confidence();
                    parts.merge(confidence == null ? Confidence.LOW : confidence, counted.likely(), BigDecimal::add);
                }
            }
            return parts;
        }
    }

    /** One step as written to JSON, with the ids of its findings. */
    public record Summary(
            PlanStep step,
            List<String> findings,
            Range saving,
            SortedMap<String, BigDecimal> savingByConfidence,
            Range cumulative) {}

    static Plan of(Audit audit) {
        PriorDecisions prior = PriorDecisions.of(audit);
        Map<PlanStep, List<PlannedFinding>> bySteps = new EnumMap<>(PlanStep.class);
        audit.findings().stream()
                .flatMap(finding ->
                        PlannedFinding.of(finding, prior.before(finding).isPresent()).stream())
                // The order of the audit, by amount; but what waits for a decision comes after what does not, and a
                // promise after everything that changes what is promised.
                .sorted(Comparator.comparing(
                                (PlannedFinding planned) -> planned.finding().lever() == Lever.COMMIT)
                        .thenComparing(PlannedFinding::waits))
                .forEach(planned -> bySteps.computeIfAbsent(planned.step(), step -> new ArrayList<>())
                        .add(planned));
        boolean known = audit.totals().saving() != null;
        List<Stage> stages = new ArrayList<>();
        Range cumulative = Range.NOTHING;
        for (Map.Entry<PlanStep, List<PlannedFinding>> step : bySteps.entrySet()) {
            Range saving = step.getValue().stream()
                    .map(planned -> planned.finding().counted())
                    .filter(counted -> counted != null)
                    .reduce(Range.NOTHING, Range::plus);
            cumulative = cumulative.plus(saving);
            stages.add(new Stage(step.getKey(), step.getValue(), known ? saving : null, known ? cumulative : null));
        }
        return new Plan(stages);
    }

    /** All findings in the order in which they are to be fixed. */
    public List<PlannedFinding> inOrder() {
        return stages.stream().flatMap(stage -> stage.findings().stream()).toList();
    }

    List<Summary> summaries() {
        return stages.stream()
                .map(stage -> new Summary(
                        stage.step(),
                        stage.findings().stream()
                                .map(planned -> planned.finding().id())
                                .toList(),
                        stage.saving(),
                        keyed(stage.byConfidence()),
                        stage.cumulative()))
                .toList();
    }

    private static SortedMap<String, BigDecimal> keyed(Map<Confidence, BigDecimal> parts) {
        SortedMap<String, BigDecimal> keyed = new TreeMap<>();
        parts.forEach((confidence, amount) -> keyed.put(confidence.key(), amount));
        return keyed;
    }
}
