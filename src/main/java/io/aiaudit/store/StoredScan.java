package io.aiaudit.store;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a finished store says, as records of the model. Every list is in a fixed order, so that two readings of one
 * file are alike.
 */
public final class StoredScan {
    /** What a scan of ours does while it reads, which takes as long again. */
    private static final String WITHOUT_SECRETS =
            "SELECT * EXCLUDE (readable) REPLACE (readable[1] AS tags, readable[2] AS attributes)"
                    + " FROM (SELECT *, all_without_secrets([tags, attributes]) AS readable FROM resources)";

    private final LockedStore store;

    /** Null before they are read. */
    private List<Resource> resources;

    /** Of the window that was read last. */
    private LeafCosts costs;

    private boolean hasResourcePrices;

    public StoredScan(LockedStore store) {
        this.store = store;
    }

    public ScanFacts facts() {
        return ScanRow.read(store);
    }

    /** The audit of a redacted scan, as JSON: its tables can't be evaluated again. Empty for any other scan. */
    public Optional<String> finishedAudit() {
        return store.select("SELECT json FROM finished_audit WHERE (SELECT redacted FROM scan)").texts().stream()
                .findFirst();
    }

    /** Whether names were replaced before the scan was saved. */
    public boolean redacted() {
        return Boolean.TRUE.equals(
                store.select("SELECT redacted FROM scan").rows().get(0).get(0));
    }

    /** All resources, those that are only known from the bill too. */
    public List<Resource> resources() {
        if (resources == null) {
            resources = store.select((store.isForeign() ? WITHOUT_SECRETS : "FROM resources") + " ORDER BY resource_id")
                    .as(Resource.class);
        }
        return resources;
    }

    /** What each leaf costs inside the window, and what the list says where there is no bill. */
    public List<LeafCost> leafCosts(Window window) {
        return costs(window).leaves();
    }

    /**
     * Where the list prices of resources come from, by resource; of all that have one, whether or not their cost is
     * made of it.
     */
    public Map<String, Audit.ListPrice> priceFacts() {
        Map<String, Audit.ListPrice> facts = new TreeMap<>();
        makeResourcePrices();
        store.select(Sql.resource("read/price-facts.sql")).each(Audit.ListPrice.class, facts::put);
        return facts;
    }

    /** What spot costs over the on-demand price, by resource, where it has such a price. */
    public Map<String, Double> spotRatios() {
        Map<String, Double> ratios = new TreeMap<>();
        makeResourcePrices();
        store.select(Sql.resource("read/spot-ratios.sql"))
                .rows()
                .forEach(row -> ratios.put((String) row.get(0), (Double) row.get(1)));
        return ratios;
    }

    /** Of each leaf that is a commitment, the share (0..1) of its cost in the window that the bill calls unused. */
    public Map<String, BigDecimal> unusedShares(Window window) {
        Map<String, BigDecimal> shares = new TreeMap<>();
        store.select(Sql.resource("read/unused-shares.sql"), window.start(), window.end())
                .rows()
                .forEach(row -> shares.put((String) row.get(0), BigDecimal.valueOf((Double) row.get(1))));
        return shares;
    }

    /** By provider, how many times of what its bill charges the same machine hours cost at list price. */
    public Map<String, Double> listOverBilled() {
        Map<String, Double> times = new TreeMap<>();
        makeResourcePrices();
        store.select(Sql.resource("read/list-over-billed.sql"))
                .rows()
                .forEach(row -> times.put((String) row.get(0), (Double) row.get(1)));
        return times;
    }

    /** Each provider's cost inside the window, for the totals. */
    public List<WindowCost> windowCosts(Window window) {
        return costs(window).byProvider();
    }

    /** What each leaf cost inside the window of what the bill calls AI. */
    public Map<String, BigDecimal> aiCosts(Window window) {
        return costs(window).aiByLeaf();
    }

