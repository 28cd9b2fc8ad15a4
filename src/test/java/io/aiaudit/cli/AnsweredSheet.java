package io.aiaudit.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** A workbook with questions, filled in and saved as a spreadsheet does it: without our classes. */
final class AnsweredSheet {
    static final String NAME = "aiaudit questions v1";
    static final int COLUMNS = 7;

    private AnsweredSheet() {}

    /** The rows of a questionnaire, the heads first. */
    static List<List<String>> rows(byte[] bytes) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            return book.findSheet(NAME).orElseThrow().read().stream()
                    .map(AnsweredSheet::cells)
                    .toList();
        }
    }

    private static List<String> cells(Row row) {
        String[] cells = new String[COLUMNS];
        Arrays.setAll(cells, column -> column < row.getCellCount() ? row.getCellText(column) : "");
        return List.of(cells);
    }

    static byte[] book(Consumer<Workbook> sheets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Workbook book = new Workbook(out, "Spreadsheet", "1.0");
        sheets.accept(book);
        book.finish();
        return out.toByteArray();
    }

    /** The same answer to all questions. */
    static byte[] answered(List<List<String>> questions, String answer) throws IOException {
        return book(book -> {
            Worksheet sheet = book.newWorksheet(NAME);
            for (int row = 0; row < questions.size(); row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    boolean isAnswer = row > 0 && column == 0;
                    sheet.value(
                            row, column, isAnswer ? answer : questions.get(row).get(column));
                }
            }
        });
    }
}
