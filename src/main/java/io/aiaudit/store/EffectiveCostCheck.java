package io.aiaudit.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds bills whose EffectiveCost is none (DESIGN.md section 6): all rows of a payer are whole numbers while BilledCost
 * is not, at least 100 rows, sums more than 1 % apart. BilledCost is used there instead, and a warning says so.
 */
final class EffectiveCostCheck {
    /** Of used usage in a bill of Azure or Google Cloud only what their dialects leave open has no price category. */
    private static final String MAY_BE_COVERED = "ChargeCategory = 'Usage' AND PricingCategory IS NULL"
            + " AND CommitmentDiscountStatus = 'Used'"
            + " AND file_id IN (SELECT file_id FROM staged.files WHERE dialect IN ('azure', 'gcp'))";

    /** What shows that a price is low, and what would show why, by provider. */
    private static final Map<String, String> WHY_LOW = Map.of(
            "azure",
            "the price is below the negotiated one, and the columns PricingModel, ReservationId and BenefitId, which"
                    + " show that, are missing or empty",
            "gcp",
            "it cost less than its list price since the fee of a commitment is paid, and the column"
                    + " consumption_model, which shows that, is missing or empty");

    /** Usage under a commitment at 0: as finish/charges.sql has it. */
    private static final String WITHOUT_PRICE =
            "(BilledCost = 0 AND coalesce(CommitmentDiscountStatus = 'Used', false))";

    private final Sql sql;
    /** Providers as a list for SQL. */
    private String wholeOnly = "";

    private String currency;

    EffectiveCostCheck(Sql sql) {
        this.sql = sql;
    }

    /** Looks at the amounts as the provider wrote them: after a conversion none is a whole number. */
    void findRounded() {
        sql.script("finish/rounded-costs.sql");
        wholeOnly = sql
                .select("SELECT DISTINCT provider FROM staged.texts WHERE provider NOT IN"
                        + " (SELECT provider FROM cost_texts WHERE has_fraction) ORDER BY provider")
                .rows()
                .stream()
                .map(row -> Sql.literal((String) row.get(0)))
                .collect(Collectors.joining(", "));
    }

    /** Warns in the currency of the audit. */
    void run(String auditCurrency) {
        currency = auditCurrency;
        for (List<Object> row : sql.select("SELECT provider, count(*), sum(EffectiveCost), sum(BilledCost),"
                        + " count(DISTINCT account), min(account) FROM (SELECT *, coalesce(SubAccountId,"
                        + " BillingAccountId) AS account FROM staged.bill WHERE EffectiveCost IS NOT NULL AND"
                        + " at_billed_cost) GROUP BY provider ORDER BY provider")
                .rows()) {
            sql.update("UPDATE conversions SET effective_cost = NULL WHERE provider = ?", row.get(0));
            warn(String.format(
                    Locale.ROOT,
                    "%s: EffectiveCost is a whole number in all %,d rows%s (%s %s together) while BilledCost is not"
                            + " (%s %s); BilledCost is used instead.",
                    row.get(0),
                    (Long) row.get(1),
                    isWholeBill((String) row.get(0)) ? "" : ofAccounts((Long) row.get(4), (String) row.get(5)),
                    cents(row.get(2)),
                    currency,
                    cents(row.get(3)),
                    currency));
        }
        for (List<Object> row : sql.select("SELECT provider, count(*), sum(BilledCost) FROM staged.bill"
                        + " WHERE EffectiveCost IS NULL AND charge_kind = 'cost' AND NOT " + WITHOUT_PRICE
                        + " GROUP BY provider ORDER BY provider")
                .rows()) {
            warn(row.get(0) + ": BilledCost (" + cents(row.get(2)) + " " + currency
                    + ") stands in for the missing EffectiveCost of " + Loaded.rows((Long) row.get(1)) + ".");
        }
        warnAboutNothingEffective();
        warnAboutUsageWithoutPrice();
        warnAboutUnnamedCommitments();
        warnAboutLowPrices();
        warnAboutUsageCreditedAway();
    }

    private boolean isWholeBill(String provider) {
        return sql.count(
                        "SELECT count(*) FROM cost_texts JOIN staged.texts t USING (text_id) WHERE t.provider = ? AND"
                                + " NOT t.at_billed_cost",
                        provider)
                == 0;
    }

    private static String ofAccounts(long accounts, String first) {
        if (first == null) {
            return " of a bill";
        }
        return accounts == 1 ? " of account " + first : String.format(Locale.ROOT, " of %,d accounts", accounts);
    }

