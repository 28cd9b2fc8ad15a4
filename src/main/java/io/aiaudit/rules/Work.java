package io.aiaudit.rules;

import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import io.aiaudit.store.LockedStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one definition of "did it work in this hour", behind the relations {@code work}, hour by hour, and {@code pause},
 * one row a subject. Its SQL is work.sql, its floors are work.yaml; both exist only for rules that read them, and hours
 * are computed once for rules with the same floors that follow each other.
 */
final class Work {
    static final String RELATION = "work";
    static final String PAUSE = "pause";

    private static final String HOURLY = "temp.main.aiaudit_work";

    /** The same where nothing happened in the hours that lack a signal. */
    private static final String HOURLY_WITHOUT_LOSS =
            "(SELECT * REPLACE (worked AND lost = 0 AS worked, quiet | lost AS quiet) FROM " + HOURLY + ")";

    /** Every floor as a parameter, in the order of docs/work.md. */
    static final Map<String, Parameter> FLOORS = floors();

    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("--[^\n]*|'(?:[^']|'')*'");
    private static final Pattern READ = Pattern.compile("(?i)\\b(?:" + RELATION + "|" + PAUSE + ")\\b");
    private static final Pattern OWN_TABLE = Pattern.compile("(?i)\\b" + RELATION + "\\s+AS\\s*\\(");
    private static final String SIGNALS =
            "['requests', 'queue', 'gpu', 'cpu', 'throughput', 'nodes', 'jobs', 'gpu_memory', 'network', 'sessions']";

    /** The bits of tokens, each kind its own signal in work.sql; everybody else reads them as requests. */
    private static final String TOKENS = "15360";

    /** Signals that rules read under the name of another, by what they are. */
    private static final Map<Integer, String> FURTHER_BY_BIT = new TreeMap<>(Map.of(
            16384,
            "accelerators_active",
            32768,
            "latency",
            65536,
            "kv_cache",
            131072,
            "billed_calls",
            262144,
            "billed_traffic"));

    private static final int FURTHER_BITS =
            FURTHER_BY_BIT.keySet().stream().mapToInt(Integer::intValue).sum();

    /** Bits of signals by the bit whose name everybody else reads; see work.sql. */
    private static final Map<String, Integer> NAMED_AS = namedAs();

    /** Metrics that may show work; how far back others go says nothing of it. */
    static final List<String> METRICS = List.of(
            "requests",
            "tokens_input",
            "tokens_output",
            "tokens_cache_read",
            "tokens_cache_write",
            "queue_depth",
            "gpu_utilization",
            "cpu_utilization",
            "throughput_utilization",
            "replicas",
            "network_bytes",
            "sessions");

    /** What moves in it shows work, and how much is held says nothing. */
    private static final String MEMORY = "gpu_memory_used_gib";

    /** Others that show work where they are measured, and whose absence says nothing. */
    private static final List<String> FURTHER = List.of("accelerators_active", "latency_ms", "kv_cache_utilization");

    /** Those that show work when they are above their floor: that an instance runs is none. */
    static final List<String> SHOWING =
            METRICS.stream().filter(metric -> !metric.equals("replicas")).toList();

    /**
     * Whatever may show work, by what is there of it or by what moves in it: where it could not be read, something may
     * have worked. Only answers have a latency, and each of them is a request.
     */
    static final Set<String> MAY_SHOW = Stream.of(
                    SHOWING.stream(),
                    FURTHER.stream().filter(metric -> !metric.equals("latency_ms")),
                    Stream.of(MEMORY))
            .flatMap(metrics -> metrics)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * The share of an unknown number of cores that shows use: less may be the background of a small instance. So it
     * neither makes one idle nor shows that one is in use (docs/adr/0194).
     */
    private static final BigDecimal SHOWS_USE = new BigDecimal("0.05");

    private final LockedStore store;
    private final Views views;
    private final Window window;
    private final String base;
    private final Map<String, Object> floors = new LinkedHashMap<>();

