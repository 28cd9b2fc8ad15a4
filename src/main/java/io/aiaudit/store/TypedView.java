package io.aiaudit.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of one file as a temporary view with the columns that a dialect names, typed, a missing one NULL; plus
 * {@code file_id}, {@code ordinal} (good rows so far in a CSV file, the row in a Parquet file), {@code bad} (the first
 * column whose value is not of its type, NULL in a good row), {@code source_file} and, where the dialect keeps them,
 * {@code other_columns}; {@code common_hash} of the columns that many rows have in common and {@code row_hash} of the
 * whole text of the row, where rows have ids; {@code columns_present} is the list of the named columns that the file
 * has. DuckDB reads a long file when the view is read.
 */
final class TypedView {
    private static final int MOST_NAMED_COLUMNS = 2_000;

    /** In bytes, as the database has it for a row of CSV: what is longer is in no saved scan either. */
    private static final int LONGEST_ROW = 2 << 20;

    private final Sql sql;
    private final SourceFile file;
    private final Dialect dialect;
    private final DialectScript script;
    private final ReadColumns read;
    private final ReadableText text;
    private final FileRows rows;
    private final long fileId;
    private final WrittenForms forms;

    /** @param text null for a Parquet file */
    TypedView(
            Sql sql,
            SourceFile file,
            Dialect dialect,
            DialectScript script,
            ReadColumns read,
            ReadableText text,
            long fileId,
            WrittenForms forms) {
        this.sql = sql;
        this.file = file;
        this.dialect = dialect;
        this.script = script;
        this.read = read;
        this.text = text;
        this.rows = new FileRows(file, text);
        this.fileId = fileId;
        this.forms = forms;
    }

    /**
     * Makes the view. Rows of a CSV file that are none are listed in {@code rejectsTable}, unless the file is parted:
     * then there are none. A short file is read at once: planning its types for each reader takes longer.
     */
    void create(String rejectsTable) {
        String onBrokenRows = "store_rejects = true, rejects_limit = 0, rejects_table = '" + rejectsTable
                + "', rejects_scan = '" + rejectsTable + "_scan'";
        if (file.isShort()) {
            sql.execute("CREATE OR REPLACE TEMP TABLE typed_rows AS " + judged(rows(onBrokenRows)));
            sql.execute("CREATE OR REPLACE TEMP VIEW " + script.view() + " AS FROM temp.typed_rows");
            script.questions().forEach(sql::execute);
            return;
        }
        if (!script.questions().isEmpty()) {
            replace(rows("ignore_errors = true"));
            script.questions().forEach(sql::execute);
        }
        replace(rows(onBrokenRows));
    }

    private String rows(String onBrokenRows) {
        return text instanceof PartedText parted ? joined(parted, "") : whole(rows.whole(onBrokenRows, ""));
    }

    /** From now on the view has only the rows whose ordinals this query gives; the others are not even typed. */
    void narrow(String ordinals) {
        String where = " WHERE ordinal IN (" + ordinals + ")";
        if (!(text instanceof PartedText parted)) {
            replace(whole(rows.whole("ignore_errors = true", where)));
        } else if (dialect.rows().decided().isEmpty()) {
            replace(whole(
                    "SELECT first AS ordinal, * EXCLUDE (first, part) FROM (" + rows.texts(parted) + ")" + where));
        } else {
            replace(joined(parted, where));
        }
    }

    private void replace(String typedRows) {
        sql.execute("CREATE OR REPLACE TEMP VIEW " + script.view() + " AS " + judged(typedRows));
    }

    private String whole(String raw) {
        return "SELECT *, " + commonHash() + ", " + typed(index -> true) + " FROM (" + raw + ")";
    }

    /** What rows have in common is typed once for all of them. */
    private String joined(PartedText parted, String where) {
        Predicate<Integer> differs = index -> index != null && read.differing().contains(index);
        return "SELECT * EXCLUDE (part, first) FROM (SELECT *" + comma(typed(differs)) + " FROM ("
                + rows.lines(parted) + ")" + where + ") JOIN (SELECT part, first" + comma(raw(read.repeated())) + ", "
                + commonHash() + comma(typed(differs.negate())) + " FROM ("
                + rows.texts(parted) + ")) USING (part)";
    }

    private static String comma(String columns) {
        return columns.isEmpty() ? "" : ", " + columns;
    }

    private String commonHash() {
        return hash(read.common()) + " AS common_hash, " + hash(read.unread()) + " AS unread_hash";
    }

    private static String hash(List<Integer> indexes) {
        return indexes.isEmpty() ? "0::UBIGINT" : "hash(" + raw(indexes) + ")";
    }

    /** Values are read in an inner SELECT and judged outside of it, so that each is read once. */
    private String judged(String typedRows) {
        boolean json = file.form() == SourceFile.Form.JSON;
        String broken = json ? "WHEN broken THEN {'column': NULL, 'value': 'the line is not a JSON object'} " : "";
        Map<Integer, String> problems = new TreeMap<>();
        List<String> present = new ArrayList<>();
        for (WantedColumn column : script.wanted()) {
            Integer index = read.indexes().get(column);
            if (index != null) {
                present.add(Sql.literal(column.name()));
                problem(column, index).ifPresent(problem -> problems.put(index, problem));
            }
        }
        String tooLong = tooLong();
        String bad = problems.isEmpty() && tooLong.isEmpty()
                ? "NULL"
                : "CASE " + broken + tooLong + String.join(" ", problems.values()) + " END";
        return "SELECT * EXCLUDE (" + raw(text instanceof PartedText ? looked() : all()) + (json ? ", broken" : "")
                + ", unread_hash), "
                + fileId + "::BIGINT AS file_id, hash(common_hash, unread_hash" + comma(raw(read.differing()))
                + ") AS row_hash, ["
                + String.join(", ", present) + "]::VARCHAR[] AS columns_present, " + Sql.literal(file.name())
                + " AS source_file, " + bad + "::STRUCT(\"column\" VARCHAR, \"value\" VARCHAR) AS bad FROM ("
                + typedRows + ")";
    }

