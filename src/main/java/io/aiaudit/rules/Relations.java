package io.aiaudit.rules;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ModelName;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The relations that rule.sql reads (DESIGN.md section 5), as temporary tables and views that shadow the store's own
 * tables: only of subjects, only in the window. The columns of {@code spend} and {@code policy} for all resources are
 * given once, in {@code aiaudit_spend} and {@code aiaudit_policy}.
 */
final class Relations {
    static final String ALLOWED_SLOWDOWN = "allowed_slowdown";
    /** What the bill has before the window. */
    static final String EARLIER_CHARGES = "earlier_charges";
    /** How many instances the bill counts. */
    static final String BILLED_INSTANCES = "billed_instances";
    /** How the time of a resource was bought, and its price. */
    static final String PAID_HOURS = "paid_hours";
    /** The parameters of a rule that this relation reads. */
    static final List<String> OF_ALLOWED_SLOWDOWN = List.of("tail", "burst");

    /** Offers for who compares two of their prices with each other, and none with a cost. */
    static final String AS_LISTED = "offers_as_listed";

    /** At which tiers the tokens of a subject are paid, and what they cost in the standard one. */
    static final String TOKEN_TIER = "token_tier";

    private static final String OFFER_PRICES = "on_demand, spot, committed_1y, committed_3y";
    private static final String MODEL_PRICES = "input, output, cache_read, cache_write, batch_input, batch_output";

    private static final String MODEL_OF_SUBJECT =
            "coalesce(stated_text(s.attributes['model']), s.machine_type, s.name)";

    /** They sell models, and no machines: a resource is never of them. */
    private static final String MAKERS = "('anthropic', 'openai')";

    private static final String COMMITMENTS = Work.text("commitments.sql");

    /** What {@link ModelName#key} says, so that names of clouds, bills and price lists meet. */
    private static final String MODEL_KEY = "regexp_replace(regexp_replace(regexp_replace(regexp_replace("
            + "lower(trim(name)), '" + ModelName.FOLDERS + "', ''), '" + ModelName.VENDORS + "', ''), '"
            + ModelName.VERSIONS + "', ''), '" + ModelName.SEPARATORS + "', '-', 'g')";

    /**
     * How much more the days of the run rate may need than the window does and still be the ordinary difference between
     * weeks. Assumed: no data set here shows a change and what came after it.
     */
    private static final double ORDINARY_RISE = 1.2;

    /** What the best case of a schedule or of scaling leaves. */
    private static final String BEST_SHARE =
            "CASE WHEN recent_share > " + ORDINARY_RISE + " * window_share THEN recent_share ELSE quieter_share END";

    /** Days within which a job that runs once a month shows itself at least once. */
    private static final long FULL_HISTORY = 35;

    /**
     * How many times as long a request may take, alone, so that the slowest ones of an hour keep a target: with
     * processor sharing they take {@code tail x latency x (1 - load) x s / (1 - load x burst x s)} at the slowdown s
     * (docs/adr/0086). None where the latency or the load is not known.
     */
    private static final String MOST_SLOWDOWN =
            "coalesce(target / (tail * latency * (1 - load) + target * load * burst), 0)";

    /**
     * The days of the week and hours of the day in a time zone that an hour in UTC lies in, and how much of it lies
     * there: two where the zone is off by half an hour or three quarters.
     */
    private static final String LOCAL_HOURS = """
            if(date_part('minute', local_time(zone, hour)) = 0, [{'day': isodow(local_time(zone, hour)),
              'clock': date_part('hour', local_time(zone, hour)), 'part': 1::DOUBLE}],
              list_transform([0, 1], lambda i: {'day': isodow(local_time(zone, hour) + to_hours(i)),
                'clock': date_part('hour', local_time(zone, hour) + to_hours(i)),
                'part': abs(1 - i - date_part('minute', local_time(zone, hour)) / 60)}))""";

    private static final String WITH_NAMES =
            "SELECT *, sold_as(machine_type) AS sold_as, written_as(machine_type) AS written_as FROM (%s)";

    private static final String STATES_WITHOUT_COST = "is_state_without_cost(r.state)";

    /** Stopped, not there yet or gone: stopping or shrinking it saves nothing. A job that has ended may come again. */
    static final String COSTS_NOTHING = "r.kind NOT IN ('training_job', 'batch_job') AND (r.replicas = 0 AND "
            + "coalesce(TRY_CAST(r.attributes['min_instances'] AS INTEGER), 0) = 0 OR " + STATES_WITHOUT_COST + ")";

