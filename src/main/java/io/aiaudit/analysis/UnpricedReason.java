package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import java.util.Optional;
import java.util.Set;

/**
 * Why something has no cost though it has a list price or a line in the bill: who reads that no price is known looks
 * for the wrong thing.
 */
public final class UnpricedReason {
    private static final String NOT_STATED = ", so no saving is stated.";

    private final Set<String> listed;

    /** @param listed ids of resources that a list price fits */
    public UnpricedReason(Set<String> listed) {
        this.listed = Set.copyOf(listed);
    }

    /** The spend of this leaf with the reason, unless it has one. */
    public Spend applied(LeafCost leaf, Spend spend) {
        boolean isOpen =
                spend.basis() == CostBasis.UNPRICED && spend.note() == null && !spend.gone() && !leaf.missingInBill();
        return isOpen
                ? reason(leaf).map(text -> spend.withNote(text + NOT_STATED)).orElse(spend)
                : spend;
    }

    private Optional<String> reason(LeafCost leaf) {
        Resource resource = leaf.resource();
        if (leaf.firstCharge() != null) {
            return Optional.of("A commitment covers its usage, and neither the bill nor a price list has its price");
        }
        if (!listed.contains(resource.resourceId())) {
            return Optional.empty();
        }
        if ("volume".equals(resource.kind())) {
            return Optional.of("Its list price is known and its size is not");
        }
        if ("capacity_reservation".equals(resource.kind())) {
            return Optional.of("Its list price is known, and how many of its instances are unused is not");
        }
        if (resource.replicas() == null) {
            return Optional.of("Its list price is known and the number of its instances is not");
        }
        return resource.parentId() == null
                ? Optional.empty()
                : Optional.of("The bill charges for what it belongs to as a whole, and its own part is unknown");
    }
}
