package io.aiaudit.report.table;

import io.aiaudit.model.Keyed;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.text.PlainNumber;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A table on a sheet of its own: a line of headings that stays in sight and filters, and typed cells. Texts are cells
 * of the type text and nothing else, so that neither a formula nor a number is made of a name or of an account of
 * twelve digits.
 *
 * @param <T> what a row is about
 */
final class SheetTable<T> {
    private static final String MONEY_FORMAT = "#,##0.00";
    private static final String TEXT_FORMAT = "@";
    private static final String DAY_FORMAT = "yyyy-mm-dd";
    private static final String HEADING_FILL = "E8EDF2";

    /** Of a cell, by the format. */
    private static final int LONGEST_TEXT = 32_767;

    private static final String ELLIPSIS = "…";

    private static final int WIDE = 60;
    private static final int NARROW = 16;

    private final String name;
    private final Collection<T> rows;
    private final List<Column<T>> columns = new ArrayList<>();

    SheetTable(String name, Collection<T> rows) {
        this.name = name;
        this.rows = rows;
    }

    private record Column<T>(String heading, int width, String numbers, Function<T, ?> value) {}

    /** A column of words, numbers, days or nothing: what a value is decides how its cell is typed. */
    SheetTable<T> column(String heading, Function<T, ?> value) {
        columns.add(new Column<>(heading, NARROW, null, value));
        return this;
    }

    /** The same for amounts of money. */
    SheetTable<T> money(String heading, Function<T, ?> value) {
        columns.add(new Column<>(heading, NARROW, MONEY_FORMAT, value));
        return this;
    }

    /** The same for sentences and ids. */
    SheetTable<T> wide(String heading, Function<T, ?> value) {
        columns.add(new Column<>(heading, WIDE, null, value));
        return this;
    }

    /**
     * Makes the sheet and gives it back; a table without a row says so by its headings alone.
     */
    Worksheet write(Workbook book) {
        Worksheet sheet = book.newWorksheet(name);
        for (int index = 0; index < columns.size(); index++) {
            sheet.value(0, index, columns.get(index).heading);
            sheet.style(0, index).bold().fillColor(HEADING_FILL).set();
            sheet.width(index, columns.get(index).width);
        }
        int line = 1;
        for (T row : rows) {
            if (line >= Worksheet.MAX_ROWS) {
                break;
            }
            for (int index = 0; index < columns.size(); index++) {
                cell(
                        sheet,
                        line,
                        index,
                        columns.get(index),
                        columns.get(index).value.apply(row));
            }
            line++;
        }
        sheet.freezePane(0, 1);
        sheet.setAutoFilter(0, 0, Math.max(1, line - 1), columns.size() - 1);
        return sheet;
    }

    /** Such as {@code spend-by-day.csv}. */
    String fileName() {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".csv";
    }

    /** The same as CSV, with a byte order mark, its texts whole. */
    String csv() throws IOException {
        StringBuilder text = new StringBuilder(CsvReporter.BYTE_ORDER_MARK);
        CSVPrinter csv = new CSVPrinter(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(columns.stream().map(Column::heading).toArray(String[]::new))
                        .setRecordSeparator("\r\n")
                        .get());
        for (T row : rows) {
            csv.printRecord(columns.stream()
                    .map(column -> csvCell(column.value.apply(row)))
                    .toList());
        }
        return text.toString();
    }

    private static String csvCell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal amount) {
            return PlainNumber.of(amount);
        }
        if (value instanceof Instant time) {
            return csvCell(time.atZone(ZoneOffset.UTC).toLocalDate());
        }
        if (value instanceof Number || value instanceof LocalDate) {
            return value.toString();
        }
        String text = text(value);
        return CsvReporter.apostrophe(text) + text;
    }

    private static void cell(Worksheet sheet, int line, int index, Column<?> column, Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof BigDecimal amount) {
            // As JSON writes it, so that an audit from a file has the same digits.
            sheet.value(line, index, new BigDecimal(PlainNumber.of(amount)));
            if (column.numbers != null) {
                sheet.style(line, index).format(column.numbers).set();
            }
        } else if (value instanceof Number number) {
            sheet.value(line, index, number);
        } else if (value instanceof LocalDate day) {
            sheet.value(line, index, day);
            sheet.style(line, index).format(DAY_FORMAT).set();
        } else if (value instanceof Instant time) {
            cell(sheet, line, index, column, time.atZone(ZoneOffset.UTC).toLocalDate());
        } else {
            sheet.value(line, index, cut(text(value)));
            sheet.style(line, index).format(TEXT_FORMAT).set();
        }
    }

    private static String text(Object value) {
        if (value instanceof Keyed keyed) {
            return keyed.key();
        }
        if (value instanceof Collection<?> lines) {
            return String.join(
                    "\n",
                    lines.stream()
                            .map(line -> VisibleText.of(String.valueOf(line)))
                            .toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, content) -> sorted.put(String.valueOf(key), content));
            return sorted.isEmpty() ? "" : VisibleText.of(AuditMapper.line(sorted));
        }
        return VisibleText.of(String.valueOf(value));
    }

    /** Harmless text, which keeps the ends of its lines. */
    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = LONGEST_TEXT - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
