package io.aiaudit.collect;

import io.aiaudit.model.Resource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a monitor has anything of what runs. An instance and deployed units are measured whatever they do: of an hour
 * without such a measure the monitor has nothing, and a counter without a point in it is unknown, not zero.
 */
public final class SignsOfLife {
    /** Our metrics that have a point in every hour in which an instance runs, or units are there. */
    private static final Set<String> ALWAYS_MEASURED = Set.of(
            "cpu_utilization",
            "gpu_memory_used_gib",
            "gpu_utilization",
            "memory_used_gib",
            "replicas",
            "throughput_utilization");

    /** States in which nothing runs that could be measured. */
    private static final Pattern NOT_THERE = Pattern.compile("(?i)failed|creating|provisioning|pending|deleting");

    /** A point may come late, and what has only begun has none in the window. */
    private static final int LEAST_HOURS = 24;

    private SignsOfLife() {}

    public static boolean isOne(String metric) {
        return ALWAYS_MEASURED.contains(metric);
    }

    /**
     * The hours in service in which a counter without a point counted nothing. What may scale to no instance has no
     * measure while it has none, but some while it has one.
     *
     * @param alive the hours with a sign of life
     */
    static List<Instant> countable(Resource resource, Collection<Instant> inService, Set<Instant> alive) {
        if (!runs(resource) || (mayHaveNone(resource) && !alive.isEmpty())) {
            return List.copyOf(inService);
        }
        return inService.stream().filter(alive::contains).toList();
    }

    /** Whether the monitor has nothing at all of what ran in these hours. */
    static boolean isSilent(Resource resource, Collection<Instant> inService, Set<Instant> alive) {
        return alive.isEmpty() && runs(resource) && resource.createdAt() != null && inService.size() > LEAST_HOURS;
    }

    private static boolean runs(Resource resource) {
        return (resource.replicas() == null || resource.replicas() > 0)
                && (resource.state() == null
                        || !NOT_THERE.matcher(resource.state()).matches());
    }

    private static boolean mayHaveNone(Resource resource) {
        return "0".equals(resource.attributes().get("autoscaling_min"));
    }
}