    /** Rules that save nothing, and do not look at what was paid, are about what serves or keeps something. */
    private static final String IS_THERE = " AND (r.kind = 'account' OR NOT is_not_there(r))";

    /** An average or a maximum of a count is that of its samples: above 0 it only shows that there were some. */
    private static final String COUNT_IN_HOUR = "CASE WHEN total IS NOT NULL THEN greatest(total, average, maximum) "
            + "WHEN greatest(average, maximum) = 0 THEN 0 END";

    private final LockedStore store;
    private final Window window;
    private final String base;
    private final Lifetimes lifetimes;
    private final Views views;
    private final Work work;
    private final LostHours lostHours;
    private final HourPrices hourPrices;
    /**
     * Whether the tables of all resources are there, of which {@code policy} and {@code spend} are the rows of
     * subjects.
     */
    private boolean hasPolicies;

    private boolean hasSpend;

    Relations(LockedStore store, Window window, String base, Lifetimes lifetimes) {
        this.store = store;
        this.window = window;
        this.base = base;
        this.lifetimes = lifetimes;
        this.views = new Views(store);
        this.work = new Work(store, views, window, base);
        this.lostHours = new LostHours(store, window, base, lifetimes);
        this.hourPrices = new HourPrices(store, window, base);
        store.execute("CREATE OR REPLACE TEMP MACRO model_key(name) AS " + MODEL_KEY);
        store.execute(
                "CREATE OR REPLACE TEMP MACRO best_share(window_share, recent_share, quieter_share) AS " + BEST_SHARE);
        store.execute("CREATE OR REPLACE TEMP MACRO slowdown(present, other) AS " + DataSheets.slowdown());
        store.execute(
                "CREATE OR REPLACE TEMP MACRO most_slowdown(target, latency, load, tail, burst) AS " + MOST_SLOWDOWN);
        store.execute("CREATE OR REPLACE TEMP MACRO short_history(known_hours) AS " + shortHistory());
        store.execute("CREATE OR REPLACE TEMP MACRO not_measured(names) AS " + NOT_MEASURED);
        store.execute("CREATE OR REPLACE TEMP MACRO hours_lacking(is_measured, is_counted) AS " + HOURS_LACKING);
        store.execute("CREATE OR REPLACE TEMP MACRO not_in_all(what, hours) AS if(hours > 0, format(' {} not measured "
                + "in {} of these hours, in which other metrics show no use.', what, if(hours = 1, 'one', "
                + "format('{:,}', hours))), '')");
        store.execute("CREATE OR REPLACE TEMP MACRO unknown_jobs(knows_jobs, unplaced) AS CASE WHEN knows_jobs THEN '' "
                + "WHEN unplaced > 0 THEN format(' What {} of its cloud run{} on is unknown; it may be this.', "
                + "if(unplaced = 1, 'one job', format('{:,} jobs', unplaced)), if(unplaced = 1, 's', '')) "
                + "ELSE ' No inventory of its cloud was read, so jobs that run on it are unknown.' END");
        store.execute("CREATE OR REPLACE TEMP MACRO node_kept(kept_by) AS CASE kept_by WHEN 'size' THEN ' Its node "
                + "stays until its node group, which does not scale, is made smaller.' WHEN 'minimum' THEN ' Its node "
                + "stays until the minimum of the node group is lowered.' ELSE '' END");
        store.execute("CREATE OR REPLACE TEMP MACRO amount_text(amount) AS (SELECT CASE max(currency) WHEN 'USD' "
                + "THEN '$' WHEN 'EUR' THEN '€' WHEN 'GBP' THEN '£' ELSE coalesce(max(currency) || ' ', '') END FROM "
                + base + "scan) || format('{:,}', round(amount)::BIGINT)");
        store.execute("CREATE OR REPLACE TEMP MACRO metric_lacks(metric, hours) AS if(hours > 0, "
                + "metric || ' covers less than 100 % of its hours', format('no {} metric', metric))");
        store.execute("CREATE OR REPLACE TEMP MACRO count_in_hour(total, average, maximum) AS " + COUNT_IN_HOUR);
        store.execute("CREATE OR REPLACE TEMP MACRO uses_accelerators(signals) AS " + USES_ACCELERATORS);
        store.execute("CREATE OR REPLACE TEMP MACRO measured_mostly(is_measured, is_counted) AS " + MEASURED_MOSTLY);
        store.execute(INSTANCE_FAMILY);
        store.execute("CREATE OR REPLACE TEMP MACRO is_magnetic_disk(described) AS " + IS_MAGNETIC_DISK);
        store.execute("CREATE OR REPLACE TEMP MACRO states_checkpoints(stated) AS " + STATES_CHECKPOINTS);
        store.execute("CREATE OR REPLACE TEMP MACRO resumes(checkpointed, attributes, tags) AS " + RESUMES);
        store.execute("CREATE OR REPLACE TEMP MACRO times_worked(rate, piece_hours, restart_hours) AS " + TIMES_WORKED);
        store.execute("CREATE OR REPLACE TEMP MACRO is_production(environment) AS " + IS_PRODUCTION);
        store.execute("CREATE OR REPLACE TEMP MACRO local_time(zone, hour) AS timezone(zone, timezone('UTC', hour))");
        store.execute("CREATE OR REPLACE TEMP MACRO local_hours(zone, hour) AS " + LOCAL_HOURS);
        store.execute("CREATE OR REPLACE TEMP MACRO days_back(days, excluded) AS " + daysBack());
        store.execute("CREATE OR REPLACE TEMP MACRO dated_days(days, excluded) AS format('{} days (since {})', "
                + "days::BIGINT, strftime(days_back(days, excluded), '%Y-%m-%d'))");
        store.execute("CREATE OR REPLACE TEMP MACRO since_change(changed_at) AS if(changed_at > " + start()
                + ", format(' since the last change on {}', strftime(changed_at, '%Y-%m-%d')), '')");
        store.execute("CREATE OR REPLACE TEMP MACRO quiet_for(what, last_use, days, excluded) AS if(last_use "
                + "IS NULL, format('No {} in {}.', what, dated_days(days, excluded)), "
                + "format('In use until {}. No {} in {} days.', strftime(last_use, '%Y-%m-%d'), what, days::BIGINT))");
        store.execute(Work.text("schedules.sql"));
    }

