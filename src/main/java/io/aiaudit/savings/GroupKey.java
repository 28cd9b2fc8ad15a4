package io.aiaudit.savings;

import java.util.Comparator;

/** Findings of one rule that hold only together. */
record GroupKey(String rule, String groupId) implements Comparable<GroupKey> {
    private static final Comparator<GroupKey> ORDER =
            Comparator.comparing(GroupKey::rule).thenComparing(GroupKey::groupId);

    /** Null when the finding holds by itself. */
    static GroupKey of(Claim claim) {
        String groupId = claim.finding().groupId();
        return groupId == null ? null : new GroupKey(claim.finding().rule(), groupId);
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
