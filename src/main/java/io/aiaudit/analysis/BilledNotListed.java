package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what counts as gone since the inventory does not list it, though its bill goes on: an inventory file that is not
 * whole looks the same.
 */
final class BilledNotListed {
    private static final int NAMED = 3;

    private BilledNotListed() {}

    static List<String> warnings(List<LeafCost> leaves, Map<String, Spend> spend, String currency) {
        List<Spend> gone = leaves.stream()
                .filter(leaf -> leaf.course() != null
                        && leaf.course().ended() != null
                        && leaf.course().ended().since() == null)
                .map(leaf -> spend.get(leaf.resource().resourceId()))
                .filter(cost -> cost != null && cost.gone() && cost.monthlyCost() != null)
                .sorted(Comparator.comparing(Spend::monthlyCost).reversed().thenComparing(Spend::resourceId))
                .toList();
        if (gone.isEmpty()) {
            return List.of();
        }
        String named = gone.stream().limit(NAMED).map(Spend::resourceId).collect(Collectors.joining(", "))
                + (gone.size() > NAMED ? ", ..." : "");
        return List.of(String.format(
                Locale.ROOT,
                "%,d billed %s not in the inventory, which lists others of the same kind (%s). Their %s %s a month "
                        + "counts as past, without savings. If the inventory file is incomplete, add them and scan "
                        + "again.",
                gone.size(),
                gone.size() == 1 ? "resource is" : "resources are",
                named,
                currency,
                Money.toCents(Money.sum(gone.stream().map(Spend::monthlyCost).toList()))
                        .toPlainString()));
    }
}
