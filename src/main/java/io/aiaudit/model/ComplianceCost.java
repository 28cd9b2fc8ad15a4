package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;

/**
 * What one workload pays a month for one thing that compliance is the usual reason for.
 *
 * @param workload null where neither the resource nor its tags say one: then it is shared by the account
 * @param kind private_endpoint, dedicated_network, encryption_key, log_store, audit_service, dedicated_capacity or
 * region_premium
 * @param monthlyCost of 730 hours; of region_premium the part above the same instance type in the cheapest region
 * of all, at list prices
 * @param resources how many resources it is charged for
 * @param alternative a cheaper way that complies too, or null where none is known
 * @param alternativeSaving what that way would cost less a month, or null
 * @param toCheck a cheaper way that somebody has to check by hand, since it may be required; null where there is none
 * @param toCheckSaving what that would cost less a month at most, or null
 */
@RecordBuilder
public record ComplianceCost(
        String provider,
        String accountId,
        String workload,
        String kind,
        BigDecimal monthlyCost,
        int resources,
        String alternative,
        BigDecimal alternativeSaving,
        String toCheck,
        BigDecimal toCheckSaving) {}
