package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which leaves are below a resource: leaves carry the money, so a finding on a parent is a finding on each of
 * them.
 */
public final class Leaves {
    private final Map<String, List<String>> children = new HashMap<>();
    private final Set<String> priced;

    /**
     * {@code priced} are the resources that carry charges; a parent is among them for what none of its leaves explains.
     */
    public Leaves(Collection<Resource> resources, Set<String> priced) {
        this.priced = priced;
        for (Resource resource : resources) {
            if (resource.parentId() != null) {
                children.computeIfAbsent(resource.parentId(), parent -> new ArrayList<>())
                        .add(resource.resourceId());
            }
        }
    }

    /**
     * The finding, on each leaf below its resource that carries money; not on what the rule {@code judged} by itself,
     * nor on the parts of that: its own metrics decide there.
     */
    public List<Finding> findings(Finding finding, Set<String> judged) {
        List<String> leaves = new ArrayList<>();
        Set<String> seen = new HashSet<>(judged);
        seen.remove(finding.resourceId());
        collect(finding.resourceId(), leaves, seen);
        return leaves.stream()
                .map(leaf -> leaf.equals(finding.resourceId()) ? finding : finding.on(leaf))
                .toList();
    }

    /** The leaves of a resource; itself where it is one. */
    List<String> below(String id) {
        List<String> below = new ArrayList<>();
        collect(id, below, new HashSet<>());
        return below;
    }

    /** A broken inventory may hold circles; each resource is visited once. */
    private void collect(String id, List<String> below, Set<String> seen) {
        if (!seen.add(id)) {
            return;
        }
        List<String> own = children.getOrDefault(id, List.of());
        if (own.isEmpty() || priced.contains(id)) {
            below.add(id);
        }
        own.forEach(child -> collect(child, below, seen));
    }
}