    /** Zeros may be true, or too few to prove anything, so they stay; but whoever reads the total has to know. */
    private void warnAboutNothingEffective() {
        if (wholeOnly.isEmpty()) {
            return;
        }
        for (List<Object> row : sql.select(
                        "SELECT provider, count(*), sum(BilledCost) FROM staged.bill WHERE provider IN (" + wholeOnly
                                + ") AND NOT at_billed_cost AND charge_kind = 'cost' AND "
                                + "ChargeCategory = 'Usage'"
                                + " GROUP BY provider HAVING bool_and(coalesce(EffectiveCost = 0, false)) AND "
                                + "sum(BilledCost) <> 0 ORDER BY provider")
                .rows()) {
            warn(String.format(
                    Locale.ROOT,
                    "%s: EffectiveCost is 0 in all %,d rows of usage, which are billed at %s %s. It is used as is; "
                            + "check whether the export omits it.",
                    row.get(0),
                    (Long) row.get(1),
                    cents(row.get(2)),
                    currency));
        }
    }

    private void warnAboutUsageWithoutPrice() {
        for (List<Object> row : sql.select("SELECT provider, count(*), count(DISTINCT resource_id), at_billed_cost"
                        + " FROM staged.bill WHERE (EffectiveCost IS NULL OR at_billed_cost) AND charge_kind = 'cost'"
                        + " AND " + WITHOUT_PRICE
                        + " GROUP BY provider, at_billed_cost ORDER BY provider, at_billed_cost")
                .rows()) {
            warn(String.format(
                    Locale.ROOT,
                    "%s: %s of %s covered by a reservation or savings plan "
                            + whyWithoutPrice((String) row.get(0), (Boolean) row.get(3)),
                    row.get(0),
                    Loaded.rows((Long) row.get(1)),
                    resources(row.get(2))));
        }
    }

    private static String whyWithoutPrice(String provider, boolean rounded) {
        if (rounded) {
            return "are billed at 0, which is not used. Their cost comes from the price on demand, up to what was "
                    + "paid for the commitment; an export with exact effective costs has it.";
        }
        return provider.equals("aws")
                ? "have no effective cost in the bill. Their cost comes from the price on demand, up to what was paid"
                        + " for the commitment; an export with all columns has it."
                : "cost 0 in the bill, since it is of actual cost. Their cost comes from list prices, or is unknown; "
                        + "an export of amortized cost has it.";
    }

    /** What is used of it can't be set against what is unused of it. */
    private void warnAboutUnnamedCommitments() {
        for (List<Object> row : sql.select("SELECT provider, count(*), count(DISTINCT resource_id), sum(EffectiveCost)"
                        + " FROM staged.bill WHERE CommitmentDiscountStatus = 'Used' AND CommitmentDiscountId IS NULL"
                        + " AND EffectiveCost > 0 AND charge_kind = 'cost' AND NOT (" + MAY_BE_COVERED + ")"
                        + " GROUP BY provider ORDER BY provider")
                .rows()) {
            warn(String.format(
                    Locale.ROOT,
                    "%s: %s of %s (%s %s) %s covered by a commitment that the bill does not name. What stopping"
                            + " %s saves is not realized until the commitment expires.",
                    row.get(0),
                    Loaded.rows((Long) row.get(1)),
                    resources(row.get(2)),
                    cents(row.get(3)),
                    currency,
                    (Long) row.get(1) == 1 ? "is" : "are",
                    (Long) row.get(2) == 1 ? "it" : "them"));
        }
    }

    private void warnAboutLowPrices() {
        for (List<Object> row : sql.select("SELECT provider, count(*), count(DISTINCT resource_id), sum(EffectiveCost)"
                        + " FROM staged.bill WHERE " + MAY_BE_COVERED + " AND EffectiveCost > 0"
                        + " GROUP BY provider ORDER BY provider")
                .rows()) {
            warn(String.format(
                    Locale.ROOT,
                    "%s: %s of %s (%s %s) may be covered by a commitment: %s. Savings on it are not counted.",
                    row.get(0),
                    Loaded.rows((Long) row.get(1)),
                    resources(row.get(2)),
                    cents(row.get(3)),
                    currency,
                    WHY_LOW.get((String) row.get(0))));
        }
    }

    /** Usage that Google credits in full, since a commitment of resources paid for it. */
    private void warnAboutUsageCreditedAway() {
        List<Object> row = sql.select(
                        "SELECT count(*), count(DISTINCT resource_id) FROM staged.bill WHERE provider = 'gcp'"
                                + " AND PricingCategory = 'Committed' AND CommitmentDiscountStatus IS NULL")
                .rows()
                .get(0);
        long rows = (Long) row.get(0);
        if (rows > 0) {
            warn(String.format(
                    Locale.ROOT,
                    "gcp: %s of %s %s covered by committed use discounts, whose cost is in the commitment fees."
                            + " Stopping the covered resources shows no saving here.",
                    Loaded.rows(rows),
                    resources(row.get(1)),
                    rows == 1 ? "is" : "are"));
        }
    }

    private static String resources(Object count) {
        return (Long) count == 1 ? "1 resource" : String.format(Locale.ROOT, "%,d resources", (Long) count);
    }

    private static String cents(Object amount) {
        return ((BigDecimal) amount).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
