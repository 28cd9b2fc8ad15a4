package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conditions of checklist.yaml on rows: a fact that is missing, or only looks like one, shows nothing. */
class ChecklistFactsTest {
    private static final String TABLES = """
            CREATE TABLE resources AS SELECT 'r' AS resource_id, 'model_usage' AS kind, NULL::VARCHAR AS machine_type,
              NULL::VARCHAR AS name, NULL::VARCHAR AS purchase, %s::MAP(VARCHAR, VARCHAR) AS attributes,
              MAP {}::MAP(VARCHAR, VARCHAR) AS tags;
            CREATE TABLE metrics AS SELECT 'r' AS resource_id, 'requests' AS metric, %s::DOUBLE AS total,
              NULL::DOUBLE AS average, NULL::DOUBLE AS maximum;
            CREATE TABLE charges AS SELECT 'none' AS resource_id, 'usage' AS component, 0.0 AS cost, NULL AS tier,
              NULL AS token_kind, NULL AS PricingCategory;
            """;

    /** Found by hand: "gemini" has the letters of "mini", and a deployment without a request is no request. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, 5, true",
        "claude-haiku-4-5, 5, true",
        "claude3haiku, 5, true",
        "gemini-2.5-flash, 5, true",
        "amazon.nova-lite-v1:0, 5, true",
        "gpt-5-nano-2025, 5, true",
        "gemini-2.5-pro, 5, false",
        "minimax-m1, 5, false",
        "text-embedding-3-small, 5, false",
        "gpt-4o-mini, 0, false",
        "gpt-4o-mini, , false"
    })
    void requests_to_a_small_model_are_simple_ones_that_cost_less(String model, Double requests, boolean isShown)
            throws SQLException {
        assertThat(isShown(
                        "Simple requests go to models that cost less",
                        "MAP {'model': '" + model + "'}",
                        String.valueOf(requests)))
                .isEqualTo(isShown);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, true",
        "INT4, true",
        "8-bit, true",
        "4 bit, true",
        "fp8, true",
        "awq, true",
        "64 bit, false",
        "128-bit, false",
        "bf16, false",
        "fp32, false"
    })
    void a_precision_of_few_bits_is_no_number_that_ends_like_it(String precision, boolean isShown) throws SQLException {
        assertThat(isShown(
                        "Models run in the smallest precision that keeps their quality",
                        "MAP {'precision': '" + precision + "'}",
                        "1"))
                .isEqualTo(isShown);
    }

    @ParameterizedTest
    @CsvSource({"enabled, true", "scheduled, false", "Scheduled, false", "suspended, false", "none, false", "0, false"})
    void a_schedule_does_not_scale_with_traffic(String autoscaling, boolean isShown) throws SQLException {
        assertThat(isShown(
                        "Endpoints scale with their traffic",
                        "MAP {'autoscaling_min': '1', 'autoscaling_max': '4', 'autoscaling': '" + autoscaling + "'}",
                        "1"))
                .isEqualTo(isShown);
    }

    private static boolean isShown(String item, String attributes, String requests) throws SQLException {
        String condition = Checklist.own().stream()
                .filter(line -> line.item().equals(item))
                .findFirst()
                .orElseThrow()
                .shownWhere();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(TABLES.formatted(attributes, requests));
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM resources WHERE " + condition)) {
                rows.next();
                return rows.getInt(1) == 1;
            }
        }
    }
}
