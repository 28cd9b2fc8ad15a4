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
import java.util.Arrays;
import java.util.List;
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
    void an_unknown_format_is_an_error_with_the_known_ones() {
        assertThatThrownBy(() -> QueryReport.of("xml", TerminalStyle.PLAIN))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.fix()).contains("csv, json, table"));
    }
}
