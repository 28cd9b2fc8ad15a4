package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Keeps the fees of commitments from counting beside the usage that has the same money as its effective cost, with a
 * warning; and decides what such a fee may cover where no column shows it.
 */
final class CommitmentFees {
    private final Sql sql;
    private final String currency;

    CommitmentFees(Sql sql, String currency) {
        this.sql = sql;
        this.currency = currency;
    }

    void settle() {
        if (sql.any("staged.files WHERE dialect = 'gcp'")) {
            sql.script("finish/unnamed-fees.sql");
        }
        if (!sql.any("staged.files WHERE dialect = 'cur'")) {
            return;
        }
        sql.script("finish/commitment-fees.sql");
        List<Object> row = sql.select("SELECT count(*), sum(BilledCost) FROM fees_in_usage")
                .rows()
                .get(0);
        long fees = (Long) row.get(0);
        if (fees > 0) {
            String amount = ((BigDecimal) row.get(1))
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .toPlainString();
            sql.update(
                    "INSERT INTO warnings VALUES (?)",
                    "aws: " + (fees == 1 ? "1 fee of a commitment (" : fees + " fees of commitments (") + amount + " "
                            + currency + ") " + (fees == 1 ? "counts" : "count")
                            + " 0 in effective cost, because the usage under it carries the cost. The report can't "
                            + "show its unused"
                            + " part: the columns for it are missing or empty.");
        }
    }
}
