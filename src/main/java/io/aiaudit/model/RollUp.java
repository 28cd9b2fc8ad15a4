package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * What everything costs and saves, divided by whom or what it belongs to. The groups add up to the monthly cost of all
 * resources and to the net saving of all findings.
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
     * @param monthlyCost of the resources that have a price; null when none has
     */
    public record Group(
            String name,
            int resources,
            BigDecimal monthlyCost,
            int findings,
            BigDecimal netSaving,
            BigDecimal needsDecision) {}
}
