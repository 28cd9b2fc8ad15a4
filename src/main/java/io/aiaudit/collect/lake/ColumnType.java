package io.aiaudit.collect.lake;

import java.util.Locale;

/**
 * The type of a column, in the words of Glue ({@code map<string,string>}) or of Trino ({@code map(varchar, varchar)}).
 */
record ColumnType(String name) {
    ColumnType {
        name = name.toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
        return name.matches("double|float|real|decimal.*|(tiny|small|big)?int|integer");
    }

    /** A map, a list, a structure or JSON: values that are compared as text in the form of JSON. */
    boolean isNested() {
        return name.contains("<") || name.matches("(map|array|row)[(].*|json");
    }

    boolean isDate() {
        return name.equals("date");
    }

    boolean isTimestamp() {
        return name.startsWith("timestamp");
    }

    /** A point in time that the engine writes in the zone of its session. */
    boolean isZoned() {
        return isTimestamp() && name.endsWith("with time zone");
    }
}
