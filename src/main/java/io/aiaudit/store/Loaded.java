package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What became of one file: how many of its rows were read, and which were not and why. */
final class Loaded {
    private static final Pattern TIME = Pattern.compile("(Start|End|_at)$|^hour$|date|time", Pattern.CASE_INSENSITIVE);
    private static final int NAMED = 100;

    /** Separates a value and the reason why it cannot be, see cannot_be in macros.sql. */
    private static final char REASON = '\u001f';

    private static final int VALUE_LENGTH = 100;
    private static final int LOOKED_THROUGH = 10_000;

    private final Sql sql;
    private final SourceFile file;
    private final ReadableText text;
    private final long fileId;
    private final String rejectsTable;
    private final List<Reject> named = new ArrayList<>();
    private long rows;
    private long structural;
    private long badValues;

    Loaded(Sql sql, SourceFile file, ReadableText text, long fileId, String rejectsTable) {
        this.sql = sql;
        this.file = file;
        this.text = text;
        this.fileId = fileId;
        this.rejectsTable = rejectsTable;
    }

    /** Counts and names; a file without a single good row is an error. */
    void judge(String table) {
        List<Object> counts = sql.select(
                        "SELECT count(*) FILTER (bad IS NOT NULL), count(*) FILTER (ordinal > 0) FROM " + table
                                + " WHERE file_id = ?",
                        fileId)
                .rows()
                .get(0);
        badValues = (Long) counts.get(0);
        rows = (Long) counts.get(1) - badValues;
        List<Long> broken = brokenRecords();
        structural = broken.size();
        TreeMap<Long, Reject> byRecord = new TreeMap<>();
        structural().forEach(reject -> byRecord.putIfAbsent(reject.record(), reject));
        badValues(table, broken).forEach(reject -> byRecord.putIfAbsent(reject.record(), reject));
        byRecord.values().stream().limit(NAMED).forEach(named::add);
        if (rows == 0) {
            throw nothingReadable();
        }
        addLines();
    }

    private boolean isCsv() {
        return file.form() == SourceFile.Form.CSV;
    }

    /** In a parted file every record is a row. */
    private boolean mayHaveBrokenRecords() {
        return isCsv() && !(text instanceof PartedText);
    }

    /** Records that are no rows of this table at all, in order. */
    private List<Long> brokenRecords() {
        if (!mayHaveBrokenRecords()) {
            return List.of();
        }
        return sql.select("SELECT DISTINCT line::BIGINT FROM " + rejectsTable + " ORDER BY line").rows().stream()
                .map(row -> (Long) row.get(0))
                .toList();
    }

    private List<Reject> structural() {
        if (!mayHaveBrokenRecords()) {
            return List.of();
        }
        return sql
                .select("SELECT line::BIGINT, error_type, csv_line FROM " + rejectsTable
                        + " QUALIFY row_number() OVER (PARTITION BY line ORDER BY column_idx) = 1 ORDER BY line LIMIT "
                        + NAMED)
                .rows()
                .stream()
                .map(row -> structural((Long) row.get(0), (String) row.get(1), (String) row.get(2)))
                .toList();
    }

    private Reject structural(long record, String errorType, String text) {
        return this.text != null && this.text.tooLong().contains(record)
                ? new Reject(file.name(), record, null, null, null, meaning("LINE SIZE OVER MAXIMUM"), null)
                : new Reject(file.name(), record, null, null, readable(text), meaning(errorType), null);
    }

    private String meaning(String errorType) {
        int columns = file.columns().size();
        return switch (errorType.toUpperCase(Locale.ROOT)) {
            case "MISSING COLUMNS" -> "the row has fewer values than the " + columns + " columns of the header";
            case "TOO MANY COLUMNS" -> "the row has more values than the " + columns + " columns of the header";
            case "UNQUOTED VALUE" -> "a quote (\") in it is not closed, or is inside a value";
            case "LINE SIZE OVER MAXIMUM" -> "the row is longer than 2 MB";
            case "INVALID ENCODING" -> "the row is not UTF-8";
            default -> "the row is not CSV";
        };
    }

