package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.OnDemandPart;
import io.aiaudit.model.Range;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * A finding with the money of its leaf. {@code index} is its position in the input: it distinguishes equal findings and
 * decides nothing.
 *
 * @param shares null for a govern finding, which may name none
 * @param money null when there is nothing to count with: an unknown cost, or a govern finding
 */
record Claim(int index, Finding finding, Shares shares, Spend spend, LeafMoney money) {
    /** The column of a rule for the share that remains in the hour that gives back most. */
    private static final String LEAST = "remaining_least";
    /** The column of a rule for the share under a commitment of what it takes away hour by hour. */
    private static final String COMMITTED_OFF = "committed_off";

    /** The better of two that exclude each other: higher confidence, then larger likely saving, then rule id. */
    static final Comparator<Claim> BEST_FIRST = Comparator.comparing(
                    (Claim claim) -> claim.finding().confidence(), Comparator.reverseOrder())
            .thenComparing(Claim::likelySaving, Comparator.reverseOrder())
            .thenComparing(claim -> claim.finding().rule());

    static Claim of(int index, Finding finding, Spend spend) {
        boolean priced = spend != null && spend.monthlyCost() != null && !isUndetermined(finding, spend);
        boolean govern = finding.lever() == Lever.GOVERN;
        return new Claim(
                index,
                finding,
                govern ? null : Shares.of(finding),
                spend,
                priced && !govern ? LeafMoney.of(spend) : null);
    }

    /** The same with another remedy of the same saving. */
    Claim about(Finding other) {
        return new Claim(index, other, shares, spend, money);
    }

    /**
     * Where nothing is known to be paid for what the finding saves, and something is paid for an unknown use, that
     * may be it.
     */
    private static boolean isUndetermined(Finding finding, Spend spend) {
        return spend.undetermined().signum() != 0
                && !spend.gone()
                && finding.saves().stream()
                        .allMatch(component -> spend.runRate(component).signum() == 0
                                || (component == Component.USAGE
                                        && Money.toCents(spend.cost(component))
                                                        .compareTo(Money.toCents(spend.undetermined()))
                                                == 0));
    }

    boolean hasMoney() {
        return money != null;
    }

    /** A leaf without spend is one of unknown cost. */
    CostBasis basis() {
        return spend == null ? CostBasis.UNPRICED : spend.basis();
    }

    /** The leaf's whole cost per month in cents, null when unknown. */
    BigDecimal monthlyCost() {
        BigDecimal cost = spend == null ? null : spend.monthlyCost();
        return cost == null ? null : Money.toCents(cost);
    }

    /** What the leaf costs in the coming month in cents, null when unknown: no saving is above it. */
    BigDecimal runRate() {
        BigDecimal rate = spend == null ? null : spend.monthlyRunRate();
        return rate == null ? null : Money.toCents(rate);
    }

    /**
     * Since when the run rate differs from the monthly cost by a tenth or more; null where it does not, or only the
     * mean differs.
     */
    LocalDate changedAt() {
        return spend != null && spend.changed() ? spend.changedAt() : null;
    }

    Group group() {
        return Group.of(finding, spend == null ? null : spend.runRate(Component.TIME));
    }

    /**
     * How much of what it takes from the time is under no commitment, as a share of the cost of time of which so much
     * is; null where it takes as much of one as of the other, or that is unknown.
     */
    BigDecimal cashShare(Scenario scenario, BigDecimal onDemand) {
        BigDecimal off = BigDecimal.ONE.subtract(shares.remaining(scenario));
        return switch (finding.lever()) {
            case SCHEDULE -> ofHours(off, committedOff(), onDemand);
            case RESIZE -> ofUnits(off, off, onDemand);
            case AUTOSCALE ->
                committedOff() == null
                        ? ofUnits(off, off.max(mostOff()), onDemand)
                        : ofHours(off, committedOff(), onDemand);
            case ELIMINATE, REPLACE, RATE, COMMIT, ROUTE, CACHE, BATCH, GOVERN -> null;
        };
    }

    /** Of the hours that it takes away, the share under a commitment; null where the bill does not show it. */
    private BigDecimal committedOff() {
        BigDecimal ofSchedule =
                finding.target() == null ? null : spend.committedShareOff().get(finding.target());
        return ofSchedule == null && finding.evidence().get(COMMITTED_OFF) instanceof Number share
                ? new BigDecimal(share.toString()).max(BigDecimal.ZERO).min(BigDecimal.ONE)
                : ofSchedule;
    }

    /**
     * What is taken away hour by hour and nobody committed to: no more than there is, and so much that the hours left
     * are not committed twice.
     */
    private static BigDecimal ofHours(BigDecimal off, BigDecimal committed, BigDecimal onDemand) {
        return committed == null
                ? null
                : off.multiply(BigDecimal.ONE.subtract(committed))
                        .max(off.subtract(BigDecimal.ONE.subtract(onDemand)))
                        .min(onDemand);
    }

    /**
     * Of units that are given back those on demand are the first, in each hour.
     *
     * @param deepest the largest share that an hour gives back; it is as much as all give back where all are alike
     */
    private BigDecimal ofUnits(BigDecimal off, BigDecimal deepest, BigDecimal onDemand) {
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        for (OnDemandPart part : spend.onDemandParts()) {
            all = all.add(part.cost().multiply(part.share()));
            given = given.add(part.cost().multiply(part.share().min(deepest)));
        }
        return all.signum() == 0 || off.signum() == 0
                ? null
                : onDemand.multiply(given)
                        .multiply(off)
                        .divide(all.multiply(deepest), Money.PRECISION)
                        .min(off);
    }

    /** What scales down takes no more than this from any hour; all of it where the rule does not say. */
    private BigDecimal mostOff() {
        return finding.evidence().get(LEAST) instanceof Number least
                ? BigDecimal.ONE.subtract(new BigDecimal(least.toString())).min(BigDecimal.ONE)
                : BigDecimal.ONE;
    }

    String leaf() {
        return finding.resourceId();
    }

    BigDecimal likelySaving() {
        return money.saved(List.of(this), Scenario.LIKELY);
    }

    /** The saving if nothing else were done; of a leaf that is gone there is nothing left to save. */
    Range standAlone() {
        return spend.gone()
                ? Range.NOTHING
                : Scenario.range(scenario -> Money.toCents(money.saved(List.of(this), scenario)));
    }

    /** The part of the likely stand-alone saving that would free a commitment instead of saving cash. */
    BigDecimal standAloneUnderCommitment() {
        BigDecimal cash = Money.toCents(money.cash(List.of(this), Scenario.LIKELY));
        return spend.gone() ? Money.NOTHING : standAlone().likely().subtract(cash);
    }
}
