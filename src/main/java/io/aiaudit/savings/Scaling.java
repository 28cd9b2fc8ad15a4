package io.aiaudit.savings;

import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What an inventory knows of how many instances or units a resource has: as many as its load needs, or always some. */
final class Scaling {
    private static final Set<String> FIXED = Set.of("none", "suspended", "false", "no", "off", "disabled");
    private static final String UNKNOWN = "unknown";

    /** The least and the most, in the words of each source. */
    private static final List<List<String>> LIMITS = List.of(
            List.of("autoscaling_min", "autoscaling_max"),
            List.of("min_replicas", "max_replicas"),
            List.of("min_nodes", "max_nodes"));

    private Scaling() {}

    /** Whether it is known to scale; limits that are the same are a number. */
    static boolean isKnownOf(Resource resource) {
        Map<String, String> known = resource.attributes();
        String autoscaling = known.getOrDefault("autoscaling", UNKNOWN).strip().toLowerCase(Locale.ROOT);
        return autoscaling.equals(UNKNOWN)
                ? LIMITS.stream()
                        .anyMatch(limits -> known.get(limits.get(1)) != null
                                && !Objects.equals(known.get(limits.get(0)), known.get(limits.get(1))))
                : !FIXED.contains(autoscaling);
    }
}
