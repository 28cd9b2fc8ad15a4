package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings bills, list prices, commitments and advice into one currency, by the rates that the configuration gives and no
 * other.
 */
final class Currencies {
    private static final List<String> BILL_MONEY = List.of(
            "BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ListUnitPrice", "ContractedUnitPrice");
    static final List<String> OFFER_MONEY = List.of("on_demand", "spot", "committed_1y", "committed_3y");
    static final List<String> MODEL_MONEY =
            List.of("input", "output", "cache_read", "cache_write", "batch_input", "batch_output");

    private static final String CURRENCY = "currency";

    private final Sql sql;
    private final IngestSettings settings;

    Currencies(Sql sql, IngestSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /**
     * What the bills are compared in, before any is converted: the table bill_rates has the rates that lead to the
     * currency of the audit. Nothing is refused here: a file that is found to be no bill needs no rate.
     */
    void rates(String wanted) {
        unify("staged.texts", "BillingCurrency");
        sql.execute("CREATE OR REPLACE TEMP TABLE bill_rates (code VARCHAR, currency VARCHAR, rate DECIMAL(18,10))");
        List<String> billed = codes("SELECT DISTINCT BillingCurrency FROM staged.texts ORDER BY 1");
        List<String> targets = targets();
        String target = wanted == null && targets.size() == 1 ? targets.get(0) : wanted;
        if (target != null && billed.size() > 1) {
            for (String code : billed) {
                rate(code, target)
                        .ifPresent(rate ->
                                sql.update("INSERT INTO bill_rates VALUES (?, ?, ?)", code, target, rate.rate()));
            }
        }
    }

    private List<String> targets() {
        return settings.exchangeRates().stream()
                .map(ExchangeRate::to)
                .distinct()
                .toList();
    }

    /**
     * The currency of the audit: {@code wanted}, else that of the bills, else that of the list prices; null when there
     * is no amount at all.
     */
    String convert(String wanted) {
        unify("staged.texts", "BillingCurrency");
        unify("work.offers", CURRENCY);
        List<String> billed = codes("SELECT DISTINCT BillingCurrency FROM staged.texts ORDER BY 1");
        billed.forEach(code -> refuseUnlessCode(code, "a bill", "BillingCurrency"));
        String target = wanted == null ? first(billed) : wanted;
        for (String code : billed) {
            if (!code.equals(target)) {
                convertBills(code, target, rate(code, target).orElseThrow(() -> noRate(billed, target)));
            }
        }
        ListPrices listPrices = new ListPrices(sql, settings);
        listPrices.load();
        String prices = target == null
                ? first(codes("SELECT DISTINCT currency FROM offers WHERE currency IS NOT NULL ORDER BY 1"))
                : target;
        refuseUnlessCode(prices, "a price list", CURRENCY);
        convertPrices("offers", OFFER_MONEY, prices);
        convertPrices("models", MODEL_MONEY, prices);
        listPrices.discount();
        convertReported(prices);
        return prices;
    }

    /**
     * What clouds report about commitments and in their own advice. An amount that cannot be converted is no amount of
     * the audit; advice says it in its words.
     */
    private void convertReported(String target) {
        unify("work.commitments", CURRENCY);
        unify("work.advice", CURRENCY);
        convertReported("work.commitments", "hourly_commitment", "What commitments cost", target, "");
        convertReported(
                "work.advice",
                "monthly_saving",
                "Savings of the clouds' recommendations",
                target,
                "recommendation = recommendation || ', ' || CAST(CAST(monthly_saving AS DECIMAL(28,2)) AS VARCHAR) || "
                        + "' ' || currency || ' a month', ");
    }

    private void convertReported(String table, String amount, String what, String target, String instead) {
        for (String code : codes("SELECT DISTINCT currency FROM " + table + " WHERE currency IS NOT NULL AND " + amount
                + " IS NOT NULL ORDER BY 1")) {
            if (code.equals(target)) {
                continue;
            }
            Optional<ExchangeRate> rate = rate(code, target);
            if (rate.isPresent()) {
                convert(table, CURRENCY, List.of(amount), code, target, rate.get());
                warn(what + " was converted from " + code + " to " + target + " at "
                        + rate.get().rate().toPlainString() + ", the rate of "
                        + rate.get().date() + ".");
            } else {
                sql.update(
                        "UPDATE " + table + " SET " + instead + amount + " = NULL WHERE currency = ? AND " + amount
                                + " IS NOT NULL",
                        code);
                warn(what + " in " + Loaded.shortened(code)
                        + " is excluded from totals: exchange_rates in aiaudit.yaml has no rate from "
                        + Loaded.shortened(code) + (target == null ? "" : " to " + target) + ".");
            }
        }
    }

    /** A code is the same currency in small letters and with spaces around it. */
    private void unify(String table, String column) {
        String code = "upper(trim(" + column + "))";
        sql.update("UPDATE " + table + " SET " + column + " = " + code + " WHERE " + column + " <> " + code);
    }

    /** What no reader of a saved scan accepts must not get into one. */
    private static void refuseUnlessCode(String code, String where, String column) {
        if (code != null && !code.matches(SavedValues.CURRENCY)) {
            throw new UserError(
                    "\"" + Loaded.shortened(code) + "\" in the column " + column + " of " + where
                            + " is no code of a currency.",
                    "Correct that column: codes are such as USD or EUR.");
        }
    }

    private List<String> codes(String query) {
        return sql.select(query).rows().stream().map(row -> (String) row.get(0)).toList();
    }

    /** The only currency, or the one that all rates lead to. */
    private String first(List<String> codes) {
        if (codes.size() <= 1) {
            return codes.isEmpty() ? null : codes.get(0);
        }
        List<String> targets = targets();
        if (targets.size() == 1) {
            return targets.get(0);
        }
        throw noRate(codes, codes.contains("USD") ? "USD" : codes.get(0));
    }

    private Optional<ExchangeRate> rate(String from, String to) {
        return settings.exchangeRates().stream()
                .filter(rate -> rate.from().equals(from) && rate.to().equals(to))
                .findFirst();
    }

    private UserError noRate(List<String> codes, String target) {
        List<String> shown = codes.stream().map(Loaded::shortened).toList();
        List<String> others =
                codes.stream().filter(code -> !code.equals(target)).toList();
        List<String> missing = others.stream()
                .filter(code -> rate(code, target).isEmpty())
                .map(Loaded::shortened)
                .toList();
        String rates = missing.stream()
                .map(code -> "{from: " + code + ", to: " + target + ", rate: ..., date: ...}")
                .collect(Collectors.joining(", "));
        return new UserError(
                "The bills are in " + String.join(" and ", shown)
                        + ", the audit is in one currency, and exchange_rates in aiaudit.yaml has no rate "
                        + (missing.size() == others.size() ? "" : "from " + String.join(" and ", missing) + " ") + "to "
                        + target + ".",
                "Add to aiaudit.yaml: currency: " + target + " and exchange_rates: [" + rates + "]");
    }

    private void convertPrices(String table, List<String> columns, String target) {
        for (String code : codes("SELECT DISTINCT currency FROM " + table + " WHERE currency IS NOT NULL ORDER BY 1")) {
            if (!code.equals(target)) {
                Optional<ExchangeRate> rate = rate(code, target);
                if (rate.isPresent()) {
                    convert(table, CURRENCY, columns, code, target, rate.get());
                    sql.update(
                            "INSERT INTO conversions SELECT 'list_prices', NULL, ?, ?, ?, NULL, NULL"
                                    + " WHERE NOT EXISTS (FROM conversions WHERE what = 'list_prices' AND currency = "
                                    + "?)",
                            code,
                            rate.get().rate(),
                            rate.get().date(),
                            code);
                } else {
                    // Two prices of instances can be compared in any currency; those of tokens are compared with costs.
                    if (!table.equals("offers")) {
                        String nulls = columns.stream()
                                .map(column -> column + " = NULL")
                                .collect(Collectors.joining(", "));
                        sql.update("UPDATE " + table + " SET " + nulls + " WHERE currency = ?", code);
                    }
                    String message = "List prices in " + code
                            + " are not used as costs: exchange_rates in aiaudit.yaml has no rate from " + code
                            + " to " + target + ".";
                    warn(message);
                }
            }
        }
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings SELECT ? WHERE ? NOT IN (FROM warnings)", message, message);
    }

    private void convertBills(String from, String to, ExchangeRate rate) {
        sql.update(
                "INSERT INTO conversions SELECT 'bill', provider, BillingCurrency, ?, ?, sum(BilledCost),"
                        + " CASE WHEN bool_and(EffectiveCost IS NOT NULL OR charge_kind <> 'cost') THEN "
                        + "coalesce(sum(EffectiveCost) FILTER (charge_kind = 'cost'), 0) END"
                        + " FROM staged.bill WHERE BillingCurrency = ? GROUP BY provider, BillingCurrency ORDER BY "
                        + "provider",
                rate.rate(),
                rate.date(),
                from);
        sql.update(
                "UPDATE charge_lines SET " + converted(BILL_MONEY, rate)
                        + " FROM staged.texts t WHERE t.text_id = charge_lines.text_id AND t.BillingCurrency = ?",
                from);
        sql.update("UPDATE staged.texts SET BillingCurrency = ? WHERE BillingCurrency = ?", to, from);
    }

    private void convert(
            String table, String currency, List<String> columns, String from, String to, ExchangeRate rate) {
        sql.update(
                "UPDATE " + table + " SET " + converted(columns, rate) + ", " + currency + " = ? WHERE " + currency
                        + " = ?",
                to,
                from);
    }

    /** The rate with ten decimals; the product is rounded to the twelfth decimal. */
    private static String converted(List<String> columns, ExchangeRate rate) {
        String factor = "CAST(" + Sql.literal(rate.rate().toPlainString()) + " AS DECIMAL(18,10))";
        return columns.stream()
                .map(column ->
                        column + " = CAST(CAST(" + column + " AS DECIMAL(24,12)) * " + factor + " AS DECIMAL(28,12))")
                .collect(Collectors.joining(", "));
    }
}
