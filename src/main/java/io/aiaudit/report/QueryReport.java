package io.aiaudit.report;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.QueryResult;
import io.aiaudit.model.UserError;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.table.CsvReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.PlainNumber;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The rows of a query, for a person, a spreadsheet or a program. Values come from clouds and files, so each form makes
 * them harmless.
 */
public final class QueryReport {
    /** The names that {@link #of} knows; the first is the default. */
    public static final List<String> FORMATS = List.of("table", "csv", "json");

    private static final String GAP = "  ";
    private static final int COUNT = 11;

    /** A narrower cell says nothing. */
    private static final int SHORTEST_CUT = 12;

    private final String format;
    private final TerminalStyle style;

    private QueryReport(String format, TerminalStyle style) {
        this.format = format;
        this.style = style;
    }

    /**
     * The way of rendering of this name.
     *
     * @throws UserError for a name that is no format of a query
     */
    public static QueryReport of(String format, TerminalStyle style) {
        if (!FORMATS.contains(format)) {
            throw new UserError(
                    "query has no format \"" + VisibleText.of(format) + "\".",
                    DidYouMean.sentence(format, FORMATS)
                            + " Such as: aiaudit query june.aiaudit \"SELECT * FROM gaps\" -f csv");
        }
        return new QueryReport(format, style);
    }

    /** Writes the rows as UTF-8; leaves {@code out} open. */
    public void write(QueryResult result, OutputStream out) throws IOException {
        switch (format) {
            case "csv" -> csv(result, out);
            case "json" -> json(result, out);
            default -> out.write(table(result).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** Writes a list of tables; their names and columns, which are last, are never cut. */
    public void writeTables(QueryResult tables, OutputStream out) throws IOException {
        if (!format.equals(FORMATS.get(0))) {
            write(tables, out);
            return;
        }
        int longest = tables.rows().stream()
                .mapToInt(table -> DisplayText.width(text(table.get(0))))
                .max()
                .orElse(0);
        StringBuilder list = new StringBuilder();
        for (List<Object> table : tables.rows()) {
            String head = DisplayText.left(text(table.get(0)), longest)
                    + DisplayText.right(Amounts.count((Long) table.get(1)), COUNT)
                    + GAP;
            List<String> columns =
                    DisplayText.wrap(text(table.get(table.size() - 1)), style.width() - DisplayText.width(head));
            for (int line = 0; line < columns.size(); line++) {
                list.append(line == 0 ? head : " ".repeat(DisplayText.width(head)))
                        .append(columns.get(line))
                        .append('\n');
            }
        }
        out.write(list.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void csv(QueryResult result, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter csv = new CSVPrinter(
                writer, CSVFormat.RFC4180.builder().setRecordSeparator("\r\n").get());
        csv.printRecord(result.columns().stream().map(CsvReporter::text).toList());
        for (List<Object> row : result.rows()) {
            csv.printRecord(row.stream()
                    .map(value -> isNumber(value) ? text(value) : CsvReporter.text(value == null ? "" : text(value)))
                    .toList());
        }
        csv.flush();
    }

    private static void json(QueryResult result, OutputStream out) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<Object> row : result.rows()) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int column = 0; column < row.size(); column++) {
                object.put(result.columns().get(column), row.get(column));
            }
            rows.add(object);
        }
        AuditMapper.writer().writeValue(out, rows);
        out.write('\n');
    }

    /**
     * Columns as wide as their values, the widest ones narrowed until a line fits the terminal; numbers to the right.
     * Where too little of a cell would be left, records are one below the other.
     */
    private String table(QueryResult result) {
        List<List<String>> cells = new ArrayList<>();
        for (List<Object> row : result.rows()) {
            cells.add(row.stream()
                    .map(value -> VisibleText.of(value == null ? Amounts.UNKNOWN : text(value)))
                    .toList());
        }
        List<String> head = result.columns().stream().map(VisibleText::of).toList();
        int[] natural = widths(head, cells);
        int[] widths = narrowed(natural);
        if (!readable(natural, widths)) {
            return records(head, cells);
        }
        StringBuilder table = new StringBuilder();
        line(head, result.rows(), widths, table);
        for (List<String> row : cells) {
            line(row, result.rows(), widths, table);
        }
        return table.toString();
    }

    /** Whether each cell keeps enough of its value to be known by. */
    private static boolean readable(int[] natural, int[] widths) {
        return IntStream.range(0, widths.length)
                .allMatch(column -> widths[column] >= Math.min(natural[column], SHORTEST_CUT));
    }

    /** A column of a record a line, whole, for rows that no line has room for. */
    private String records(List<String> head, List<List<String>> cells) {
        int label = head.stream().mapToInt(DisplayText::width).max().orElse(0);
        StringBuilder records = new StringBuilder();
        for (List<String> row : cells) {
            records.append(records.isEmpty() ? "" : "\n");
            for (int column = 0; column < head.size(); column++) {
                String start = DisplayText.left(head.get(column), label) + GAP;
                List<String> lines = DisplayText.wrapForPasting(
                        row.get(column), Math.max(SHORTEST_CUT, style.width() - DisplayText.width(start)));
                records.append((start + (lines.isEmpty() ? "" : lines.get(0))).stripTrailing())
                        .append('\n');
                lines.stream()
                        .skip(1)
                        .forEach(line -> records.append(" ".repeat(DisplayText.width(start)))
                                .append(line)
                                .append('\n'));
            }
        }
        return records.toString();
    }

    private static int[] widths(List<String> head, List<List<String>> cells) {
        int[] widths = head.stream().mapToInt(DisplayText::width).toArray();
        for (List<String> row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], DisplayText.width(row.get(column)));
            }
        }
        return widths;
    }

    private int[] narrowed(int[] natural) {
        int[] widths = natural.clone();
        while (total(widths) > style.width() && widths[widest(widths)] > DisplayText.width(Amounts.UNKNOWN)) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int column = 1; column < widths.length; column++) {
            widest = widths[column] > widths[widest] ? column : widest;
        }
        return widest;
    }

    private static void line(List<String> cells, List<List<Object>> rows, int[] widths, StringBuilder table) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(column == 0 ? "" : GAP)
                    .append(
                            isNumeric(rows, column)
                                    ? DisplayText.right(cells.get(column), widths[column])
                                    : DisplayText.left(cells.get(column), widths[column]));
        }
        table.append(line.toString().stripTrailing()).append('\n');
    }

    private static boolean isNumeric(List<List<Object>> rows, int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column) == null || isNumber(row.get(column)));
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number;
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return PlainNumber.of(number);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? PlainNumber.of(number) : number.toString();
        }
        boolean plain = value instanceof CharSequence
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof LocalDate;
        return plain ? value.toString() : AuditMapper.line(value);
    }
}
