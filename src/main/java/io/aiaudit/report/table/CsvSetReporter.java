package io.aiaudit.report.table;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.format.Reporter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The tables of the workbook, a CSV file each, in one zip file: for what loads tables and reads no workbook. */
public final class CsvSetReporter implements Reporter {
    private final Brand brand;

    public CsvSetReporter() {
        this(Brand.NONE);
    }

    private CsvSetReporter(Brand brand) {
        this.brand = brand;
    }

    @Override
    public String format() {
        return "csv.zip";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public Reporter branded(Brand given) {
        return new CsvSetReporter(given);
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (SheetTable<?> table : AuditTables.of(audit, brand)) {
            ZipEntry file = new ZipEntry(table.fileName());
            file.setTimeLocal(SameBook.NO_TIME);
            zip.putNextEntry(file);
            zip.write(table.csv().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
