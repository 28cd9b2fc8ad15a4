package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the beginning of a file: whether it is CSV or Parquet, packed or not, and which columns it has. Nothing of the
 * rows but whether there are any.
 */
final class FileHeader {
    /** Far more than any header and one row. */
    private static final int ENOUGH = 4 << 20;

    /** Of any file that is read. */
    private static final int FEWEST_COLUMNS = 3;

    /** Far more than any export has; each one costs time in every row. */
    private static final int MOST_COLUMNS = 10_000;

    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=.?\"?,*;*", Pattern.CASE_INSENSITIVE);

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private FileHeader() {}

    static SourceFile read(Path path) {
        if (!Files.exists(path)) {
            throw new UserError(
                    path + " is missing, but the manifest of the export names it.",
                    "Copy the whole folder of the export again.");
        }
        if (!Files.isRegularFile(path)) {
            throw new UserError(
                    path + " is not a regular file but a pipe or a device, which can't be read more than once.",
                    "Save what it gives as a file, and name that.");
        }
        if (!Files.isReadable(path)) {
            throw new UserError(
                    path + " cannot be read: permission denied.", "Add read permission, or run aiaudit as its owner.");
        }
        byte[] head = firstBytes(path);
        if (head.length == 0) {
            throw new UserError(path + " is empty.", "Export it again, or omit it.");
        }
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            return parquet(path);
        }
        refuseArchive(path, head);
        return csv(path, startsWith(head, 0x1f, 0x8b));
    }

    static void refuseMany(Path path, int columns) {
        if (columns > MOST_COLUMNS) {
            throw new UserError(
                    String.format(
                            Locale.ROOT,
                            "%s has more than %,d columns, and no bill, inventory or usage file has that many.",
                            path,
                            MOST_COLUMNS),
                    "Open the file and check what it is.");
        }
    }

    /** Of a file whose name promises nothing; bills are often sent as an archive. */
    static void refuseArchive(Path path) {
        refuseArchive(path, firstBytes(path));
    }

    private static void refuseArchive(Path path, byte[] head) {
        if (startsWith(head, 'P', 'K', 3, 4)) {
            throw new UserError(
                    path + " is a zip archive or an Excel workbook, not CSV or Parquet.",
                    "Unpack it, or save it as CSV.");
        }
    }

    private static byte[] firstBytes(Path path) {
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes(4);
        } catch (IOException e) {
            throw SourceFile.unreadable(path, false, e);
        }
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static SourceFile csv(Path path, boolean gzip) {
        byte[] start;
        try (InputStream stream = SourceFile.unpacked(path, gzip)) {
            start = stream.readNBytes(ENOUGH);
        } catch (IOException e) {
            throw SourceFile.unreadable(path, gzip, e);
        }
        Charset charset = charset(start);
        if (charset.equals(StandardCharsets.UTF_8) && contains(start, (byte) 0)) {
            throw noText(path, start);
        }
        String text = new String(start, charset);
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (text.isBlank()) {
            throw new UserError(
                    path + (start.length < ENOUGH ? " is empty." : " begins with 4 MB of blank lines."),
                    "Export it again, or omit it.");
        }
        if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
            return JsonHeader.read(path, gzip, charset, text, start.length < ENOUGH);
        }
        refuseSeparatorLine(path, text);
        char delimiter = ',';
        List<String> header = List.of();
        for (char candidate : DELIMITERS) {
            List<String> columns = firstRecord(text, candidate);
            if (columns.size() > header.size()) {
                header = columns;
                delimiter = candidate;
            }
        }
        if (header.size() == 1) {
            refuseSeparator(path, header.get(0));
        }
        if (header.isEmpty()) {
            throw new UserError(
                    path
                            + ": the first line is not a CSV header; a quote (\") in it is not closed or is inside a "
                            + "name.",
                    "Use CSV with a header row and comma-separated values.");
        }
        if (start.length < ENOUGH && !hasSecondRecord(text, delimiter)) {
            if (header.size() == 1) {
                throw new UserError(
                        path + " is not a table: all of it is one line with one value.",
                        "Use CSV with a header row and comma-separated values.");
            }
            throw new UserError(
                    path + " has a header and no rows.", "Export it again for a period with data, or omit it.");
        }
        refuseMany(path, header.size());
        List<SourceFile.Column> columns = header.stream()
                .map(name -> new SourceFile.Column(name.strip(), "VARCHAR", null))
                .toList();
        return new SourceFile(path, SourceFile.Form.CSV, gzip, charset, delimiter, columns);
    }

    /** A line of many names that something else parts: it is accepted with a warning, since all names are there. */
    private static void refuseSeparator(Path path, String firstLine) {
        for (String separator : List.of("|", ":", "^", "~")) {
            if (firstLine.split(Pattern.quote(separator), -1).length >= FEWEST_COLUMNS) {
                throw new UserError(
                        path + ": its values are separated by '" + separator + "', not by ',', ';' or a tab.",
                        "Export it again as CSV with ',' between the values.");
            }
        }
    }

    /** Every other byte of plain text in UTF-16 is 0. */
    private static UserError noText(Path path, byte[] start) {
        boolean bigEnd = start.length > 3 && start[0] == 0 && start[1] >= ' ' && start[2] == 0 && start[3] >= ' ';
        boolean littleEnd = start.length > 3 && start[0] >= ' ' && start[1] == 0 && start[2] >= ' ' && start[3] == 0;
        if (bigEnd || littleEnd) {
            return new UserError(
                    path + " is UTF-16 without a byte order mark.",
                    "Save it as UTF-8, or run: iconv -f UTF-16" + (bigEnd ? "BE" : "LE") + " -t UTF-8 "
                            + path.getFileName() + " > bill.csv");
        }
        return new UserError(path + " is not a text file.", "Bring CSV, Parquet or JSON lines.");
    }

    /** A first line that gives a spreadsheet the separator of the values. */
    private static void refuseSeparatorLine(Path path, String text) {
        String firstLine = text.lines().findFirst().orElse("").strip();
        if (SEPARATOR_LINE.matcher(firstLine).matches()) {
            throw new UserError(
                    path + ": its first line, " + firstLine + ", is a hint for spreadsheets, not the header.",
                    "Remove that line: tail -n +2 " + path.getFileName() + " > bill.csv");
        }
    }

    private static Charset charset(byte[] start) {
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean contains(byte[] bytes, byte wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    static CSVFormat format(char delimiter) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .get();
    }

    /** The values of the first record; none where it is no record with this delimiter. */
    private static List<String> firstRecord(String text, char delimiter) {
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format(delimiter))) {
            return parser.iterator().next().toList();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return List.of();
        }
    }

    /** A broken second record is one, too. */
    private static boolean hasSecondRecord(String text, char delimiter) {
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format(delimiter))) {
            Iterator<CSVRecord> records = parser.iterator();
            records.next();
            return records.hasNext();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return true;
        }
    }

    private static SourceFile parquet(Path path) {
        try (InputStream stream = Files.newInputStream(path)) {
            long size = Files.size(path);
            stream.skipNBytes(Math.max(0, size - 4));
            if (size < 12 || !startsWith(stream.readNBytes(4), 'P', 'A', 'R', '1')) {
                throw new UserError(
                        path + " is a Parquet file without its footer: it was cut off, or is still being written.",
                        "Copy or export it again.");
            }
        } catch (IOException e) {
            throw SourceFile.unreadable(path, false, e);
        }
        try (Sql sql = Sql.open("", new Properties())) {
            String relation = "read_parquet(" + Sql.literal(FileRows.pattern(path))
                    + ", hive_partitioning = false, binary_as_string = true)";
            if (sql.count("SELECT count(*) FROM " + relation) == 0) {
                throw new UserError(
                        path + " has columns and no rows.", "Export it again for a period with data, or omit it.");
            }
            List<SourceFile.Column> columns = new ArrayList<>();
            Rows described = sql.select("DESCRIBE FROM " + relation);
            refuseMany(path, described.rows().size());
            described
                    .rows()
                    .forEach(
                            row -> addColumn(columns, sql, relation, "", "", (String) row.get(0), (String) row.get(1)));
            return new SourceFile(path, SourceFile.Form.PARQUET, false, null, (char) 0, columns);
        } catch (StoreException e) {
            throw new UserError(
                    path + " is a broken Parquet file: " + e.getMessage() + ".", "Copy or export it again.", e);
        }
    }

    /** The column and, when it is a struct, its fields one by one, at any depth. */
    private static void addColumn(
            List<SourceFile.Column> columns,
            Sql sql,
            String relation,
            String names,
            String accesses,
            String column,
            String type) {
        String name = names + column;
        String access = accesses + Sql.identifier(column);
        columns.add(new SourceFile.Column(name, type, access));
        if (!type.startsWith("STRUCT(") || type.endsWith("[]")) {
            return;
        }
        for (List<Object> field : sql.select("DESCRIBE SELECT unnest(" + access + ") FROM " + relation)
                .rows()) {
            addColumn(columns, sql, relation, name + ".", access + ".", (String) field.get(0), (String) field.get(1));
        }
    }
}
