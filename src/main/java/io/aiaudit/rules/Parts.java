package io.aiaudit.rules;

import io.aiaudit.model.Remedy;
import io.aiaudit.model.Whole;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a remedy changes beside the resource of its finding, and what can be done on one part of that alone: a variant
 * leaves its endpoint, an instance its group.
 */
final class Parts {
    private static final String WORKLOAD = "gpu_workload";
    /** The end of the id of what no part explains of the cost of a whole. */
    private static final String UNALLOCATED = "#unallocated";

    private final ResourceTree tree;
    private final SharedMachines shared;
    private final Function<String, Map<String, String>> values;

    /** @param values what commands about a resource are filled with */
    Parts(ResourceTree tree, SharedMachines shared, Function<String, Map<String, String>> values) {
        this.tree = tree;
        this.shared = shared;
        this.values = values;
    }

    /** Fills in the remedy of one part, by the values of that part. */
    interface Filling {
        Remedy remedy(RemedyChoice choice, String partId, Map<String, String> values);
    }

    /**
     * The whole of a finding on a resource; null where that has no parts and is none.
     *
     * @param groupId findings of the rule that hold only together, or null
     * @param itsOwn the remedy of the finding
     */
    Whole whole(Rule rule, RemedyChoice remedy, String resourceId, String groupId, Remedy itsOwn, Filling filling) {
        Map<String, String> own = values.apply(resourceId);
        String name = remedy.forPart(own.get("provider"));
        RemedyChoice forPart = name == null ? null : rule.remedies().get(name);
        Map<String, Remedy> alone = new TreeMap<>();
        if (forPart != null && forPart.isOfferedBy(own.get("provider"))) {
            for (String part : tree.partsOf(resourceId)) {
                if (canGo(part)) {
                    alone.put(part, filling.remedy(forPart, part, withPartName(values.apply(part))));
                }
            }
            if (groupId != null) {
                alone.put(resourceId, filling.remedy(forPart, resourceId, own));
            }
        }
        String id = id(remedy, own, groupId, shared.machines(resourceId));
        return id == null && alone.isEmpty()
                ? above(rule, remedy, resourceId, itsOwn, filling)
                : new Whole(id == null ? resourceId : id, alone, null);
    }

    /** What a finding on one part is a part of, if the rule is about that too: where all parts are found, it goes. */
    private Whole above(Rule rule, RemedyChoice remedy, String part, Remedy itsOwn, Filling filling) {
        String parent = values.apply(part).get("parent_id");
        Map<String, String> ofParent = parent == null ? null : values.apply(parent);
        if (ofParent == null || !rule.appliesTo().contains(ofParent.get("kind")) || !canGo(part)) {
            return null;
        }
        String provider = values.apply(part).get("provider");
        if (remedy.isOfAllParts(provider)) {
            return new Whole(parent, Map.of(), filling.remedy(remedy, parent, ofParent));
        }
        return rule.remedies().values().stream()
                .filter(choice -> remedy.name().equals(choice.forPart(provider))
                        && !choice.name().equals(remedy.name())
                        && choice.lever() == remedy.lever()
                        && choice.isOfferedBy(provider))
                .findFirst()
                .map(ofAll -> new Whole(parent, Map.of(part, itsOwn), filling.remedy(ofAll, parent, ofParent)))
                .orElse(null);
    }

    private static String id(RemedyChoice remedy, Map<String, String> own, String groupId, String machines) {
        if (groupId != null) {
            return groupId;
        }
        if (remedy.actsOnGroup()) {
            return own.get("group_key");
        }
        // of the instances alone: what they belong to may have parts with instances of their own
        return machines == null ? null : "instances of " + machines;
    }

    /** What shares its instances frees none alone, and neither does a workload its group. */
    private boolean canGo(String part) {
        Map<String, String> ofPart = values.apply(part);
        return ofPart != null
                && !part.endsWith(UNALLOCATED)
                && shared.machines(part) == null
                && !WORKLOAD.equals(ofPart.get("kind"));
    }

    private static Map<String, String> withPartName(Map<String, String> ofPart) {
        if (!ofPart.containsKey("variant_endpoint")) {
            return ofPart;
        }
        Map<String, String> all = new HashMap<>(ofPart);
        all.put("part", "variant");
        return all;
    }
}
