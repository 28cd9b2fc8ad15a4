package io.aiaudit.collect.trino;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The file in which rows of a result wait for the store. */
final class ResultFile {
    private ResultFile() {}

    static CSVPrinter create(Path file) throws IOException {
        return new CSVPrinter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8),
                CSVFormat.RFC4180);
    }
}
