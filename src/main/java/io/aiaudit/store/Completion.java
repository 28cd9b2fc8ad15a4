package io.aiaudit.store;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts together what landed in the staging tables; each step is a script that can be read on its own. */
final class Completion {
    private static final int NAMED_IDS = 3;
    private static final String NO_VALUE = "coalesce(average, maximum, total) IS NULL";
    private static final String IMPOSSIBLE = "impossible_value(metric, average, maximum, total) IS NOT NULL";

    private final Sql sql;
    private final IngestSettings settings;

    private final Window window;
    private final Instant scannedAt;
    private final Path folder;

    /** May put files into {@code folder} for a moment. */
    Completion(Sql sql, IngestSettings settings, ScanFacts facts, Path folder) {
        this.sql = sql;
        this.settings = settings;
        this.window = facts.window();
        this.scannedAt = facts.scannedAt();
        this.folder = folder;
    }

    /** Fills the tables of the model and gives the currency that they are in. */
    String run(String currency) {
        sql.execute("CREATE OR REPLACE TEMP MACRO is_ai_by_configuration(tags, sub_account, account) AS "
                + WithoutEffect.isAi(settings, "tags", "sub_account", "account"));
        sql.execute("CREATE OR REPLACE TEMP MACRO is_before_end(moment) AS moment < TIMESTAMP '"
                + Values.utc(window.end()) + "'");
        // What an inventory lists may be of the days after the window, and not of days after the scan.
        sql.execute("CREATE OR REPLACE TEMP MACRO is_future(moment) AS moment > TIMESTAMP '"
                + Values.utc(scannedAt.isAfter(window.end()) ? scannedAt : window.end()) + "' + INTERVAL 1 DAY");
        boolean hasBills = sql.any("staged.files");
        Currencies currencies = new Currencies(sql, settings);
        sql.script("finish/aliases.sql");
        scriptIfAny("aliases", "finish/aliased.sql");
        if (hasBills) {
            sql.script("finish/words-of-focus.sql");
            sql.script("finish/bare-ids.sql");
            currencies.rates(currency);
            new Duplicates(sql, folder).remove();
        }
        EffectiveCostCheck effectiveCosts = new EffectiveCostCheck(sql);
        effectiveCosts.findRounded();
        String converted = currencies.convert(currency);
        new CommitmentFees(sql, converted).settle();
        if (hasBills) {
            effectiveCosts.run(converted);
            new Corrections(sql).settle();
            new PriceDiscounts(sql, converted).settle();
            sql.script("finish/posted-charges.sql");
        }
        new Contradictions(sql).warn();
        UnusableSeries unusable = new UnusableSeries(sql);
        boolean hasImpossible = sql.any("work.metrics WHERE " + IMPOSSIBLE);
        if (hasImpossible) {
            unusable.removeReturned();
        }
        if (sql.any("work.usage_rows")) {
            if (sql.any("(SELECT DISTINCT metric FROM work.usage_rows) WHERE may_hold_token(metric)")) {
                sql.execute("UPDATE work.usage_rows SET metric = without_tokens(metric) WHERE may_hold_token(metric)");
            }
            sql.script("finish/crowded-hours.sql");
            unusable.removeRows();
            sql.script("finish/usage.sql");
            scriptIfAny("crowded", "finish/partly-measured-hours.sql");
            scriptIfAny("work.usage_rows WHERE " + NO_VALUE, "finish/empty-usage.sql");
            sql.execute("INSERT INTO partial_hours SELECT DISTINCT * FROM work.rejected_hours ANTI JOIN partial_hours"
                    + " USING (resource_id, metric, hour) WHERE hour IS NOT NULL");
            scriptIfAny("work.usage_rows WHERE request_hash IS NOT NULL", "finish/requests.sql");
        }
        boolean isMeasured = sql.any("work.metrics");
        sql.script("finish/shapes.sql");
        if (hasBills) {
            sql.script("finish/classified-shapes.sql");
            scriptIfAny("work.resources WHERE kind IN ('model_usage', 'provisioned_throughput')", "finish/models.sql");
            // Lines of single calls are of these units, whatever else they hold.
            scriptIfAny(
                    "staged.texts WHERE regexp_matches(lower(concat_ws(' ', ConsumedUnit, PricingUnit)),"
                            + " 'token|request|call|invocation')",
                    "finish/calls.sql");
            sql.script("finish/billed-resources.sql");
        }
        scriptIfAny(
                "work.resources WHERE may_hold_secret(concat_ws(' ', tags::VARCHAR, attributes::VARCHAR, kind,"
                        + " account_name, region, machine_type, accelerator, state, purchase))",
                "finish/secrets-of-resources.sql");
        sql.script("finish/named-resources.sql");
        sql.script("finish/resources.sql");
        if (isMeasured) {
            unusable.removeMemoryAboveCard();
        }
        if (sql.any("work.usage_rows WHERE part <> ''")) {
            sql.script("finish/unreported-accelerators.sql");
            sql.script("finish/ended-parts.sql");
        }
        unusable.warn();
        sql.script("finish/charges.sql");
        if (hasBills) {
            scriptIfAny("smaller_readings", "finish/smaller-bills.sql");
        }
        if (sql.any("time_by_kind")) {
            readListPrices(converted);
            sql.script("finish/more-than-time.sql");
            warnAboutMoreThanTime();
        }
        sql.script("finish/lifetimes.sql");
        if (isBilledAbove()) {
            readListPrices(converted);
            sql.script("finish/leaves.sql");
        }
        if (hasBills && sql.any("resources WHERE kind = 'provisioned_throughput' AND replicas IS NULL")) {
            sql.script("finish/units-in-bill.sql");
        }
        scriptIfAny("resources WHERE kind = 'provisioned_throughput'", "finish/terms-of-units.sql");
        if (isMeasured) {
            sql.script("finish/metrics.sql");
            sql.script("finish/lost-maxima.sql");
        }
        scriptIfAny("work.absent_is_zero", "finish/absent-is-zero.sql");
        // Rules count points; an hour without a value, which is not zero either, is none.
        if (isMeasured && sql.any("metrics WHERE " + NO_VALUE)) {
            sql.execute("DELETE FROM metrics WHERE " + NO_VALUE);
        }
        if (isMeasured && sql.any("resources WHERE kind = 'service' AND replicas = 0")) {
            sql.script("finish/kept-services.sql");
        }
        sql.script("finish/copied.sql");
        scriptIfAny("charge_texts WHERE CommitmentDiscountId IS NOT NULL", "finish/commitments.sql");
        scriptIfAny(
                "work.resources WHERE kind = 'commitment' AND source NOT IN ('~bill', '~usage')",
                "finish/listed-commitments.sql");
        sql.script("finish/rest.sql");
        if (hasBills && sql.any("work.resources WHERE source NOT IN ('~bill', '~usage')")) {
            sql.script("finish/not-in-inventory.sql");
        }
        scriptIfAny("work.unmeasured", "finish/unmeasured.sql");
        if (hasImpossible) {
            sql.script("finish/impossible-unread.sql");
        }
        sql.script("finish/names.sql");
        warnAboutImpossibleTimes();
        warnAboutRings();
        new UnknownWords(sql, settings.prices()).warn();
        new WithoutEffect(sql, settings).warn(hasBills);
        warnAboutLifetimes();
        warnAboutUnknownUsage();
        warnAboutZeros();
        warnAboutSecrets();
        warnAboutLength();
        return converted;
    }