    /**
     * What commitments for instances are sold for: they cover any size of it. A size of Azure may be as the portal
     * prints it, such as {@code NC24ads A100 v4 (24 vcpus)}; what has no shape of a size has no known family.
     */
    static final String INSTANCE_FAMILY = """
            CREATE OR REPLACE TEMP MACRO instance_family(provider, machine_type) AS CASE provider
              WHEN 'aws' THEN regexp_replace(lower(machine_type), '[.][^.]*$', '')
              WHEN 'gcp' THEN split_part(lower(machine_type), '-', 1)
              WHEN 'azure' THEN regexp_replace('standard_' || nullif(regexp_extract(
                replace(lower(machine_type), ' ', '_'),
                '^(?:(?:standard|basic)_)?([a-z]+[0-9][a-z0-9_-]*[a-z0-9])', 1), ''), '[0-9]+', '')
              ELSE regexp_replace(lower(machine_type), '[0-9]+', '') END""";

    /** Signals beside the accelerators, which are what is paid for: they show no use of those. */
    private static final String USES_ACCELERATORS =
            "len(list_filter(signals, lambda signal: signal NOT IN ('cpu', 'jobs', 'network', 'sessions'))) > 0";

    /** What a tag says: yes, no, or a word that is neither, which decides nothing. A path or an interval is a yes. */
    private static final String STATES_CHECKPOINTS = """
            CASE WHEN regexp_matches(trim(lower(stated)), '^(no|none|never|false|off|disabled?|n|0+)?$') THEN 'no'
              WHEN regexp_matches(trim(lower(stated)), '^(yes|true|on|enabled?|y|always|s3|gcs|gs|blob|efs|fsx|nfs\
            |lustre|filestore|hourly|daily)$|^(every )?[0-9.]*[1-9][0-9.]* ?([a-z]+)?$|[^ ]/[^ ]|^/.')
              AND trim(lower(stated)) <> 'n/a' THEN 'yes' ELSE 'unspecified' END
            """;

    /** Whether a job goes on after an interruption: by the policy, else by its attributes and tags. */
    private static final String RESUMES = "if(checkpointed IN ('yes', 'no'), checkpointed, states_checkpoints(coalesce("
            + "attributes['checkpoints'], attributes['checkpoint'], tags['checkpoints'], tags['checkpoint'], "
            + "tags['checkpointed'])))";

