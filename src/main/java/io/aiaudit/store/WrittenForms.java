package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a CSV file writes times and numbers, where a spreadsheet has been at it. The whole file decides: one value such
 * as 30/06/2026 says that the days come first in all of them.
 *
 * @param dayFirst whether 03/06/2026 is in June; null where no time is written so
 * @param separator of decimals, where some number is not written as in programs; null where all are
 * @param spreadsheetTimes whether times are written in any way that is not ISO 8601
 */
record WrittenForms(Boolean dayFirst, String separator, boolean spreadsheetTimes) {
    static final WrittenForms PLAIN = new WrittenForms(null, null, false);

    /** A spreadsheet writes all rows alike, so that these show whether the rest has to be looked at. */
    private static final int SAMPLE = 2_000;

    private static final int EXAMPLES = 2;
    private static final int MONTHS = 12;

    private static final Pattern PARTS =
            Pattern.compile("\\s*(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?:[ T,].*)?\\s*", Pattern.DOTALL);

    /** Days since 1900, and months by their names. */
    private static final Pattern OTHER_TIME =
            Pattern.compile("\\s*(\\d{5}([.,]\\d+)?|\\d{1,2}[ -][A-Za-z]{3,9}[ ,-].*|[A-Za-z]{3,9} \\d{1,2},? .*)\\s*");

    private static final Pattern DECIMAL_COMMA = Pattern.compile(
            "\\s*[-+]?([0-9]{1,3}([.][0-9]{3})+,[0-9]+|[0-9]*,([0-9]{1,2}|[0-9]{4,})|0*,[0-9]{3}|[0-9]{4,},"
                    + "[0-9]{3})\\s*");
    private static final Pattern DECIMAL_POINT = Pattern.compile(
            "\\s*[-+]?([0-9]{1,3}(,[0-9]{3})+[.][0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]*[.]([0-9]{1,2}|[0-9]{4,"
                    + "})|0*[.][0-9]{3}|[0-9]{4,}[.][0-9]{3})\\s*");

    /**
     * Looks at the columns of times and numbers that are read.
     *
     * @throws UserError where nothing in the file shows whether the day or the month comes first
     */
    static WrittenForms of(SourceFile file, List<WantedColumn> wanted, ReadColumns columns) {
        if (file.form() != SourceFile.Form.CSV) {
            return PLAIN;
        }
        Reading sample = new Reading(file, wanted, columns).read(SAMPLE);
        return sample.isPlain()
                ? PLAIN
                : new Reading(file, wanted, columns).read(Long.MAX_VALUE).forms();
    }

    /** Ends where a record is longer than any that is read, as after a quote that nobody closes, or nothing follows. */
    private static final class BoundedRecords extends FilterReader {
        private final CsvRecords records;
        private long length;

        BoundedRecords(Reader reader, char delimiter) {
            super(reader);
            this.records = new CsvRecords(delimiter, Set.of());
        }

        @Override
        public int read(char[] buffer, int offset, int wanted) throws IOException {
            int count = super.read(buffer, offset, wanted);
            for (int i = offset; i < offset + count; i++) {
                records.next((byte) (buffer[i] < 128 ? buffer[i] : 'x'));
                length = records.isInRecord() ? length + 1 : 0;
            }
            if (length > CsvRecords.LONGEST) {
                throw new IOException("a record is longer than " + CsvRecords.LONGEST + " characters");
            }
            if (records.hasTooManyBlankLines()) {
                throw new IOException("there are more than " + SourceFile.MOST_BLANK + " characters of blank lines");
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }

    /** What the values of a file show. */
    private static final class Reading {
        private final SourceFile file;
        private final List<Integer> times = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<String> open = new ArrayList<>();
        private String column;
        private boolean parts;
        private long spreadsheetTimes;
        private long otherTimes;
        private boolean dayFirst;
        private boolean monthFirst;
        private boolean commas;
        private boolean decimalComma;
        private boolean decimalPoint;

        Reading(SourceFile file, List<WantedColumn> wanted, ReadColumns columns) {
            this.file = file;
            for (WantedColumn each : wanted) {
                Integer index = columns.indexes().get(each);
                if (index != null && each.type().equals("TIMESTAMP")) {
                    times.add(index);
                } else if (index != null
                        && (each.type().startsWith("DECIMAL") || each.type().equals("DOUBLE"))) {
                    numbers.add(index);
                }
            }
        }

        Reading read(long records) {
            try (Reader reader = new BoundedRecords(
                            new InputStreamReader(file.unpacked(), file.charset()), file.delimiter());
                    CSVParser parser = CSVParser.parse(reader, FileHeader.format(file.delimiter()))) {
                long left = records;
                for (CSVRecord row : parser) {
                    if (parser.getRecordNumber() > 1 && left-- > 0) {
                        look(row);
                    } else if (left <= 0) {
                        break;
                    }
                }
            } catch (IOException | UncheckedIOException | IllegalStateException e) {
                // A broken row or a file that is cut off is reported when its rows are read.
                return this;
            }
            return this;
        }

        private void look(CSVRecord row) {
            times.stream().filter(index -> index < row.size()).forEach(index -> time(index, row.get(index)));
            numbers.stream().filter(index -> index < row.size()).forEach(index -> number(row.get(index)));
        }

        private void time(int index, String value) {
            Matcher matcher = PARTS.matcher(value);
            if (!matcher.matches()) {
                if (OTHER_TIME.matcher(value).matches()) {
                    spreadsheetTimes++;
                } else if (!value.isBlank()) {
                    otherTimes++;
                }
                return;
            }
            parts = true;
            spreadsheetTimes++;
            int first = Integer.parseInt(matcher.group(1));
            int second = Integer.parseInt(matcher.group(3));
            // With points no language writes the month first.
            dayFirst |= first > MONTHS || matcher.group(2).equals(".");
            monthFirst |= second > MONTHS;
            if (first != second && open.size() < EXAMPLES && !open.contains(value)) {
                open.add(value);
                column = column == null ? file.header().get(index) : column;
            }
        }

        private void number(String value) {
            commas |= value.indexOf(',') >= 0;
            decimalComma |= DECIMAL_COMMA.matcher(value).matches();
            decimalPoint |= DECIMAL_POINT.matcher(value).matches();
        }

        boolean isPlain() {
            return spreadsheetTimes == 0 && !commas;
        }

        /** One stray date among times of a program is a bad row, not the form of the file. */
        private boolean isBySpreadsheet() {
            return spreadsheetTimes > otherTimes;
        }

        WrittenForms forms() {
            if (isBySpreadsheet() && parts && dayFirst == monthFirst && !open.isEmpty()) {
                throw new UserError(
                        file.name() + ": " + column + " "
                                + (dayFirst
                                        ? "has days before months and months before days"
                                        : "can be read in two ways")
                                + ": " + quoted() + ".",
                        "Export the times again as 2026-06-30, or write the days of the whole file in one order with "
                                + "at least one day after the 12th.");
            }
            String found = decimalComma == decimalPoint ? null : decimalComma ? "," : ".";
            boolean european = commas && !decimalPoint && file.delimiter() == ';';
            return new WrittenForms(
                    parts ? dayFirst || !monthFirst : null, commas ? european ? "," : found : null, isBySpreadsheet());
        }

        private String quoted() {
            return "\"" + String.join("\", \"", open) + "\"";
        }
    }
}
