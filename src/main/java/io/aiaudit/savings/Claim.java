package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * A finding with the money of its leaf. {@code index} is its place in the input: it tells equal findings apart and
 * decides nothing.
 *
 * @param shares null for a govern finding, which may name none
 * @param money null when there is nothing to count with: an unknown cost, or a govern finding
 */
record Claim(int index, Finding finding, Shares shares, Spend spend, LeafMoney money) {
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

    /**
     * Where nothing is known to be paid for what the finding saves, and something is paid for nobody knows what, that
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

    /** A leaf without spend is one whose cost nobody told. */
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
        return Group.of(finding.lever());
    }

    /**
     * Null unless the finding is a schedule, and the bill tells of the hours that it takes away how much of them lies
     * under a commitment.
     */
    BigDecimal committedShareOff() {
        boolean schedule = finding.lever() == Lever.SCHEDULE && finding.saves().contains(Component.TIME);
        return schedule && finding.target() != null ? spend.committedShareOff().get(finding.target()) : null;
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
