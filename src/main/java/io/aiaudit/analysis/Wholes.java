package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Whole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Knows what the remedy of a finding takes along, and which parts of that stay: those without such a finding that cost
 * money or are a standby.
 */
public final class Wholes {
    private static final Set<Lever> CHANGE_THE_WHOLE =
            Set.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);
    private static final String WORKLOAD = "gpu_workload";
    private static final String NODE_GROUP = "node_group";

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
            boolean isOfIt = known != null && known.id().equals(found.resourceId());
            return part.within(new Whole(found.resourceId(), isOfIt ? known.alone() : Map.of(), null));
        }
        return node(part)
                .map(node -> part.within(new Whole(node, Map.of(), null)))
                .orElse(part);
    }

    /** A node is released when all its workloads are gone. */
    private Optional<String> node(Finding part) {
        Resource resource = resources.get(part.resourceId());
        return part.lever() == Lever.ELIMINATE && WORKLOAD.equals(resource.kind())
                ? Optional.ofNullable(resource.parentId()).filter(resources::containsKey)
                : Optional.empty();
    }

    /**
     * The findings of one rule on leaves, each with the parts of its whole and why some of them stay. A part has such a
     * finding whether that was made on the part itself, on the whole or on anything between.
     *
     * @param made as the rule made them, be it on a leaf or not
     */
    public List<Finding> withKept(List<Finding> ofRule, List<Finding> made) {
        Map<Lever, Set<String>> found = byLever(ofRule);
        Map<Lever, Set<String>> foundAsOne = byLever(made);
        Map<Key, List<Finding>> named = new HashMap<>();
        ofRule.stream()
                .filter(finding -> finding.whole() != null)
                .forEach(finding -> named.computeIfAbsent(Key.of(finding), key -> new ArrayList<>())
                        .add(finding));
        Map<Key, Whole> wholes = new HashMap<>();
        named.forEach((key, parts) -> {
            boolean isByParts = !foundAsOne.get(key.lever()).contains(key.whole())
                    && parts.stream().anyMatch(part -> part.whole().together() != null);
            wholes.put(key, whole(key, parts, found.get(key.lever()), isByParts));
        });
        return ofRule.stream()
                .map(finding -> finding.whole() == null ? finding : finding.within(known(finding, wholes)))
                .toList();
    }

    /** The id of a group of members that the bill knows one by one is that of no resource. */
    private Whole whole(Key key, List<Finding> parts, Set<String> found, boolean isByParts) {
        boolean isResource = resources.containsKey(key.whole());
        Stream<String> all =
                isResource ? leaves.below(key.whole()).stream() : parts.stream().map(Finding::resourceId);
        List<String> leavesOfIt = all.sorted().distinct().toList();
        return new Whole(key.whole(), Map.of(), null)
                .of(leavesOfIt, isResource ? kept(key.whole(), leavesOfIt, found, isByParts) : Map.of());
    }

    private static Whole known(Finding finding, Map<Key, Whole> wholes) {
        Whole whole = wholes.get(Key.of(finding));
        return finding.whole().of(whole.parts(), whole.kept());
    }

    private static Map<Lever, Set<String>> byLever(List<Finding> findings) {
        Map<Lever, Set<String>> ids = new EnumMap<>(Lever.class);
        findings.forEach(finding ->
                ids.computeIfAbsent(finding.lever(), lever -> new HashSet<>()).add(finding.resourceId()));
        return ids;
    }

    private record Key(Lever lever, String whole) {
        static Key of(Finding finding) {
            return new Key(finding.lever(), finding.whole().id());
        }
    }

    /**
     * Where nothing but its parts was measured, all of them have to be found: one that costs no time may work, and a
     * group may have members that no inventory lists.
     */
    private Map<String, Whole.Reason> kept(String whole, List<String> parts, Set<String> found, boolean isByParts) {
        Map<String, Whole.Reason> kept = new TreeMap<>();
        for (String part : parts) {
            if (found.contains(part) || (part.equals(whole) && !isByParts) || isGone(part)) {
                continue;
            }
            if (policies.getOrDefault(part, ResourcePolicy.UNSPECIFIED).standby()) {
                kept.put(part, Whole.Reason.STANDBY);
            } else if (isByParts || costs(part)) {
                kept.put(part, Whole.Reason.IN_USE);
            }
        }
        if (isByParts && NODE_GROUP.equals(resources.get(whole).kind())) {
            kept.put(whole, Whole.Reason.IN_USE);
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
