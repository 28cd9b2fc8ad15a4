package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Takes discounts that name no resource off the cost of what they are of, and warns about what is left of them: a
 * saving is of what is paid, not of a price that nobody pays.
 */
final class PriceDiscounts {
    /** Credits that are part of a price, and rows of usage below 0 that name a price, without a resource. */
    private static final String POSSIBLE = "SELECT 1 FROM charge_lines JOIN staged.texts USING (text_id)"
            + " WHERE ResourceId IS NULL AND charge_kind = 'cost'"
            + " AND lower(ChargeCategory) IN ('credit', 'usage')"
            + " AND (EffectiveCost < 0 OR BilledCost < 0) LIMIT 1";

    private final Sql sql;
    private final String currency;

    PriceDiscounts(Sql sql, String currency) {
        this.sql = sql;
        this.currency = currency;
    }

    void settle() {
        if (sql.select(POSSIBLE).rows().isEmpty()) {
            return;
        }
        sql.script("finish/price-discounts.sql");
        for (List<Object> row : sql.select("SELECT provider, amount, rows FROM unexplained_discounts ORDER BY provider")
                .rows()) {
            String amount = ((BigDecimal) row.get(1))
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .toPlainString();
            sql.update(
                    "INSERT INTO warnings VALUES (?)",
                    row.get(0) + ": " + amount + " " + currency + " of price discounts ("
                            + Loaded.rows((Long) row.get(2))
                            + ") could not be assigned to usage in the bill and stays with its account. Savings on"
                            + " what it lowers may be too high by as much.");
        }
    }
}
