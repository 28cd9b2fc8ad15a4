package io.aiaudit.rules;

import io.aiaudit.store.CutBill;
import io.aiaudit.store.LockedStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the bill shows of when each resource existed and ran: its first charge, the hours that were billed, and when it
 * began, in the temporary tables {@code aiaudit_charged} and {@code aiaudit_began}.
 */
final class BilledHours {
    private final LockedStore store;
    private final WindowHours window;
    private final String base;
    private final Map<String, CutBill> cutBills;

    /** Of resources whose bill is by the day and has fewer hours than days have: how many a day, on average. */
    private final Map<String, Long> hoursPaidADay = new HashMap<>();

    /** @param cutBills by the leaves of their accounts */
    BilledHours(LockedStore store, WindowHours window, String base, Map<String, CutBill> cutBills) {
        this.store = store;
        this.window = window;
        this.base = base;
        this.cutBills = cutBills;
    }

    void read() {
        charged();
        began();
        paidForPartOfDays();
    }

    /** Null where all hours are paid for, or the bill shows which. */
    Long hoursPaidADay(String resourceId) {
        return hoursPaidADay.get(resourceId);
    }

    /**
     * The first charge of each resource and, where its time is billed by the hour, the hours that were billed; a parent
     * has those of its parts.
     */
    private void charged() {
        TempTable.fill(
                store,
                "aiaudit_cut_bills",
                "resource_id VARCHAR, covered_from TIMESTAMP, covered_to TIMESTAMP",
                cutBills.entrySet().stream()
                        .map(bill -> Arrays.asList(
                                bill.getKey(),
                                bill.getValue().coveredFrom(),
                                bill.getValue().coveredTo()))
                        .toList());
        firstCharges();
        store.execute(
                """
                CREATE OR REPLACE TEMP TABLE aiaudit_charged AS
                WITH charge AS (
                  SELECT resource_id, provider, ChargePeriodStart AS hour, ChargePeriodEnd,
                    component = 'time' AND coalesce(ChargeCategory, 'Usage') = 'Usage'
                      AND coalesce(ConsumedQuantity, 1) > 0 AS runs,
                    ChargePeriodEnd <= ChargePeriodStart + INTERVAL 1 HOUR AS hourly
                  FROM %1$scharges WHERE charge_kind = 'cost'
                ), period AS (
                  SELECT provider, min(hour) AS bill_start, max(ChargePeriodEnd) AS bill_end FROM charge
                    WHERE runs AND hourly GROUP BY provider
                ), own AS (
                  SELECT resource_id, any_value(provider) AS provider,
                    bool_and(hourly) FILTER (runs) AS hourly,
                    bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0,
                      %4$d) FILTER (runs AND hourly AND hour >= %2$s AND hour < %3$s) AS ran
                  FROM charge GROUP BY resource_id
                ), covered AS (
                  SELECT own.*, covered_from, greatest(bill_start, covered_from) AS first_hour,
                    least(bill_end, covered_to) AS last_end
                  FROM own LEFT JOIN period USING (provider) LEFT JOIN aiaudit_cut_bills USING (resource_id)
                ), known AS (
                  SELECT resource_id, first_charge, first_charge <= covered_from + INTERVAL 1 DAY AS is_cut_off,
                    begins_bill, hourly,
                    -- outside the period of the bill of its account nobody knows: as if it ran
                    coalesce(ran, repeat('0', %5$d)::BIT) | %6$s AS ran
                  FROM covered LEFT JOIN aiaudit_first_charges USING (resource_id)
                )
                SELECT a.ancestor_id AS resource_id, min(first_charge) AS first_charge,
                  bool_or(begins_bill OR coalesce(is_cut_off, false)) AS begins_bill, bool_and(hourly) AS hourly,
                  bit_or(ran) AS ran
                FROM known JOIN aiaudit_ancestors a USING (resource_id) GROUP BY a.ancestor_id
                """.formatted(base, window.start(), window.end(), window.hours() - 1, window.hours(), outsideBill()));
    }

