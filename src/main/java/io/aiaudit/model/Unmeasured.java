package io.aiaudit.model;

import java.util.Map;
import java.util.Set;

/**
 * Metrics of an account or region that a source should have measured and did not, so that their absence proves nothing.
 *
 * @param accountId null = unknown, or more than one
 * @param region null = all of them, or unknown
 * @param isOfUnlisted whether it is about resources only that the source did not list: it measured the others
 * @param metrics by kind of resource
 */
public record Unmeasured(
        String source, String accountId, String region, boolean isOfUnlisted, Map<String, Set<String>> metrics) {}
