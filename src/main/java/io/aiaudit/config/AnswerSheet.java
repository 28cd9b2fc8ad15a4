package io.aiaudit.config;

import io.aiaudit.model.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * Reads a questionnaire that comes back as a workbook. Anybody may have made the file, so how much it unpacks to is
 * checked before anything in it is read.
 */
final class AnswerSheet {
    /** The sheet that distinguishes a questionnaire from any other workbook. */
    static final String NAME = "aiaudit questions v1";

    private static final long LARGEST_UNPACKED = 50_000_000;
    private static final int MOST_PARTS = 200;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_COLUMNS = 20;
    private static final String OPEN_DOCUMENT = "META-INF/manifest.xml";
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private AnswerSheet() {}

    /** A row with a number as spreadsheets count them, and the text of its first cells. */
    record Line(int number, List<String> cells) {}

    static boolean isOne(byte[] bytes) {
        return bytes.length >= ZIP.length
                && bytes[0] == ZIP[0]
                && bytes[1] == ZIP[1]
                && bytes[2] == ZIP[2]
                && bytes[3] == ZIP[3];
    }

    /**
     * All rows, the head among them.
     *
     * @param named what messages call the file
     */
    static List<Line> lines(byte[] bytes, String named) {
        try {
            checkUnpacked(bytes, named);
            try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
                Sheet sheet = book.findSheet(NAME)
                        .orElseThrow(() -> new UserError(
                                named + " is not a questionnaire of aiaudit: it has no sheet \"" + NAME + "\".",
                                "Make one with 'aiaudit questions aiaudit.json -f xlsx > questions.xlsx'."));
                List<Line> lines = new ArrayList<>();
                try (Stream<Row> rows = sheet.openStream()) {
                    for (Row row : (Iterable<Row>) rows.limit(MOST_ROWS)::iterator) {
                        lines.add(new Line(row.getRowNum(), cells(row, named)));
                    }
                }
                return lines;
            }
        } catch (IOException | ExcelReaderException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UserError(
                    named + " is damaged: it starts as a workbook and cannot be read as one.",
                    "Save it again as .xlsx, or use the questionnaire in Markdown.",
                    e);
        }
    }

    private static void checkUnpacked(byte[] bytes, String named) throws IOException {
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
            if (parts.stream().anyMatch(part -> part.getName().equals(OPEN_DOCUMENT))) {
                throw new UserError(
                        named + " is an OpenDocument file, not a workbook of the type .xlsx.",
                        "Open it in a spreadsheet program and save it as .xlsx.");
            }
            long left = LARGEST_UNPACKED;
            for (ZipArchiveEntry part : parts) {
                try (InputStream in = zip.getInputStream(part)) {
                    byte[] content = in.readNBytes((int) left + 1);
                    left -= content.length;
                    if (new String(content, StandardCharsets.ISO_8859_1).contains("<!DOCTYPE")) {
                        throw new UserError(
                                named + " has a document type in it, which no workbook needs.",
                                "Use the questionnaire as 'aiaudit questions' wrote it.");
                    }
                }
                if (left < 0 || parts.size() > MOST_PARTS) {
                    throw new UserError(
                            named + " unpacks to more than any questionnaire.",
                            "Use the questionnaire as 'aiaudit questions' wrote it.");
                }
            }
        }
    }

    private static List<String> cells(Row row, String named) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < MOST_COLUMNS; column++) {
            Cell cell = column < row.getCellCount() ? row.getCell(column) : null;
            if (cell != null && (cell.getType() == CellType.FORMULA || cell.getFormula() != null)) {
                throw new UserError(
                        named + " has a formula in cell " + cell.getAddress() + ".",
                        "Write yes or no instead; nothing in it is calculated.");
            }
            cells.add(
                    cell == null || cell.getType() == CellType.EMPTY
                            ? ""
                            : cell.getText().strip());
        }
        return cells;
    }
}
