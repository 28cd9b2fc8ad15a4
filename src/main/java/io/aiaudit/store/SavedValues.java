package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rows of a saved scan have in them. A file may come from anybody: what every scan fills is filled, numbers
 * are numbers, times are times, and the window is one that a scan may have.
 */
public final class SavedValues {
    /** Of a code of a currency, which every report shows. */
    static final String CURRENCY = "[^<>\\p{Cc}]{1,40}";

    /** What every scan fills and a report can't do without, by table. */
    private static final Map<String, Set<String>> FILLED = Map.ofEntries(
            Map.entry("advice", Set.of("resource_id", "source")),
            Map.entry("bill_rows", Set.of("rows", "rejected_rows")),
            Map.entry("charge_lines", Set.of("text_id", "ChargePeriodStart", "ChargePeriodEnd")),
            Map.entry(
                    "charge_parts", Set.of("ChargePeriodStart", "ChargePeriodEnd", "provider", "resource_id", "cost")),
            Map.entry("charge_texts", Set.of("text_id", "provider", "resource_id")),
            Map.entry("commitments", Set.of("provider")),
            Map.entry("config", Set.of("key", "value")),
            Map.entry("conversions", Set.of("what", "currency", "rate")),
            Map.entry("discounts", Set.of("provider", "percent")),
            Map.entry("files", Set.of("rows", "rejected_rows")),
            Map.entry("finished_audit", Set.of("json")),
            Map.entry("gaps", Set.of("source", "scope", "problem", "fix", "objects")),
            Map.entry("listings", Set.of("provider")),
            Map.entry("rejects", Set.of("file", "problem")),
            Map.entry("resources", Set.of("kind", "provider")),
            Map.entry(
                    "scan",
                    Set.of(
                            "schema_version",
                            "tool_version",
                            "window_start",
                            "window_end",
                            "currency",
                            "sources",
                            "scanned_at",
                            "demo",
                            "redacted",
                            "partial")),
            Map.entry("warnings", Set.of("message")));

    /** What a charge has one of a few words for. */
    private static final Map<String, List<String>> WORDS_OF_CHARGES =
            Map.of("component", Keyed.keys(Component.class), "spend_class", Keyed.keys(SpendClass.class));

    /** Columns that hold one of a few words, by table. */
    private static final Map<String, Map<String, List<String>>> WORDS = Map.of(
            "charge_parts", WORDS_OF_CHARGES,
            "charge_texts", WORDS_OF_CHARGES,
            "files", Map.of("content", Keyed.keys(FileSet.Content.class)));

    private static final String TEXT = "VARCHAR";
    private static final String LIST = "VARCHAR[]";
    private static final String MAP = "MAP(VARCHAR, VARCHAR)";

    /** As a configuration may be, in bytes, with the number of its line; {@link SavableValues} keeps to it. */
    static final int LONGEST_TEXT = (4 << 20) + 1000;

    /** Sums of what is above it have no end; the macro {@code number} refuses it in files. */
    static final String LIMIT_OF_NUMBERS = "1e30";

    /** As a scan has them at most. */
    private static final int MOST_TAGS = 1000;

    /** Columns that are never below 0, by table. */
    private static final Map<String, Set<String>> NEVER_NEGATIVE = Map.of(
            "resources",
            Set.of("replicas", "accelerator_count", "accelerator_memory_gib", "vcpus", "memory_gib"),
            "offers",
            Set.of(
                    "accelerator_count",
                    "accelerator_memory_gib",
                    "vcpus",
                    "memory_gib",
                    "on_demand",
                    "spot",
                    "committed_1y",
                    "committed_3y"),
            "models",
            Set.of("input", "output", "cache_read", "cache_write", "batch_input", "batch_output"),
            "conversions",
            Set.of("rate"),
            "files",
            Set.of("rows", "rejected_rows", "told_rows"),
            "bill_rows",
            Set.of("rows", "rejected_rows"));

