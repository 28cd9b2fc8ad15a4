package io.aiaudit.model;

import io.aiaudit.model.Audit.AuditedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A finding with its step in the plan, decided here alone: from the status, the lever, the confidence,
 * and the effort, speed and compliance of its remedy. What is unknown is a doubt, never "none".
 *
 * @param waits whether a decision comes first that would replace it
 * @param doubts what has to be looked at first, each as the words behind "First check"; empty for what can be done at
 *     once
 */
public record PlannedFinding(AuditedFinding finding, PlanStep step, List<String> doubts, boolean waits) {
    /** More than this has to wait. */
    private static final int DOUBTS_OF_NEXT = 2;

    private static final String NO_REMEDY = "how to fix it, since no remedy is known";

    public PlannedFinding {
        doubts = List.copyOf(doubts);
    }

    /** Empty for what is no work to do: what does not count, unless it is about order and not about money. */
    static Optional<PlannedFinding> of(AuditedFinding finding, boolean waits) {
        boolean isWork = finding.status() == Status.COUNTED || finding.status() == Status.GOVERN;
        if (!isWork || finding.remedy() == null) {
            return isWork && finding.status() == Status.COUNTED
                    ? Optional.of(new PlannedFinding(finding, PlanStep.LATER, List.of(NO_REMEDY), waits))
                    : Optional.empty();
        }
        List<String> doubts = doubts(finding, waits);
        PlanStep step = waits ? PlanStep.LATER : step(finding, doubts.size());
        return Optional.of(new PlannedFinding(finding, step, doubts, waits));
    }

    private static PlanStep step(AuditedFinding finding, int doubts) {
        boolean isLate = finding.lever() == Lever.COMMIT
                || finding.onlyFrees()
                || effort(finding).equals("high");
        if (isLate || doubts > DOUBTS_OF_NEXT) {
            return PlanStep.LATER;
        }
        return doubts == 0 ? PlanStep.NOW : PlanStep.NEXT;
    }

    private static List<String> doubts(AuditedFinding finding, boolean waits) {
        List<String> doubts = new ArrayList<>();
        if (waits) {
            doubts.add("the decision that would replace it");
        }
        if (finding.lever() == Lever.COMMIT) {
            doubts.add("that other savings are realized first, since it commits to the remaining cost");
        }
        if (finding.onlyFrees()) {
            doubts.add("when the commitment expires, since it saves nothing until then");
        }
        String effort = effort(finding);
        if (!effort.equals("low")) {
            doubts.add(effort.isEmpty() ? "the unknown effort" : "whether it is worth the " + effort + " effort");
        }
        effect("speed", finding.remedy().speed()).ifPresent(doubts::add);
        if (finding.status() != Status.GOVERN) { // there it is what the remedy is for
            effect("compliance", finding.remedy().compliance()).ifPresent(doubts::add);
        }
        if (finding.confidence() == null || finding.confidence() == Confidence.LOW) {
            doubts.add("the evidence (" + (finding.confidence() == null ? "unknown" : "low") + " confidence)");
        }
        return doubts;
    }

    private static String effort(AuditedFinding finding) {
        String effort = finding.remedy().effort();
        return effort == null ? "" : effort.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> effect(String what, String text) {
        if (text == null || text.isBlank()) {
            return Optional.of("the unknown effect on " + what);
        }
        return Remedy.isNoEffect(text) ? Optional.empty() : Optional.of("the effect on " + what);
    }
}