    Work(LockedStore store, Views views, Window window, String base) {
        this.store = store;
        this.views = views;
        this.window = window;
        this.base = base;
    }

    private static Map<String, Parameter> floors() {
        Map<String, Parameter> floors = new LinkedHashMap<>();
        YamlReader.parse("work.yaml", text("work.yaml")).entries().forEach((name, node) -> {
            node.unknownKeysAgainst(List.of("default", "unit", "help", "source"));
            Object value = node.need("default").value();
            String unit = node.get("unit").map(YamlNode::text).orElse(null);
            ParameterRange range = ParameterRange.of(node, value, unit);
            floors.put(
                    name,
                    new Parameter(name, value, unit, range, node.need("help").text()));
        });
        return floors;
    }

    private static Map<String, Integer> namedAs() {
        Map<String, Integer> names = new LinkedHashMap<>();
        // tokens, answers and calls that were paid for are requests
        names.put("(" + TOKENS + " | 32768 | 131072)", 1);
        names.put("16384", 4);
        names.put("65536", 128);
        names.put("262144", 256);
        return names;
    }

    /** Where the default of a floor comes from. */
    static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        YamlReader.parse("work.yaml", text("work.yaml"))
                .entries()
                .forEach((name, node) -> sources.put(name, node.need("source").text()));
        return sources;
    }

    /** The parameters of a rule with this SQL: its own, and the floors if it reads one of the two relations. */
    static Map<String, Parameter> withFloors(Map<String, Parameter> own, String sql) {
        String code = COMMENT_OR_TEXT.matcher(sql).replaceAll("");
        if (!READ.matcher(code).find() || OWN_TABLE.matcher(code).find()) {
            return own;
        }
        Map<String, Parameter> all = new LinkedHashMap<>(own);
        FLOORS.forEach(all::putIfAbsent);
        return all;
    }

    /** Whether a rule reads one of the two relations: it has the floors as parameters. */
    static boolean isReadBy(Rule rule) {
        return rule.params().keySet().containsAll(FLOORS.keySet());
    }

    /** To be called when the resources or their points are others. */
    void forget() {
        floors.clear();
    }

    /**
     * Makes those of the two relations that a rule reads, for its subjects; {@code param} has to be there. {@code
     * unchanged} leaves out hours before a change.
     *
     * @param lostHoursAreQuiet see {@link LostHours}
     */
    void create(
            Rule rule, Map<String, Object> parameters, Set<String> read, String unchanged, boolean lostHoursAreQuiet) {
        String hourly = lostHoursAreQuiet ? HOURLY_WITHOUT_LOSS : HOURLY;
        Map<String, Object> wanted = new LinkedHashMap<>(parameters);
        wanted.keySet().retainAll(FLOORS.keySet());
        fill(wanted);
        if (read.contains(RELATION)) {
            views.make(
                    RELATION,
                    "SELECT resource_id, hour, worked, works > 0 AS shows_work, " + names("works") + " AS worked_by, "
                            + names("works | quiet") + " AS measured FROM " + hourly + " hourly"
                            + " WHERE resource_id IN (SELECT resource_id FROM temp.main.subject) AND hour >= "
                            + Literal.timestamp(window.start()) + unchanged);
        }
        if (read.contains(PAUSE)) {
            store.execute("CREATE OR REPLACE TEMP TABLE pause AS "
                    + inWindow(text("pause.sql"))
                            .replace("{work}", hourly)
                            .replace("{unchanged}", unchanged)
                            .replace("{counts_since}", String.valueOf(rule.sinceChange()))
                            .replace("{change}", rule.change()));
        }
    }

    /** The subjects for which an hour of the window counts as worked since it lacks a signal that others have. */
    Set<String> lackingHours() {
        return store
                .select("SELECT DISTINCT resource_id FROM " + HOURLY + " WHERE lost > 0 AND hour >= "
                        + Literal.timestamp(window.start())
                        + " AND resource_id IN (SELECT resource_id FROM temp.main.subject)")
                .rows()
                .stream()
                .map(row -> (String) row.get(0))
                .collect(Collectors.toSet());
    }

    /**
     * What is known of the use of resources, those of these kinds by what was measured above the default floors; it
     * replaces {@code param}. {@code unchanged} leaves out hours before a change.
     */
    Map<String, UseFact> use(Collection<String> measuredKinds, String unchanged) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        FLOORS.forEach((name, floor) -> defaults.put(name, floor.defaultValue()));
        // Nothing else depends on this floor: without a point of it, the hours that rules had are the same.
        if (store.any(base + "metrics WHERE metric = 'cpu_utilization'")) {
            defaults.put("max_cpu", SHOWS_USE);
        }
        store.execute("CREATE OR REPLACE TEMP TABLE param AS SELECT "
                + FLOORS.values().stream()
                        .map(floor -> Literal.parameter(defaults.get(floor.name()), floor.sqlType()) + " AS "
                                + Literal.name(floor.name()))
                        .collect(Collectors.joining(", ")));
        fill(defaults);
        Map<String, UseFact> facts = new TreeMap<>();
        String sql = inWindow(text("use.sql"))
                .replace("{unchanged}", unchanged)
                .replace("{kinds}", Literal.parameter(List.copyOf(measuredKinds), "VARCHAR[]"))
                .replace("{signals}", names("coalesce(works, 0)"))
                .replace("{measured}", measured("coalesce(works, 0)"))
                .replace("{costs_nothing}", Relations.COSTS_NOTHING)
                .replace("{rests}", UseFact.RESTS)
                .replace("{billed}", UseFact.BILLED_TOKENS)
                .replace("{beside}", UseFact.BESIDE);
        for (List<Object> row : store.select(sql).rows()) {
            List<String> signals =
                    ((List<?>) row.get(4)).stream().map(String::valueOf).toList();
            facts.put(
                    (String) row.get(0),
                    new UseFact((Boolean) row.get(1), (Boolean) row.get(2), (Long) row.get(3), signals, (String)
                            row.get(5)));
        }
        return facts;
    }

    private void fill(Map<String, Object> wanted) {
        if (!wanted.equals(floors)) {
            floors.clear();
            store.execute("CREATE OR REPLACE TEMP TABLE aiaudit_work AS\n" + inWindow(text("work.sql")));
            floors.putAll(wanted);
        }
    }

    private String inWindow(String sql) {
        return sql.replace("{base}", base)
                .replace(
                        "{work_metrics}",
                        Literal.texts(Stream.concat(METRICS.stream(), FURTHER.stream())
                                .toList()))
                .replace("{tokens}", TOKENS)
                .replace("{start}", Literal.timestamp(window.start()))
                .replace("{end}", Literal.timestamp(window.end()))
                .replace("{hours}", String.valueOf(window.hours()));
    }

    /** Each signal by what was measured, also those that rules read under the name of another. */
    private static String measured(String bits) {
        String further = FURTHER_BY_BIT.entrySet().stream()
                .map(signal -> "if((%s & %d) > 0, '%s', NULL)".formatted(bits, signal.getKey(), signal.getValue()))
                .collect(Collectors.joining(", "));
        return "list_concat(" + names("(" + bits + ") & ~" + FURTHER_BITS) + ", list_filter([" + further
                + "], lambda name: name IS NOT NULL))";
    }

    private static String names(String bits) {
        StringBuilder signals = new StringBuilder("(" + bits + ")");
        NAMED_AS.forEach(
                (signal, named) -> signals.append(" | if((" + bits + ") & " + signal + " > 0, " + named + ", 0)"));
        return "list_filter(" + SIGNALS + ", lambda name, index: ((" + signals + ") >> (index - 1)::INTEGER) & 1 = 1)";
    }

    static String text(String file) {
        try (InputStream in = Work.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
