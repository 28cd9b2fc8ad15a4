package io.aiaudit.savings;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds savings up, rounded values only, so that stand-alone = likely + overlap + unconfirmed + blocked + accepted +
 * freed commitment holds to the cent.
 */
public final class Totals {
    private Totals() {}

    /** The totals of an audit; the costs and the run rate are null when nothing is priced. */
    public static Audit.Totals of(
            List<Saving> savings, BigDecimal monthlyCost, BigDecimal monthlyAiCost, BigDecimal runRate) {
        Range saving = savings.stream()
                .map(Saving::counted)
                .filter(counted -> counted != null)
                .reduce(Range.NOTHING, Range::plus);
        BigDecimal standAlone = sum(savings, Totals::standAlone);
        BigDecimal unconfirmed = sum(with(savings, Status.UNCONFIRMED), Totals::standAlone);
        BigDecimal blocked = sum(with(savings, Status.BLOCKED), Totals::standAlone);
        BigDecimal accepted = sum(with(savings, Status.ACCEPTED), Totals::standAlone);
        BigDecimal freed = sum(with(savings, Status.COUNTED), Saving::freedCommitment);
        return TotalsBuilder.builder()
                .monthlyCost(monthlyCost)
                .monthlyAiCost(monthlyAiCost)
                .saving(saving)
                .savingByBasis(byBasis(savings))
                .standAloneSaving(standAlone)
                .overlap(sum(savings, Totals::overlap))
                .unconfirmedSaving(unconfirmed)
                .blockedSaving(blocked)
                .acceptedSaving(accepted)
                .freedCommitment(freed)
                .unpricedFindings(with(savings, Status.UNPRICED).size())
                .runRate(runRate)
                .build();
    }

    /** The totals of an audit of unknown savings: nothing was examined, or nothing has a price. */
    public static Audit.Totals unknown(
            List<Saving> savings, BigDecimal monthlyCost, BigDecimal monthlyAiCost, BigDecimal runRate) {
        return TotalsBuilder.builder()
                .monthlyCost(monthlyCost)
                .monthlyAiCost(monthlyAiCost)
                .savingByBasis(Map.of())
                .unpricedFindings(with(savings, Status.UNPRICED).size())
                .runRate(runRate)
                .build();
    }

    /**
     * What a finding would save alone but does not add, because others save it already; null-safe for findings without
     * money.
     */
    public static BigDecimal overlap(Saving saving) {
        return switch (saving.status()) {
            case COUNTED ->
                standAlone(saving).subtract(saving.counted().likely()).subtract(saving.freedCommitment());
            case ALTERNATIVE -> standAlone(saving);
            case UNCONFIRMED, BLOCKED, ACCEPTED, UNPRICED, NO_SAVING, GOVERN -> Money.NOTHING;
        };
    }

    private static BigDecimal standAlone(Saving saving) {
        return saving.standAlone() == null ? Money.NOTHING : saving.standAlone().likely();
    }

    private static List<Saving> with(List<Saving> savings, Status status) {
        return savings.stream().filter(saving -> saving.status() == status).toList();
    }

    private static BigDecimal sum(List<Saving> savings, Function<Saving, BigDecimal> amount) {
        return savings.stream().map(amount).reduce(Money.NOTHING, BigDecimal::add);
    }

    /**
     * The likely headline by where the costs come from, in the order of {@link CostBasis}; a basis that saves nothing
     * is left out.
     */
    private static Map<String, BigDecimal> byBasis(List<Saving> savings) {
        Map<CostBasis, BigDecimal> sums = new EnumMap<>(CostBasis.class);
        with(savings, Status.COUNTED)
                .forEach(saving -> sums.merge(saving.basis(), saving.counted().likely(), BigDecimal::add));
        Map<String, BigDecimal> byKey = new LinkedHashMap<>();
        sums.forEach((basis, sum) -> {
            if (sum.signum() != 0) {
                byKey.put(basis.key(), sum);
            }
        });
        return byKey;
    }
}
