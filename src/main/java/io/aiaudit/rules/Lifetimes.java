package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.store.CutBill;
import io.aiaudit.store.LockedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of every resource before any rule runs, in temporary tables that all rules share: whose part it is,
 * when it existed, in which hours it ran (by an hourly bill or else a metric), and in which hours each metric has a
 * point. Hours of the window are the bits of a bit string, so that ten thousand resources take a few megabytes and
 * duplicates do no harm.
 */
final class Lifetimes {
    /**
     * Jobs of services that bring machines of their own, whatever is known of these, and what a batch endpoint of Azure
     * is made of: its jobs run on clusters, whose nodes at work are counted.
     */
    private static final String ON_OWN_MACHINES =
            "^arn:[^:]*:(sagemaker|bedrock):|^//aiplatform[.]googleapis[.]com/|(?i:/batchendpoints/)";

    /** Whether it has an accelerator; NULL where it is unknown. */
    private static final String ACCELERATED =
            "CASE WHEN r.accelerator IS NOT NULL OR r.accelerator_count > 0 THEN true WHEN r.accelerator_count = 0 "
                    + "THEN false ELSE t.accelerated END";

    /** Of these a sum over an hour says nothing. */
    private static final List<String> LEVELS = List.of(
            "gpu_utilization",
            "gpu_memory_used_gib",
            "kv_cache_utilization",
            "cpu_utilization",
            "memory_used_gib",
            "latency_ms",
            "throughput_utilization");

    /** Of these only the sum says how many there were. */
    private static final List<String> COUNTS =
            List.of("tokens_input", "tokens_output", "tokens_cache_read", "tokens_cache_write");

    private final LockedStore store;
    private final Window window;
    private final String base;
    private final Map<String, CutBill> cutBills;
    private final String start;
    private final String end;
    private final List<Lifetime> all = new ArrayList<>();
    private final Map<String, List<Ancestor>> above = new HashMap<>();
    private final Set<String> metricsRead = new HashSet<>();
    private final Map<Need, Map<String, Seen>> seen = new HashMap<>();
    private SharedMachines shared;
    private boolean excludesHours;
    /** Of resources whose bill is by the day and has fewer hours than days have: how many a day, on average. */
    private final Map<String, Long> hoursPaidADay = new HashMap<>();

    /** Resources of which rows of some file could not be read. */
    private final Set<String> rejected = new HashSet<>();

    /** Of each resource the metrics that lack rows in some hours of the window. */
    private final Map<String, Set<String>> partlyMeasured = new HashMap<>();

    private boolean changesAny;
    private boolean isOfferedRead;

    /** What a resource is part of; 1 is the nearest. */
    record Ancestor(String resourceId, long depth) {}

    /**
     * The points of a resource that a need requires.
     *
     * @param wantedHours hours in which there should be a point and is one; null where it has only points that will
     *     not do for it
     */
    record Seen(Long wantedHours, Instant newest) {}

    /**
     * @param base the prefix of the name of a table of the store, such as {@code "audit".main.}
     * @param cutBills by the leaves of their accounts
     */
    Lifetimes(LockedStore store, Window window, String base, Map<String, CutBill> cutBills) {
        this.store = store;
        this.window = window;
        this.base = base;
        this.cutBills = cutBills;
        this.start = Literal.timestamp(window.start());
        this.end = Literal.timestamp(window.end());
    }

    /** Days of the window. */
    double windowDays() {
        return window.hours() / 24.0;
    }

