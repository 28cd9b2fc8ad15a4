package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Gap;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accounts whose bill failed to be read: what their resources cost is known by list prices alone, which may be more
 * than is paid, so nothing of it counts before somebody checks it (docs/adr/0173).
 */
public final class UnreadBills {
    private static final String BILLING = "billing";
    private static final Set<String> CLOUDS = Set.of("aws", "azure", "gcp");

    /** One bill has all accounts there, and its gap names whichever account was entered first. */
    private static final Set<String> ONE_BILL = Set.of("aws", "gcp");

    private final List<Gap> gaps;
    private final Set<String> billed;

    public UnreadBills(List<Gap> gaps, List<LeafCost> leaves) {
        this.gaps = gaps.stream().filter(gap -> BILLING.equals(gap.dataset())).toList();
        this.billed = leaves.stream()
                .filter(leaf -> !leaf.parts().isEmpty())
                .map(leaf -> account(leaf.resource()))
                .collect(Collectors.toSet());
    }

    /** The spend of this leaf, with the reason why its list price does not count. */
    public Spend applied(Resource resource, Spend spend) {
        boolean isUncertain = spend.basis() == CostBasis.LIST
                && !spend.gone()
                && !billed.contains(account(resource))
                && gaps.stream().anyMatch(gap -> mayHaveBilled(gap, resource));
        return isUncertain
                ? spend.withNote(
                        "The bill of its account could not be read, and its list price may be more than is paid")
                : spend;
    }

    private static boolean mayHaveBilled(Gap gap, Resource resource) {
        if (!CLOUDS.contains(gap.source())) {
            return true;
        }
        return gap.source().equals(resource.provider())
                && (ONE_BILL.contains(gap.source())
                        || gap.accountId() == null
                        || gap.accountId().equals(resource.accountId()));
    }

    private static String account(Resource resource) {
        return resource.provider() + " " + Objects.requireNonNullElse(resource.accountId(), "");
    }
}
