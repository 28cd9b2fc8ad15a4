package io.aiaudit.store;

import io.aiaudit.model.Money;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a bill of actual cost shows as paid for commitments in the window, beside the usage under them that it has at 0.
 * The money was spent once: on what used the commitment.
 */
final class CommitmentPayments {
    /** Usage that names no commitment may be under any of its provider, so a payment is listed for both. */
    private final NavigableMap<String, PaidCommitment> byCommitment = new TreeMap<>();

    /** What is counted on those who used a commitment, by what it is paid on. */
    private final Map<PaidCommitment.Payer, BigDecimal> moved = new HashMap<>();

    private CommitmentPayments() {}

    static CommitmentPayments none() {
        return new CommitmentPayments();
    }

    static CommitmentPayments read(LockedStore store, Window window) {
        CommitmentPayments all = new CommitmentPayments();
        for (List<Object> row : store.select(Sql.inWindow("read/commitment-payments.sql", window))
                .rows()) {
            LeafCosts.Share share = new LeafCosts.Share(null, true, (Long) row.get(5), (Long) row.get(6));
            all.pay(
                    (String) row.get(0),
                    (String) row.get(1),
                    (Boolean) row.get(2),
                    (LocalDate) row.get(3),
                    share.of((BigDecimal) row.get(4)));
        }
        return all;
    }

    /** A payment on a leaf for a day; null: paid at once. */
    void pay(String commitment, String resourceId, boolean isAi, LocalDate day, BigDecimal cost) {
        byCommitment
                .computeIfAbsent(commitment, unknown -> new PaidCommitment())
                .pay(resourceId, isAi, day, cost);
    }

    boolean areOf(String commitment) {
        return byCommitment.containsKey(commitment);
    }

    /** Usage of a leaf on a day at its own price, under a commitment that is paid for; null: of no single day. */
    void use(String commitment, String resourceId, LocalDate day, BigDecimal price) {
        byCommitment.get(commitment).use(resourceId, day, price);
    }

    /** A price of what used a commitment, lowered where its usage on that day is worth more than was paid for it. */
    BigDecimal atMostPaid(String commitment, LocalDate day, BigDecimal price) {
        return areOf(commitment) ? byCommitment.get(commitment).atMostPaid(day, price) : price;
    }

    /** The part of what a leaf cost, as a commitment, that is counted on what used it. */
    BigDecimal paidForUsers(String resourceId) {
        return moved(new PaidCommitment.Payer(resourceId, true))
                .add(moved(new PaidCommitment.Payer(resourceId, false)));
    }

    private BigDecimal moved(PaidCommitment.Payer payer) {
        return moved.getOrDefault(payer, BigDecimal.ZERO);
    }

    /**
     * Puts what was paid for a commitment on the leaves that used it instead of on itself, as far as their usage is
     * worth it. What the bill calls AI stays so; of another payment AI is what AI used.
     *
     * @return by leaf, what AI costs in it that the bill does not call AI where it is paid
     */
    Map<String, BigDecimal> moveToUsers(Map<String, BigDecimal> aiByLeaf) {
        Set<String> ai = Set.copyOf(aiByLeaf.keySet());
        Map<String, BigDecimal> turned = new TreeMap<>();
        // A provider, whose id begins those of its commitments, comes behind them: it has what is left of their
        // payments.
        byCommitment.descendingMap().forEach((id, commitment) -> {
            Map<String, BigDecimal> costs = commitment.costsOfUsers();
            BigDecimal worth = Money.sum(costs.values());
            if (worth.signum() <= 0) {
                return;
            }
            commitment.payers().forEach((payer, paid) -> {
                BigDecimal left = isOfAProvider(id) ? paid.subtract(moved(payer)) : paid;
                BigDecimal share = paid.multiply(worth)
                        .divide(commitment.paid(), Money.PRECISION)
                        .min(left);
                if (share.signum() <= 0) {
                    return;
                }
                moved.merge(payer, share, BigDecimal::add);
                costs.forEach((to, cost) -> {
                    BigDecimal part = share.multiply(cost).divide(worth, Money.PRECISION);
                    if (payer.isAi()) {
                        aiByLeaf.merge(to, part, BigDecimal::add);
                        aiByLeaf.merge(payer.resourceId(), part.negate(), BigDecimal::add);
                    } else if (ai.contains(to)) {
                        aiByLeaf.merge(to, part, BigDecimal::add);
                        turned.merge(to, part, BigDecimal::add);
                    }
                });
            });
        });
        return turned;
    }

    private static boolean isOfAProvider(String commitment) {
        return commitment.indexOf(' ') < 0;
    }
}
