package io.aiaudit.collect;

import io.aiaudit.model.Gap;
import java.util.Locale;

/**
 * One piece of a source that lands whole or not at all: account x scope (a region, a folder) x dataset.
 *
 * @param part the short name of what it reads, such as {@code endpoints}
 */
public record Slice(String account, String scope, Dataset dataset, String part) {
    /** The scope of a slice of all regions, or of an account as a whole. */
    public static final String EVERYWHERE = "all";

    /**
     * What a slice reads. Metrics, details, prices and advice come after everything else: they are about what was
     * found, and a denied metric leaves its resource there, not examined.
     */
    public enum Dataset {
        BILLING,
        INVENTORY,
        PRICES,
        COMMITMENTS,
        /** Facts of an account as a whole. */
        GOVERNANCE,
        METRICS,
        /** More about resources that were found, such as how they scale or whether their calls are logged. */
        DETAILS,
        ADVICE;

        /** As gaps name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A slice that is all of its dataset. */
    public Slice(String account, String scope, Dataset dataset) {
        this(account, scope, dataset, dataset.label());
    }

    /** Null where it is about all regions of its account. */
    private String region() {
        return account.isEmpty() || scope.equals(EVERYWHERE) ? null : scope;
    }

    /** {@code gap} of this slice, with its account and region as far as it does not name them itself. */
    public Gap locate(Gap gap) {
        return gap.in(account.isEmpty() ? null : account, region(), dataset.label());
    }

    /** As progress and gaps print it: {@code 123456789012/eu-west-1 endpoints}; files have no account. */
    @Override
    public String toString() {
        return (account.isEmpty() ? "" : account + "/") + scope + " " + part;
    }
}
