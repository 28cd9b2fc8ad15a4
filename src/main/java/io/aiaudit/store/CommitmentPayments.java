package io.aiaudit.store;

import io.aiaudit.model.Money;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bill of actual cost shows as paid for commitments in the window, beside the usage under them that it has at 0.
 * The money was spent once: on what used the commitment.
 */
final class CommitmentPayments {
    private record Payment(String resourceId, BigDecimal cost, boolean isAi) {}

    private final Map<String, List<Payment>> byCommitment = new HashMap<>();

    /** What the usage under a commitment would cost at its own price, by commitment and leaf. */
    private final Map<String, Map<String, BigDecimal>> used = new TreeMap<>();

    private CommitmentPayments() {}

    static CommitmentPayments none() {
        return new CommitmentPayments();
    }

    static CommitmentPayments read(LockedStore store, Window window) {
        CommitmentPayments all = new CommitmentPayments();
        for (List<Object> row : store.select(Sql.inWindow("read/commitment-payments.sql", window))
                .rows()) {
            LeafCosts.Share share = new LeafCosts.Share(null, true, (Long) row.get(4), (Long) row.get(5));
            all.byCommitment
                    .computeIfAbsent((String) row.get(0), commitment -> new ArrayList<>())
                    .add(new Payment(
                            (String) row.get(1), share.of((BigDecimal) row.get(3)), Boolean.TRUE.equals(row.get(2))));
        }
        return all;
    }

    boolean areOf(String commitment) {
        return byCommitment.containsKey(commitment);
    }

    void use(String commitment, String resourceId, BigDecimal price) {
        used.computeIfAbsent(commitment, key -> new TreeMap<>()).merge(resourceId, price, BigDecimal::add);
    }

    /** A price of what used a commitment, lowered where all of its usage is worth more than was paid for it. */
    BigDecimal atMostPaid(String commitment, BigDecimal price) {
        if (!areOf(commitment)) {
            return price;
        }
        BigDecimal worth = Money.sum(used.get(commitment).values());
        BigDecimal paid = Money.sum(
                byCommitment.get(commitment).stream().map(Payment::cost).toList());
        return worth.compareTo(paid) <= 0 ? price : price.multiply(paid).divide(worth, Money.PRECISION);
    }

    /**
     * The same AI costs, with what was paid for a commitment on the leaves that used it instead of on itself, as
     * far as their usage is worth it. The sum stays.
     */
    void moveToUsers(Map<String, BigDecimal> aiByLeaf) {
        used.forEach((commitment, prices) -> {
            for (Payment payment : byCommitment.get(commitment)) {
                BigDecimal left = aiByLeaf.getOrDefault(payment.resourceId(), BigDecimal.ZERO);
                BigDecimal paid = payment.cost().min(left);
                if (payment.isAi() && paid.signum() > 0) {
                    move(paid, payment.resourceId(), prices, aiByLeaf);
                }
            }
        });
    }

    private static void move(
            BigDecimal paid, String from, Map<String, BigDecimal> prices, Map<String, BigDecimal> aiByLeaf) {
        BigDecimal worth = Money.sum(prices.values());
        if (worth.signum() <= 0) {
            return;
        }
        BigDecimal moved = paid.min(worth);
        prices.forEach((to, price) ->
                aiByLeaf.merge(to, moved.multiply(price).divide(worth, Money.PRECISION), BigDecimal::add));
        aiByLeaf.merge(from, moved.negate(), BigDecimal::add);
    }
}