    /**
     * With one interruption every 1/x pieces of work, a piece is worked on (e^x - 1) / x times; each interruption costs
     * a restart, too.
     */
    private static final String TIMES_WORKED = "if(rate * piece_hours > 0, (exp(least(50, rate * piece_hours)) - 1) "
            + "/ (rate * piece_hours), 1) + rate * restart_hours";

    /** What is not named as something else is production: {@code live}, {@code prd} and no name are, too. */
    private static final String IS_PRODUCTION = """
            NOT coalesce(regexp_matches(lower(environment), '^(dev|devel|development|test|testing|tst|stage|staging|stg\
            |sandbox|research|qa|uat|pre-?prod(uction)?|non-?prod(uction)?|demo|poc|lab|experiments?)\
            ([^a-z].*)?$'), false)
            """;

    /**
     * Whether a GiB of such a disk costs no more than one of a snapshot (docs/adr/0210): by its type, else by what the
     * bill calls it. Regional ones of Google Cloud cost twice as much. Null: unknown.
     */
    private static final String IS_MAGNETIC_DISK = """
            CASE WHEN contains(lower(described), 'regional') THEN false
              WHEN regexp_matches(lower(described), '^standard$|\\b(sc1|st1|standard_[a-z]*rs|pd-standard|magnetic\
            |hdd|hyperdisk-throughput|storage pd capacity)\\b') THEN true
              WHEN regexp_matches(lower(described), '\\b(gp2|gp3|io1|io2|general purpose|provisioned iops\
            |premium_[a-z]*rs|premiumv2_[a-z]*rs|standardssd_[a-z]*rs|ultrassd_[a-z]*rs|ssd|pd-balanced|pd-extreme\
            |pd-ssd|balanced pd|extreme pd|hyperdisk-[a-z-]+)\\b') THEN false END
            """;

    /** An aggregate over the hours that count: one point of a lost signal does not show that it was quiet. */
    private static final String MEASURED_MOSTLY =
            "coalesce(avg(if(is_counted, coalesce(is_measured, false)::INTEGER, NULL)) >= 0.9, false)";

    /** An aggregate; 0 where it was measured in none of the hours that count: then another metric counts instead. */
    private static final String HOURS_LACKING =
            "if(bool_or(is_counted AND is_measured), count(*) FILTER (is_counted AND NOT is_measured), 0)";

    /** A sentence about what a claim of no use could not see; a name is NULL for what was measured. */
    private static final String NOT_MEASURED = """
            CASE len(list_filter(names, lambda name: name IS NOT NULL)) WHEN 0 THEN '' ELSE (SELECT format(
              ' {}{} {} not measured, so use cannot be ruled out.', upper(said[1]), said[2:],
              if(regexp_matches(said, ' and |s$'), 'were', 'was')) FROM (SELECT regexp_replace(array_to_string(
              list_filter(names, lambda name: name IS NOT NULL), ', '), ', ([^,]*)$', ' and \\1') AS said)) END
            """;

    /** When the last days of the window begin, without the hours that the policy excludes: those go further back. */
    private String daysBack() {
        return "if(len(excluded) > 0, list_filter(range(" + end() + " - to_hours((24 * days + len(excluded))::BIGINT), "
                + end() + ", INTERVAL 1 HOUR), lambda back: NOT list_contains(excluded, back))[(-24 * days)::BIGINT], "
                + end() + " - to_days(days::INTEGER))";
    }

    /** A sentence where too little is known of a resource to see what comes once a month. */
    private String shortHistory() {
        long days = Math.min(FULL_HISTORY, window.hours() / 24);
        return "CASE WHEN known_hours <= " + 24 * (days - 1)
                + " THEN format(' Its metrics cover only {} days; less frequent use would not be visible.', "
                + "known_hours // 24) WHEN known_hours < " + 24 * FULL_HISTORY
                + " THEN format(' The data begins on {}; less frequent use would not be visible.', strftime(" + end()
                + " - to_hours(known_hours), '%Y-%m-%d')) ELSE '' END";
    }

    /** For rules about prices: what a cluster without instances costs is its next job's, like that of a job. */
    private static String betweenJobs(Rule rule) {
        return rule.lever() == Lever.RATE
                ? " OR r.kind = 'training_cluster' AND (" + STATES_WITHOUT_COST + ") IS NOT TRUE"
                : "";
    }