    private void scriptIfAny(String rows, String script) {
        if (sql.any(rows)) {
            sql.script(script);
        }
    }

    /** Whether any charge names a resource that holds others: it is laid on those. */
    private boolean isBilledAbove() {
        return sql.count("SELECT count(*) FROM charge_texts WHERE resource_id IN (SELECT parent FROM leaves)") > 0;
    }

    private void readListPrices(String currency) {
        sql.script("offered-names.sql");
        sql.execute("CREATE OR REPLACE TEMP TABLE audit_currency (code VARCHAR)");
        sql.update("INSERT INTO audit_currency VALUES (?)", currency);
        sql.script("resource-prices.sql");
    }

    private void warnAboutMoreThanTime() {
        long count = sql.count("SELECT count(*) FROM more_than_time");
        if (count > 0) {
            warn("The bill does not say by unit, meter or description what "
                    + (count == 1 ? "1 resource is" : count + " resources are") + " charged for ("
                    + some("more_than_time")
                    + "), and it is more than twice the list price of the instance type: how much of it is run time is "
                    + "unknown, so no saving of it is stated. Export ConsumedUnit, SkuMeter and ChargeDescription.");
        }
    }

    private void warnAboutImpossibleTimes() {
        sql.select("SELECT key, count(*), min(format('{} of {} {}', moment::DATE, left(resource_id, 200), reason))"
                        + " FROM impossible_times GROUP BY key ORDER BY key")
                .rows()
                .forEach(row -> {
                    long count = (Long) row.get(1);
                    warn(String.format(
                            Locale.ROOT,
                            "%,d %s of the attribute %s can't be (%s%s): %s unknown.",
                            count,
                            count == 1 ? "date" : "dates",
                            row.get(0),
                            count == 1 ? "" : "such as ",
                            row.get(2),
                            count == 1 ? "it is" : "they are"));
                });
    }

