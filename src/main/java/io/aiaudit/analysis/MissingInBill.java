package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which resources no charge is of, though the bill names others of their sort in their account: mostly ids that do
 * not meet, and what never ran.
 */
final class MissingInBill {
    static final String STATUS_REASON =
            "The bill covers its account but has no line for it, so its cost is unknown. A list price would double "
                    + "the billed cost.";

    private static final String KUBERNETES = "kubernetes";
    private static final int NAMED = 3;

    private final Map<String, LeafCost> missing = new TreeMap<>();

    MissingInBill(List<LeafCost> leaves) {
        leaves.stream()
                .filter(LeafCost::missingInBill)
                .forEach(leaf -> missing.put(leaf.resource().resourceId(), leaf));
    }

    boolean contains(String resourceId) {
        return missing.containsKey(resourceId);
    }

    List<String> warnings() {
        return Stream.of(
                        unbilled(ids(resource -> !isWorkload(resource))),
                        withoutNode(ids(resource -> isWorkload(resource) && resource.parentId() == null)),
                        ofGroups(ids(resource -> isWorkload(resource) && resource.parentId() != null)))
                .flatMap(List::stream)
                .toList();
    }

    private static boolean isWorkload(Resource resource) {
        return resource.provider().equals(KUBERNETES);
    }

    private List<String> ids(Predicate<Resource> which) {
        return missing.values().stream()
                .filter(leaf -> !leaf.costsNothing())
                .map(LeafCost::resource)
                .filter(resource -> !isScaledToZero(resource))
                // the line of what it runs on has its cost
                .filter(resource -> !resource.attributes().containsKey("runs_on"))
                // so have the lines of what it covers
                .filter(resource -> !resource.kind().equals("commitment"))
                .filter(which)
                .map(Resource::resourceId)
                .toList();
    }

    /** It has no line since it has no instance. */
    private static boolean isScaledToZero(Resource resource) {
        return resource.replicas() != null
                && resource.replicas() == 0
                && "0".equals(resource.attributes().getOrDefault("min_instances", "0"));
    }

    private static String named(List<String> ids) {
        return ids.stream().limit(NAMED).collect(Collectors.joining(", ")) + (ids.size() > NAMED ? ", ..." : "");
    }

    /** A pod is in no bill: it has a part of what its node costs. */
    private static List<String> withoutNode(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : List.of("Kubernetes workloads without a node (" + named(ids)
                        + "): no bill has a line for workloads. Name the node or node group of each as its parent_id.");
    }

    /** The nodes of its group have their own lines, and which of them it runs on is unknown. */
    private static List<String> ofGroups(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : List.of("Kubernetes workloads whose parent has no cost of its own (" + named(ids)
                        + "): a group whose nodes are billed by their ids has none. Name the node of each as its "
                        + "parent_id.");
    }

    private static List<String> unbilled(List<String> ids) {
        String named = named(ids);
        return switch (ids.size()) {
            case 0 -> List.of();
            case 1 ->
                List.of("1 inventory resource has no line in the bill of its account (" + named
                        + "): its cost is unknown and not estimated. If the bill uses another id, use that "
                        + "id; if it names the instances that it runs on, set their parent_id to it. A resource that "
                        + "never ran has no line.");
            default ->
                List.of(String.format(Locale.ROOT, "%,d", ids.size())
                        + " inventory resources have no line in the bill of their account ("
                        + named
                        + "): their cost is unknown and not estimated. If the bill uses other ids, use those; if it "
                        + "names the instances that they run on, set their parent_id to them. Resources that never "
                        + "ran have no line.");
        };
    }
}
