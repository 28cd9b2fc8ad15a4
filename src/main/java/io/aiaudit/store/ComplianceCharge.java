package io.aiaudit.store;

import java.math.BigDecimal;

/**
 * What a bill charges inside the window for something that compliance is the usual reason for.
 *
 * @param kind private_endpoint, dedicated_network, encryption_key, log_store, audit_service or dedicated_capacity
 * @param workload of its tags, or null
 * @param cost exact but for the share of charges that cross an edge of the window
 */
public record ComplianceCharge(
        String resourceId, String provider, String accountId, String kind, String workload, BigDecimal cost) {}
