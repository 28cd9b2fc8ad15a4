package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFactsTest {
    @TempDir
    Path folder;

    private ReferenceDatabase database;

    @BeforeEach
    void open() throws SQLException, IOException {
        database = ReferenceDatabase.empty();
    }

    @Test
    void the_built_in_prices_fill_both_tables() {
        database.load(folder);

        assertThat(database.row(
                        "SELECT accelerator, accelerator_count, accelerator_memory_gib, round(on_demand, 2) FROM offers"
                                + " WHERE provider = 'aws' AND region = 'us-east-1' AND machine_type = 'p4d.24xlarge'"))
                .isEqualTo("A100-40GB|8.0|40.0|21.96");
        assertThat(database.row("SELECT input, output FROM models WHERE provider = 'anthropic' AND model = "
                        + "'claude-sonnet-4-5' AND tier = 'standard'"))
                .isEqualTo("3.000000000000|15.000000000000");
    }

    @Test
    void an_offer_that_the_scan_brought_wins_and_gets_the_facts_of_its_hardware() {
        database.execute("INSERT INTO offers (provider, region, machine_type, on_demand, currency, as_of)"
                + " VALUES ('aws', 'us-east-1', 'p4d.24xlarge', 19.5, 'USD', DATE '2026-10-01')");

        database.load(folder);

        assertThat(database.row("SELECT count(*), max(on_demand), max(spot), max(as_of), max(accelerator), "
                        + "max(accelerator_count) FROM offers"
                        + " WHERE region = 'us-east-1' AND machine_type = 'p4d.24xlarge'"))
                .isEqualTo("1|19.500000000000|null|2026-10-01|A100-40GB|8.0");
    }

    @Test
    void what_an_offer_of_the_scan_says_about_its_hardware_stays() {
        database.execute(
                "INSERT INTO offers (provider, region, machine_type, accelerator_memory_gib, on_demand, currency)"
                        + " VALUES ('aws', 'us-east-1', 'p4d.24xlarge', 39.5, 19.5, 'USD')");

        database.load(folder);

        assertThat(database.row("SELECT accelerator_memory_gib FROM offers WHERE region = 'us-east-1' AND "
                        + "machine_type = 'p4d.24xlarge'"))
                .isEqualTo("39.5");
    }

    @Test
    void a_machine_type_is_the_same_in_capitals_as_azure_ml_writes_it() {
        database.execute("INSERT INTO offers (provider, region, machine_type, on_demand, currency)"
                + " VALUES ('azure', 'eastus', 'STANDARD_ND96ISR_H100_V5', 90, 'USD')");

        database.load(folder);

        assertThat(database.row("SELECT count(*), max(on_demand) FROM offers WHERE region = 'eastus' AND "
                        + "lower(machine_type) = 'standard_nd96isr_h100_v5'"))
                .isEqualTo("1|90.000000000000");
    }

    @Test
    void an_offer_of_another_region_hides_nothing() {
        database.execute("INSERT INTO offers (provider, region, machine_type, on_demand, currency)"
                + " VALUES ('aws', 'us-east-9', 'p4d.24xlarge', 1, 'USD')");

        database.load(folder);

        assertThat(database.row("SELECT round(on_demand, 2) FROM offers WHERE region = 'us-east-1' AND machine_type = "
                        + "'p4d.24xlarge'"))
                .isEqualTo("21.96");
    }

    @Test
    void a_model_price_that_the_scan_brought_wins_for_its_tier_only() {
        database.execute(
                "INSERT INTO models (provider, model, tier, input, currency) VALUES ('openai', 'gpt-4o', 'standard', "
                        + "2, 'USD')");

        database.load(folder);

        assertThat(database.row("SELECT count(*), max(input) FROM models WHERE provider = 'openai' AND model = "
                        + "'gpt-4o' AND tier = 'standard'"))
                .isEqualTo("1|2.000000000000");
        assertThat(database.row("SELECT input FROM models WHERE provider = 'openai' AND model = 'gpt-4o' AND tier = "
                        + "'priority'"))
                .isEqualTo("4.250000000000");
    }

    @Test
    void nothing_stays_in_the_private_folder() throws IOException {
        database.load(folder);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_users_error() {
        assertThatThrownBy(() -> database.load(folder.resolve("missing")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("spill_dir");
    }
}
