package io.aiaudit.collect.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statement runs in DuckDB here; it is standard SQL. LakeTest runs it in Trino. */
class HourlyUsageTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private Connection duckDb;

    @BeforeEach
    void open() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        execute("CREATE SCHEMA ops");
    }

    @AfterEach
    void close() throws SQLException {
        duckDb.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as {@code minute, part, average, maximum, total, samples} of the first hour of 2 June. */
    private List<String> hours(String metric, String... rows) throws SQLException {
        execute("CREATE OR REPLACE TABLE ops.usage (resource_id VARCHAR, metric VARCHAR, hour TIMESTAMP, gpu VARCHAR,"
                + " average DOUBLE, maximum DOUBLE, total DOUBLE, samples BIGINT)");
        for (String row : rows) {
            execute("INSERT INTO ops.usage SELECT 'i-1', '" + metric + "', TIMESTAMP '2026-06-02' + to_minutes(minute),"
                    + " gpu, average, maximum, total, samples FROM (SELECT * FROM (VALUES (" + row
                    + ")) AS r(minute, gpu, average, maximum, total, samples))");
        }
        execute("INSERT INTO ops.usage VALUES ('i-1', '" + metric + "', TIMESTAMP '2026-07-01', NULL, 0.9, 0.9, 9, 1)");
        Map<String, String> types = new LinkedHashMap<>();
        List.of("resource_id", "metric", "gpu").forEach(name -> types.put(name, "varchar"));
        List.of("average", "maximum", "total", "samples").forEach(name -> types.put(name, "double"));
        types.put("hour", "timestamp(6)");
        HourlyUsage usage = new HourlyUsage(List.of("ops", "usage"), types, JUNE);
        assertThat(usage.header())
                .containsExactly("resource_id", "metric", "hour", "gpu", "average", "maximum", "total", "samples");
        List<String> hours = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet found = statement.executeQuery(usage.sql() + " ORDER BY ALL")) {
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 3; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(found.getString(i));
                }
                hours.add(String.join(" ", cells.stream().map(String::valueOf).toList()));
            }
        }
        return hours;
    }

    @Test
    void finer_rows_become_hours_and_averages_are_weighted_where_all_have_samples() throws SQLException {
        assertThat(hours("requests", "0, NULL, 1.0, 2.0, 10, 1", "30, NULL, 4.0, 5.0, 20, 2"))
                .containsExactly("2026-06-02T00:00:00Z null 3.0 5.0 30.0 3.0 0 2");
        assertThat(hours("requests", "0, NULL, 1.0, 2.0, 10, 1", "30, NULL, 4.0, 5.0, 20, NULL"))
                .containsExactly("2026-06-02T00:00:00Z null 2.5 5.0 30.0 1.0 0 2");
    }

    @Test
    void the_maximum_of_an_hour_is_known_where_all_rows_have_one_or_one_is_above_the_averages() throws SQLException {
        assertThat(hours("gpu_utilization", "0, NULL, 0.1, 0.2, NULL, NULL", "30, NULL, 0.4, NULL, NULL, NULL"))
                .containsExactly("2026-06-02T00:00:00Z null 0.25 null null null 0 2");
        assertThat(hours("gpu_utilization", "0, NULL, 0.1, 0.7, NULL, NULL", "30, NULL, 0.4, NULL, NULL, NULL"))
                .containsExactly("2026-06-02T00:00:00Z null 0.25 0.7 null null 0 2");
    }

    @Test
    void rows_of_one_time_complete_each_other_and_accelerators_stay_apart() throws SQLException {
        assertThat(hours(
                        "gpu_utilization",
                        "0, '0', 0.5, NULL, NULL, NULL",
                        "0, '0', NULL, 0.6, NULL, NULL",
                        "0, '1', 0.1, 0.2, NULL, NULL"))
                .containsExactly(
                        "2026-06-02T00:00:00Z 0 0.5 0.6 null null 0 1", "2026-06-02T00:00:00Z 1 0.1 0.2 null null 0 1");
    }

    @Test
    void a_series_with_a_value_that_cannot_be_is_flagged_as_a_whole() throws SQLException {
        String fine = "120, NULL, 0.5, 0.6, NULL, NULL";
        for (String impossible : List.of(
                "0, NULL, -1, NULL, NULL, NULL", "0, NULL, 85, 99, NULL, NULL", "0, NULL, 0.6, 0.2, NULL, NULL")) {
            assertThat(hours("gpu_utilization", fine, impossible))
                    .as(impossible)
                    .hasSize(2)
                    .allMatch(hour -> hour.endsWith(" 1 1"));
        }
        assertThat(hours("gpu_utilization", fine, "0, NULL, 0.1, NULL, NULL, 1", "0, NULL, 0.9, NULL, NULL, 1"))
                .as("rows of one time that differ")
                .hasSize(2)
                .allMatch(hour -> hour.endsWith(" 1 1"));
    }

    @Test
    void what_cannot_be_rolled_up_is_reported() {
        assertThat(new HourlyUsage(List.of("t"), Map.of("metric", "varchar"), JUNE).problem())
                .hasValue("it has no resource_id, hour");
        Map<String, String> texts =
                Map.of("resource_id", "varchar", "metric", "varchar", "hour", "varchar", "total", "double");
        assertThat(new HourlyUsage(List.of("t"), texts, JUNE).problem())
                .hasValue("its hour is of type varchar, not a timestamp");
    }

    @Test
    void the_columns_of_parts_are_those_of_usage_files() throws IOException {
        try (InputStream file = HourlyUsageTest.class.getResourceAsStream("/io/aiaudit/store/files/usage.sql")) {
            // A literal that goes on in the next line is one.
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("'\\n *'", ""))
                    .contains("'" + String.join(", ", HourlyUsage.PARTS) + "'");
        }
    }
}
