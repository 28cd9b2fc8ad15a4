package io.aiaudit.store;

import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One commitment that is paid in the window, by the day, and the usage under it that the bill has no cost of. What it
 * pays for an hour is for that hour: usage of a day costs no more than is paid for the day. Only what is paid at once,
 * for a term that the bill does not show, is for any day of the window, and so is what is left for days that no payment
 * is of: their payment is in another bill.
 */
final class PaidCommitment {
    /** The payments on one leaf, of one class of spend. */
    record Payer(String resourceId, boolean isAi) {}

    private final Map<Payer, BigDecimal> payers = new LinkedHashMap<>();

    /** By day; null: paid at once. */
    private final Map<LocalDate, BigDecimal> paidByDay = new HashMap<>();

    /** What the usage of a leaf is worth at its own price, by day; null: of no single day. */
    private final Map<String, Map<LocalDate, BigDecimal>> worthByLeaf = new TreeMap<>();

    private final Map<LocalDate, BigDecimal> worthByDay = new HashMap<>();

    /** Once all usage is known. */
    private Map<LocalDate, BigDecimal> allowed;

    void pay(String resourceId, boolean isAi, LocalDate day, BigDecimal cost) {
        payers.merge(new Payer(resourceId, isAi), cost, BigDecimal::add);
        paidByDay.merge(day, cost, BigDecimal::add);
    }

    void use(String resourceId, LocalDate day, BigDecimal price) {
        worthByLeaf.computeIfAbsent(resourceId, leaf -> new HashMap<>()).merge(day, price, BigDecimal::add);
        worthByDay.merge(day, price, BigDecimal::add);
    }

    /** What each of them paid. */
    Map<Payer, BigDecimal> payers() {
        return payers;
    }

    BigDecimal paid() {
        return Money.sum(paidByDay.values());
    }

    BigDecimal atMostPaid(LocalDate day, BigDecimal price) {
        BigDecimal worth = worthByDay.getOrDefault(day, BigDecimal.ZERO);
        BigDecimal most = allowed().getOrDefault(day, BigDecimal.ZERO);
        return worth.compareTo(most) <= 0 ? price : price.multiply(most).divide(worth, Money.PRECISION);
    }

    /** What each leaf that used it costs. */
    Map<String, BigDecimal> costsOfUsers() {
        Map<String, BigDecimal> costs = new TreeMap<>();
        worthByLeaf.forEach((leaf, byDay) ->
                byDay.forEach((day, worth) -> costs.merge(leaf, atMostPaid(day, worth), BigDecimal::add)));
        return costs;
    }

    private Map<LocalDate, BigDecimal> allowed() {
        if (allowed == null) {
            allowed = new HashMap<>();
            worthByDay.forEach((day, worth) -> allowed.put(
                    day, worth.min(paidByDay.getOrDefault(day, BigDecimal.ZERO).max(BigDecimal.ZERO))));
            BigDecimal together = Money.sum(allowed.values());
            BigDecimal paid = paid().max(BigDecimal.ZERO);
            if (together.compareTo(paid) <= 0) {
                shareWhatIsLeft(paid.subtract(together));
            } else {
                // What was given back on one day was paid for others.
                allowed.replaceAll((day, cost) -> cost.multiply(paid).divide(together, Money.PRECISION));
            }
        }
        return allowed;
    }

    private void shareWhatIsLeft(BigDecimal left) {
        boolean isPaidAtOnce = paidByDay.containsKey(null);
        Map<LocalDate, BigDecimal> unmet = new HashMap<>();
        worthByDay.forEach((day, worth) -> {
            if (isPaidAtOnce || !paidByDay.containsKey(day)) {
                unmet.put(day, worth.subtract(allowed.get(day)));
            }
        });
        BigDecimal needed = Money.sum(unmet.values());
        unmet.forEach((day, price) -> allowed.merge(
                day,
                needed.compareTo(left) <= 0 ? price : price.multiply(left).divide(needed, Money.PRECISION),
                BigDecimal::add));
    }
}
