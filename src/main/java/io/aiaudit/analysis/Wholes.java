package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Whole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Knows what the remedy of a finding takes along, and which parts of that stay: those without such a finding that cost
 * money or are a standby.
 */
public final class Wholes {
    private static final Set<Lever> CHANGE_THE_WHOLE =
            Set.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);
    private static final String WORKLOAD = "gpu_workload";

    private final Map<String, Resource> resources;
    private final Leaves leaves;
    private final Map<String, Spend> spend;
    private final Map<String, ResourcePolicy> policies;

    /** All by resource. */
    public Wholes(
            Map<String, Resource> resources,
            Leaves leaves,
            Map<String, Spend> spend,
            Map<String, ResourcePolicy> policies) {
        this.resources = resources;
        this.leaves = leaves;
        this.spend = spend;
        this.policies = policies;
    }

    /** A finding on a leaf, with the whole that its remedy changes, where that is more than the leaf. */
    public Finding within(Finding part, Finding found) {
        if (!CHANGE_THE_WHOLE.contains(part.lever()) || !part.saves().contains(Component.TIME)) {
            return part;
        }
        Whole known = found.whole();
        if (leaves.below(found.resourceId()).size() > 1) {
            return part.within(new Whole(found.resourceId(), Map.of(), known == null ? Map.of() : known.alone()));
        }
        return node(part)
                .map(node -> part.within(new Whole(node, Map.of(), Map.of())))
                .orElse(part);
    }

    /** A node is released when all its workloads are gone. */
    private Optional<String> node(Finding part) {
        Resource resource = resources.get(part.resourceId());
        return part.lever() == Lever.ELIMINATE && WORKLOAD.equals(resource.kind())
                ? Optional.ofNullable(resource.parentId()).filter(resources::containsKey)
                : Optional.empty();
    }

    /** The findings of one rule on leaves, each with why other parts of its whole stay. */
    public List<Finding> withKept(List<Finding> ofRule) {
        Map<Key, Set<String>> found = new HashMap<>();
        ofRule.stream()
                .filter(finding -> finding.whole() != null)
                .forEach(finding -> found.computeIfAbsent(Key.of(finding), key -> new HashSet<>())
                        .add(finding.resourceId()));
        Map<Key, Map<String, Whole.Reason>> kept = new HashMap<>();
        found.forEach((key, parts) -> kept.put(key, kept(key.whole(), parts)));
        return ofRule.stream()
                .map(finding -> finding.whole() == null
                        ? finding
                        : finding.within(new Whole(
                                finding.whole().id(),
                                kept.get(Key.of(finding)),
                                finding.whole().alone())))
                .toList();
    }

    private record Key(Lever lever, String whole) {
        static Key of(Finding finding) {
            return new Key(finding.lever(), finding.whole().id());
        }
    }

    /** The id of a group of members that the bill knows one by one is that of no resource. */
    private Map<String, Whole.Reason> kept(String whole, Set<String> found) {
        Map<String, Whole.Reason> kept = new TreeMap<>();
        if (!resources.containsKey(whole)) {
            return kept;
        }
        for (String part : leaves.below(whole)) {
            if (found.contains(part) || part.equals(whole) || isGone(part)) {
                continue;
            }
            if (policies.getOrDefault(part, ResourcePolicy.UNSPECIFIED).standby()) {
                kept.put(part, Whole.Reason.STANDBY);
            } else if (costs(part)) {
                kept.put(part, Whole.Reason.IN_USE);
            }
        }
        return kept;
    }

    private boolean isGone(String part) {
        Spend cost = spend.get(part);
        return resources.get(part).endedAt() != null || (cost != null && cost.gone());
    }

    private boolean costs(String part) {
        Spend cost = spend.get(part);
        return cost != null && cost.runRate(Component.TIME).signum() > 0;
    }
}