    private List<Reject> badValues(String table, List<Long> broken) {
        boolean isBill = table.equals(FileLoad.table(FileSet.Content.BILLING));
        String resource = isBill ? "ResourceId" : "resource_id";
        String rows = isBill ? table + " LEFT JOIN staged.texts USING (text_id)" : table;
        return sql
                .select(
                        "SELECT ordinal, bad.\"column\", bad.\"value\", nullif(trim(" + resource + "), '') FROM " + rows
                                + " WHERE file_id = ? AND bad IS NOT NULL ORDER BY ordinal LIMIT " + NAMED,
                        fileId)
                .rows()
                .stream()
                .map(row ->
                        badValue(record((Long) row.get(0), broken), (String) row.get(1), (String) row.get(2), (String)
                                row.get(3)))
                .toList();
    }

    private Reject badValue(long record, String column, String message, String resourceId) {
        int reason = message == null ? -1 : message.indexOf(REASON);
        String value = message == null ? null : readable(reason < 0 ? message : message.substring(0, reason));
        String problem = column == null
                ? value
                : value == null
                        ? column + " is empty"
                        : column + " is \"" + value + "\"" + (reason < 0 ? "" : ", " + message.substring(reason + 1));
        return new Reject(file.name(), record, null, column, value, problem, shortened(resourceId));
    }

    /** Without tokens, before a part of one is left of it; of what is shown, no more than the beginning counts. */
    private static String readable(String value) {
        return value == null
                ? null
                : shortened(Tokens.hide(value.substring(0, Math.min(value.length(), LOOKED_THROUGH))));
    }

    /** DuckDB counts only whole rows: the broken ones before it are added, and the header. */
    private long record(long ordinal, List<Long> broken) {
        if (!isCsv()) {
            return file.form() == SourceFile.Form.JSON ? ordinal : ordinal + 1;
        }
        long record = ordinal + 1;
        for (long line : broken) {
            if (line > record) {
                break;
            }
            record++;
        }
        return record;
    }

    private void addLines() {
        if (text == null || named.isEmpty()) {
            return;
        }
        Set<Long> wanted = new HashSet<>();
        named.forEach(reject -> wanted.add(reject.record()));
        Map<Long, Long> lines = text.lines(wanted);
        named.replaceAll(reject -> new Reject(
                reject.file(),
                reject.record(),
                lines.get(reject.record()),
                reject.column(),
                reject.value(),
                reject.problem(),
                reject.resourceId()));
    }

    private UserError nothingReadable() {
        Reject first = named.get(0);
        String rows = rejectedRows() == 1
                ? "the only row could not be read: record"
                : "none of its " + rows(rejectedRows()) + " could be read; the first, record";
        String problem = String.format(
                Locale.ROOT,
                "%s: %s %d: %s%s.",
                file.name(),
                rows,
                first.record(),
                first.problem(),
                expectation(first));
        return new UserError(
                problem,
                first.hasDecimalComma() ? Reject.EXPORT_WITH_POINT : "Export it again, or correct that column.");
    }

    private String expectation(Reject reject) {
        if (reject.column() == null
                || reject.value() == null
                || !reject.problem().endsWith("\"")) {
            return "";
        }
        if (TIME.matcher(reject.column()).find()) {
            return ", expected a time such as 2026-06-01T00:00:00Z";
        }
        return reject.column().equals("tags") || reject.column().equals("attributes")
                ? ", expected a JSON object"
                : ", expected a number such as 12.5";
    }

    static String rows(long count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }

    static String shortened(String value) {
        return value == null || value.length() <= VALUE_LENGTH ? value : value.substring(0, VALUE_LENGTH) + "...";
    }

    /** Provider, good and rejected rows of a bill; rows that are not even rows are counted with the largest one. */
    List<List<Object>> byProvider() {
        return sql.select(
                        "SELECT provider, count(*) FILTER (bad IS NULL), count(*) FILTER (bad IS NOT NULL)"
                                + " + CASE WHEN row_number() OVER (ORDER BY count(*) DESC, provider) = 1 THEN ? ELSE "
                                + "0 END"
                                + " FROM staged.bill WHERE file_id = ? AND ordinal > 0 GROUP BY provider",
                        structural,
                        fileId)
                .rows();
    }

    long rows() {
        return rows;
    }

    long rejectedRows() {
        return structural + badValues;
    }

    List<Reject> named() {
        return named;
    }
}
