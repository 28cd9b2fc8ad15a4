package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The speeds of accelerators, against a list that was made by somebody else. */
class DataSheetsTest {
    private static final Path SHEETS = Path.of("src/main/resources/io/aiaudit/rules/data-sheets.csv");

    /** Names that the list writes in another way; the memory of a V100 says nothing about its speed. */
    private static final Map<String, String> IN_LIST =
            Map.of("A100-40GB", "A100-40", "A100-80GB", "A100-80", "V100-32GB", "V100");

    /** Not in the list: cards before Volta, and the H100 in a slot. */
    private static final List<String> NOT_LISTED = List.of("K520", "K80", "M60", "P100", "P4", "H100-NVL");

    @Test
    void memory_bandwidth_and_tensor_speed_are_those_of_the_data_sheets() throws IOException {
        Map<String, CSVRecord> list = list();
        for (CSVRecord sheet : records(SHEETS)) {
            String name = sheet.get("accelerator");
            if (NOT_LISTED.contains(name)) {
                continue;
            }
            CSVRecord listed = list.get(IN_LIST.getOrDefault(name, name));
            assertThat(listed).as(name).isNotNull();
            assertThat(number(sheet, "gb_per_second")).as(name).isCloseTo(number(listed, 3), within());
            assertThat(number(sheet, "teraflops")).as(name).isCloseTo(number(listed, 4), within());
        }
    }

    @Test
    void what_is_not_in_the_list_is_not_compared() throws IOException {
        Map<String, CSVRecord> list = list();
        assertThat(NOT_LISTED).noneMatch(name -> list.containsKey(IN_LIST.getOrDefault(name, name)));
    }

    private static Percentage within() {
        return Percentage.withPercentage(1);
    }

    private static double number(CSVRecord record, String column) {
        return Double.parseDouble(record.get(column));
    }

    private static double number(CSVRecord record, int column) {
        return Double.parseDouble(record.get(column));
    }

    /** Of a card with several forms, the one in a socket of its own, which the clouds rent out. */
    private static Map<String, CSVRecord> list() throws IOException {
        Map<String, CSVRecord> list = new HashMap<>();
        for (CSVRecord row : records(Needs.data("gpu_perf/gpu_specs.csv"))) {
            if (!row.get(4).isEmpty() && (row.get(1).startsWith("SXM") || !list.containsKey(row.get(0)))) {
                list.put(row.get(0), row);
            }
        }
        return list;
    }

    private static List<CSVRecord> records(Path file) throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return parser.getRecords();
        }
    }
}
