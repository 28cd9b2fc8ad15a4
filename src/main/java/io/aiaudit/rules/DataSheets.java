package io.aiaudit.rules;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * What NVIDIA's data sheets say of accelerators, for the relation {@code data_sheet} and the macro {@code slowdown}:
 * compute capability, memory bandwidth (GB/s), dense 16-bit tensor speed and double precision (both teraflops), and
 * whether several of them are connected by NVLink. The A100 of 80 GiB is the one in a socket (SXM).
 */
final class DataSheets {
    static final String RELATION = "data_sheet";

    private static final String FILE = "data-sheets.csv";
    private static final List<CSVRecord> ROWS = read();

    private DataSheets() {}

    static String query() {
        List<String> columns = ROWS.get(0).getParser().getHeaderNames();
        return "FROM (VALUES "
                + ROWS.stream()
                        .map(row -> "(" + Literal.text(row.get(0)) + ", "
                                + row.stream()
                                        .skip(1)
                                        .map(value -> value + "::DOUBLE")
                                        .collect(Collectors.joining(", "))
                                + ")")
                        .collect(Collectors.joining(", "))
                + ") sheets(" + String.join(", ", columns) + ")";
    }

    /**
     * How many times as long a step takes on the accelerator {@code other} as on {@code present}, by memory bandwidth
     * or tensor speed, whichever is worse; NULL where one of the two is not known.
     */
    static String slowdown() {
        return "CASE WHEN present = other THEN 1.0 ELSE greatest(" + ratio("gb_per_second") + ", " + ratio("teraflops")
                + ") END";
    }

    private static String ratio(String column) {
        String map = ROWS.stream()
                .map(row -> Literal.text(row.get(0)) + ": " + row.get(column) + "::DOUBLE")
                .collect(Collectors.joining(", ", "(MAP {", "})"));
        return map + "[present] / " + map + "[other]";
    }

    private static List<CSVRecord> read() {
        try (var text = new InputStreamReader(DataSheets.class.getResourceAsStream(FILE), StandardCharsets.UTF_8)) {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(text)
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