    /**
     * Of resources that two bills have, of which nothing shows the later one or whether they are the same, the lower
     * cost as a share of what counts.
     */
    public Map<String, BigDecimal> smallerBills() {
        Map<String, BigDecimal> shares = new TreeMap<>();
        store.select("SELECT resource_id, share FROM smaller_bills")
                .rows()
                .forEach(row -> shares.put((String) row.get(0), (BigDecimal) row.get(1)));
        return shares;
    }

    /** The bills of accounts that begin after that of their provider or end before it, within the window. */
    public List<CutBill> cutBills(Window window) {
        return costs(window).cutBills();
    }

    private LeafCosts costs(Window window) {
        if (costs == null || !costs.window().equals(window)) {
            makeResourcePrices();
            costs = LeafCosts.read(store, window, resources());
        }
        return costs;
    }

    /** To plan it takes long, though the table be there. */
    private void makeResourcePrices() {
        if (!hasResourcePrices) {
            store.makeOfferedNames("");
            store.execute("CREATE OR REPLACE TEMP TABLE audit_currency AS SELECT max(currency) AS code FROM scan");
            store.execute(Sql.resource("resource-prices.sql"));
            hasResourcePrices = true;
        }
    }

    /** What the bills say inside the window of the use of models. */
    public List<ModelLine> modelLines(Window window) {
        String ofModels = " WHERE model IS NOT NULL OR token_kind IS NOT NULL";
        if (!store.any("charge_texts" + ofModels) && !store.any("charge_parts" + ofModels)) {
            return List.of();
        }
        return store.select(Sql.inWindow("read/model-lines.sql", window)).as(ModelSum.class).stream()
                .map(ModelSum::inside)
                .toList();
    }

    /** Lines of a model before the share of their period that lies inside the window is taken of them. */
    private record ModelSum(
            String resourceId,
            String model,
            String tokenKind,
            long insideSeconds,
            long periodSeconds,
            BigDecimal cost,
            BigDecimal tokens) {
        ModelLine inside() {
            LeafCosts.Share share = new LeafCosts.Share(null, true, insideSeconds, periodSeconds);
            return new ModelLine(
                    resourceId, model, tokenKind, share.of(cost), tokens == null ? null : share.of(tokens));
        }
    }

    /** What the bills charge inside the window for things that compliance is the usual reason for. */
    public List<ComplianceCharge> complianceCharges(Window window) {
        String sql = Sql.inWindow("read/compliance-costs.sql", window)
                .replace(
                        "/* kind */", Mapping.toSql("mappings/compliance-costs.csv", "shape.provider", "shape.%s", ""));
        List<ComplianceCharge> charges = new ArrayList<>();
        for (List<Object> row : store.once(sql).rows()) {
            LeafCosts.Share share = new LeafCosts.Share(null, false, (Long) row.get(5), (Long) row.get(6));
            charges.add(new ComplianceCharge(
                    (String) row.get(0),
                    (String) row.get(1),
                    (String) row.get(2),
                    (String) row.get(3),
                    (String) row.get(4),
                    share.of((BigDecimal) row.get(7))));
        }
        return charges;
    }

    /** List prices an hour of some instance types by provider and type, then by region; names in lower case. */
    public Map<String, Map<String, BigDecimal>> regionPrices(Set<String> types) {
        Map<String, Map<String, BigDecimal>> prices = new TreeMap<>();
        if (types.isEmpty()) {
            return prices;
        }
        store.select(Sql.resource("read/region-prices.sql"), Sql.json(types))
                .rows()
                .forEach(row -> prices.computeIfAbsent(row.get(0) + "/" + row.get(1), type -> new TreeMap<>())
                        .put((String) row.get(2), (BigDecimal) row.get(3)));
        return prices;
    }

