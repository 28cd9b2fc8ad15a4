package io.aiaudit.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of one file as a temporary view with the columns that a dialect names, typed, a missing one NULL; plus {@code file_id}, {@code ordinal} (good rows so far
 * in a CSV file, the row in a Parquet file), {@code bad} (the first column whose value is not of its type, NULL in a good row), {@code source_file} and, where the
 * dialect keeps them, {@code other_columns}; {@code row_hash} of the whole text of the row; {@code columns_present} is the list of the named columns that the file has. DuckDB reads the file when the view is read.
 */
final class TypedView {
    private static final int MOST_NAMED_COLUMNS = 2_000;

    /** What a raw column is before it is read as the type that the dialect wants. */
    private enum RawType {
        TEXT,
        NUMBER,
        DOUBLE,
        TIME
    }

    private final Sql sql;
    private final Dialect dialect;
    private final Path readable;
    private final long fileId;
    private SourceFile file;
    private String name;
    private List<WantedColumn> wanted = List.of();

    /** Over {@code readable}, which is {@code file} or a copy of it. */
    TypedView(Sql sql, SourceFile file, Dialect dialect, Path readable, long fileId) {
        this.sql = sql;
        this.file = file;
        this.dialect = dialect;
        this.readable = readable;
        this.fileId = fileId;
    }

    /** A SELECT of the rows of {@code readable}, which is {@code file} or a copy of it, as they are: columns c0, c1, ... by position, and {@code ordinal}. */
    static String rows(SourceFile file, Path readable) {
        return new TypedView(null, file, null, readable, 0).raw("ignore_errors = true", "");
    }

