package io.aiaudit.collect.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statement that adds a bill up in an engine: rows that differ in nothing but hours, quantities and costs become
 * one row a day. It holds nothing that only one engine understands, so Athena and Trino are sent the same.
 *
 * @param table the parts of its name, such as database and table
 * @param types of the table's columns, by name in small letters
 */
public record DailyBill(List<String> table, BillColumns columns, Map<String, String> types, Selection selection) {
    private static final String AMOUNT = "DECIMAL(38,12)";
    private static final String MIDNIGHT = " || 'T00:00:00Z'";

    public DailyBill {
        table = List.copyOf(table);
    }

    /**
     * The columns of a row: those of the bill, before them the file where files are counted, and after them the number
     * of rows that became this one.
     */
    public List<String> header() {
        return Stream.of(List.of(columns.from(), columns.to()), columns.textsOf(types), columns.amountsOf(types))
                .flatMap(List::stream)
                .toList();
    }

    public String sql() {
        List<String> texts = columns.textsOf(types);
        List<String> amounts = columns.amountsOf(types);
        List<String> line = new ArrayList<>();
        selection.part().ifPresent(file -> line.add(file + " AS part"));
        line.add(period(columns.from(), fromDay() + MIDNIGHT));
        line.add(period(columns.to(), nextDay() + MIDNIGHT));
        texts.forEach(name -> line.add(dimension(name) + " AS " + quoted(name)));
        amounts.forEach(name -> line.add(amount(name) + " AS " + quoted(name)));
        String keys = Stream.concat(Stream.of(columns.from(), columns.to()), texts.stream())
                .map(DailyBill::quoted)
                .collect(Collectors.joining(", "));
        boolean byFile = selection.part().isPresent();
        return "WITH line AS (\nSELECT\n  " + String.join(",\n  ", line) + "\nFROM " + name()
                + where() + "\n)\nSELECT " + (byFile ? "part, " : "") + keys + ",\n  "
                + amounts.stream()
                        .map(name -> "sum(" + quoted(name) + ") AS " + quoted(name))
                        .collect(Collectors.joining(", "))
                + ",\n  count(*) AS lines\nFROM line\nGROUP BY "
                + (byFile ? "GROUPING SETS ((" + keys + "), (part))" : keys);
    }

    /** How many rows it would read. */
    public String countSql() {
        return "SELECT count(*) FROM " + name() + where();
    }

    private String name() {
        return table.stream().map(Literals::name).collect(Collectors.joining("."));
    }

    private String where() {
        return "\nWHERE " + selection.condition(this);
    }

    private String fromDay() {
        return "substr(" + text(columns.from()) + ", 1, 10)";
    }

    private String nextDay() {
        return "CAST(CAST(CAST(" + fromDay() + " AS DATE) + INTERVAL '1' DAY AS DATE) AS VARCHAR)";
    }

    /** Within a day the day, else as in the table: a fee for a month stays one of a month. */
    private String period(String column, String ofDay) {
        String to = text(columns.to());
        String within = "(substr(" + to + ", 1, 10) = " + fromDay() + " OR substr(" + to + ", 1, 10) = " + nextDay()
                + " AND substr(" + to + ", 12, 8) = '00:00:00')";
        String rounded = columns.kind()
                .map(kind -> " AND " + quoted(kind) + " NOT IN (" + Literals.of(columns.exact()) + ")")
                .orElse("");
        return "CASE WHEN " + within + rounded + " THEN " + ofDay + " ELSE " + text(column) + " END AS "
                + quoted(column);
    }

    /** Numbers in plain notation, tags as JSON; of a marked column the word alone. */
    private String dimension(String column) {
        String pattern = columns.marked().get(column);
        return pattern == null
                ? value(column)
                : "regexp_extract(" + value(column) + ", " + Literals.of(List.of(pattern)) + ")";
    }

    private String value(String column) {
        ColumnType type = typeOf(column);
        if (type.isNested()) {
            return "json_format(CAST(" + quoted(column) + " AS JSON))";
        }
        return type.isNumber() ? "CAST(CAST(" + quoted(column) + " AS " + AMOUNT + ") AS VARCHAR)" : text(column);
    }

    private String amount(String column) {
        String value = typeOf(column).isNumber() ? quoted(column) : "NULLIF(" + text(column) + ", '')";
        return "CAST(" + value + " AS " + AMOUNT + ")";
    }

    private String text(String column) {
        return time(column).text();
    }

    TimeColumn time(String column) {
        return new TimeColumn(quoted(column), typeOf(column));
    }

    private ColumnType typeOf(String column) {
        return type(column).orElse(new ColumnType("string"));
    }

    /** Empty where the table has no such column. */
    Optional<ColumnType> type(String column) {
        return Optional.ofNullable(types.get(column.toLowerCase(Locale.ROOT))).map(ColumnType::new);
    }

    /** As the catalog has it, in small letters. */
    private static String quoted(String column) {
        return Literals.name(column.toLowerCase(Locale.ROOT));
    }
}
