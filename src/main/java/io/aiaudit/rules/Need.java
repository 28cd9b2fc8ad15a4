package io.aiaudit.rules;

import java.util.List;
import java.util.Set;

/**
 * What must have been measured before a rule judges a resource: one metric, or one of several that will do
 * instead.
 *
 * @param oneOf at least one; an hour counts as seen if any of them has a point in it
 */
public record Need(List<String> oneOf) {
    /** Metrics that only a machine with an accelerator has. */
    private static final Set<String> OF_ACCELERATORS =
            Set.of("gpu_utilization", "gpu_memory_used_gib", "accelerators_active");

    public Need {
        oneOf = List.copyOf(oneOf);
    }

    /** Whether only a machine with an accelerator has this metric. */
    static boolean isOfAccelerators(String metric) {
        return OF_ACCELERATORS.contains(metric);
    }

    /** Nothing else will do in place of a metric of accelerators. */
    boolean isOfAccelerators() {
        return OF_ACCELERATORS.containsAll(oneOf);
    }

    /**
     * Of what has accelerators only they show whether it works; processors do where it has none, or that is unknown.
     */
    Need of(Boolean accelerated) {
        List<String> ofAccelerators =
                oneOf.stream().filter(OF_ACCELERATORS::contains).toList();
        return Boolean.TRUE.equals(accelerated) && !ofAccelerators.isEmpty() ? new Need(ofAccelerators) : this;
    }

    /** As messages and pages name it: {@code requests or sessions}. */
    @Override
    public String toString() {
        return String.join(" or ", oneOf);
    }
}