    /** Makes the view and gives the SELECT of the dialect, which reads it. Rows of a CSV file that are none are told in {@code rejectsTable}. */
    String create(String rejectsTable) {
        List<String> script = Sql.statements(dialect.script());
        String select = script.get(script.size() - 1);
        name = script.get(0).replaceFirst("(?s)^CREATE TEMP TABLE (\\w+).*$", "$1");
        sql.execute("DROP VIEW IF EXISTS temp." + name);
        script.subList(0, script.size() - 1).forEach(sql::execute);
        wanted = sql
                .select(
                        "SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns()"
                                + " WHERE database_name = 'temp' AND table_name = ? ORDER BY column_index",
                        name)
                .rows()
                .stream()
                .map(WantedColumn::of)
                .toList();
        if (file.form() == SourceFile.Form.JSON) {
            List<String> header = file.header();
            file = file.including(wanted.stream()
                    .filter(column -> !column.isGatheredFrom(header))
                    .map(column -> column.inFile(header))
                    .toList());
        }
        sql.execute("DROP TABLE temp." + name);
        learnAboutTheFile(script);
        sql.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS "
                + select(raw(
                        "store_rejects = true, rejects_limit = 0, rejects_table = '" + rejectsTable
                                + "', rejects_scan = '" + rejectsTable + "_scan'",
                        "")));
        return select;
    }

    /** Some rows can be read only by what the whole file shows: each such statement reads the file, as far as it has to. */
    private void learnAboutTheFile(List<String> script) {
        List<String> questions = script.stream()
                .filter(statement -> statement.startsWith("SET VARIABLE"))
                .toList();
        if (!questions.isEmpty()) {
            sql.execute("CREATE TEMP VIEW " + name + " AS " + select(raw("ignore_errors = true", "")));
            questions.forEach(sql::execute);
        }
    }

    /** From now on the view has only the rows whose ordinals this query gives; the others are not even typed. */
    void narrow(String ordinals) {
        sql.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS "
                + select(raw("ignore_errors = true", " WHERE ordinal IN (" + ordinals + ")")));
    }

    private String select(String raw) {
        Map<String, Integer> places = places();
        Set<Integer> used = new HashSet<>();
        List<String> present = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        Map<Integer, String> problems = new TreeMap<>();
        for (WantedColumn column : wanted) {
            Optional<Integer> place = column.names().stream()
                    .map(name -> places.get(name.toLowerCase(Locale.ROOT)))
                    .filter(Objects::nonNull)
                    .findFirst();
            if (place.isEmpty()) {
                columns.add(gathered(column) + " AS " + Sql.identifier(column.name()));
                continue;
            }
            used.add(place.get());
            present.add(Sql.literal(column.name()));
            columns.add(typed("c" + place.get(), rawType(place.get()), column.type()) + " AS "
                    + Sql.identifier(column.name()));
            problem(column, place.get()).ifPresent(problem -> problems.put(place.get(), problem));
        }
        if (dialect.keepsOtherColumns()) {
            columns.add(otherColumns(used) + " AS other_columns");
        }
        boolean json = file.form() == SourceFile.Form.JSON;
        String broken = json ? "WHEN broken THEN {'column': NULL, 'value': 'the line is not a JSON object'} " : "";
        String bad = problems.isEmpty() ? "NULL" : "CASE " + broken + String.join(" ", problems.values()) + " END";
        // Values are read in an inner SELECT and judged outside of it, so that each is read once.
        return "SELECT * EXCLUDE (" + all() + (json ? ", broken" : "") + "), " + bad
                + "::STRUCT(\"column\" VARCHAR, \"value\" VARCHAR) AS bad FROM ("
                + "SELECT *, " + fileId + "::BIGINT AS file_id, hash(" + all() + ") AS row_hash, "
                + String.join(", ", columns) + ", [" + String.join(", ", present) + "]::VARCHAR[] AS columns_present, "
                + Sql.literal(file.name()) + " AS source_file FROM (" + raw + "))";
    }

    /** When the value is not of the column's type; said under the name that the file has for it. */
    private Optional<String> problem(WantedColumn column, int place) {
        if (column.optional() || (!column.required() && column.type().equals("VARCHAR"))) {
            return Optional.empty();
        }
        String read = Sql.identifier(column.name());
        String wrong = column.required() ? read + " IS NULL" : "c" + place + " IS NOT NULL AND " + read + " IS NULL";
        String name = file.columns().get(place).name();
        return Optional.of("WHEN " + wrong + " THEN {'column': " + Sql.literal(name) + ", 'value': CAST(c" + place
                + " AS VARCHAR)}");
    }

    /** The columns with one of the prefixes as a JSON object, NULL when there are none. */
    private String gathered(WantedColumn column) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < Math.min(file.columns().size(), MOST_NAMED_COLUMNS); i++) {
            String name = file.columns().get(i).name();
            Optional<String> prefix = column.prefixes().stream()
                    .filter(start -> name.regionMatches(true, 0, start, 0, start.length()))
                    .findFirst();
            String key = prefix.map(start -> name.substring(start.length())).orElse("");
            if (!key.isEmpty() && !keys.contains(Sql.literal(key))) {
                keys.add(Sql.literal(key));
                values.add("CAST(c" + i + " AS VARCHAR)");
            }
        }
        return keys.isEmpty()
                ? "NULL::" + column.type()
                : "CAST(to_json(nullif(" + map(keys, values) + ", MAP {})) AS VARCHAR)";
    }

    private String all() {
        return IntStream.range(0, file.columns().size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    /** The first column of each name, without regard to case and to how the provider spells it. */
    private Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < file.columns().size(); i++) {
            String name = file.columns().get(i).name();
            places.putIfAbsent(dialect.spelling().plain(name).toLowerCase(Locale.ROOT), i);
        }
        return places;
    }

    /** The value of a raw column as the type of the wanted one, NULL when it is not of that type. */
    private static String typed(String column, RawType from, String to) {
        String text = from == RawType.TEXT ? column : "CAST(" + column + " AS VARCHAR)";
        if (to.startsWith("DECIMAL")) {
            return switch (from) {
                case NUMBER -> "money(" + column + ")";
                case DOUBLE -> "money_of_double(" + column + ")";
                case TEXT, TIME -> "quantity(" + text + ")";
            };
        }
        if (to.equals("TIMESTAMP")) {
            return "sane_time(" + (from == RawType.TIME ? column : "any_utc(" + text + ")") + ")";
        }
        if (to.equals("DOUBLE")) {
            return "number(" + text + ")";
        }
        if (to.equals("BIGINT") || to.equals("INTEGER")) {
            return "TRY_CAST(whole(" + text + ") AS " + to + ")";
        }
        if (to.startsWith("MAP(")) {
            return "TRY_CAST(TRY_CAST(" + text + " AS JSON) AS " + to + ")";
        }
        return text;
    }

    private String otherColumns(Set<Integer> used) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < Math.min(file.columns().size(), MOST_NAMED_COLUMNS); i++) {
            boolean nested = i > 0
                    && file.form() == SourceFile.Form.PARQUET
                    && !file.columns()
                            .get(i)
                            .access()
                            .equals(Sql.identifier(file.columns().get(i).name()));
            if (!nested && !used.contains(i) && seen.add(file.columns().get(i).name())) {
                keys.add(Sql.literal(file.columns().get(i).name()));
                values.add("CAST(c" + i + " AS VARCHAR)");
            }
        }
        if (keys.isEmpty()) {
            return "MAP {}::MAP(VARCHAR, VARCHAR)";
        }
        return map(keys, values);
    }

    /** Without the keys whose value is NULL. */
    private static String map(List<String> keys, List<String> values) {
        return "map_from_entries(list_filter(map_entries(MAP([" + String.join(", ", keys) + "], ["
                + String.join(", ", values) + "])), lambda e: e.value IS NOT NULL))";
    }

    /** Columns c0, c1, ... by position, whatever the file calls them. */
    private String raw(String onBrokenRows, String where) {
        String path = Sql.literal(pattern(readable));
        if (file.form() == SourceFile.Form.JSON) {
            return json(path) + where;
        }
        if (file.form() == SourceFile.Form.PARQUET) {
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < file.columns().size(); i++) {
                columns.add(fromParquet(i) + " AS c" + i);
            }
            return "SELECT file_row_number + 1 AS ordinal, " + String.join(", ", columns) + " FROM read_parquet(" + path
                    + ", file_row_number = true, hive_partitioning = false, binary_as_string = true)" + where;
        }
        String columns = IntStream.range(0, file.columns().size())
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "FROM (SELECT row_number() OVER () AS ordinal, * FROM read_csv(" + path + ", columns = " + columns
                + ", header = true, auto_detect = false, delim = " + Sql.literal(String.valueOf(file.delimiter()))
                + ", quote = '\"', escape = '\"', nullstr = ['', 'NULL', 'null'], compression = "
                + (file.gzip() && readable.equals(file.path()) ? "'gzip'" : "'none'")
                + ", hive_partitioning = false, " + onBrokenRows + "))" + where;
    }

    /** A line that is no object is a row without any value; {@code broken} tells it from one that has none. */
    private String json(String path) {
        List<String> paths = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < file.columns().size(); i++) {
            paths.add(Sql.literal(file.columns().get(i).access()));
            columns.add("nullif(v[" + (i + 1) + "], '') AS c" + i);
        }
        return "SELECT ordinal, broken, " + String.join(", ", columns)
                + " FROM (SELECT row_number() OVER () AS ordinal, json IS NULL AS broken, json_extract_string(json, ["
                + String.join(", ", paths) + "]) AS v FROM read_json_objects(" + path
                + ", format = 'newline_delimited', ignore_errors = true, maximum_object_size = " + JsonText.LONGEST_LINE
                + ", compression = '" + (file.gzip() && readable.equals(file.path()) ? "gzip" : "none") + "'))";
    }

    private RawType rawType(int place) {
        String type = file.columns().get(place).type();
        if (type.startsWith("TIMESTAMP") || type.equals("DATE")) {
            return RawType.TIME;
        }
        if (type.equals("DOUBLE")) {
            return RawType.DOUBLE;
        }
        return type.startsWith("DECIMAL") || type.endsWith("INT") || type.equals("INTEGER") || type.equals("UINTEGER")
                ? RawType.NUMBER
                : RawType.TEXT;
    }

    /**
     * Floating numbers as what their writer meant, which is their shortest text: 0.1 stays 0.1. Maps and structs as JSON; times as UTC; text without the words that
     * stand for nothing.
     */
    private String fromParquet(int place) {
        String name = file.columns().get(place).access();
        String type = file.columns().get(place).type();
        if (type.equals("VARCHAR")) {
            return "CASE WHEN " + name + " IN ('', 'NULL', 'null') THEN NULL ELSE " + name + " END";
        }
        if (type.startsWith("MAP(") || type.startsWith("STRUCT(") || type.endsWith("[]")) {
            return "CAST(to_json(" + name + ") AS VARCHAR)";
        }
        return switch (rawType(place)) {
            case NUMBER, DOUBLE -> name;
            case TEXT -> "CAST(" + name + " AS VARCHAR)";
            case TIME ->
                type.equals("TIMESTAMP WITH TIME ZONE")
                        ? name + " AT TIME ZONE 'UTC'"
                        : "CAST(" + name + " AS TIMESTAMP)";
        };
    }

    /** A path in which DuckDB finds no wildcards. */
    static String pattern(Path path) {
        return path.toAbsolutePath().toString().replaceAll("([*?\\[])", "[$1]");
    }
}
