package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * What everything costs and saves, divided by whom or what it belongs to. The groups add up to what everything costs a
 * month and to the net saving of all findings.
 *
 * @param by owner, team, environment, account or workload
 * @param groups the most expensive first
 * @param unassignedShare share (0..1) of the monthly cost that belongs to nobody; null where no cost is known
 */
public record RollUp(String by, List<Group> groups, BigDecimal unassignedShare) {
    public RollUp {
        groups = List.copyOf(groups);
    }

    /**
     * What has the same owner, team and so on.
     *
     * @param name null where none is known
     * @param monthlyCost what its resources have of the total; null when none has a price
     */
    public record Group(
            String name,
            int resources,
            BigDecimal monthlyCost,
            int findings,
            BigDecimal netSaving,
            BigDecimal needsDecision) {}
}
