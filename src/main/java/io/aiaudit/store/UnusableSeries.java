package io.aiaudit.store;

import java.util.List;
import java.util.Locale;

/**
 * Drops series with impossible values, with a warning: keeping the valid hours would make a busy resource look idle.
 */
final class UnusableSeries {
    private final Sql sql;

    UnusableSeries(Sql sql) {
        this.sql = sql;
    }

    /** Hours that a cloud or another live source returned and that cannot be, and series that they spoil. */
    void removeReturned() {
        sql.script("finish/impossible-hours.sql");
        sql.select("SELECT metric, count(DISTINCT resource_id), min(resource_id), 'returned below', NULL"
                        + " FROM impossible_hours ANTI JOIN work.unusable_series USING (resource_id, metric)"
                        + " GROUP BY metric ORDER BY metric")
                .rows()
                .forEach(row -> sql.update("INSERT INTO warnings VALUES (?)", sentence(row)));
    }

    /** Those that the rows show; the hours that are in several rows have to be known. */
    void removeRows() {
        sql.script("finish/contradictions.sql");
        sql.update("DELETE FROM work.usage_rows WHERE (metric, resource_id) IN (SELECT (metric, resource_id) FROM "
                + "work.unusable_series)");
    }

    /** Those that only the resource shows. */
    void removeMemoryAboveCard() {
        sql.script("finish/memory-above-card.sql");
    }

    void warn() {
        sql.select("SELECT metric, count(DISTINCT resource_id), min(resource_id), reason, arg_min(moment, "
                        + "resource_id)::VARCHAR"
                        + " FROM work.unusable_series GROUP BY metric, reason ORDER BY metric, reason")
                .rows()
                .forEach(row -> sql.update("INSERT INTO warnings VALUES (?)", sentence(row)));
    }

    private static String sentence(List<Object> row) {
        long count = (Long) row.get(1);
        return String.format(
                Locale.ROOT,
                "%s of %,d %s (%s%s) %s",
                row.get(0),
                count,
                count == 1 ? "resource" : "resources",
                Loaded.shortened((String) row.get(2)),
                count == 1 ? "" : ", ...",
                reason((String) row.get(3), (String) row.get(4)));
    }

    private static String reason(String reason, String moment) {
        return switch (reason) {
            case "percent" ->
                "has values above 1, but a ratio is 0 to 1: none of its hours is used. Divide percentages by 100.";
            case "share" ->
                "is more than twice what was bought, but it is a share of it: none of its hours is used. "
                        + "Divide percentages by 100.";
            case "average" ->
                "has averages above their own maxima: none of its hours is used. Export both from the same series.";
            case "differently" ->
                "has different values for the same time (" + moment
                        + "): none of its hours is used. Write one row per resource and time, or name the part of the "
                        + "resource in a column gpu or component.";
            case "memory" ->
                "is far above the memory of one accelerator: none of its hours is used. Divide MiB by 1,024, and do "
                        + "not sum accelerators.";
            case "returned below" -> "was returned with values below 0: these hours are unknown.";
            case "returned above" ->
                "was returned with values above what it can be (a ratio is 0 to 1): none of its hours is used.";
            case "returned average" -> "was returned with averages above their own maxima: none of its hours is used.";
            default -> throw new IllegalStateException(reason);
        };
    }
}
