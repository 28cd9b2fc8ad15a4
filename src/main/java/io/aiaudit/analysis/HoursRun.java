package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The evidence of instances at list price: the hours that the price was multiplied with, or how many instances there
 * were, and the source of that.
 */
final class HoursRun {
    static final String HOURS = "hours_run";
    static final String MEASURED_BY = "hours_run_by";
    private static final String MACHINES = "machines";
    private static final String COUNTED_BY = "machines_by";

    /** Set by the collector where hours without a point count as hours without a machine. */
    private static final String TAKEN_AS_NONE = "replicas_taken_as_none";

    /** What may have another number of machines in another hour. */
    private static final Set<String> OF_SEVERAL = Set.of("inference_endpoint", "training_cluster");

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Whether it was stopped in between is unknown: the list price is that of its whole life. */
    private static final String LIFE = "assumed always on; stops are unknown";

    /** The metric was requested, and a machine that runs now has no point: it may have run for less than its life. */
    private static final String UNMEASURED = "assumed always on; it runs now, and %s returned no data point";

    private final Map<String, LeafCost> machines;

    HoursRun(List<LeafCost> leaves) {
        machines = leaves.stream()
                .filter(leaf -> leaf.hoursRun() != null)
                .filter(leaf -> "instance".equals(leaf.resource().kind()) || isOfSeveral(leaf))
                .collect(Collectors.toMap(leaf -> leaf.resource().resourceId(), Function.identity()));
    }

    private static boolean isOfSeveral(LeafCost leaf) {
        return leaf.counted() != null
                || (OF_SEVERAL.contains(String.valueOf(leaf.resource().kind()))
                        && leaf.resource().replicas() != null);
    }

    /** The evidence as the rule gives it, and with the hours or the number of machines where they made the cost. */
    Map<String, Object> beside(Map<String, Object> evidence, String resourceId, CostBasis basis) {
        LeafCost machine = basis == CostBasis.LIST ? machines.get(resourceId) : null;
        if (machine == null || !machine.parts().isEmpty()) {
            return evidence;
        }
        Map<String, Object> all = new LinkedHashMap<>(evidence);
        if (isOfSeveral(machine)) {
            all.put(MACHINES, machines(machine));
            all.put(COUNTED_BY, countedBy(machine));
        } else {
            all.put(HOURS, machine.hoursRun().stripTrailingZeros());
            all.put(
                    MEASURED_BY,
                    machine.hoursMeasuredBy() == null
                            ? life(machine.resource().attributes())
                            : machine.hoursMeasuredBy());
        }
        return Collections.unmodifiableMap(all);
    }

    private static BigDecimal machines(LeafCost leaf) {
        return leaf.counted() == null
                ? BigDecimal.valueOf(leaf.resource().replicas())
                : plain(leaf.counted().machines().round(SIX_DIGITS));
    }

    private static String countedBy(LeafCost leaf) {
        if (leaf.counted() == null) {
            return "the inventory; the count in each hour is unknown";
        }
        BigDecimal counted = leaf.counted().hours();
        StringBuilder by = new StringBuilder("replicas");
        if (counted.compareTo(leaf.hoursRun()) < 0) {
            Integer now = leaf.resource().replicas();
            by.append(" in %s of %s hours, and %d, %s, in the others"
                    .formatted(
                            plain(counted).toPlainString(),
                            plain(leaf.hoursRun()).toPlainString(),
                            now == null ? 1 : now,
                            now == null ? "assumed" : "as in the inventory"));
        }
        String none = leaf.resource().attributes().get(TAKEN_AS_NONE);
        return none == null ? by.toString() : by + "; " + none;
    }

    /** Hours of a life that began within one have many digits. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal exact = number.round(SIX_DIGITS).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static String life(Map<String, String> attributes) {
        return "true".equals(attributes.get("hours_run_known"))
                ? UNMEASURED.formatted(attributes.get(MEASURED_BY))
                : LIFE;
    }
}