    /** Reads them anew, after the table {@code aiaudit_policy} has been filled. */
    void read() {
        ancestors();
        changes();
        charged();
        measured();
        machineTypes();
        isOfferedRead = false;
        ManagedGroups.read(store, base, start);
        shared = SharedMachines.read(store, base, end);
        excluded();
        partlyMeasured.clear();
        store.select("SELECT DISTINCT resource_id, metric FROM " + base + "partial_hours WHERE hour >= " + start
                        + " AND hour < " + end)
                .rows()
                .forEach(row -> partlyMeasured
                        .computeIfAbsent((String) row.get(0), id -> new HashSet<>())
                        .add((String) row.get(1)));
        rejected.clear();
        store.select("SELECT DISTINCT resource_id FROM rejects JOIN files USING (file)"
                        + " WHERE content = 'usage' AND resource_id IS NOT NULL")
                .rows()
                .forEach(row -> rejected.add((String) row.get(0)));
        paidForPartOfDays();
        began();
        lifetimes();
        all.clear();
        store.select("SELECT " + Lifetime.COLUMNS + " FROM aiaudit_lifetimes")
                .rows()
                .forEach(row -> all.add(Lifetime.of(row)));
        parts();
        unplacedJobs();
        unplacedWorkloads();
        above.clear();
        store.select("SELECT resource_id, ancestor_id, depth FROM aiaudit_ancestors WHERE depth > 0")
                .rows()
                .forEach(row -> above.computeIfAbsent((String) row.get(0), id -> new ArrayList<>())
                        .add(new Ancestor((String) row.get(1), (Long) row.get(2))));
        store.execute(
                "CREATE OR REPLACE TEMP TABLE aiaudit_points (resource_id VARCHAR, metric VARCHAR, hours BIT, newest "
                        + "TIMESTAMP)");
        metricsRead.clear();
        seen.clear();
    }

