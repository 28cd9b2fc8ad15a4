package io.aiaudit.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL that reads the rows of a file as columns c0, c1, ... by position, whatever the file calls them, with {@code
 * ordinal}: which row it is.
 */
final class FileRows {
    /** What a raw column is before it is read as the type that a dialect wants. */
    enum RawType {
        TEXT,
        NUMBER,
        DOUBLE,
        TIME
    }

    private final SourceFile file;
    private final ReadableText text;

    /** @param text null for a Parquet file */
    FileRows(SourceFile file, ReadableText text) {
        this.file = file;
        this.text = text;
    }

    /** @param onBrokenRows options of the CSV reader */
    String whole(String onBrokenRows, String where) {
        return switch (file.form()) {
            case JSON -> json((JsonText) text) + where;
            case PARQUET -> parquet() + where;
            case CSV -> csv((CsvText) text, onBrokenRows) + where;
        };
    }

    private String csv(CsvText csv, String onBrokenRows) {
        String columns = every().map(i -> "'c" + i + "': 'VARCHAR'").collect(Collectors.joining(", "));
        return "FROM (SELECT row_number() OVER () AS ordinal, * FROM " + readCsv(csv.readable(), columns)
                + ", header = true, compression = '" + (file.gzip() && !csv.copied() ? "gzip" : "none") + "', "
                + onBrokenRows + "))";
    }

    private Stream<Integer> every() {
        return IntStream.range(0, file.columns().size()).boxed();
    }

    private String readCsv(Path path, String columns) {
        return "read_csv(" + Sql.literal(pattern(path)) + ", columns = {" + columns
                + "}, auto_detect = false, delim = " + Sql.literal(String.valueOf(file.delimiter()))
                + ", quote = '\"', escape = '\"', nullstr = ['', 'NULL', 'null'], hive_partitioning = false";
    }

    /** Of a parted file: ordinal, part and the columns that differ from row to row. */
    String lines(PartedText parted) {
        String columns = parted.columns().differing().stream()
                .map(i -> ", 'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining());
        return "FROM " + readCsv(parted.lines(), "'ordinal': 'BIGINT', 'part': 'BIGINT'" + columns)
                + ", header = false)";
    }

    /**
     * Of a parted file: first, part and all columns of the first row with this text. Values may hold line breaks,
     * at which only one thread knows its position.
     */
    String texts(PartedText parted) {
        String columns = every().map(i -> ", 'c" + i + "': 'VARCHAR'").collect(Collectors.joining());
        return "FROM " + readCsv(parted.texts(), "'first': 'BIGINT', 'part': 'BIGINT'" + columns)
                + ", header = false, parallel = false)";
    }

    private String parquet() {
        String columns = every().map(i -> fromParquet(i) + " AS c" + i).collect(Collectors.joining(", "));
        return "SELECT file_row_number + 1 AS ordinal, " + columns + " FROM read_parquet("
                + Sql.literal(pattern(file.path()))
                + ", file_row_number = true, hive_partitioning = false, binary_as_string = true)";
    }

    /** A line that is no object is a row without any value; {@code broken} distinguishes it from one that has none. */
    private String json(JsonText json) {
        List<String> paths = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < file.columns().size(); i++) {
            paths.add(Sql.literal(file.columns().get(i).access()));
            columns.add("nullif(v[" + (i + 1) + "], '') AS c" + i);
        }
        return "SELECT ordinal, broken, " + String.join(", ", columns)
                + " FROM (SELECT row_number() OVER () AS ordinal, json IS NULL AS broken, json_extract_string(json, ["
                + String.join(", ", paths) + "]) AS v FROM read_json_objects(" + Sql.literal(pattern(json.readable()))
                + ", format = 'newline_delimited', ignore_errors = true, maximum_object_size = " + JsonText.LONGEST_LINE
                + ", compression = '" + (file.gzip() && !json.copied() ? "gzip" : "none") + "'))";
    }

    RawType rawType(int index) {
        String type = file.columns().get(index).type();
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
     * Floating numbers as what their writer meant, which is their shortest text: 0.1 stays 0.1. Maps and structs as
     * JSON; times as UTC; text without the words that mean no value.
     */
    private String fromParquet(int index) {
        String name = file.columns().get(index).access();
        String type = file.columns().get(index).type();
        if (type.equals("VARCHAR")) {
            return "CASE WHEN " + name + " IN ('', 'NULL', 'null') THEN NULL ELSE " + name + " END";
        }
        if (type.startsWith("MAP(") || type.startsWith("STRUCT(") || type.endsWith("[]")) {
            return "CAST(to_json(" + name + ") AS VARCHAR)";
        }
        return switch (rawType(index)) {
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
