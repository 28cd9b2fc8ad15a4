package io.aiaudit.report.compare;

import io.aiaudit.model.Keyed;

/**
 * Why a finding is in one of two audits only, or is not what it was. What was not examined is unknown: neither new nor
 * fixed.
 */
public enum DiffCause implements Keyed {
    /** Examined before without a finding, or of a resource that was not there. */
    NEW("New", "new"),
    /** Its rule did not run or did not examine its resource before. */
    NOT_EXAMINED_BEFORE("Not checked in OLD", "not checked in OLD"),
    /** Examined again without a finding, by the same rule. */
    FIXED("Fixed", "fixed"),
    /** Its resource is no longer there. */
    GONE("Gone with its resource", "gone"),
    /** Its rule did not run or did not examine its resource, or its account or region could not be read. */
    NOT_EXAMINED("Not checked in NEW: unknown, not fixed", "not checked in NEW"),
    /** The rule has another definition or other parameters. */
    RULE_CHANGED("The rule changed", "rule changed"),
    /** The list price that its money is made of has another day or origin. */
    PRICE_CHANGED("The list price changed", "price changed"),
    /** Of another status, fix or amount. */
    CHANGED("Changed", "changed");

    private final String heading;
    private final String words;

    DiffCause(String heading, String words) {
        this.heading = heading;
        this.words = words;
    }

    /** Over the findings of this cause. */
    public String heading() {
        return heading;
    }

    /** Behind a number of findings. */
    public String words() {
        return words;
    }
}
