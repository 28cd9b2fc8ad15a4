package io.aiaudit.savings;

/** What the status reason of a finding says where nobody has to approve the fix. */
public final class Approval {
    static final String NOT_NEEDED = "The fix needs no approval.";

    private Approval() {}

    /** A status reason without that sentence. */
    public static String withoutNotNeeded(String reason) {
        return reason.startsWith(NOT_NEEDED)
                ? reason.substring(NOT_NEEDED.length()).strip()
                : reason;
    }
}
