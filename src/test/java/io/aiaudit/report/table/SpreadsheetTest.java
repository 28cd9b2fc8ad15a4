package io.aiaudit.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What LibreOffice makes of our workbooks: it opens them, saves them in its own format and back, and each cell is what
 * it was.
 */
@Outside
class SpreadsheetTest {
    /** A spreadsheet calculates with doubles. */
    private static final MathContext DIGITS = new MathContext(12);

    @TempDir
    private Path folder;

    private Path office;

    @BeforeEach
    void find() {
        office = Needs.largeProgram("soffice", "libreoffice-calc-nogui");
    }

    private Path thereAndBack(Path workbook) throws IOException {
        convert(workbook, "ods", folder.resolve("there"));
        String name = workbook.getFileName().toString();
        convert(folder.resolve("there").resolve(name.replace(".xlsx", ".ods")), "xlsx", folder.resolve("back"));
        return folder.resolve("back").resolve(name);
    }

    private void convert(Path file, String format, Path out) {
        Ran ran = Ran.program(
                folder,
                Map.of("HOME", folder.toString()),
                List.of(
                        office.toString(),
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        format,
                        "--outdir",
                        out.toString(),
                        file.toString()));
        assertThat(ran.exitCode()).as(ran::toString).isZero();
    }

    /** Cells by sheet and address; none of them is a formula. */
    private static Map<String, String> cells(Path file) throws IOException {
        Map<String, String> cells = new TreeMap<>();
        try (ReadableWorkbook book = new ReadableWorkbook(file.toFile())) {
            for (Sheet sheet : book.getSheets().toList()) {
                for (Row row : sheet.read()) {
                    for (Cell cell : row) {
                        if (cell != null
                                && cell.getType() != CellType.EMPTY
                                && !cell.getText().isEmpty()) {
                            assertThat(cell.getType()).as(cell.toString()).isNotEqualTo(CellType.FORMULA);
                            assertThat(cell.getFormula()).as(cell.toString()).isNull();
                            cells.put(sheet.getName() + "!" + cell.getAddress(), value(cell));
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static String value(Cell cell) {
        return cell.getType() == CellType.NUMBER
                ? new BigDecimal(cell.getRawValue())
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                // a spreadsheet program may break a line of more than 16,000 letters
                : cell.getText().replace("\n", "");
    }

    @Test
    void every_cell_of_a_report_is_what_it_was_and_none_is_a_formula() throws IOException {
        for (Audit audit : List.of(SampleAudit.rich(), HostileAudit.everywhere())) {
            Path workbook = folder.resolve("report.xlsx");
            try (OutputStream out = Files.newOutputStream(workbook)) {
                new XlsxReporter().write(audit, out);
            }
            Map<String, String> before = cells(workbook);
            Map<String, String> after = cells(thereAndBack(workbook));

            assertThat(before).hasSizeGreaterThan(100);
            List<String> different = new ArrayList<>();
            before.forEach((address, value) -> {
                if (!value.equals(after.get(address))) {
                    different.add(address + ": " + value + " -> " + after.get(address));
                }
            });
            assertThat(different).isEmpty();
            assertThat(after).hasSameSizeAs(before);
        }
    }

    @Test
    void a_questionnaire_keeps_its_questions_and_what_it_is_known_by() throws IOException {
        Path workbook = folder.resolve("questions.xlsx");
        try (OutputStream out = Files.newOutputStream(workbook)) {
            Questionnaire.write(SampleAudit.rich(), "xlsx", out);
        }

        Map<String, String> before = cells(workbook);

        assertThat(before).containsEntry("aiaudit questions v1!A1", "answer");
        assertThat(cells(thereAndBack(workbook))).isEqualTo(before);
    }
}