    /** What the metrics of work add up to in a span of time, by resource and metric. */
    public Map<String, Map<String, MetricSum>> metricSums(Window span) {
        Map<String, Map<String, MetricSum>> sums = new TreeMap<>();
        store.once(Sql.resource("read/metric-sums.sql"), span.start(), span.end())
                .each(
                        SumOfMetric.class,
                        (id, sum) -> sums.computeIfAbsent(id, key -> new TreeMap<>())
                                .put(sum.metric, new MetricSum(sum.hours, sum.total, sum.average)));
        return sums;
    }

    private record SumOfMetric(String metric, long hours, Double total, Double average) {}

    /** What is measured of these resources inside the window, each metric with its hours, average and highest value. */
    public Map<String, List<MeasuredUse>> measuredUse(Collection<String> resourceIds, Window window) {
        Map<String, List<MeasuredUse>> use = new TreeMap<>();
        if (resourceIds.isEmpty()) {
            return use;
        }
        store.select(Sql.resource("read/measured-use.sql"), window.start(), window.end(), Sql.json(resourceIds))
                .each(
                        MeasuredUse.class,
                        (id, one) -> use.computeIfAbsent(id, key -> new ArrayList<>())
                                .add(one));
        return use;
    }

    /** Of those of these leaves that are billed by the hour: what each hour of the window cost. */
    public Map<String, List<HourCost>> hourlyTime(Collection<String> leaves, Window window) {
        return hourly("read/hourly-time.sql", leaves, window);
    }

    private Map<String, List<HourCost>> hourly(String sql, Collection<String> leaves, Window window) {
        Map<String, List<HourCost>> hours = new TreeMap<>();
        if (leaves.isEmpty()) {
            return hours;
        }
        store.select(Sql.resource(sql), window.start(), window.end(), Sql.json(leaves))
                .each(
                        HourCost.class,
                        (leaf, hour) -> hours.computeIfAbsent(leaf, key -> new ArrayList<>())
                                .add(hour));
        return hours;
    }

    /** Of those of these leaves billed by the hour or by the day: time, instance hours, and what was covered. */
    public Map<String, List<InstanceTime>> instanceTime(Collection<String> leaves, Window window) {
        Map<String, List<InstanceTime>> times = new TreeMap<>();
        if (!leaves.isEmpty()) {
            store.select(Sql.resource("read/instance-time.sql"), window.start(), window.end(), Sql.json(leaves))
                    .each(
                            InstanceTime.class,
                            (leaf, time) -> times.computeIfAbsent(leaf, key -> new ArrayList<>())
                                    .add(time));
        }
        return times;
    }

    /** How many instances of these leaves ran in an hour, where the metric replicas counted them. */
    public Map<String, Map<Instant, Double>> instances(Collection<String> leaves, Window window) {
        Map<String, Map<Instant, Double>> counts = new TreeMap<>();
        if (!leaves.isEmpty()) {
            store.select(
                            "SELECT resource_id, hour, avg(average) AS instances FROM metrics WHERE metric = 'replicas'"
                                    + " AND average >= 0 AND hour >= ? AND hour < ? AND resource_id IN (SELECT"
                                    + " unnest(from_json(?::JSON, '[\"VARCHAR\"]'))) GROUP BY ALL ORDER BY ALL",
                            window.start(),
                            window.end(),
                            Sql.json(leaves))
                    .each(
                            InstanceCount.class,
                            (leaf, count) -> counts.computeIfAbsent(leaf, key -> new TreeMap<>())
                                    .put(count.hour(), count.instances()));
        }
        return counts;
    }

    private record InstanceCount(Instant hour, Double instances) {}

    /** What each hour cost, and each day where a leaf of several units is billed by the day. */
    public Map<String, List<HourCost>> timeOfUnits(Collection<String> leaves, Window window) {
        return hourly("read/time-of-units.sql", leaves, window);
    }

    /** Of each leaf with machine hours in the bill. */
    public Map<String, BilledTime> billedTime() {
        Map<String, BilledTime> billed = new TreeMap<>();
        store.select(Sql.resource("read/billed-time.sql")).each(BilledTime.class, billed::put);
        return billed;
    }

