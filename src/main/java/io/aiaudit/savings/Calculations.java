package io.aiaudit.savings;

import io.aiaudit.model.Calculation;
import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** Shows the numbers behind a gross saving, so that a reader can work it out again. */
public final class Calculations {
    /** Those of all money in the store. */
    private static final int DECIMALS = 12;

    private Calculations() {}

    /** Null where the finding claims no money, or there is no cost to count with. */
    public static Calculation of(Finding finding, Spend spend) {
        Claim claim = Claim.of(0, finding, spend);
        if (!claim.hasMoney()) {
            return null;
        }
        LeafMoney money = claim.money();
        Map<String, BigDecimal> base = new TreeMap<>();
        for (Component component : finding.saves()) {
            BigDecimal cost = money.gross().getOrDefault(component, BigDecimal.ZERO);
            boolean partlyCommitted = finding.lever() == Lever.COMMIT && component == Component.TIME;
            BigDecimal open = partlyCommitted ? cost.multiply(BigDecimal.ONE.subtract(money.committedShare())) : cost;
            base.put(component.key(), open.setScale(DECIMALS, RoundingMode.HALF_EVEN));
        }
        Shares shares = claim.shares();
        return new Calculation(
                base,
                spend.runRateFrom() == null ? null : LocalDate.ofInstant(spend.runRateFrom(), ZoneOffset.UTC),
                rounded(shares.likely()),
                rounded(shares.best()),
                rounded(shares.worst()));
    }

    /** The last digits of a sum depend on its order, and the same scan gives the same bytes. */
    private static BigDecimal rounded(BigDecimal share) {
        return share.scale() > DECIMALS ? share.setScale(DECIMALS, RoundingMode.HALF_EVEN) : share;
    }
}
