package io.aiaudit.model;

/** When a finding is to be fixed. {@link PlannedFinding} decides which it is. */
public enum PlanStep implements Keyed {
    /** Little work, nothing gets slower, and nothing else is allowed or kept than before. */
    NOW,

    /** One or two things to look at first. */
    NEXT,

    /** Much work, several things to look at, or a promise that has to wait until everything else is done. */
    LATER
}
