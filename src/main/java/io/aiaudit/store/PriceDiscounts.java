package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Takes discounts that name no resource off the cost of what they are of, else off all use that they can concern: a
 * saving is of what is paid, not of a price that nobody pays.
 */
final class PriceDiscounts {
    /** Credits that are part of a price, and other rows below 0, which may name one. */
    private static final String POSSIBLE = "SELECT 1 FROM charge_lines JOIN staged.texts USING (text_id)"
            + " WHERE charge_kind = 'cost' AND lower(ChargeCategory) IN ('credit', 'discount', 'usage', 'purchase')"
            + " AND (EffectiveCost < 0 OR BilledCost < 0) LIMIT 1";

    private static final List<String> NAMED = List.of("use", "covered use");

    /** What is with a payer comes after what its accounts are given by themselves. */
    private static final List<String> SHARED = List.of("shared use", "covered shared use");

    private static final List<String> WIDER = List.of("service", "account", "payer", "provider");
    private static final List<String> REACHES = List.of("own", "around", "day", "month");

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
        REACHES.forEach(reach -> NAMED.forEach(scope -> take(scope, reach)));
        REACHES.forEach(reach -> SHARED.forEach(scope -> take(scope, reach)));
        sql.execute("UPDATE price_discounts SET unnamed = rest");
        WIDER.forEach(scope -> REACHES.forEach(reach -> take(scope, reach)));
        NAMED.forEach(scope -> take(scope, "bill"));
        SHARED.forEach(scope -> take(scope, "bill"));
        WIDER.forEach(scope -> take(scope, "bill"));
        sql.script("finish/price-discounts-rows.sql");
        warn(
                "unnamed - rest",
                ") matches no use of its month and is taken off all use of its service, account or payer in"
                        + " proportion to cost.");
        warn("rest", ") is more than all use of its payer in the bill costs, and stays with its account.");
    }

    private void take(String scope, String reach) {
        if (sql.any("price_discounts WHERE rest > 0.00000001")) {
            sql.execute("CREATE OR REPLACE TEMP TABLE step AS SELECT " + Sql.literal(scope) + " AS scope, "
                    + Sql.literal(reach) + " AS reach");
            sql.script("finish/price-discounts-step.sql");
        }
    }

    private void warn(String amount, String what) {
        for (List<Object> row : sql.select(
                        "SELECT provider, sum(" + amount + "), sum(rows)::BIGINT FROM price_discounts"
                                + " WHERE " + amount + " > 0 GROUP BY provider HAVING sum(" + amount + ") >= 0.005"
                                + " ORDER BY provider")
                .rows()) {
            sql.update(
                    "INSERT INTO warnings VALUES (?)",
                    row.get(0) + ": "
                            + ((BigDecimal) row.get(1))
                                    .setScale(2, RoundingMode.HALF_EVEN)
                                    .toPlainString()
                            + " " + currency + " of price discounts (" + Loaded.rows((Long) row.get(2)) + what);
        }
    }
}
