package io.aiaudit.collect;

import java.util.Locale;

/**
 * One piece of a source that lands whole or not at all: account x scope (a region, a folder) x dataset.
 *
 * @param part what it reads in one word, such as {@code endpoints}
 */
public record Slice(String account, String scope, Dataset dataset, String part) {
    /** What a slice reads. Metrics, prices and advice come after everything else: they are about what was found, and a denied metric leaves its resource there, not examined. */
    public enum Dataset {
        BILLING,
        INVENTORY,
        PRICES,
        COMMITMENTS,
        METRICS,
        ADVICE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A slice that is all of its dataset. */
    public Slice(String account, String scope, Dataset dataset) {
        this(account, scope, dataset, dataset.word());
    }

    /** As progress and gaps print it: {@code 123456789012/eu-west-1 endpoints}; files have no account. */
    @Override
    public String toString() {
        return (account.isEmpty() ? "" : account + "/") + scope + " " + part;
    }
}
