package io.aiaudit.collect.lake;

import java.time.LocalDate;

/**
 * Compares a column with days in the literals of its own type, so that an engine can skip partitions and files by it;
 * texts are compared as texts.
 */
record TimeColumn(String quoted, ColumnType type) {
    String since(LocalDate day) {
        return quoted + " >= " + literal(day);
    }

    String before(LocalDate day) {
        return quoted + " < " + literal(day);
    }

    /** Later than the beginning of the day. A text of the same instant has a T or a space in its middle. */
    String after(LocalDate day) {
        return type.isDate() || type.isTimestamp()
                ? quoted + " > " + literal(day)
                : "replace(substr(CAST(" + quoted + " AS VARCHAR), 1, 19), ' ', 'T') > '" + day + "T00:00:00'";
    }

    private String literal(LocalDate day) {
        if (type.isDate()) {
            return "DATE '" + day + "'";
        }
        if (type.isTimestamp()) {
            return "TIMESTAMP '" + day + " 00:00:00" + (type.isZoned() ? " UTC" : "") + "'";
        }
        return "'" + day + "'";
    }

    /** In UTC, as {@code 2026-06-01 00:00:00} or in the form that a table of texts has. */
    String text() {
        return type.isZoned()
                ? "CAST(CAST(" + quoted + " AT TIME ZONE 'UTC' AS TIMESTAMP) AS VARCHAR)"
                : "CAST(" + quoted + " AS VARCHAR)";
    }
}
