package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits list prices in accounts of which there is a bill: what has no line in it is paid for, if at all, with what the
 * bill has without a resource. Together they cost no more than that, each by its list price, and nothing is known of
 * them where the bill has no such money: a list price would come on top of what it has under another id.
 */
public final class ListPriceLimit {
    /** What a bill has of the last day may not be in it yet. */
    private static final Duration DELAY = Duration.ofDays(1);

    private record Account(String provider, String id) {
        static Account of(Resource resource) {
            return new Account(resource.provider(), ResourceIds.accountKey(resource.accountId()));
        }
    }

    /** Of a month, on the mean of the window and as the run rate. */
    private record Amounts(BigDecimal mean, BigDecimal runRate) {
        static final Amounts NONE = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO);

        Amounts plus(Amounts other) {
            return new Amounts(mean.add(other.mean), runRate.add(other.runRate));
        }

        /** How much of these amounts there is to pay them; 1 at most. */
        BigDecimal paidBy(Amounts paid) {
            return share(paid.mean, mean).min(share(paid.runRate, runRate));
        }

        private static BigDecimal share(BigDecimal paid, BigDecimal cost) {
            return cost.signum() <= 0
                    ? BigDecimal.ONE
                    : paid.max(BigDecimal.ZERO).divide(cost, Money.PRECISION).min(BigDecimal.ONE);
        }
    }

    private final Map<String, BigDecimal> ai;
    private final Window window;
    private final Instant scannedAt;

    /** @param ai what the bill calls AI inside the window, by leaf */
    public ListPriceLimit(Map<String, BigDecimal> ai, Window window, Instant scannedAt) {
        this.ai = ai;
        this.window = window;
        this.scannedAt = scannedAt;
    }

    /** All of them, of which some have another list price or none. */
    public List<LeafCost> limited(List<LeafCost> leaves) {
        Set<Account> billed = leaves.stream()
                .filter(leaf -> !leaf.parts().isEmpty() && leaf.resource().accountId() != null)
                .map(leaf -> Account.of(leaf.resource()))
                .collect(Collectors.toSet());
        Map<Account, Amounts> listed = new HashMap<>();
        Map<Account, Amounts> unnamed = new HashMap<>();
        for (LeafCost leaf : leaves) {
            if (isListed(leaf, billed)) {
                Spend cost = RunRate.of(leaf, window, scannedAt);
                listed.merge(
                        Account.of(leaf.resource()),
                        new Amounts(cost.monthlyCost(), cost.monthlyRunRate()),
                        Amounts::plus);
            } else if (MonthlyCost.isService(leaf.resource()) && leaf.resource().accountId() != null) {
                unnamed.merge(Account.of(leaf.resource()), ofMachines(leaf), Amounts::plus);
            }
        }
        return listed.isEmpty()
                ? leaves
                : leaves.stream()
                        .map(leaf -> isListed(leaf, billed) ? limited(leaf, listed, unnamed) : leaf)
                        .toList();
    }

    private static boolean isListed(LeafCost leaf, Set<Account> billed) {
        Resource resource = leaf.resource();
        return leaf.parts().isEmpty()
                && leaf.basis() == CostBasis.LIST
                && leaf.listPricePerHour() != null
                && leaf.listPricePerHour().signum() > 0
                && resource.accountId() != null
                && leaf.billed() != null
                && billed.contains(Account.of(resource))
                && (resource.createdAt() == null
                        || resource.createdAt().isBefore(leaf.billed().end().minus(DELAY)));
    }

    /** What is paid for time and storage, as far as it is AI: use, of models for one, is of no machine. */
    private Amounts ofMachines(LeafCost service) {
        BigDecimal inWindow = service.inWindow();
        BigDecimal ofAi = ai.get(service.resource().resourceId());
        if (ofAi == null || inWindow == null || inWindow.signum() <= 0) {
            return Amounts.NONE;
        }
        Spend cost = RunRate.of(service, window, scannedAt);
        BigDecimal share = ofAi.divide(inWindow, Money.PRECISION).min(BigDecimal.ONE);
        BigDecimal other = cost.undetermined();
        return new Amounts(
                cost.cost(Component.TIME)
                        .add(cost.cost(Component.STORAGE))
                        .add(other)
                        .multiply(share),
                cost.runRate(Component.TIME)
                        .add(cost.runRate(Component.STORAGE))
                        .add(other)
                        .multiply(share));
    }

    private static LeafCost limited(LeafCost leaf, Map<Account, Amounts> listed, Map<Account, Amounts> unnamed) {
        Account account = Account.of(leaf.resource());
        BigDecimal share = listed.get(account).paidBy(unnamed.getOrDefault(account, Amounts.NONE));
        if (share.compareTo(BigDecimal.ONE) == 0) {
            return leaf;
        }
        if (share.signum() == 0) {
            return LeafCostBuilder.builder(leaf)
                    .basis(CostBasis.UNPRICED)
                    .listPricePerHour(null)
                    .lately(null)
                    .missingInBill(true)
                    .build();
        }
        LeafCost.Lately lately = leaf.lately();
        return LeafCostBuilder.builder(leaf)
                .listPricePerHour(leaf.listPricePerHour().multiply(share, Money.PRECISION))
                .lately(
                        lately == null || lately.listPricePerHour() == null
                                ? lately
                                : new LeafCost.Lately(
                                        lately.span(),
                                        lately.hoursRun(),
                                        lately.listPricePerHour().multiply(share, Money.PRECISION)))
                .build();
    }
}
