package io.aiaudit.scan;

import io.aiaudit.model.Component;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Knows the machine hours of a provider that no commitment covers yet, after all counted savings: what a freed commitment could be used for instead. Whether its terms
 * allow that (family, region, size) is not in the bill, so it is said beside the freed amount and never counted.
 */
final class OtherOnDemand {
    private final Map<String, Resource> resources;
    private final Map<String, Spend> remaining;

    OtherOnDemand(Map<String, Resource> resources, Map<String, Spend> remaining) {
        this.resources = resources;
        this.remaining = remaining;
    }

    /** The reason of the status, and for what frees a commitment how much else it could cover a month. */
    String reason(Saving saving) {
        BigDecimal freed = saving.freedCommitment();
        if (freed == null || freed.signum() == 0) {
            return saving.statusReason();
        }
        String leaf = saving.finding().resourceId();
        String provider = resources.get(leaf).provider();
        BigDecimal coverable = Money.toCents(onDemand(provider, leaf)).min(freed);
        return saving.statusReason()
                + (coverable.signum() == 0
                        ? " No other on-demand machine hours of " + provider + " are in the bill for it to cover."
                        : " It could cover up to " + coverable.toPlainString()
                                + " a month of other on-demand machine hours of " + provider
                                + ", as far as its terms allow.");
    }

    private BigDecimal onDemand(String provider, String exceptLeaf) {
        return remaining.values().stream()
                .filter(spend -> !spend.resourceId().equals(exceptLeaf) && !spend.gone())
                .filter(spend -> isOnDemandOf(provider, resources.get(spend.resourceId())))
                .map(spend -> spend.cost(Component.TIME).multiply(BigDecimal.ONE.subtract(spend.committedShare())))
                .filter(cost -> cost.signum() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isOnDemandOf(String provider, Resource resource) {
        return resource != null && provider.equals(resource.provider()) && !"spot".equals(resource.purchase());
    }
}
