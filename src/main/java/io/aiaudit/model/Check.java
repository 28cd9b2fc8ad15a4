package io.aiaudit.model;

import java.util.Arrays;
import java.util.Optional;

/** What somebody has to find out by hand before a finding counts, as the reason of its status begins. */
public enum Check {
    BY_HAND("Confidence is low. Check the finding by hand"),
    BY_TEST("The estimate was not validated. Test it on one instance");

    private final String sentence;

    Check(String sentence) {
        this.sentence = sentence;
    }

    /** Without its end. */
    public String sentence() {
        return sentence;
    }

    /** What a finding waits for before anything else; empty where that is something else. */
    public static Optional<Check> in(String statusReason) {
        return Arrays.stream(values())
                .filter(check -> statusReason.startsWith(check.sentence))
                .findFirst();
    }
}