    /** To be called when the resources or their points are others. */
    void forget() {
        work.forget();
        hasPolicies = false;
        forgetSpend();
    }

    /** To be called when only the costs are others. */
    void forgetSpend() {
        hasSpend = false;
        hourPrices.forget();
    }

    /**
     * For the resources in {@code aiaudit_coverage} and these values of the parameters.
     *
     * @param read the relations that the rule reads; others are not made, since each costs more than many a rule
     * @param lostHoursAreQuiet see {@link LostHours}
     */
    void create(Rule rule, Map<String, Object> parameters, Set<String> read, boolean lostHoursAreQuiet) {
        boolean readsWork = readsWork(read);
        boolean readsOffered = readsOffered(rule);
        boolean readsParts = !rule.builtIn() || rule.sql().contains("busiest_part");
        if (readsOffered) {
            lifetimes.offered().readNames();
        }
        store.execute("CREATE OR REPLACE TEMP TABLE subject AS SELECT r.*, e.seen_days, e.life_days, "
                + (readsOffered
                        ? "o.offered_as, o.bare_as, o.offered_by"
                        : "NULL::VARCHAR AS offered_as, NULL::VARCHAR AS bare_as, NULL::VARCHAR AS offered_by")
                + (readsParts ? ", load.busiest_part" : ", NULL::DOUBLE AS busiest_part")
                + " FROM " + Candidates.TABLE + " r JOIN aiaudit_coverage e USING (resource_id)"
                + (readsOffered ? " LEFT JOIN aiaudit_offered o USING (resource_id)" : "")
                + (readsParts ? " LEFT JOIN (" + busiestParts() + ") load USING (resource_id)" : "")
                + " WHERE true"
                + (rule.isAboutMore() ? "" : " AND ((" + COSTS_NOTHING + ") IS NOT TRUE" + betweenJobs(rule) + ")")
                + (readsWork || rule.lever() == Lever.GOVERN ? " AND (" + ended() + ") IS NOT TRUE" : "")
                + (rule.lever() == Lever.GOVERN && !read.contains("charges") ? IS_THERE : ""));
        store.execute("CREATE OR REPLACE TEMP TABLE param AS " + param(rule, parameters));
        if ((read.contains("policy") || read.contains(ALLOWED_SLOWDOWN)) && !hasPolicies) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_policies AS " + policies());
            hasPolicies = true;
        }
        boolean readsHourPrices = read.contains(HourPrices.RELATION);
        if ((read.contains("spend") || readsHourPrices) && !hasSpend) {
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_costs AS " + costs());
            hasSpend = true;
        }
        if (readsHourPrices) {
            hourPrices.make();
        }
        String models = withThoseSoldByTheirMakers(inAuditCurrency("models", MODEL_PRICES));
        if (lostHoursAreQuiet) {
            lostHours.fill(rule);
        }
        String unchanged = rule.sinceChange() ? lifetimes.changes().unchanged(rule.change()) : "";
        String hourly = metrics(unchanged, lostHoursAreQuiet);
        Map<String, String> queries = Map.ofEntries(
                Map.entry("policy", ofSubjects("aiaudit_policies")),
                Map.entry(
                        "spend",
                        "SELECT * EXCLUDE (altered_at) REPLACE (" + rule.change() + " AS changed_at) "
                                + ofSubjects("aiaudit_costs")),
                Map.entry(HourPrices.RELATION, ofSubjects(HourPrices.TABLE)),
                Map.entry("metrics", hourly),
                Map.entry("charges", charges()),
                Map.entry(EARLIER_CHARGES, earlierCharges()),
                Map.entry(PAID_HOURS, Work.text("paid-hours.sql").replace("{charges}", charges())),
                Map.entry(BILLED_INSTANCES, Work.text("billed-instances.sql").replace("{charges}", charges())),
                Map.entry("offers", WITH_NAMES.formatted(inAuditCurrency("offers", OFFER_PRICES))),
                Map.entry(AS_LISTED, WITH_NAMES.formatted(inOneCurrency())),
                Map.entry(DataSheets.RELATION, DataSheets.query()),
                Map.entry("models", models),
                Map.entry("token_price", tokenPrices(models)),
                Map.entry(
                        TOKEN_TIER,
                        Work.text("token-tiers.sql")
                                .replace("{charges}", charges())
                                .replace("{models}", models)
                                .replace("{model}", MODEL_OF_SUBJECT)),
                Map.entry(ALLOWED_SLOWDOWN, allowedSlowdowns(hourly)),
                Map.entry("commitments", commitments()));
        queries.forEach((name, query) -> {
            if (read.contains(name)) {
                views.make(name, query);
            }
        });
        if (readsWork) {
            work.create(rule, parameters, read, unchanged, lostHoursAreQuiet);
        }
    }

    private static boolean readsWork(Set<String> read) {
        return read.contains(Work.RELATION) || read.contains(Work.PAUSE);
    }

    /** The subjects of the rule for which the relations were made where {@code work} lacks a signal in some hours. */
    Set<String> lackingHours(Set<String> read) {
        return readsWork(read) ? work.lackingHours() : Set.of();
    }

    LostHours lostHours() {
        return lostHours;
    }

    /** Built-in rules name the two columns where they read them; one of the user may return all columns. */
    static boolean readsOffered(Rule rule) {
        return !rule.builtIn()
                || rule.sql().contains("offered_as")
                || rule.sql().contains("bare_as");
    }

    /** What is known of the use of resources; no rule runs after it. */
    Map<String, UseFact> use(List<String> measuredKinds) {
        return work.use(measuredKinds, lifetimes.changes().unchanged(Rule.ANY_CHANGE));
    }

    /** Takes away what hides the store's own tables. */
    void drop() {
        views.drop();
    }

    /**
     * How busy a part made its whole in the busiest hour of any of them: its share of the accelerators, at its own
     * load. The points of the whole may show less.
     */
    private String busiestParts() {
        return "SELECT a.ancestor_id AS resource_id, max(coalesce(m.average, m.maximum) * least(1, coalesce("
                + "p.accelerator_count * coalesce(p.replicas, 1) / nullif(w.accelerator_count, 0), 1)))::DOUBLE"
                + " AS busiest_part FROM " + base + "metrics m JOIN temp.main.aiaudit_ancestors a USING (resource_id)"
                + " JOIN " + base + "resources p USING (resource_id) JOIN " + base
                + "resources w ON w.resource_id = a.ancestor_id WHERE a.depth > 0 AND m.metric = 'gpu_utilization'"
                + " AND m.hour >= " + start() + " AND m.hour < " + end() + " GROUP BY ALL";
    }

    /**
     * How much slower the accelerators of a subject may be so that its slowest hour keeps the target of the policy; no
     * row where there is no target. Of an endpoint with several instances latency-headroom may take some away: both
     * together would be too slow, so it may be no slower.
     */
    private static String allowedSlowdowns(String hourly) {
        return "WITH hours AS (SELECT resource_id, hour, max(coalesce(average, maximum)) FILTER (metric = 'latency_ms')"
                + " AS latency, max(coalesce(average, maximum)) FILTER (metric = 'gpu_utilization') AS load,"
                + " max(greatest(total, average, maximum)) FILTER (metric = 'requests') AS requests FROM (" + hourly
                + ") GROUP BY ALL) SELECT resource_id, min(if(s.kind = 'inference_endpoint'"
                + " AND coalesce(s.replicas, 2) > 1, 0, most_slowdown(p.latency_target_ms, h.latency, h.load, r.tail,"
                + " r.burst))) AS slowdown_allowed FROM hours h JOIN temp.main.aiaudit_policies p USING (resource_id)"
                + " JOIN temp.main.subject s USING (resource_id), temp.main.param r"
                + " WHERE p.latency_target_ms IS NOT NULL AND coalesce(h.requests, h.load) > 0 GROUP BY resource_id";
    }

    private String ended() {
        return "r.kind NOT IN ('training_job', 'batch_job') AND r.ended_at <= " + end();
    }

    private String metrics(String unchanged, boolean lostHoursAreQuiet) {
        String points = base + "metrics";
        String whole = lifetimes.points().measuredWhole();
        if (lostHoursAreQuiet) {
            points = "(FROM " + points + " WHERE true" + whole + " UNION ALL FROM temp.main." + LostHours.TABLE + ")";
            whole = "";
        }
        return "FROM " + points + " hourly WHERE hour >= " + start() + " AND hour < " + end()
                + " AND resource_id IN (SELECT resource_id FROM temp.main.subject)" + notExcluded()
                + whole + unchanged;
    }

    /** What the policy says is no normal use is no evidence for any rule. */
    private String notExcluded() {
        return !lifetimes.excluded().any()
                ? ""
                : " AND (resource_id, hour) NOT IN (SELECT (x.resource_id, h.hour) FROM temp.main.aiaudit_excluded x,"
                        + " (SELECT unnest(range(" + start() + ", " + end() + ", INTERVAL 1 HOUR)) AS hour) h"
                        + " WHERE h.hour >= x.period_start AND h.hour < x.period_end)";
    }

    private String charges() {
        return chargesOfSubjects() + " WHERE coalesce(c.ChargePeriodStart, " + start() + ") < " + end()
                + " AND coalesce(c.ChargePeriodEnd, " + end() + ") > " + start();
    }

    private String earlierCharges() {
        return chargesOfSubjects() + " WHERE c.ChargePeriodEnd <= " + start();
    }

    /** Charges sit on leaves; those of the parts of a subject are shown as its own. */
    private String chargesOfSubjects() {
        return "SELECT c.* REPLACE (a.ancestor_id AS resource_id) FROM " + base + "charges c"
                + " JOIN temp.main.aiaudit_ancestors a ON a.resource_id = c.resource_id"
                + " JOIN temp.main.subject s ON s.resource_id = a.ancestor_id";
    }

    private static String ofSubjects(String table) {
        return "FROM temp.main." + table + " WHERE resource_id IN (SELECT resource_id FROM temp.main.subject)";
    }

    /** The sum over the parts of a resource; unknown as soon as the cost of one of them is. */
    private String costs() {
        List<String> sums = new ArrayList<>();
        for (String cost : List.of(
                "monthly_cost", "run_rate", "time_cost", "usage_cost", "storage_cost", "licence_cost", "hours")) {
            sums.add("CASE WHEN count(p." + cost + ") = count(p.resource_id) THEN sum(p." + cost + ") END AS " + cost);
        }
        return "SELECT s.resource_id, " + String.join(", ", sums)
                + ", CASE WHEN count(p.resource_id) = 0 THEN 'unpriced' ELSE "
                + "list_reverse_sort(list([coalesce(list_position(['effective', 'billed', 'allocated', "
                + "'list', 'unpriced'], p.cost_basis), 0)::VARCHAR, p.cost_basis]) FILTER (p.resource_id IS "
                + "NOT NULL))[1][2] END AS cost_basis, CASE WHEN count(p.resource_id) = 1 THEN max(p.committed_share)"
                + " ELSE sum(p.committed_share * p.time_cost::DOUBLE) / nullif(sum(p.time_cost) FILTER "
                + "(p.committed_share IS NOT NULL), 0)::DOUBLE END AS committed_share"
                + ", coalesce(min(p.time_left), 1) AS time_left"
                + ", max(p.run_rate_from) AS run_rate_from, max(p.changed_at) AS changed_at"
                + ", max(p.altered_at) AS altered_at"
                + " FROM " + base
                + "resources s LEFT JOIN temp.main.aiaudit_ancestors a ON a.ancestor_id = s.resource_id"
                + " LEFT JOIN temp.main.aiaudit_spend p ON p.resource_id = a.resource_id GROUP BY s.resource_id";
    }

    /** Nothing specified is a row as well. */
    private String policies() {
        List<String> columns = new ArrayList<>(List.of("s.resource_id", "p.allowed_regions", "p.latency_target_ms"));
        for (String ask : Keyed.keys(Ask.class)) {
            columns.add("coalesce(p." + ask + ", 'unspecified') AS " + ask);
        }
        columns.addAll(List.of(
                "p.environment",
                "p.owner",
                "p.data_class",
                "coalesce(p.standby, false) AS standby",
                "CASE WHEN p.standby IS NULL THEN " + StandbyHint.sql("s") + " END AS standby_hint",
                "coalesce(p.checkpointed, 'unspecified') AS checkpointed",
                "p.quality_tolerance",
                "p.timezone",
                "p.excluded_periods"));
        return "SELECT " + String.join(", ", columns) + " FROM " + base
                + "resources s LEFT JOIN temp.main.aiaudit_policy p USING (resource_id)";
    }

    private String param(Rule rule, Map<String, Object> parameters) {
        List<String> columns = new ArrayList<>();
        parameters.forEach((name, value) ->
                columns.add(Literal.parameter(value, rule.params().get(name).sqlType()) + " AS " + Literal.name(name)));
        columns.add(start() + " AS window_start");
        columns.add(end() + " AS window_end");
        return "SELECT " + String.join(", ", columns);
    }

    /** A price in another currency than the audit's is unknown, never taken for the same number. */
    private String inAuditCurrency(String table, String prices) {
        List<String> replaced = new ArrayList<>();
        for (String price : prices.split(", ", -1)) {
            replaced.add("CASE WHEN currency IS NULL OR currency = (SELECT max(currency) FROM " + base + "scan) THEN "
                    + price + " END AS " + price);
        }
        return "SELECT * REPLACE (" + String.join(", ", replaced) + ") FROM " + base + table;
    }

    /**
     * Prices of a provider in the audit's currency where the list has any, else in the only currency that it has: the
     * ratio of two of them needs no exchange rate.
     */
    private String inOneCurrency() {
        List<String> replaced = new ArrayList<>();
        for (String price : OFFER_PRICES.split(", ", -1)) {
            replaced.add("CASE WHEN coalesce(currency, of_audit) IS NOT DISTINCT FROM of_list THEN " + price
                    + " END AS " + price);
        }
        return "SELECT * EXCLUDE (of_audit, of_list) REPLACE (" + String.join(", ", replaced)
                + "), coalesce(currency, of_audit) IS NOT DISTINCT FROM of_audit AS in_audit_currency FROM ("
                + "SELECT *, if(bool_or(coalesce(currency, of_audit) IS NOT DISTINCT FROM of_audit) OVER of_provider, "
                + "of_audit, if(min(currency) OVER of_provider = max(currency) OVER of_provider, currency, NULL)) AS "
                + "of_list FROM (SELECT *, (SELECT max(currency) FROM " + base + "scan) AS of_audit FROM " + base
                + "offers) WINDOW of_provider AS (PARTITION BY provider))";
    }

    /**
     * What is bought from a maker of models itself is of the provider other, as all that no cloud sells: it has the
     * prices of the maker, and never those of a cloud.
     */
    private static String withThoseSoldByTheirMakers(String models) {
        return "WITH listed AS (" + models + ") FROM listed UNION ALL"
                + " SELECT * REPLACE ('other' AS provider) FROM listed WHERE provider IN " + MAKERS;
    }

    /**
     * Of each subject whose model is listed. Several dated versions, of other prices, may go by one name: the very name
     * goes first, then the newest list, the row that says most, the name without a date, and the newest version. Beside
     * tokens its bill may have images, searches or training: {@code token_share} of its usage are tokens.
     */
    private String tokenPrices(String models) {
        return "SELECT s.resource_id, p.* EXCLUDE (provider, tier, currency, as_of),"
                + " greatest(0, least(1, coalesce(u.token_share, 1))) AS token_share FROM temp.main.subject s"
                + " LEFT JOIN (SELECT resource_id, if(count(token_kind) > 0, (sum(cost) FILTER (token_kind IS NOT NULL)"
                + " / nullif(sum(cost), 0))::DOUBLE, 1) AS token_share FROM (" + charges() + ")"
                + " WHERE component = 'usage' AND charge_kind = 'cost' GROUP BY resource_id) u USING (resource_id)"
                + " JOIN ("
                + models + ") p ON p.provider = s.provider AND model_key(p.model) = model_key(" + MODEL_OF_SUBJECT
                + ") WHERE p.tier = 'standard' AND p.input > 0 AND NOT is_custom_model(s.attributes, s.name)"
                + " QUALIFY row_number() OVER (PARTITION BY s.resource_id ORDER BY lower(p.model) = lower("
                + MODEL_OF_SUBJECT + ") DESC, as_of DESC NULLS LAST, (p.cache_read IS NULL)::INTEGER"
                + " + (p.batch_input IS NULL)::INTEGER, length(p.model), p.model DESC) = 1";
    }

    /**
     * Whose list has the prices of a resource that no cloud sells; joined to {@code s}, which has the columns of
     * {@code resources}.
     */
    static String makers(String base) {
        return "JOIN (SELECT model_key(model) AS model, min(provider) AS maker FROM " + base
                + "models WHERE provider IN " + MAKERS + " GROUP BY ALL) made ON s.provider = 'other'"
                + " AND made.model = model_key(" + MODEL_OF_SUBJECT + ")";
    }

    private String start() {
        return Literal.timestamp(window.start());
    }

    /** With what it is sold for, and of one for certain instances their region and type, as bill or cloud say it. */
    private String commitments() {
        return COMMITMENTS.replace("{base}", base);
    }

    private String end() {
        return Literal.timestamp(window.end());
    }
}
