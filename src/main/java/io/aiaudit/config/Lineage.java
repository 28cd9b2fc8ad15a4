package io.aiaudit.config;

import io.aiaudit.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A resource and what it is a part of, the nearest first: what the configuration says of a whole, such as an endpoint
 * or a node group, holds for its parts, which carry the money. A whole has the tags of its part here, and of its own
 * those of which the part has none of that name.
 *
 * @param levels the resource itself first
 */
public record Lineage(List<Resource> levels) {
    public Lineage {
        levels = List.copyOf(levels);
    }

    /** A broken inventory may hold circles; each resource is visited once. */
    public static Lineage of(Resource resource, Map<String, Resource> resources) {
        List<Resource> levels = new ArrayList<>(List.of(resource));
        Set<String> seen = new HashSet<>(Set.of(resource.resourceId()));
        Resource part = resource;
        while (part.parentId() != null && resources.containsKey(part.parentId()) && seen.add(part.parentId())) {
            Resource whole = resources.get(part.parentId());
            Map<String, String> tags = new HashMap<>(whole.tags());
            tags.putAll(part.tags());
            part = whole.withTags(tags);
            levels.add(part);
        }
        return new Lineage(levels);
    }

    /** The resource itself. */
    Resource own() {
        return levels.get(0);
    }

    /** How many steps above the resource the nearest one is that matches; -1 where none does. */
    int steps(Match match) {
        for (int steps = 0; steps < levels.size(); steps++) {
            if (match.matches(levels.get(steps))) {
                return steps;
            }
        }
        return -1;
    }

    /** Whether tags of it, or of what it is a part of, that could not be read decide about it. */
    boolean isUndecided(Match match) {
        return steps(match) < 0 && levels.stream().anyMatch(match::isUndecided);
    }
}
