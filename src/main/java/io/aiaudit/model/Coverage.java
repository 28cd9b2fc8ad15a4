package io.aiaudit.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The coverage of the money of the window: each dollar in exactly one class, in the order in which the classes take
 * theirs (DESIGN.md section 6).
 *
 * @param past what the window cost above the run rate: it is not paid any more
 * @param counted what the headline saves
 * @param freedCommitment what findings that count would leave unused of a commitment
 * @param accepted what the user decided to keep
 * @param blocked what the policy forbids
 * @param needsDecision what waits for an approval, each dollar once
 * @param inUse the rest of what a rule that tests use examined, and something shows to be used
 * @param notAssessed the rest: whether it is needed is unknown
 */
public record Coverage(
        BigDecimal past,
        BigDecimal counted,
        BigDecimal freedCommitment,
        BigDecimal accepted,
        BigDecimal blocked,
        BigDecimal needsDecision,
        BigDecimal inUse,
        BigDecimal notAssessed) {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    public static final Coverage NOTHING =
            of(IntStream.range(0, 8).mapToObj(index -> BigDecimal.ZERO).toList());

    /** The amounts of the classes in their order. */
    public List<BigDecimal> amounts() {
        return List.of(past, counted, freedCommitment, accepted, blocked, needsDecision, inUse, notAssessed);
    }

    private static Coverage of(List<BigDecimal> amounts) {
        return new Coverage(
                amounts.get(0),
                amounts.get(1),
                amounts.get(2),
                amounts.get(3),
                amounts.get(4),
                amounts.get(5),
                amounts.get(6),
                amounts.get(7));
    }

    public BigDecimal sum() {
        return amounts().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What findings of any status claim. */
    public BigDecimal claimed() {
        return Money.sum(List.of(counted, freedCommitment, accepted, blocked, needsDecision));
    }

    public Coverage plus(Coverage other) {
        return of(IntStream.range(0, amounts().size())
                .mapToObj(index -> amounts().get(index).add(other.amounts().get(index)))
                .toList());
    }

    /**
     * In cents that add up to the sum in cents, none below zero unless the sum is. A correction that is larger than
     * what its resource cost lowers the last classes first.
     */
    public Coverage inCents() {
        List<BigDecimal> settled = settled();
        List<BigDecimal> cents = new ArrayList<>(settled.stream()
                .map(amount -> amount.setScale(2, RoundingMode.FLOOR))
                .toList());
        BigDecimal left = Money.toCents(sum()).subtract(Money.sum(cents));
        List<Integer> byRemainder = IntStream.range(0, cents.size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer index) -> settled.get(index).subtract(cents.get(index)), Comparator.reverseOrder()))
                .toList();
        for (int i = 0; left.signum() > 0; i++) {
            int index = byRemainder.get(i);
            cents.set(index, cents.get(index).add(CENT));
            left = left.subtract(CENT);
        }
        return of(cents);
    }

    private List<BigDecimal> settled() {
        List<BigDecimal> settled = new ArrayList<>(amounts());
        BigDecimal owed = BigDecimal.ZERO;
        for (int index = settled.size() - 1; index >= 0; index--) {
            BigDecimal amount = settled.get(index).subtract(owed);
            owed = amount.min(BigDecimal.ZERO).negate();
            settled.set(index, amount.max(BigDecimal.ZERO));
        }
        // More was credited than was paid: that is known of no class.
        settled.set(settled.size() - 1, settled.get(settled.size() - 1).subtract(owed));
        return settled;
    }
}