    /** Of each leaf that a commitment covers, when the last one of which an end is known ends. */
    public Map<String, Instant> coveredUntil() {
        Map<String, Instant> ends = new TreeMap<>();
        store.select("SELECT resource_id, max(m.\"end\") FROM charges JOIN commitments m"
                        + " ON lower(m.id) = lower(CommitmentDiscountId) AND m.\"end\" IS NOT NULL"
                        + " WHERE CommitmentDiscountStatus = 'Used' AND component = 'time' GROUP BY resource_id")
                .rows()
                .forEach(row -> ends.put((String) row.get(0), (Instant) row.get(1)));
        return ends;
    }

    /** The resources of which a condition is true. */
    public Set<String> resourcesWhere(String condition) {
        return Set.copyOf(store.select("SELECT resource_id FROM resources WHERE " + condition)
                .texts());
    }

    /** The resources that the bill calls AI. */
    public Set<String> aiResources() {
        return new HashSet<>(store.once("SELECT DISTINCT resource_id FROM charges WHERE spend_class = 'ai'")
                .texts());
    }

    /** What the bill of each provider covers, whole files. */
    public Map<String, Window> billPeriods() {
        Map<String, Window> periods = new TreeMap<>();
        store.once("SELECT provider, covered_from, greatest(covered_to, covered_from + INTERVAL 1 SECOND)"
                        + " FROM (SELECT provider, " + Coverage.BILL
                        + " FROM charges WHERE charge_kind = 'cost' GROUP BY provider) AS bills (provider, "
                        + "covered_from, covered_to)")
                .rows()
                .forEach(row ->
                        periods.put((String) row.get(0), new Window((Instant) row.get(1), (Instant) row.get(2))));
        periods.putAll(Coverage.closedPeriods(store));
        return periods;
    }

    /** What bills call those who are none of the three clouds, by the provider that aiaudit gives them. */
    public Map<String, String> billNames() {
        Map<String, String> names = new TreeMap<>();
        store.once("SELECT provider, string_agg(DISTINCT ProviderName, ', ' ORDER BY ProviderName) FROM charges"
                        + " WHERE provider = 'other' AND ProviderName IS NOT NULL GROUP BY provider")
                .rows()
                .forEach(row -> names.put((String) row.get(0), (String) row.get(1)));
        return names;
    }

    /** On which days the bill charges something of an account; fees of a whole month are on their first day. */
    public List<BilledDay> billedDays() {
        return MissingDays.billed(store);
    }

    /** From the first to the last charge of each file of a bill. */
    public Map<String, Window> filePeriods() {
        Map<String, Window> periods = new TreeMap<>();
        store
                .select("SELECT source_file, " + Coverage.BILL
                        + " FROM charges WHERE source_file IS NOT NULL GROUP BY source_file")
                .rows()
                .stream()
                .filter(row -> row.get(1) != null
                        && row.get(2) != null
                        && ((Instant) row.get(1)).isBefore((Instant) row.get(2)))
                .forEach(row ->
                        periods.put((String) row.get(0), new Window((Instant) row.get(1), (Instant) row.get(2))));
        return periods;
    }

    /**
     * Of how many resources of a provider and kind there is a metric; one row without a metric says how many
     * resources there are.
     */
    public List<Measured> measured() {
        return store.select(Sql.resource("read/measured.sql")).as(Measured.class);
    }

    /** The totals of the bills, whole files. */
    public Audit.Bill bill() {
        return BillTotals.bill(store);
    }

    /** The same with the accounts that are charged within a window. */
    public Audit.Bill bill(Window window) {
        return new Audit.Bill(bill().providers(), BilledAccounts.together(store, window));
    }

    /** Amounts of other currencies that were converted; a scan of an older version has none. */
    public List<Audit.Conversion> conversions() {
        return BillTotals.conversions(store);
    }

