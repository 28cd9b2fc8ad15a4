package io.aiaudit.model;

/**
 * What a gap is of, where that decides something: collectors write these words into its scope, and all that decides by
 * them looks for them here.
 */
public enum GapTopic {
    /** How much of commitments is used: they are known then. */
    COMMITMENT_USE("use of"),
    /** They are sold for instances of EC2 alone. */
    RESERVED_INSTANCES("reserved instances"),
    /** On Azure they are sold for compute alone. */
    SAVINGS_PLANS("savings plans"),
    /** Prices of no machine on demand. */
    SPOT_PRICES("spot prices"),
    /** What a type consists of, which is what has prices on Google Cloud. */
    MACHINE_TYPES("machine types");

    private final String words;

    GapTopic(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public boolean isOf(Gap gap) {
        return gap.scope().contains(words);
    }
}
