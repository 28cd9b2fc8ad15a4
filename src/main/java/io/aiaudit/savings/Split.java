package io.aiaudit.savings;

import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits what a leaf saves among the findings that count on it: by the likely waterfall in the order of the groups,
 * with the same proportions in every scenario.
 */
final class Split {
    /**
     * The part of one finding.
     *
     * @param counted the cash
     * @param freed the likely part that only frees a commitment
     */
    record Part(Range counted, BigDecimal freed) {}

    private final List<Claim> claims;
    private final LeafMoney money;
    private final BigDecimal cost;
    private final List<BigDecimal> waterfall = new ArrayList<>();

    private Split(List<Claim> claims) {
        this.claims = claims;
        this.money = claims.get(0).money();
        this.cost = claims.get(0).runRate().max(Money.NOTHING);
        BigDecimal before = BigDecimal.ZERO;
        for (int index = 1; index <= claims.size(); index++) {
            BigDecimal after = money.saved(claims.subList(0, index), Scenario.LIKELY);
            waterfall.add(after.subtract(before));
            before = after;
        }
    }

    /** The parts of the findings that count on one leaf, given and returned in the order of their groups. */
    static List<Part> of(List<Claim> claims) {
        return new Split(claims).parts();
    }

    /**
     * From the widest figure inwards, each at most the one before: gross and high from the leaf's run rate, likely
     * within both, low within likely.
     */
    private List<Part> parts() {
        List<BigDecimal> cap =
                new ArrayList<>(claims.stream().map(claim -> cost).toList());
        List<BigDecimal> gross = rounded(money.saved(claims, Scenario.LIKELY), cap);
        List<BigDecimal> high = rounded(money.cash(claims, Scenario.HIGH), cap);
        List<BigDecimal> likely = rounded(money.cash(claims, Scenario.LIKELY), smaller(gross, high));
        List<BigDecimal> low = rounded(money.cash(claims, Scenario.LOW), likely);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Range counted = new Range(low.get(i), likely.get(i), high.get(i));
            parts.add(new Part(counted, gross.get(i).subtract(likely.get(i))));
        }
        return parts;
    }

    /**
     * Each part divided and rounded in one step: a quotient of 34 digits in between may be half a cent where the part
     * is just below. Where the rounded parts would add up to more than the run rate of the leaf, the last ones give the
     * cent.
     */
    private List<BigDecimal> rounded(BigDecimal saved, List<BigDecimal> atMost) {
        BigDecimal whole = Money.sum(waterfall);
        BigDecimal left = cost;
        List<BigDecimal> parts = new ArrayList<>();
        for (int i = 0; i < waterfall.size(); i++) {
            BigDecimal part =
                    whole.signum() == 0 ? Money.NOTHING : Money.toCents(saved.multiply(waterfall.get(i)), whole);
            parts.add(part.min(left).min(atMost.get(i)));
            left = left.subtract(parts.get(i));
        }
        return parts;
    }

    private static List<BigDecimal> smaller(List<BigDecimal> one, List<BigDecimal> other) {
        List<BigDecimal> smaller = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            smaller.add(one.get(i).min(other.get(i)));
        }
        return smaller;
    }
}
