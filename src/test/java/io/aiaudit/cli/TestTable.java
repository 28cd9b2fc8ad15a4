package io.aiaudit.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A table that a test reads, from the folder of its package; lines that begin with # are comments. */
final class TestTable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();

    private TestTable() {}

    static List<CSVRecord> read(String name) {
        try (InputStreamReader text =
                new InputStreamReader(TestTable.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            return FORMAT.parse(text).getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
