package io.aiaudit.rules;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.store.LockedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The two relations that come from Java and not from the store, for all resources: {@code aiaudit_spend} and {@code
 * aiaudit_policy}.
 */
final class KnownFacts {
    private static final String SPEND = "resource_id VARCHAR, monthly_cost DECIMAL(28,12), run_rate DECIMAL(28,12),"
            + " time_cost DECIMAL(28,12), usage_cost DECIMAL(28,12), storage_cost DECIMAL(28,12),"
            + " licence_cost DECIMAL(28,12), hours DOUBLE, cost_basis VARCHAR, committed_share DOUBLE, time_left "
            + "DOUBLE,"
            + " run_rate_from TIMESTAMP, changed_at TIMESTAMP, altered_at TIMESTAMP";
    private static final String POLICY = "resource_id VARCHAR, allowed_regions VARCHAR[], latency_target_ms DOUBLE,"
            + " interruption VARCHAR, latency VARCHAR, quality VARCHAR, residency VARCHAR, commitment VARCHAR,"
            + " environment VARCHAR, owner VARCHAR, data_class VARCHAR, standby BOOLEAN, checkpointed VARCHAR,"
            + " quality_tolerance DOUBLE, timezone VARCHAR, excluded_periods VARCHAR[]";

    private KnownFacts() {}

    static void fillSpend(LockedStore store, List<List<Object>> rows) {
        TempTable.fill(store, "aiaudit_spend", SPEND, rows);
    }

    static void fillPolicies(LockedStore store, List<List<Object>> rows) {
        TempTable.fill(store, "aiaudit_policy", POLICY, rows);
    }

    static List<List<Object>> spendRows(Map<String, Spend> spend) {
        List<List<Object>> rows = new ArrayList<>();
        spend.forEach((id, cost) -> {
            boolean priced = cost.basis() != CostBasis.UNPRICED;
            List<Object> row = new ArrayList<>(Arrays.asList(id, cost.monthlyCost(), cost.monthlyRunRate()));
            for (Component component : List.of(Component.TIME, Component.USAGE, Component.STORAGE, Component.LICENCE)) {
                row.add(priced ? cost.runRate(component) : null);
            }
            row.addAll(Arrays.asList(
                    cost.hours(),
                    cost.basis().key(),
                    cost.committedShare(),
                    cost.timeLeft(),
                    cost.runRateFrom(),
                    cost.shiftedAt(),
                    cost.alteredAt()));
            rows.add(row);
        });
        return rows;
    }

    static List<List<Object>> policyRows(Map<String, ResourcePolicy> policies) {
        List<List<Object>> rows = new ArrayList<>();
        policies.forEach((id, policy) -> {
            List<Object> row =
                    new ArrayList<>(Arrays.asList(id, orNull(policy.allowedRegions()), policy.latencyTargetMs()));
            for (Ask ask : Ask.values()) {
                row.add(policy.answers().getOrDefault(ask, Answer.UNSPECIFIED).key());
            }
            row.addAll(Arrays.asList(
                    policy.environment(),
                    policy.owner(),
                    policy.dataClass(),
                    (policy.standby() || policy.decidedBy().containsKey("standby")) ? policy.standby() : null,
                    policy.checkpointed() == null ? null : policy.checkpointed() ? "yes" : "no",
                    policy.qualityTolerance(),
                    policy.timezone(),
                    orNull(policy.excludedPeriods())));
            rows.add(row);
        });
        return rows;
    }

    /** No value is NULL, not an empty list. */
    private static List<String> orNull(List<String> values) {
        return values.isEmpty() ? null : values;
    }
}
