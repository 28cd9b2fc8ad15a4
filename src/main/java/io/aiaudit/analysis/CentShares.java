package io.aiaudit.analysis;

import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount in cents, shared in proportion so that the shares are cents and add up to it: the largest takes what
 * rounding leaves.
 */
final class CentShares {
    private CentShares() {}

    static List<BigDecimal> of(BigDecimal amount, List<BigDecimal> weights) {
        BigDecimal whole = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> shares = new ArrayList<>();
        int largest = 0;
        for (int i = 0; i < weights.size(); i++) {
            shares.add(
                    whole.signum() == 0
                            ? Money.NOTHING
                            : Money.toCents(amount.multiply(weights.get(i)).divide(whole, Money.PRECISION)));
            if (weights.get(i).compareTo(weights.get(largest)) > 0) {
                largest = i;
            }
        }
        shares.set(largest, shares.get(largest).add(amount.subtract(Money.sum(shares))));
        return shares;
    }
}