    /** Of what is kept of a row. */
    private String tooLong() {
        String length = file.form() == SourceFile.Form.CSV
                ? ""
                : Stream.concat(
                                read.indexes().values().stream(),
                                read.gathered().values().stream().flatMap(List::stream))
                        .distinct()
                        .filter(index -> rows.rawType(index) == FileRows.RawType.TEXT)
                        .map(index -> "coalesce(strlen(c" + index + "), 0)")
                        .collect(Collectors.joining(" + "));
        return length.isEmpty()
                ? ""
                : "WHEN " + length + " > " + LONGEST_ROW
                        + " THEN {'column': NULL, 'value': 'the row is longer than 2 MB'} ";
    }

    private List<Integer> all() {
        return IntStream.range(0, file.columns().size()).boxed().toList();
    }

    private List<Integer> looked() {
        return Stream.concat(read.differing().stream(), read.repeated().stream())
                .toList();
    }

    private static String raw(List<Integer> indexes) {
        return indexes.stream().map(i -> "c" + i).collect(Collectors.joining(", "));
    }

    /** The wanted columns whose indexes are accepted; null is the index of one that the file does not have itself. */
    private String typed(Predicate<Integer> accepted) {
        List<String> columns = new ArrayList<>();
        for (WantedColumn column : script.wanted()) {
            Integer index = read.indexes().get(column);
            if (accepted.test(index)) {
                String value =
                        index == null ? gathered(column) : typed("c" + index, rows.rawType(index), column.type());
                columns.add(value + " AS " + Sql.identifier(column.name()));
            }
        }
        if (dialect.keepsOtherColumns()) {
            columns.add(otherColumns(new HashSet<>(read.indexes().values())) + " AS other_columns");
        }
        return String.join(", ", columns);
    }

    /** When the value is not of the column's type; reported under the name that the file has for it. */
    private Optional<String> problem(WantedColumn column, int index) {
        if (column.optional() || (!column.required() && column.type().equals("VARCHAR"))) {
            return Optional.empty();
        }
        String read = Sql.identifier(column.name());
        String wrong = column.required() ? read + " IS NULL" : "c" + index + " IS NOT NULL AND " + read + " IS NULL";
        String name = file.columns().get(index).name();
        return Optional.of("WHEN " + wrong + " THEN {'column': " + Sql.literal(name) + ", 'value': CAST(c" + index
                + " AS VARCHAR)}");
    }

    /** The columns with one of the prefixes as a JSON object, NULL when there are none. */
    private String gathered(WantedColumn column) {
        List<Integer> indexes = read.gathered().get(column);
        List<String> keys = indexes.stream()
                .map(i -> Sql.literal(column.gatheredKey(file.columns().get(i).name())))
                .toList();
        return keys.isEmpty()
                ? "NULL::" + column.type()
                : "CAST(to_json(nullif(" + map(keys, indexes) + ", MAP {})) AS VARCHAR)";
    }

    /** The value of a raw column as the type of the wanted one, NULL when it is not of that type. */
    private String typed(String column, FileRows.RawType from, String to) {
        String text = from == FileRows.RawType.TEXT ? column : "CAST(" + column + " AS VARCHAR)";
        if (to.startsWith("DECIMAL")) {
            return switch (from) {
                case NUMBER -> "money(" + column + ")";
                case DOUBLE -> "money_of_double(" + column + ")";
                case TEXT, TIME ->
                    forms.separator() == null
                            ? "quantity(" + text + ")"
                            : "local_number(" + text + ", " + Sql.literal(forms.separator()) + ")";
            };
        }
        if (to.equals("TIMESTAMP")) {
            return "sane_time(" + (from == FileRows.RawType.TIME ? column : time(text)) + ")";
        }
        if (to.equals("DOUBLE")) {
            return forms.separator() == null
                    ? "number(" + text + ")"
                    : "CAST(local_number(" + text + ", " + Sql.literal(forms.separator()) + ") AS DOUBLE)";
        }
        if (to.equals("BIGINT") || to.equals("INTEGER")) {
            return "TRY_CAST(whole(" + text + ") AS " + to + ")";
        }
        if (to.startsWith("MAP(")) {
            return "TRY_CAST(TRY_CAST(" + text + " AS JSON) AS " + to + ")";
        }
        return text;
    }

    private String time(String text) {
        return forms.spreadsheetTimes()
                ? "spreadsheet_utc(" + text + ", " + Boolean.TRUE.equals(forms.dayFirst()) + ")"
                : "any_utc(" + text + ")";
    }

    private String otherColumns(Set<Integer> used) {
        List<String> keys = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
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
                values.add(i);
            }
        }
        return keys.isEmpty() ? "MAP {}::MAP(VARCHAR, VARCHAR)" : map(keys, values);
    }

    /** Without the keys whose value is NULL. */
    private static String map(List<String> keys, List<Integer> indexes) {
        String values = indexes.stream().map(i -> "CAST(c" + i + " AS VARCHAR)").collect(Collectors.joining(", "));
        return "map_from_entries(list_filter(map_entries(MAP([" + String.join(", ", keys) + "], [" + values
                + "])), lambda e: e.value IS NOT NULL))";
    }
}