    private void warnAboutRings() {
        long count = sql.count("SELECT count(*) FROM rings");
        if (count == 1) {
            warn("1 resource names itself as its parent (" + some("rings") + "); its parent is ignored.");
        } else if (count > 1) {
            warn(count + " resources are each other's parents (" + some("rings") + "); their parents are ignored.");
        }
    }

    private void warnAboutSecrets() {
        String tags =
                " FROM (SELECT resource_id, unnest(list_concat(map_entries(tags), map_entries(attributes))) AS tag"
                        + " FROM resources) WHERE tag.value = '[hidden]'";
        long count = sql.count("SELECT count(*)" + tags);
        if (count > 0) {
            Object first = sql.value("SELECT tag.key || ' of ' || resource_id" + tags + " ORDER BY ALL LIMIT 1");
            warn((count == 1
                            ? "1 value of a tag or attribute looks like a secret and is hidden ("
                            : count + " values of tags or attributes look like secrets and are hidden (the first: ")
                    + first + "). Everyone who reads the source reads them too: remove them there.");
        }
    }

    private void warnAboutLength() {
        long count = sql.count("SELECT count(*) FROM shortened_resources");
        if (count > 0) {
            warn((count == 1 ? "1 resource has" : count + " resources have")
                    + " more than 1,000 tags or attributes, or one of more than 65,536 characters ("
                    + some("shortened_resources") + "); what is beyond that is left out.");
        }
    }

    private void warnAboutUnknownUsage() {
        long count = sql.count("SELECT count(*) FROM unknown_usage");
        String where = count == 0 ? "" : " in no inventory and no bill (" + some("unknown_usage") + "); ";
        if (count == 1) {
            warn("1 resource of the usage files is" + where
                    + "its metrics are kept, but no rule applies because its kind is unknown.");
        } else if (count > 1) {
            warn(count + " resources of the usage files are" + where
                    + "their metrics are kept, but no rule applies because their kind is unknown.");
        }
    }

    private void warnAboutLifetimes() {
        long count = sql.count("SELECT count(*) FROM contradicted_lifetimes");
        if (count > 0) {
            warn((count == 1 ? "1 resource was" : count + " resources were")
                    + " charged or in use more than a day before its creation or after its end in the inventory ("
                    + some("contradicted_lifetimes")
                    + "); the bill and the metrics count. Bring an inventory of the same time.");
        }
    }

    private void warnAboutZeros() {
        String metrics = sql.select("SELECT DISTINCT metric FROM work.absent_is_zero ORDER BY metric").rows().stream()
                .map(row -> (String) row.get(0))
                .collect(Collectors.joining(", "));
        if (!metrics.isEmpty()) {
            warn(Audit.AS_CONFIGURED + "hours that the usage files leave out were taken as 0 for " + metrics
                    + ", as "
                    + settings.locations().getOrDefault(IngestSettings.ABSENT_IS_ZERO, IngestSettings.ABSENT_IS_ZERO)
                    + " says.");
        }
    }

    private String some(String table) {
        List<List<Object>> ids = sql.select(
                        "SELECT resource_id FROM " + table + " ORDER BY resource_id LIMIT " + (NAMED_IDS + 1))
                .rows();
        String named = ids.stream()
                .limit(NAMED_IDS)
                .map(row -> Loaded.shortened((String) row.get(0)))
                .collect(Collectors.joining(", "));
        return ids.size() > NAMED_IDS ? named + ", ..." : named;
    }

    private void warn(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", message);
    }
}
