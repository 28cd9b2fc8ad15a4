package io.aiaudit.backtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reads a table of the sample data row by row. */
final class Table {
    private static final CSVFormat WITH_HEADER =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private Table() {}

    static void read(Path gzippedCsv, Consumer<CSVRecord> row) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(gzippedCsv)), StandardCharsets.UTF_8));
                var records = WITH_HEADER.parse(reader)) {
            records.forEach(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
