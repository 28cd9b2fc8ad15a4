package io.aiaudit.collect.demo;

import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the bill of one cloud as a FOCUS file, always the same bytes. */
final class DemoBill {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setHeader(FocusRow.COLUMNS.toArray(String[]::new))
            .get();

    private final CSVPrinter printer;
    private BigDecimal billed = BigDecimal.ZERO;

    private DemoBill(CSVPrinter printer) {
        this.printer = printer;
    }

    static Path write(Company company, String provider, Window month, Path folder) throws IOException {
        Path file = folder.resolve("demo-" + provider + "-focus.csv");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
            new DemoBill(printer).write(company, new BlankRows(company, provider, month));
        }
        return file;
    }

    private void write(Company company, BlankRows blank) {
        ResourceCharges charges = new ResourceCharges(blank, this::print);
        company.resources(blank.provider()).forEach(charges::write);
        SundryCharges sundry = new SundryCharges(blank, this::print);
        sundry.write();
        sundry.tax(company.resources(blank.provider()).get(0).account(), billed);
    }

    private void print(FocusRow row) {
        billed = billed.add(row.billed());
        try {
            printer.printRecord(row.cells());
        } catch (IOException e) {
            throw new UncheckedIOException("the bill of the demo cannot be written", e);
        }
    }
}
