package io.aiaudit.store;

/**
 * Lays corrections on the charges that they correct, and refunds of returned commitments on their purchase, where the
 * bill has these: a saving is of what is paid in the end, not of a price that was taken back.
 */
final class Corrections {
    private static final String POSSIBLE = "staged.texts WHERE charge_kind = 'cost' AND ChargeClass = 'Correction'"
            + " AND ChargeCategory IN ('Usage', 'Purchase')";

    private static final String RETURNED =
            "staged.texts WHERE provider = 'azure' AND charge_kind = 'refund' AND CommitmentDiscountId IS NOT NULL";

    private final Sql sql;

    Corrections(Sql sql) {
        this.sql = sql;
    }

    void settle() {
        if (sql.any(RETURNED)) {
            sql.script("finish/returned-commitments.sql");
        }
        if (sql.any(POSSIBLE)) {
            sql.script("finish/corrections.sql");
        }
    }
}