    /**
     * Effective cost by day, provider, service and class; a charge over several days is spread over them by time, and
     * the sum stays exact.
     */
    public List<Audit.DailySpend> dailySpend() {
        return BillTotals.daily(store);
    }

    public List<Gap> gaps() {
        return GapRow.read(store);
    }

    /** Rows that could not be read, at most 100 of each file; {@link #files} counts them all. */
    public List<Reject> rejects() {
        if (!store.any("rejects")) {
            return List.of();
        }
        return store
                .select("SELECT *, column_name AS \"column\" FROM rejects ORDER BY file, record")
                .as(Reject.class)
                .stream()
                .map(Reject::withoutTokens)
                .toList();
    }

    public List<ReadFile> files() {
        return store.select("FROM files ORDER BY content, label, file").as(ReadFile.class);
    }

    /**
     * How many rows of a file could be read, including those that another file had before. Only in a scan
     * of this version.
     */
    public Map<String, Long> readableRows() {
        Map<String, Long> rows = new TreeMap<>();
        store.select("SELECT file, told_rows FROM files")
                .rows()
                .forEach(row -> rows.put((String) row.get(0), (Long) row.get(1)));
        return rows;
    }

    public List<String> warnings() {
        return store.any("warnings")
                ? store.select("SELECT message FROM warnings ORDER BY rowid").texts().stream()
                        .map(Tokens::hide)
                        .toList()
                : List.of();
    }

    public List<Commitment> commitments() {
        return store.once("SELECT *, id AS commitment_id FROM commitments ORDER BY ALL")
                .as(Commitment.class);
    }

    /** Ids of resources of which a charge says under which price it ran: at list, on spot, or under a commitment. */
    public Set<String> leavesWithPricing() {
        return Set.copyOf(store.select("SELECT DISTINCT resource_id FROM charges WHERE resource_id IS NOT NULL"
                        + " AND coalesce(PricingCategory, CommitmentDiscountId, CommitmentDiscountStatus) IS NOT NULL")
                .texts());
    }

    /** Currencies of list prices that no exchange rate turns into that of the audit, by the resource that has one. */
    public Map<String, String> listedInOtherCurrency() {
        Map<String, String> currencies = new TreeMap<>();
        store.select("SELECT resource_id, min(offers.currency) FROM resources JOIN offers"
                        + " USING (provider, region, machine_type)"
                        + " WHERE offers.currency <> (SELECT currency FROM scan) GROUP BY resource_id")
                .rows()
                .forEach(row -> currencies.put((String) row.get(0), (String) row.get(1)));
        return currencies;
    }

    public List<Advice> advice() {
        return store.select("FROM advice ORDER BY ALL").as(Advice.class);
    }

    /**
     * The day of the oldest list price of a machine or model, empty when there are none. Disks have their own.
     */
    public Optional<LocalDate> pricesAsOf() {
        return Optional.ofNullable((LocalDate) store.select("SELECT min(as_of) FROM (SELECT as_of FROM offers"
                        + " WHERE accelerator_count IS DISTINCT FROM 0 OR vcpus IS NOT NULL"
                        + " UNION ALL SELECT as_of FROM models)")
                .rows()
                .get(0)
                .get(0));
    }

    /**
     * For each of these resources the average of each of its metrics by hour of the week: 168 values, Monday 0 h UTC
     * first, null = no point. Counters by their totals,
     * other metrics by their averages.
     */
    public Map<String, Map<String, List<Double>>> hourOfWeek(Collection<String> resourceIds, Window window) {
        return HourOfWeek.read(store, resourceIds, window);
    }

    /**
     * For each of these resources its metrics by day of the window: counters by their totals, other metrics by
     * average and maximum.
     */
    public Map<String, Map<String, DailyUse>> daily(Collection<String> resourceIds, Window window) {
        return DaysOfWindow.read(store, resourceIds, window);
    }

    static SpendClass spendClass(Object key) {
        return Keyed.find(SpendClass.class, (String) key).orElse(SpendClass.UNTOLD);
    }
}
