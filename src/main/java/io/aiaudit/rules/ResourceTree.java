package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each resource is part of, also in the temporary table {@code aiaudit_ancestors}. */
final class ResourceTree {
    private final Map<String, List<Ancestor>> above = new HashMap<>();

    private final Map<String, List<String>> parts = new HashMap<>();

    private ResourceTree() {}

    /** What a resource is part of; 1 is the nearest. */
    record Ancestor(String resourceId, long depth) {}

    /**
     * Each resource with itself (depth 0) and everything it is part of; those in a circle, in a client's file, are no
     * parts of each other.
     */
    static ResourceTree read(LockedStore store, String base) {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_ancestors AS
                WITH RECURSIVE up AS (
                  SELECT resource_id, resource_id AS ancestor_id, 0 AS depth FROM %1$sresources
                  UNION ALL
                  SELECT up.resource_id, r.parent_id, depth + 1
                  FROM up JOIN %1$sresources r ON r.resource_id = up.ancestor_id
                  WHERE r.parent_id IS NOT NULL AND r.parent_id <> r.resource_id AND depth < 8
                )
                SELECT resource_id, ancestor_id, min(depth) AS depth FROM up
                WHERE depth = 0 OR NOT EXISTS (SELECT 1 FROM up back
                  WHERE back.resource_id = up.ancestor_id AND back.ancestor_id = up.resource_id)
                GROUP BY ALL
                """.formatted(base));
        ResourceTree tree = new ResourceTree();
        store.select("SELECT resource_id, ancestor_id, depth FROM aiaudit_ancestors WHERE depth > 0")
                .rows()
                .forEach(row -> tree.add((String) row.get(0), new Ancestor((String) row.get(1), (Long) row.get(2))));
        return tree;
    }

    /** What is directly part of a resource. */
    List<String> partsOf(String resourceId) {
        return parts.getOrDefault(resourceId, List.of());
    }

    private void add(String resourceId, Ancestor ancestor) {
        above.computeIfAbsent(resourceId, id -> new ArrayList<>()).add(ancestor);
        if (ancestor.depth() == 1) {
            parts.computeIfAbsent(ancestor.resourceId(), id -> new ArrayList<>())
                    .add(resourceId);
        }
    }

    List<Ancestor> above(String resourceId) {
        return above.getOrDefault(resourceId, List.of());
    }
}
