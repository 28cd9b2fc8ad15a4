package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in token prices against each other, against known prices, and against the sample data. */
class ReferenceModelsTest {
    @TempDir
    Path folder;

    private ReferenceDatabase database;

    @BeforeEach
    void load() throws SQLException, IOException {
        database = ReferenceDatabase.filled(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, standard, 2.5, 10, 1.25",
        "openai, gpt-4o, priority, 4.25, 17, 2.125",
        "openai, gpt-5, standard, 1.25, 10, 0.125",
        "openai, gpt-5, flex, 0.625, 5, 0.0625",
        "anthropic, claude-sonnet-4-5, standard, 3, 15, 0.3",
        "aws, anthropic.claude-sonnet-4-5-20250929-v1:0, standard, 3, 15, 0.3",
        "aws, anthropic.claude-sonnet-4-5-20250929-v1:0, global, 3, 15, 0.3",
        "aws, anthropic.claude-sonnet-4-5-20250929-v1:0, regional@eu, 3.3, 16.5, 0.33",
        "azure, gpt-4o, standard, 2.5, 10, 1.25",
        "azure, gpt-4o-2024-08-06, regional@eu, 2.75, 11, 1.375",
        "gcp, gemini-2.5-pro, standard, 1.25, 10, 0.125",
        "gcp, gemini-2.5-pro, long_context, 2.5, 15, 0.25",
    })
    void known_prices(String provider, String model, String tier, String input, String output, String cacheRead) {
        assertThat(database.row("SELECT CAST(input AS DECIMAL(9,4)), CAST(output AS DECIMAL(9,4)), CAST(cache_read AS "
                        + "DECIMAL(9,4)) FROM models"
                        + " WHERE provider = '%s' AND model = '%s' AND tier = '%s'".formatted(provider, model, tier)))
                .isEqualTo(database.row(
                        "SELECT CAST(%s AS DECIMAL(9,4)), CAST(%s AS DECIMAL(9,4)), CAST(%s AS DECIMAL(9,4))"
                                .formatted(input, output, cacheRead)));
    }

    @Test
    void each_tier_of_a_model_is_once_with_an_input_price_and_a_date() {
        assertThat(database.rows("SELECT provider, model, tier FROM models GROUP BY ALL HAVING count(*) > 1"))
                .isEmpty();
        assertThat(database.rows("FROM models WHERE input IS NULL OR input <= 0 OR input > 500 OR currency <> 'USD' OR "
                        + "as_of IS NULL"))
                .isEmpty();
        assertThat(database.rows("FROM models WHERE output = 0 OR cache_read = 0 OR cache_write = 0 OR batch_input = 0 "
                        + "OR batch_output = 0"))
                .isEmpty();
    }

    @Test
    void a_cache_read_costs_at_most_half_and_a_tenth_for_claude_and_gemini() {
        assertThat(database.rows("FROM models WHERE cache_read > input / 2 * 1.02"))
                .isEmpty();
        assertThat(database.rows("""
                        SELECT provider, model, tier, round(cache_read / input, 3) FROM models
                        WHERE (model LIKE '%claude%' AND model NOT LIKE '%claude-3-haiku%' OR model LIKE 'gemini-%' \
                        AND model >= 'gemini-2.5' AND model NOT LIKE '%preview%' AND tier <> 'flex')
                          AND abs(cache_read / input - 0.1) > 0.011""")).isEmpty();
        assertThat(database.row("SELECT count(DISTINCT round(cache_read / input, 2)) >= 3 FROM models WHERE provider "
                        + "= 'openai'"))
                .as("0.10 for newer, 0.25 and 0.50 for older models of OpenAI")
                .isEqualTo("true");
    }

    @Test
    void a_cache_write_costs_a_quarter_more_and_twice_for_an_hour() {
        assertThat(database.rows("SELECT provider, model, tier FROM models WHERE cache_write IS NOT NULL AND tier LIKE "
                        + "'%cache_1h%' AND abs(cache_write / input - 2) > 0.05"))
                .isEmpty();
        assertThat(database.rows(
                        "SELECT provider, model, tier FROM models WHERE cache_write IS NOT NULL AND tier NOT LIKE "
                                + "'%cache_1h%' AND abs(cache_write / input - 1.25) > 0.06"))
                .isEmpty();
    }

    @Test
    void a_batch_costs_half() {
        assertThat(database.row("""
                        SELECT count(*) > 80, count(*) FILTER (abs(batch_input / input - 0.5) > 0.05 OR \
                        abs(batch_output / output - 0.5) > 0.05)
                        FROM models WHERE batch_input IS NOT NULL""")).isEqualTo("true|0");
    }

    @Test
    void a_region_costs_at_least_what_the_world_costs() {
        assertThat(database.rows("""
                        SELECT world.provider, world.model, region.tier, world.input, region.input
                        FROM models AS world JOIN models AS region USING (provider, model)
                        WHERE world.tier = 'global' AND starts_with(region.tier, 'regional@') AND region.input < \
                        world.input""")).isEmpty();
    }

    @Test
    void the_standard_prices_agree_with_the_price_map_within_one_percent_for_95_percent_of_the_common_models() {
        String compared = database.row("""
                WITH map AS (
                  SELECT CASE WHEN starts_with(litellm_provider, 'bedrock') THEN 'aws' WHEN \
                starts_with(litellm_provider, 'azure') THEN 'azure'
                      WHEN starts_with(litellm_provider, 'vertex_ai') THEN 'gcp' ELSE litellm_provider END AS provider,
                    regexp_replace(model, '^(azure|azure_ai|vertex_ai)/', '') AS model,
                    CAST(input_cost_per_token AS DOUBLE) * 1e6 AS input, CAST(output_cost_per_token AS DOUBLE) * 1e6 \
                AS output
                  FROM read_csv('%s', all_varchar = true))
                SELECT count(*) > 500,
                  count(*) FILTER (abs(models.input / map.input - 1) <= 0.01 AND (models.output IS NULL OR \
                abs(models.output / map.output - 1) <= 0.01)) / count(*) >= 0.95
                FROM models JOIN map USING (provider, model) WHERE models.tier = 'standard' AND map.input > \
                0""".formatted(Needs.data("llm_prices/litellm_models.csv.gz")));
        assertThat(compared).as("more than 500 common models, 95 % within 1 %").isEqualTo("true|true");
    }
}
