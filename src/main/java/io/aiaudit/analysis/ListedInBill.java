package io.aiaudit.analysis;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Resources at list price in accounts of which there is a bill that does not name such resources: their money is in
 * that of the bill's services, so it adds nothing to what everything costs.
 */
final class ListedInBill {
    /** An account whose number is not known is like no other. */
    private record Account(String provider, String id) {
        static Account of(Resource resource) {
            return new Account(
                    resource.provider(),
                    resource.accountId() == null ? "resource " + resource.resourceId() : resource.accountId());
        }

        String words() {
            return provider + " account " + id;
        }
    }

    private final Map<String, Spend> spend;
    private final Map<Account, List<LeafCost>> billed;
    private final Map<Account, List<LeafCost>> listed;

    ListedInBill(List<LeafCost> leaves, Map<String, Spend> spend) {
        this.spend = spend;
        this.billed = leaves.stream()
                .filter(leaf -> !leaf.parts().isEmpty())
                .collect(Collectors.groupingBy(leaf -> Account.of(leaf.resource())));
        this.listed = leaves.stream()
                .filter(leaf -> isListed(leaf) && billed.containsKey(Account.of(leaf.resource())))
                .collect(Collectors.groupingBy(leaf -> Account.of(leaf.resource())));
    }

    private boolean isListed(LeafCost leaf) {
        Spend cost = spend.get(leaf.resource().resourceId());
        return leaf.parts().isEmpty()
                && cost != null
                && cost.basis() == CostBasis.LIST
                && cost.monthlyCost().signum() > 0;
    }

    /** Ids of these resources. */
    Set<String> ids() {
        return listed.values().stream()
                .flatMap(List::stream)
                .map(leaf -> leaf.resource().resourceId())
                .collect(Collectors.toSet());
    }

    /** One for each account, with both sums. */
    List<String> warnings() {
        Map<String, String> byAccount = new TreeMap<>();
        listed.forEach((account, leaves) -> {
            List<LeafCost> unnamed =
                    leaves.stream().filter(leaf -> !isBilledWithItsHost(leaf)).toList();
            if (!unnamed.isEmpty()) {
                byAccount.put(account.words(), warning(account, unnamed));
            }
        });
        return new ArrayList<>(byAccount.values());
    }

    /** A job on a cluster or instance never has a line of its own, so the bill lacks nothing. */
    private static boolean isBilledWithItsHost(LeafCost leaf) {
        Map<String, String> attributes = leaf.resource().attributes();
        return attributes.containsKey("runs_on") || attributes.containsKey("persistent_resource");
    }

    private String warning(Account account, List<LeafCost> leaves) {
        return String.format(
                Locale.ROOT,
                "%s: the bill has no resource ids for %,d %s priced at list, %s a month; their cost is part of the %s "
                        + "a month billed to the account. Together they count no more than the AI cost billed without "
                        + "resource ids: use a bill with resource ids.",
                account.words(),
                leaves.size(),
                leaves.size() == 1 ? "resource" : "resources",
                sum(leaves),
                sum(billed.get(account)));
    }

    private String sum(List<LeafCost> leaves) {
        return Money.toCents(Money.sum(leaves.stream()
                        .map(leaf -> spend.get(leaf.resource().resourceId()))
                        .filter(Objects::nonNull)
                        .map(Spend::monthlyCost)
                        .filter(Objects::nonNull)
                        .toList()))
                .toPlainString();
    }
}
