package io.aiaudit.collect;

/** One piece of a source that lands whole or not at all: account x scope (a region, a folder) x dataset. */
public record Slice(String account, String scope, Dataset dataset) {
    /** What a slice reads. Metrics come after everything else, so that a denied metric leaves its resource there, not examined. */
    public enum Dataset {
        BILLING,
        INVENTORY,
        PRICES,
        COMMITMENTS,
        METRICS;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** As progress and gaps print it: {@code 123456789012/eu-west-1 inventory}; files have no account. */
    @Override
    public String toString() {
        return (account.isEmpty() ? "" : account + "/") + scope + " " + dataset.word();
    }
}
