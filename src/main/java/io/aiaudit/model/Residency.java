package io.aiaudit.model;

import java.util.List;

/**
 * What a workload has in one region, and whether the policy allows it there.
 *
 * @param accountId null where it is unknown
 * @param workload of the resources, else of their tags, else the name of the only resource
 * @param part model, requests (where they may be processed), endpoint, compute, vector_store, database, storage, log or
 * backup
 * @param region of the cloud; "any region", "EU data zone" or "US data zone" of requests; null where it is unknown
 * @param allowedRegions patterns of the policy; empty where it names none
 * @param resources how many resources of the workload this is about
 */
public record Residency(
        String provider,
        String accountId,
        String workload,
        String part,
        String region,
        State state,
        List<String> allowedRegions,
        int resources) {
    public Residency {
        allowedRegions = allowedRegions == null ? List.of() : List.copyOf(allowedRegions);
    }

    /** What the policy says about it. */
    public enum State implements Keyed {
        ALLOWED("allowed"),
        OUTSIDE("outside"),
        /** The policy limits the regions of this workload, and the region is unknown. */
        NOT_ASSESSED("not_assessed"),
        /** The policy names no regions for it. */
        UNSPECIFIED("unspecified");

        private final String key;

        State(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }
}