    /**
     * Of each resource the first charge of a meter, or where no meter charges it, the first that comes back: what is
     * paid for a month, once, or given back shows neither when a resource began nor when a bill did. {@code
     * begins_bill}: it is of the first day of the bill of the account that it was charged in then (docs/adr/0204).
     */
    private void firstCharges() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_first_charges AS
                WITH line AS (
                  SELECT resource_id, provider, coalesce(SubAccountId, BillingAccountId) AS account, ChargeCategory,
                    ChargeClass, ChargeFrequency,
                    coalesce(ChargePeriodEnd <= ChargePeriodStart + INTERVAL 25 HOUR, true) AS is_short,
                    min(ChargePeriodStart) AS start
                  FROM %1$scharges WHERE charge_kind = 'cost' GROUP BY ALL
                ), paid AS (
                  SELECT resource_id, provider, account_key(account) AS account, start,
                    is_short AND is_use(ChargeCategory, ChargeClass, ChargeFrequency) AS is_metered
                  FROM line WHERE NOT is_one_off(ChargeCategory, ChargeClass, ChargeFrequency, 0)
                ), bill AS (
                  SELECT provider, account, coalesce(min(start) FILTER (is_metered), min(start)) AS bill_start
                  FROM paid GROUP BY ALL
                ), first AS (
                  SELECT resource_id, provider, account, start AS first_charge
                  FROM paid
                  QUALIFY rank() OVER (PARTITION BY resource_id ORDER BY is_metered DESC, start) = 1
                )
                SELECT resource_id, first_charge, bool_or(first_charge <= bill_start + INTERVAL 1 DAY) AS begins_bill
                FROM first JOIN bill ON bill.provider IS NOT DISTINCT FROM first.provider
                  AND bill.account IS NOT DISTINCT FROM first.account
                GROUP BY ALL
                """.formatted(base));
    }

    /**
     * When each resource without a date of creation began, as far as it shows: with its first charge, or what it was
     * measured to do before. What is charged on the first day of the bill of its account may be of any age.
     */
    private void began() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_began AS
                WITH charged AS (
                  SELECT resource_id, first_charge
                  FROM %1$sresources r JOIN aiaudit_charged USING (resource_id)
                  WHERE r.created_at IS NULL AND NOT begins_bill
                ), worked AS (
                  SELECT a.ancestor_id AS resource_id, min(hour) AS first_hour
                  FROM %1$smetrics JOIN aiaudit_ancestors a USING (resource_id)
                  WHERE a.ancestor_id IN (SELECT resource_id FROM charged) AND metric IN %2$s
                    AND greatest(average, maximum, total) > 0
                  GROUP BY ALL
                )
                SELECT resource_id, least(first_charge, first_hour) AS began
                FROM charged LEFT JOIN worked USING (resource_id)
                """.formatted(base, Literal.texts(Work.SHOWING)));
    }

    /** A tenth less than all hours is how days begin and end. */
    private void paidForPartOfDays() {
        hoursPaidADay.clear();
        store.select("""
                        SELECT resource_id, round(sum(hours) / count(*))::BIGINT
                        FROM (
                          SELECT resource_id, ChargePeriodStart::DATE AS day, sum(ConsumedQuantity) AS hours,
                            bool_and(machine_hours(ConsumedUnit, ConsumedQuantity) IS NOT NULL
                              AND ChargePeriodEnd > ChargePeriodStart + INTERVAL 1 HOUR
                              AND ChargePeriodEnd <= ChargePeriodStart + INTERVAL 25 HOUR) AS is_by_day
                          FROM %scharges
                          WHERE is_machine_time(component, charge_kind, ChargeCategory, ChargeClass,
                              ChargeFrequency) AND ConsumedQuantity > 0
                            AND ChargePeriodStart >= %s AND ChargePeriodStart < %s
                          GROUP BY ALL)
                        GROUP BY resource_id
                        HAVING bool_and(is_by_day) AND sum(hours) < 0.9 * 24 * count(*)
                        """.formatted(base, window.start(), window.end()))
                .rows()
                .forEach(row -> hoursPaidADay.put((String) row.get(0), (Long) row.get(1)));
    }

    private String outsideBill() {
        return "CASE WHEN first_hour IS NULL THEN repeat('1', " + window.hours() + ")::BIT ELSE ~"
                + window.bits("first_hour", "last_end") + " END";
    }
}
