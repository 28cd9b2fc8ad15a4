package io.aiaudit.savings;

import io.aiaudit.model.Coverage;
import io.aiaudit.model.Money;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lays every dollar of the window into one class of {@link Coverage}, leaf by leaf, and says what each open decision
 * would add (docs/money.md, section on coverage).
 */
public final class SpendCoverage {
    private final Map<String, Spend> spend;
    private final Map<String, List<Integer>> indexes = new HashMap<>();
    private final List<Saving> savings;
    private final Map<String, Shares> shares = new TreeMap<>();
    private final BigDecimal[] decisions;
    private final BigDecimal[] frees;

    /** What the classes take of the run rate of one leaf, past and rest left out, as amounts a month. */
    private record Shares(
            BigDecimal runRate,
            BigDecimal counted,
            BigDecimal freed,
            BigDecimal accepted,
            BigDecimal blocked,
            BigDecimal needsDecision) {}

    /**
     * @param savings of the whole audit
     * @param spend by resource id
     */
    public SpendCoverage(List<Saving> savings, Map<String, Spend> spend) {
        this.spend = spend;
        this.savings = List.copyOf(savings);
        this.decisions = new BigDecimal[savings.size()];
        this.frees = new BigDecimal[savings.size()];
        for (int index = 0; index < savings.size(); index++) {
            indexes.computeIfAbsent(savings.get(index).finding().resourceId(), leaf -> new ArrayList<>())
                    .add(index);
        }
        spend.values().stream()
                .filter(cost -> cost.monthlyCost() != null)
                .forEach(cost -> shares.put(
                        cost.resourceId(), shares(cost, indexes.getOrDefault(cost.resourceId(), List.of()))));
    }

    /** What a leaf costs a month from now on, the base of every share. */
    private static BigDecimal runRate(Spend spend) {
        return spend.gone() ? BigDecimal.ZERO : spend.monthlyRunRate().max(BigDecimal.ZERO);
    }

    /**
     * What each saving, by its index, would add to the headline a month if everything that needs a decision were
     * approved, in cents; null for what needs none. Of findings that exclude each other one has the amount.
     */
    public List<BigDecimal> decisions() {
        return open(decisions);
    }

    /** What approving each would add later, when the commitment expires that pays for it until then; else the same. */
    public List<BigDecimal> frees() {
        return open(frees);
    }

    private List<BigDecimal> open(BigDecimal[] amounts) {
        List<BigDecimal> each = new ArrayList<>();
        for (int index = 0; index < amounts.length; index++) {
            boolean open = savings.get(index).status() == Status.UNCONFIRMED;
            BigDecimal amount = amounts[index] == null ? Money.NOTHING : amounts[index];
            each.add(open ? amount : null);
        }
        return each;
    }

    /**
     * The classes of each leaf, exact.
     *
     * @param cost dollars of the window by leaf
     * @param inUse whether the rest of a leaf was examined for use and found in use
     */
    public Map<String, Coverage> of(Map<String, BigDecimal> cost, Predicate<String> inUse) {
        Map<String, Coverage> byLeaf = new TreeMap<>();
        cost.forEach((leaf, amount) -> byLeaf.put(leaf, leaf(leaf, amount, inUse.test(leaf))));
        return byLeaf;
    }

    private Coverage leaf(String leaf, BigDecimal cost, boolean inUse) {
        Shares of = shares.get(leaf);
        if (of == null || cost.signum() <= 0) {
            return rest(Coverage.NOTHING, cost, inUse);
        }
        BigDecimal monthly = spend.get(leaf).monthlyCost();
        boolean lower = of.runRate().compareTo(monthly) < 0;
        BigDecimal current = lower ? cost.multiply(of.runRate()).divide(monthly, Money.PRECISION) : cost;
        Coverage taken = new Coverage(
                cost.subtract(current),
                part(current, of.counted(), of.runRate()),
                part(current, of.freed(), of.runRate()),
                part(current, of.accepted(), of.runRate()),
                part(current, of.blocked(), of.runRate()),
                part(current, of.needsDecision(), of.runRate()),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        return rest(taken, cost.subtract(taken.sum()), inUse);
    }

    private static Coverage rest(Coverage taken, BigDecimal rest, boolean inUse) {
        return taken.plus(new Coverage(
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                inUse ? rest : BigDecimal.ZERO,
                inUse ? BigDecimal.ZERO : rest));
    }

    private static BigDecimal part(BigDecimal cost, BigDecimal amount, BigDecimal runRate) {
        return amount.signum() == 0 ? BigDecimal.ZERO : cost.multiply(amount).divide(runRate, Money.PRECISION);
    }

    private Shares shares(Spend cost, List<Integer> findings) {
        BigDecimal runRate = runRate(cost);
        BigDecimal left = runRate;
        if (left.signum() == 0 || findings.isEmpty()) {
            return new Shares(
                    runRate, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        BigDecimal counted = BigDecimal.ZERO;
        BigDecimal freed = BigDecimal.ZERO;
        for (int index : findings) {
            Saving saving = savings.get(index);
            if (saving.status() == Status.COUNTED) {
                counted = counted.add(saving.counted().likely());
                freed = freed.add(saving.freedCommitment());
            }
        }
        counted = counted.min(left);
        left = left.subtract(counted);
        freed = freed.min(left);
        left = left.subtract(freed);
        Taken taken = new Taken(LeafMoney.of(cost));
        taken.take(claims(findings, cost, Status.COUNTED));
        BigDecimal accepted =
                taken.take(claims(findings, cost, Status.ACCEPTED)).amount().min(left);
        left = left.subtract(accepted);
        BigDecimal blocked =
                taken.take(claims(findings, cost, Status.BLOCKED)).amount().min(left);
        left = left.subtract(blocked);
        List<Claim> open = claims(findings, cost, Status.UNCONFIRMED);
        BigDecimal needsDecision = taken.take(open).amount().min(left);
        // Approving one way does not need another one that is blocked or accepted: only what counts goes before it.
        Taken approved = new Taken(LeafMoney.of(cost));
        approved.take(claims(findings, cost, Status.COUNTED));
        Taken.Step added = approved.take(open);
        BigDecimal most = runRate.subtract(counted).subtract(freed);
        BigDecimal adds = added.amount().min(most);
        BigDecimal cash = adds.multiply(added.cashShare());
        share(added.claims(), cash, decisions);
        share(added.claims(), adds.subtract(cash), frees);
        return new Shares(runRate, counted, freed, accepted, blocked, needsDecision);
    }

    private List<Claim> claims(List<Integer> findings, Spend cost, Status status) {
        List<Claim> claims = new ArrayList<>();
        for (int index : findings) {
            if (savings.get(index).status() == status) {
                claims.add(Claim.of(index, savings.get(index).finding(), cost));
            }
        }
        return claims;
    }

    /** Shares what approving them does among those that take it, in proportion to what each saves alone. */
    private static void share(List<Claim> claims, BigDecimal amount, BigDecimal[] amounts) {
        BigDecimal whole = claims.stream().map(Claim::likelySaving).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = Money.toCents(amount);
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            BigDecimal part =
                    Money.toCents(amount.multiply(claim.likelySaving()).divide(whole, Money.PRECISION));
            boolean last = i == claims.size() - 1;
            amounts[claim.index()] = last ? left : part.min(left);
            left = left.subtract(amounts[claim.index()]);
        }
    }
}
