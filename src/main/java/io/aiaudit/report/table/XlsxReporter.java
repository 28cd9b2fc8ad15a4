package io.aiaudit.report.table;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.format.Reporter;
import java.io.IOException;
import java.io.OutputStream;

/** A workbook with a sheet for each table of the audit, to filter and to calculate with. It has no formula. */
public final class XlsxReporter implements Reporter {
    private final Brand brand;

    public XlsxReporter() {
        this(Brand.NONE);
    }

    private XlsxReporter(Brand brand) {
        this.brand = brand;
    }

    @Override
    public String format() {
        return "xlsx";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public Reporter branded(Brand given) {
        return new XlsxReporter(given);
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        SameBook.write(
                audit.scannedAt(), out, book -> AuditTables.of(audit, brand).forEach(table -> table.write(book)));
    }
}
