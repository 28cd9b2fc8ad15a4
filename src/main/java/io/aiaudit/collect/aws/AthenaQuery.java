package io.aiaudit.collect.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The question to Athena: rows of an export that differ in nothing but hours, quantities and costs become one row a day. Each file that was read is told by a row of its
 * own, with how many rows it had, so that a file that the table does not have is noticed. Read are exactly the files that would be downloaded.
 *
 * @param types of the table's columns, by name in small letters
 */
record AthenaQuery(
        String database, String table, AthenaColumns columns, Map<String, String> types, Collection<String> files) {
    private static final String AMOUNT = "DECIMAL(38,12)";
    private static final String PART = "\"$path\"";
    private static final String MIDNIGHT = " || 'T00:00:00Z'";

    /** The header of what comes back, after the column of the files and before that of the rows. */
    List<String> header() {
        return Stream.of(List.of(columns.from(), columns.to()), columns.textsOf(types), columns.amountsOf(types))
                .flatMap(List::stream)
                .toList();
    }

    String sql() {
        List<String> texts = columns.textsOf(types);
        List<String> amounts = columns.amountsOf(types);
        List<String> line = new ArrayList<>();
        line.add(PART + " AS part");
        line.add(period(columns.from(), fromDay() + MIDNIGHT));
        line.add(period(columns.to(), nextDay() + MIDNIGHT));
        texts.forEach(name -> line.add(dimension(name) + " AS " + quoted(name)));
        amounts.forEach(name -> line.add(amount(name) + " AS " + quoted(name)));
        String keys = Stream.concat(Stream.of(columns.from(), columns.to()), texts.stream())
                .map(AthenaQuery::quoted)
                .collect(Collectors.joining(", "));
        return "WITH line AS (\nSELECT\n  " + String.join(",\n  ", line) + "\nFROM " + name(database) + "."
                + name(table)
                + "\nWHERE " + PART + " IN (" + literals(files) + ")\n)\nSELECT part, " + keys + ",\n  "
                + amounts.stream()
                        .map(name -> "sum(" + quoted(name) + ") AS " + quoted(name))
                        .collect(Collectors.joining(", "))
                + ",\n  count(*) AS lines\nFROM line\nGROUP BY GROUPING SETS ((" + keys + "), (part))";
    }

    private String fromDay() {
        return "substr(" + text(columns.from()) + ", 1, 10)";
    }

    private String nextDay() {
        return "CAST(CAST(CAST(" + fromDay() + " AS DATE) + INTERVAL '1' DAY AS DATE) AS VARCHAR)";
    }

    /** Within a day the day, else what the table says: a fee for a month stays one of a month. */
    private String period(String column, String ofDay) {
        String to = text(columns.to());
        String within = "(substr(" + to + ", 1, 10) = " + fromDay() + " OR substr(" + to + ", 1, 10) = " + nextDay()
                + " AND substr(" + to + ", 12, 8) = '00:00:00')";
        String rounded = columns.kind()
                .map(kind -> " AND " + quoted(kind) + " NOT IN (" + literals(columns.exact()) + ")")
                .orElse("");
        return "CASE WHEN " + within + rounded + " THEN " + ofDay + " ELSE " + text(column) + " END AS "
                + quoted(column);
    }

    /** Numbers in plain notation, tags as JSON. */
    private String dimension(String column) {
        String type = type(column);
        if (type.contains("<")) {
            return "json_format(CAST(" + quoted(column) + " AS JSON))";
        }
        return isNumber(type) ? "CAST(CAST(" + quoted(column) + " AS " + AMOUNT + ") AS VARCHAR)" : text(column);
    }

    private String amount(String column) {
        String value = isNumber(type(column)) ? quoted(column) : "NULLIF(" + text(column) + ", '')";
        return "CAST(" + value + " AS " + AMOUNT + ")";
    }

    private String text(String column) {
        return "CAST(" + quoted(column) + " AS VARCHAR)";
    }

    private String type(String column) {
        return types.getOrDefault(column.toLowerCase(Locale.ROOT), "string").toLowerCase(Locale.ROOT);
    }

    private static boolean isNumber(String type) {
        return type.matches("double|float|real|decimal.*|(tiny|small|big)?int|integer");
    }

    /** As the catalog has it, in small letters. */
    private static String quoted(String column) {
        return name(column.toLowerCase(Locale.ROOT));
    }

    private static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static String literals(Collection<String> texts) {
        return texts.stream()
                .sorted()
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }
}