    private static final Set<String> TIMES = Set.of("TIMESTAMP", "DATE");

    private SavedValues() {}

    /** What may be wrong in a table, and how many rows have it. */
    private record Fault(String table, String problem, String rows) {}

    /**
     * Looks at the rows of a saved scan.
     *
     * @throws UserError when there are values that no scan saves
     */
    public static void check(Path file, LockedStore store) {
        List<Fault> faults = faults(store);
        for (String table : faults.stream().map(Fault::table).distinct().toList()) {
            List<Fault> ofTable =
                    faults.stream().filter(fault -> fault.table().equals(table)).toList();
            String counts = String.join(", ", ofTable.stream().map(Fault::rows).toList());
            List<Object> rows = store.select("SELECT " + counts + " FROM " + Sql.identifier(table))
                    .rows()
                    .get(0);
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) != null && (long) rows.get(i) > 0) {
                    throw new UserError(
                            file + ": the table " + table + " has a row with "
                                    + ofTable.get(i).problem() + ".",
                            SavedCatalog.ANOTHER_FILE);
                }
            }
        }
        checkParents(file, store);
    }

    /** A row of resources and that of its parent. */
    private record Parent(long child, long parent) {}

    /** What is above itself would be left out of every sum over whole ones. */
    private static void checkParents(Path file, LockedStore store) {
        Map<Long, Long> parents = new HashMap<>();
        store.each(
                "SELECT c.rowid AS child, p.rowid AS parent FROM resources c JOIN resources p ON p.resource_id ="
                        + " c.parent_id",
                Parent.class,
                row -> parents.put(row.child(), row.parent()));
        Set<Long> rooted = new HashSet<>();
        for (Long start : parents.keySet()) {
            Set<Long> way = new HashSet<>();
            for (Long row = start; row != null && !rooted.contains(row); row = parents.get(row)) {
                if (!way.add(row)) {
                    throw new UserError(
                            file + ": the table resources has a row that is its own parent, or above it.",
                            SavedCatalog.ANOTHER_FILE);
                }
            }
            rooted.addAll(way);
        }
    }

    private static List<Fault> faults(LockedStore store) {
        List<Fault> faults = new ArrayList<>();
        for (List<Object> column :
                store.select(Sql.resource("read/saved-columns.sql")).rows()) {
            String table = (String) column.get(0);
            String name = (String) column.get(1);
            if (FILLED.getOrDefault(table, Set.of()).contains(name)) {
                faults.add(new Fault(table, "no " + name, count(Sql.identifier(name) + " IS NULL")));
            }
            List<String> words = WORDS.getOrDefault(table, Map.of()).get(name);
            if (words != null) {
                faults.add(new Fault(
                        table,
                        "another " + name + " than " + String.join(", ", words),
                        count(Sql.identifier(name) + " NOT IN ('" + String.join("', '", words) + "')")));
            }
            if (NEVER_NEGATIVE.getOrDefault(table, Set.of()).contains(name)) {
                faults.add(new Fault(table, "a " + name + " below 0", count(Sql.identifier(name) + " < 0")));
            }
            lengthFault(table, name, (String) column.get(2)).ifPresent(faults::add);
            if (LIST.equals(column.get(2))) {
                String list = Sql.identifier(name);
                faults.add(new Fault(
                        table,
                        "a list of " + name + " that lacks a text",
                        count("list_count(" + list + ") < len(" + list + ")")));
            }
            if (column.get(2).equals("DOUBLE")) {
                faults.add(new Fault(
                        table,
                        "a value of " + name + " that is no number below " + LIMIT_OF_NUMBERS,
                        count("NOT abs(" + Sql.identifier(name) + ") < " + LIMIT_OF_NUMBERS)));
            }
            if (TIMES.contains((String) column.get(2))) {
                faults.add(new Fault(
                        table,
                        "a value of " + name + " that is no time",
                        count("NOT isfinite(" + Sql.identifier(name) + ")")));
            }
        }
        faults.add(new Fault("resources", "the resource_id of another row", "count(*) - count(DISTINCT resource_id)"));
        for (String table : List.of("charge_lines", "charge_parts")) {
            faults.add(new Fault(
                    table,
                    "a period that no bill has",
                    count("ChargePeriodStart < TIMESTAMP '1970-01-01' OR ChargePeriodEnd > TIMESTAMP '2201-01-01'")));
        }
        faults.add(new Fault("charge_texts", "the text_id of another row", "count(*) - count(DISTINCT text_id)"));
        faults.add(new Fault("config", "the key of another row", "count(*) - count(DISTINCT key)"));
        faults.add(new Fault(
                "config",
                "a cost of the scan that is no number",
                count("key LIKE 'scan_cost.%' AND NOT regexp_full_match(value, '[0-9]{1,20}([.][0-9]{1,40})?')")));
        faults.add(new Fault(
                "config",
                "a text that no configuration has",
                count("value LIKE '# from line %' AND NOT regexp_matches(value, '^# from line [1-9][0-9]{0,6}\\n')")));
        faults.add(new Fault(
                "rejects", "a file that is not among its files", count("file NOT IN (SELECT file FROM files)")));
        faults.add(new Fault(
                "scan",
                "a window that no scan may have",
                count("window_start >= window_end OR window_start < TIMESTAMP '1970-01-01' OR window_end > TIMESTAMP "
                        + "'2201-01-01' OR window_end - window_start > INTERVAL 3660 DAY")));
        faults.add(new Fault("resources", "more than 1,000,000 replicas", count("replicas > 1000000")));
        faults.add(new Fault(
                "charge_texts",
                "another currency than that of the scan",
                count("BillingCurrency <> (SELECT min(currency) FROM scan)")));
        faults.add(new Fault(
                "charge_parts",
                "another currency than that of the scan",
                count("BillingCurrency <> (SELECT min(currency) FROM scan)")));
        // Of a row come as many charges or more.
        faults.add(new Fault(
                "bill_rows",
                "more rows than there are charges",
                "(sum(rows) > (SELECT count(*) FROM charge_lines) + (SELECT count(*) FROM charge_parts))::BIGINT"));
        // A bill may name it by any word or sign, such as €.
        faults.add(new Fault(
                "scan", "a currency that is no code", count("NOT regexp_full_match(currency, '" + CURRENCY + "')")));
        faults.add(new Fault("scan", "another schema_version", count("schema_version <> " + ScanRow.SCHEMA_VERSION)));
        return faults;
    }

    /** What is longer than in any scan would take the memory of whoever reads it. */
    private static Optional<Fault> lengthFault(String table, String name, String type) {
        String value = Sql.identifier(name);
        String isLonger = ") > " + LONGEST_TEXT;
        return switch (type) {
            // The audit as a whole.
            case TEXT ->
                table.equals("finished_audit")
                        ? Optional.empty()
                        : Optional.of(new Fault(
                                table, "a text of more than 4 MB in " + name, count("strlen(" + value + isLonger)));
            case LIST ->
                Optional.of(new Fault(
                        table,
                        "a list of more than 4 MB in " + name,
                        count("list_sum(" + lengths(value) + isLonger + " OR len(" + value + isLonger)));
            case MAP ->
                Optional.of(new Fault(
                        table,
                        "more than 1,000 " + name + ", or more than 4 MB in one",
                        count("cardinality(" + value + ") > " + MOST_TAGS + " OR list_max("
                                + lengths("list_concat(map_keys(" + value + "), map_values(" + value + "))")
                                + isLonger)));
            default -> Optional.empty();
        };
    }

    private static String lengths(String list) {
        return "list_transform(" + list + ", lambda text: strlen(text))";
    }

    private static String count(String condition) {
        return "count(*) FILTER (WHERE " + condition + ")";
    }
}
