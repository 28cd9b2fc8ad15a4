package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.QueryResult;
import io.aiaudit.model.UserError;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryReportTest {
    private static final String HOSTILE = "=cmd|'/c calc'!A1\u001b[31m";

    private static final QueryResult ROWS = new QueryResult(
            List.of("name", "cost", "seen"),
            List.of(
                    Arrays.asList(HOSTILE, new BigDecimal("1234.500000000000"), Instant.parse("2026-06-01T10:00:00Z")),
                    Arrays.asList("b, c", null, null)),
            false);

    private static String written(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        QueryReport.of(format, TerminalStyle.PLAIN).write(ROWS, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_table_has_numbers_to_the_right_and_shows_control_characters() throws IOException {
        assertThat(written("table").lines())
                .containsExactly(
                        "name                       cost  seen",
                        "=cmd|'/c calc'!A1␛[31m  1234.50  2026-06-01T10:00:00Z",
                        "b, c                          -  -");
    }

    @Test
    void csv_makes_no_formula_and_leaves_unknown_cells_empty() throws IOException {
        assertThat(written("csv"))
                .isEqualTo("name,cost,seen\r\n'=cmd|'/c calc'!A1␛[31m,1234.50,2026-06-01T10:00:00Z\r\n\"b, c\",,\r\n");
    }

    @Test
    void json_keeps_types_and_null() throws IOException {
        assertThat(written("json"))
                .contains("\"cost\": 1234.50", "\"cost\": null", "\"seen\": \"2026-06-01T10:00:00Z\"")
                .doesNotContain("\u001b");
    }

    @Test
    void a_wide_table_is_narrowed_to_the_terminal() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        QueryReport.of("table", TerminalStyle.PLAIN)
                .write(new QueryResult(List.of("a", "b"), List.of(List.of("x".repeat(200), "kept")), false), out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.endsWith("…  kept"));
    }

    @Test
    void rows_that_no_line_has_room_for_are_records_with_whole_values() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> columns =
                IntStream.range(0, 12).mapToObj(i -> "column_" + i).toList();
        List<Object> row = new ArrayList<>(Collections.nCopies(12, "a value of two dozen letters"));
        row.set(3, null);
        QueryReport.of("table", TerminalStyle.PLAIN).write(new QueryResult(columns, List.of(row, row), false), out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(25)
                .contains(
                        "column_0   a value of two dozen letters",
                        "column_3   -",
                        "column_11  a value of two dozen letters")
                .contains("")
                .noneMatch(line -> line.contains("…"));
    }

    @Test
    void an_unknown_format_is_an_error_with_the_known_ones() {
        assertThatThrownBy(() -> QueryReport.of("xml", TerminalStyle.PLAIN))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.fix()).contains("csv, json, table"));
    }
}
