package io.aiaudit.store;

import io.aiaudit.model.Tokens;

/**
 * A row that could not be read and counts nowhere.
 *
 * @param record its number in the file, the header is 1
 * @param line the line of the text where it starts, null in a Parquet file or when it is unknown
 * @param column null when the row as a whole is broken
 * @param value the text there, null when it is empty
 * @param problem the whole sentence after file and line, such as {@code EffectiveCost is "n/a"}
 * @param resourceId of what it is, null when the row names nothing that can be read
 */
public record Reject(
        String file, long record, Long line, String column, String value, String problem, String resourceId) {
    /** What to do about a value as {@code 0,4}. */
    public static final String EXPORT_WITH_POINT = "Export again with '.' as the decimal separator.";

    Reject withoutTokens() {
        return new Reject(
                file, record, line, Tokens.hide(column), Tokens.hide(value), Tokens.hide(problem), resourceId);
    }

    /** True for a number as spreadsheets in many countries write it. */
    public boolean hasDecimalComma() {
        return value != null && value.matches("[-+]?[0-9.]*,[0-9]+");
    }
}
