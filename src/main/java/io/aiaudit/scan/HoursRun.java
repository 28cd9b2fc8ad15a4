package io.aiaudit.scan;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands in the evidence of a machine at list price: the hours that it was multiplied with, and what tells them. */
final class HoursRun {
    static final String HOURS = "hours_run";
    static final String TOLD_BY = "hours_run_by";

    /** Nobody knows whether it was stopped in between: the list price is that of its whole life. */
    private static final String LIFE = "its life; nothing tells whether it was stopped";

    /** It was asked, and a machine that runs now has no point: it may have run for less than its life. */
    private static final String UNMEASURED = "its life; it runs now, and %s was asked and has no point";

    private final Map<String, LeafCost> machines;

    HoursRun(List<LeafCost> leaves) {
        machines = leaves.stream()
                .filter(leaf -> "instance".equals(leaf.resource().kind()) && leaf.hoursRun() != null)
                .collect(Collectors.toMap(leaf -> leaf.resource().resourceId(), Function.identity()));
    }

    /** The evidence as the rule gives it, and with the hours where they made the cost. */
    Map<String, Object> beside(Map<String, Object> evidence, String resourceId, CostBasis basis) {
        LeafCost machine = basis == CostBasis.LIST ? machines.get(resourceId) : null;
        if (machine == null || !machine.parts().isEmpty()) {
            return evidence;
        }
        Map<String, Object> all = new LinkedHashMap<>(evidence);
        all.put(HOURS, machine.hoursRun().stripTrailingZeros());
        all.put(TOLD_BY, machine.hoursToldBy() == null ? life(machine.resource().attributes()) : machine.hoursToldBy());
        return Collections.unmodifiableMap(all);
    }

    private static String life(Map<String, String> attributes) {
        return "true".equals(attributes.get("hours_run_known")) ? UNMEASURED.formatted(attributes.get(TOLD_BY)) : LIFE;
    }
}
