package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says which resources no charge is of, though the bill names others of their sort in their account: mostly ids that do
 * not meet, and what never ran.
 */
final class MissingInBill {
    static final String STATUS_REASON =
            "The bill covers its account but has no line for it, so its cost is unknown. A list price would double "
                    + "the billed cost.";

    private static final int NAMED = 3;

    /** As clouds write that a machine does not run: nobody wonders that no bill has it. */
    private static final Pattern STOPPED =
            Pattern.compile("(powerstate/|vm )?(stopped|deallocated|suspended|terminated)", Pattern.CASE_INSENSITIVE);

    private final Map<String, Resource> missing = new TreeMap<>();

    MissingInBill(List<LeafCost> leaves) {
        leaves.stream()
                .filter(LeafCost::missingInBill)
                .map(LeafCost::resource)
                .forEach(resource -> missing.put(resource.resourceId(), resource));
    }

    boolean contains(String resourceId) {
        return missing.containsKey(resourceId);
    }

    List<String> warnings() {
        List<String> ids = missing.values().stream()
                .filter(resource -> resource.state() == null
                        || !STOPPED.matcher(resource.state()).matches())
                .map(Resource::resourceId)
                .toList();
        String named =
                ids.stream().limit(NAMED).collect(Collectors.joining(", ")) + (ids.size() > NAMED ? ", ..." : "");
        return switch (ids.size()) {
            case 0 -> List.of();
            case 1 ->
                List.of("1 inventory resource has no line in the bill of its account (" + named
                        + "): its cost is unknown and not estimated. If the bill uses another id, use that "
                        + "id; a resource that never ran has no line.");
            default ->
                List.of(String.format(Locale.ROOT, "%,d", ids.size())
                        + " inventory resources have no line in the bill of their account ("
                        + named
                        + "): their cost is unknown and not estimated. If the bill uses other ids, use those; "
                        + "resources that never ran have no line.");
        };
    }
}