    /**
     * Each resource with itself (depth 0) and everything it is part of; those in a circle, in a client's file, are no
     * parts of each other.
     */
    private void ancestors() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_ancestors AS
                WITH RECURSIVE up AS (
                  SELECT resource_id, resource_id AS ancestor_id, 0 AS depth FROM %1$sresources
                  UNION ALL
                  SELECT up.resource_id, r.parent_id, depth + 1
                  FROM up JOIN %1$sresources r ON r.resource_id = up.ancestor_id
                  WHERE r.parent_id IS NOT NULL AND r.parent_id <> r.resource_id AND depth < 8
                )
                SELECT resource_id, ancestor_id, min(depth) AS depth FROM up
                WHERE depth = 0 OR NOT EXISTS (SELECT 1 FROM up back
                  WHERE back.resource_id = up.ancestor_id AND back.ancestor_id = up.resource_id)
                GROUP BY ALL
                """.formatted(base));
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
        store.execute("""
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
                """.formatted(base, start, end, hours() - 1, hours(), outsideBill()));
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
                        """.formatted(base, start, end))
                .rows()
                .forEach(row -> hoursPaidADay.put((String) row.get(0), (Long) row.get(1)));
    }

    /** Null where all hours are paid for, or the bill shows which. */
    Long hoursPaidADay(String resourceId) {
        return hoursPaidADay.get(resourceId);
    }

    /**
     * The hours in which a resource has a point of the metric that its cloud has only while it runs, or of another
     * gauge; nothing where none is named, or nothing is measured.
     */
    private void measured() {
        if (!store.any(base + "resources WHERE attributes['hours_run_by'] IS NOT NULL")) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_measured (resource_id VARCHAR, ran BIT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_measured AS
                SELECT resource_id, bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0, %4$d) AS ran
                FROM %1$smetrics m JOIN %1$sresources r USING (resource_id)
                WHERE (m.metric = r.attributes['hours_run_by'] OR r.attributes['hours_run_by'] IS NOT NULL
                  AND m.metric IN %5$s) AND hour >= %2$s AND hour < %3$s
                  AND coalesce(average, maximum, total) IS NOT NULL
                GROUP BY resource_id
                HAVING bool_or(m.metric = r.attributes['hours_run_by'])
                """.formatted(base, start, end, hours() - 1, Literal.texts(LEVELS)));
    }

    private String outsideBill() {
        return "CASE WHEN first_hour IS NULL THEN repeat('1', " + hours() + ")::BIT ELSE ~"
                + bits("first_hour", "last_end") + " END";
    }

    /** The bits of the whole hours between two times. */
    private String bits(String from, String to) {
        String first =
                "least(%2$d, greatest(0, ceil(epoch(%1$s - %3$s) / 3600)::BIGINT))".formatted(from, hours(), start);
        String last =
                "least(%2$d, greatest(0, floor(epoch(%1$s - %3$s) / 3600)::BIGINT))".formatted(to, hours(), start);
        return "(repeat('0', " + first + ") || repeat('1', greatest(0, " + last + " - " + first + ")) || repeat('0', "
                + hours() + " - greatest(" + first + ", " + last + ")))::BIT";
    }

    /** The periods that the policy of a resource excludes, and the hours of the window in them. */
    private void excluded() {
        excludesHours = store.any("aiaudit_policy WHERE len(excluded_periods) > 0");
        if (!excludesHours) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded "
                    + "(resource_id VARCHAR, period_start TIMESTAMP, period_end TIMESTAMP)");
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded_hours (resource_id VARCHAR, hours BIT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_excluded AS
                SELECT resource_id, split_part(period, '/', 1)::TIMESTAMP AS period_start,
                  split_part(period, '/', 2)::TIMESTAMP AS period_end
                FROM (SELECT resource_id, unnest(excluded_periods) AS period FROM aiaudit_policy)
                """);
        store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_excluded_hours AS SELECT resource_id, bit_or("
                + bits("period_start", "period_end") + ") AS hours FROM aiaudit_excluded GROUP BY resource_id");
    }

    /** When each resource was last changed for good, in the window and before it; a parent when any part of it was. */
    private void changes() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_changes AS
                SELECT a.ancestor_id AS resource_id, max(p.changed_at) AS changed_at
                FROM aiaudit_spend p JOIN aiaudit_ancestors a USING (resource_id)
                WHERE p.changed_at IS NOT NULL GROUP BY ALL
                """);
        changesAny = !store.select("FROM aiaudit_changes LIMIT 1").rows().isEmpty();
        store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_earlier_changes AS "
                + Work.text("earlier-changes.sql")
                        .replace("{base}", base)
                        .replace("{start}", start)
                        .replace("{end}", end));
    }

    /** A condition on rows by the hour: the resource was then what it is now. Nothing where none was changed. */
    String unchanged() {
        return changesAny
                ? " AND NOT EXISTS (FROM temp.main.aiaudit_changes c WHERE c.resource_id = hourly.resource_id AND "
                        + "hourly.hour < c.changed_at)"
                : "";
    }

    /** A condition on points: nothing of their hour is lost, since that may have been more than what is left. */
    String measuredWhole() {
        return !partlyMeasured.isEmpty()
                ? " AND (resource_id, metric, hour) NOT IN (FROM " + base + "partial_hours)"
                : "";
    }

    /** Whether rows of an hour are lost of what a need asks of a resource. */
    boolean isPartlyMeasured(String resourceId, Need need) {
        return need.oneOf().stream().anyMatch(partlyMeasured.getOrDefault(resourceId, Set.of())::contains);
    }

    /** Whether a file has rows of a resource that could not be read. */
    boolean hasRejectedRows(String resourceId) {
        return rejected.contains(resourceId);
    }

    /** Whether rows of an hour are lost of any metric of a resource. */
    boolean isPartlyMeasured(String resourceId) {
        return partlyMeasured.containsKey(resourceId);
    }

    /** Whether any policy excludes a period. */
    boolean excludesHours() {
        return excludesHours;
    }

    /**
     * {@code accelerated}, see above; {@code seen_to}: the end of the window, or of the life of a job, which is meant
     * to end; {@code expected}: the hours of window and life, and of running where that is known; {@code wanted}: those
     * of them in which there should be points, since no policy excludes them.
     */
    private void lifetimes() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_lifetimes AS
                WITH life AS (
                  SELECT r.resource_id, r.kind, %5$s AS accelerated, -- what was made again after the window was there \
                before
                    CASE WHEN r.created_at >= %3$s AND c.first_charge < %3$s THEN c.first_charge
                      ELSE coalesce(r.created_at, c.first_charge) END AS born,
                    coalesce(r.ended_at, %3$s) AS died,
                    CASE WHEN c.hourly THEN c.ran ELSE m.ran END AS ran,
                    c.resource_id IS NULL AND if(r.kind IN ('training_job', 'batch_job'),
                      coalesce(r.attributes['runs_on'], r.attributes['persistent_resource']) IS NOT NULL,
                      -- a pool itself is part of nothing
                      r.attributes['shared_pool'] IS NOT NULL AND r.parent_id IS NOT NULL) AS is_guest,
                    r.attributes['unread_metrics'] AS unread_metrics
                  FROM %1$sresources r LEFT JOIN aiaudit_charged c USING (resource_id)
                    LEFT JOIN aiaudit_measured m USING (resource_id)
                    LEFT JOIN aiaudit_machine_types t ON t.machine_type = %6$s
                ), clipped AS (
                  SELECT *, greatest(coalesce(born, %2$s), %2$s) AS existed_from, least(died, %3$s) AS existed_to
                  FROM life
                ), masked AS (
                  SELECT *, %4$s AS existed FROM clipped
                )
                SELECT resource_id, kind, accelerated,
                  greatest(0, epoch(existed_to - existed_from) / 86400) AS window_days,
                  epoch(least(died, %3$s) - born) / 86400 AS life_days,
                  CASE WHEN ran IS NULL THEN existed ELSE existed & ran END AS expected,
                  coalesce(expected & ~x.hours, expected) AS wanted, is_guest,
                  CASE WHEN kind IN ('training_job', 'batch_job') THEN existed_to ELSE %3$s END AS seen_to,
                  epoch(%3$s - h.changed_at) / 86400 AS unchanged_days, unread_metrics
                FROM masked LEFT JOIN aiaudit_excluded_hours x USING (resource_id)
                  LEFT JOIN aiaudit_changes h USING (resource_id)
                """.formatted(
                        base, start, end, bits("existed_from", "existed_to"), ACCELERATED, bare("r.machine_type")));
    }

    /**
     * Which types of machines have accelerators, as far as the offers show: the same hardware, whatever service sells
     * it. N1 machines of Google Cloud take some that their type does not name.
     */
    private void machineTypes() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_machine_types AS
                SELECT %2$s AS machine_type,
                  bool_or(accelerator IS NOT NULL OR coalesce(accelerator_count, 0) > 0) AS accelerated
                FROM %1$soffers WHERE machine_type IS NOT NULL AND NOT starts_with(%2$s, 'n1-') GROUP BY ALL
                """.formatted(base, bare("machine_type")));
    }

    /** A type of machine without the service that sells it. */
    private static String bare(String machineType) {
        return "regexp_replace(lower(" + machineType + "), '^(ml[.]|[a-z]+/)', '')";
    }

    /**
     * The name under which each machine is in the offers, {@code offered_as}, and that of the same machine without the
     * service that runs it, {@code bare_as}; {@code offered_by}: the cloud that sells it, of a workload of Kubernetes
     * that of its node. NULL where the offers know the machine only without its accelerators, and
     * for TPU, which are sold by the chip. Made when the first rule needs it: planning it takes longer than most rules.
     */
    void readOffered() {
        if (isOfferedRead) {
            return;
        }
        isOfferedRead = true;
        store.makeOfferedNames(base);
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_offered AS
                WITH seller AS MATERIALIZED (
                  SELECT a.resource_id, arg_min(h.provider, a.depth) AS offered_by
                  FROM aiaudit_ancestors a JOIN %1$sresources h ON h.resource_id = a.ancestor_id
                  WHERE h.provider IN ('aws', 'azure', 'gcp') GROUP BY a.resource_id
                ), named AS MATERIALIZED (
                  SELECT resource_id, coalesce(offered_by, r.provider) AS provider,
                    unnest(['offered', 'bare']) AS question,
                    coalesce(accelerator_count > 0, accelerator IS NOT NULL) AS has_accelerators,
                    CASE WHEN question = 'offered' THEN own_alone WHEN contains(machine_type, '/')
                      THEN regexp_replace(lower(machine_type), '^[a-z]+/', '')
                      ELSE regexp_replace(lower(machine_type), '^ml[.]', '') END AS alone,
                    CASE WHEN question = 'offered' THEN own_attached
                      ELSE 'attached/' || alone || '+' || accelerator_count::INTEGER || 'x' || lower(accelerator) END AS
                      attached,
                    sold_as(alone) = 'tpu/' AND units_of(machine_type) > 1 AS is_by_chip
                  FROM %1$sresources r
                    JOIN (SELECT resource_id, alone AS own_alone, attached AS own_attached
                    FROM offered_names) USING (resource_id) LEFT JOIN seller USING (resource_id)
                ), offered AS (
                  SELECT provider, lower(machine_type) AS name, bool_and(accelerator_count = 0) IS TRUE AS is_without
                  FROM %1$soffers WHERE lower(machine_type) IN (SELECT alone FROM named UNION SELECT attached
                    FROM named) GROUP BY ALL
                )
                SELECT resource_id, max(name) FILTER (question = 'offered') AS offered_as,
                  max(name) FILTER (question = 'bare') AS bare_as, any_value(provider) AS offered_by
                FROM (
                  SELECT resource_id, named.provider, question,
                    CASE WHEN is_by_chip THEN NULL WHEN a.name IS NOT NULL THEN a.name
                    WHEN has_accelerators AND coalesce(b.is_without, false) THEN NULL ELSE alone END AS name
                  FROM named LEFT JOIN offered a ON a.provider = named.provider AND a.name = attached
                    LEFT JOIN offered b ON b.provider = named.provider AND b.name = alone
                ) GROUP BY resource_id
                """.formatted(base));
    }

    /** How many parts of each resource still exist, and which workloads run on it or on a part of it. */
    private void parts() {
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_parts AS
                SELECT parent_id, count(*) AS parts_of_parent FROM %1$sresources
                WHERE parent_id IS NOT NULL AND coalesce(replicas, 1) > 0 AND coalesce(ended_at > %2$s, true)
                  GROUP BY ALL
                """.formatted(base, end));
        if (!has("gpu_workload")) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_workloads (resource_id VARCHAR, workloads VARCHAR[])");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_workloads AS
                SELECT a.ancestor_id AS resource_id, list(DISTINCT r.resource_id ORDER BY r.resource_id) AS workloads
                FROM aiaudit_ancestors a JOIN %1$sresources r USING (resource_id)
                WHERE a.depth > 0 AND r.kind = 'gpu_workload' AND coalesce(r.replicas, 1) > 0
                  AND coalesce(r.ended_at > %2$s, true)
                GROUP BY ALL
                """.formatted(base, end));
    }

    /**
     * How many jobs of its provider may run on any resource: what they run on is unknown, and neither a machine type
     * nor a charge shows that they have machines of their own (docs/adr/0194).
     */
    private void unplacedJobs() {
        if (!has("training_job") && !has("batch_job")) {
            store.execute(
                    "CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_jobs (provider VARCHAR, unplaced_jobs BIGINT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_jobs AS
                WITH job AS (
                  SELECT resource_id, provider, [parent_id, attributes['runs_on'], attributes['persistent_resource']]
                    AS hosts
                  FROM %1$sresources
                  WHERE kind IN ('training_job', 'batch_job') AND machine_type IS NULL AND provider IS NOT NULL
                    AND NOT regexp_matches(resource_id, '%3$s')
                    AND coalesce(ended_at > %2$s, true) AND resource_id NOT IN (SELECT resource_id FROM aiaudit_charged)
                ), named AS (
                  SELECT resource_id, provider, unnest(hosts) AS host FROM job
                ), placed AS (
                  SELECT named.resource_id FROM named JOIN %1$sresources r ON r.resource_id = host
                  UNION
                  SELECT named.resource_id FROM named
                    JOIN %1$sresources r ON r.provider = named.provider AND r.name = host
                )
                SELECT provider, count(*) AS unplaced_jobs FROM job ANTI JOIN placed USING (resource_id)
                GROUP BY provider
                """.formatted(base, start, ON_OWN_MACHINES));
    }

    /** The same of workloads without metrics, on any node of their account. */
    private void unplacedWorkloads() {
        if (!has("gpu_workload")) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_workloads "
                    + "(resource_id VARCHAR, unplaced_workloads BIGINT)");
            return;
        }
        store.execute("""
                CREATE OR REPLACE TEMP TABLE aiaudit_unplaced_workloads AS
                WITH unplaced AS (
                  SELECT account_id AS account, count(*) AS workloads
                  FROM %1$sresources
                  WHERE kind = 'gpu_workload' AND parent_id IS NULL AND machine_type IS NULL
                    AND coalesce(replicas, 1) > 0 AND coalesce(ended_at > %3$s, true)
                    AND resource_id NOT IN (SELECT resource_id FROM aiaudit_charged)
                    AND resource_id NOT IN (SELECT resource_id FROM %1$smetrics
                      WHERE metric = 'gpu_utilization' AND hour >= %2$s AND hour < %3$s)
                  GROUP BY account_id
                )
                SELECT resource_id, sum(workloads)::BIGINT AS unplaced_workloads
                FROM %1$sresources JOIN unplaced ON coalesce(account = account_id, true)
                WHERE kind IN ('instance', 'node_group')
                GROUP BY resource_id
                """.formatted(base, start, end));
    }

    List<Lifetime> all() {
        return all;
    }

    SharedMachines shared() {
        return shared;
    }

    /** Whether there is a resource of this kind. */
    boolean has(String kind) {
        return all.stream().anyMatch(lifetime -> lifetime.kind().equals(kind));
    }

    List<Ancestor> above(String resourceId) {
        return above.getOrDefault(resourceId, List.of());
    }

    /** Reads where these metrics have points with the statistic that rules need, each once for all rules. */
    void readPoints(List<String> metrics) {
        List<String> missing = new ArrayList<>(metrics);
        missing.removeAll(metricsRead);
        if (missing.isEmpty()) {
            return;
        }
        store.execute("""
                INSERT INTO aiaudit_points
                SELECT resource_id, metric, bitstring_agg(date_diff('hour', %2$s, hour)::INTEGER, 0, %4$d), max(hour)
                FROM %1$smetrics
                WHERE metric IN %5$s AND hour >= %2$s AND hour < %3$s%8$s
                  AND CASE WHEN metric IN %6$s THEN coalesce(average, maximum) WHEN metric IN %7$s THEN total
                    ELSE coalesce(average, maximum, total) END IS NOT NULL
                GROUP BY resource_id, metric
                """.formatted(
                        base,
                        start,
                        end,
                        hours() - 1,
                        Literal.texts(missing),
                        Literal.texts(LEVELS),
                        Literal.texts(COUNTS),
                        measuredWhole()));
        metricsRead.addAll(missing);
    }

    /** Of each resource with points of any metric of a need, once {@link #readPoints} has read them. */
    Map<String, Seen> seen(Need need) {
        return seen.computeIfAbsent(need, this::points);
    }

    private Map<String, Seen> points(Need need) {
        Map<String, Seen> points = new HashMap<>();
        store.select("""
                        SELECT resource_id, bit_count(bit_or(hours & wanted) FILTER (%1$s)), max(newest) FILTER (%1$s)
                        FROM aiaudit_points JOIN aiaudit_lifetimes USING (resource_id)
                        WHERE metric IN %2$s
                        GROUP BY resource_id
                        """.formatted(
                                "accelerated IS DISTINCT FROM true OR metric IN "
                                        + Literal.texts(need.of(true).oneOf()),
                                Literal.texts(need.oneOf())))
                .rows()
                .forEach(row -> points.put((String) row.get(0), new Seen((Long) row.get(1), (Instant) row.get(2))));
        return points;
    }

    private long hours() {
        return window.hours();
    }
}
