package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Tokens;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attributes and tags state, as rules read it: clouds, spreadsheets and people write it in their own way. */
class StatedMacrosTest {
    private static Sql sql;

    @BeforeAll
    static void open() {
        sql = Sql.open("", new Properties());
        sql.execute(Tokens.sqlMacro());
        sql.execute(Tokens.sqlMacroOfSigns());
        sql.script("secrets.sql");
        sql.script("ids.sql");
        sql.script("macros.sql");
    }

    @AfterAll
    static void close() {
        sql.close();
    }

    @ParameterizedTest
    @CsvSource({
        "' Rejected', rejected",
        "PendingManualApproval, pendingmanualapproval",
        "pending manual-approval, pendingmanualapproval",
        "'None, ', none",
        "NONE, none",
        "Data_Zone, datazone",
        "'', ",
        "' ', ",
        "-, ",
        "N/A, ",
        "n.a., ",
        "NULL, ",
        "NaN, ",
        "Unknown, ",
        "unspecified, ",
        ", "
    })
    void a_word_has_neither_case_nor_separators_and_a_word_for_nothing_is_none(String stated, String word) {
        assertThat(sql.value("SELECT stated_word(?)", stated)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"' Claude 3 ', Claude 3", "none, ", "'None ', ", "n/a, ", "'', ", ", "})
    void a_text_is_as_it_is_written_where_it_names_something(String stated, String text) {
        assertThat(sql.value("SELECT stated_text(?)", stated)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "13.5, 13.5",
        "'13,5', 13.5",
        "' 13,5 GiB', 13.5",
        "500GiB, 500",
        "500 gib, 500",
        "1 000, 1000",
        "1\u00a0000, 1000",
        "1\u202f000\u202f000, 1000000",
        "'1 000,5', 1000.5",
        "'1,088.5', 1088.5",
        "'1.088,5', 1088.5",
        "'1,000,000', 1000000",
        "1.000.000, 1000000",
        "'0,125', 0.125",
        "1.024, 1.024",
        "'1,024', ",
        "-3, -3",
        "1e3, 1000",
        "1_000, ",
        "1e99, ",
        "inf, ",
        "NaN, ",
        "many, ",
        "60 %, ",
        "3 4, ",
        "12 TiB, ",
        "'', ",
        ", "
    })
    void a_number_is_read_in_any_spelling_that_has_one_reading(String stated, Double number) {
        assertThat(sql.value("SELECT stated_number(?)", stated)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "'2,0', 2", "0, 0", "1 000, 1000", "2.5, ", "-1, ", "1e20, ", "two, ", ", "})
    void a_count_is_whole_and_not_below_zero(String stated, Long count) {
        assertThat(sql.value("SELECT stated_count(?)", stated)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "0.6, 0.6, false",
        "'0,6', 0.6, false",
        "60 %, 0.6, false",
        "'12,5%', 0.125, false",
        "'1,000', 1, false",
        "0, 0, false",
        "1, 1, false",
        "140 %, , true",
        "60, , true",
        "-0.1, , true",
        "-5 %, , true",
        "NaN, , true",
        "inf, , true",
        "most, , true",
        "none, , true",
        "unknown, , false",
        "-, , false",
        "'', , false",
        ", , false"
    })
    void a_share_is_between_0_and_1_and_another_value_is_no_share(String stated, Double share, boolean isNone) {
        assertThat(sql.value("SELECT stated_share(?)", stated)).isEqualTo(share);
        assertThat(sql.value("SELECT is_no_share(?)", stated)).isEqualTo(isNone);
    }

    @ParameterizedTest
    @CsvSource({
        "'eu-west-1,eu-west-3', eu-west-1|eu-west-3",
        "'eu-west-1; eu-west-3;', eu-west-1|eu-west-3",
        "eu-west-1 eu-west-3, eu-west-1|eu-west-3",
        "westeurope northeurope, westeurope|northeurope",
        "'[\"eu-west-1\", \"eu-west-3\"]', eu-west-1|eu-west-3",
        "'[''i-1'', ''i-2'']', i-1|i-2",
        "'{i-1,i-2}', i-1|i-2",
        "'East US 2, West Europe', East US 2|West Europe",
        "East US 2, East US 2",
        "Southeast Asia, Southeast Asia",
        "Sweden Central, Sweden Central",
        "any, any",
        "[], ",
        "none, ",
        "'None, n/a', ",
        "'', ",
        ", "
    })
    void a_list_has_any_separator(String stated, String parts) {
        assertThat(sql.value("SELECT array_to_string(stated_list(?), '|')", stated))
                .isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "hosting, fine-tuned, true",
        "hosting, 'Fine Tuned, on demand', true",
        "hosting, none, false",
        "custom_model, our-support-model, true",
        "custom_model, none, false",
        "custom_model, false, false",
        "model_arn, arn:aws:bedrock:us-east-1:111111111111:custom-model/amazon.nova/abc, true",
        "model_arn, arn:aws:bedrock:us-east-1:111111111111:imported-model/abc, true",
        "model_arn, arn:aws:bedrock:us-east-1:111111111111:custom-model-deployment/abc, true",
        "model_arn, arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0, false",
        "model, gpt-4o-2024-08-06.ft-0a1b, true",
        "model, gpt-4o, false"
    })
    void a_model_of_ones_own_shows_in_any_of_its_attributes(String name, String value, boolean isCustom) {
        assertThat(sql.value("SELECT is_custom_model(MAP {'" + name + "': ?}, 'chat')", value))
                .isEqualTo(isCustom);
    }

    @Test
    void a_resource_without_attributes_has_no_model_of_ones_own() {
        assertThat(sql.value("SELECT is_custom_model(CAST(NULL AS MAP(VARCHAR, VARCHAR)), NULL)"))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({
        "simple_share_loss, '0,02', 0.02",
        "simple_share_loss, 2 %, 0.02",
        "simple_share_loss, 0.02, 0.02",
        "simple_share_loss, little, little",
        "size_gib, '13,5 GiB', 13.5",
        "model, '13,5 GiB', '13,5 GiB'"
    })
    void a_number_of_an_inventory_is_written_in_one_way_by_its_key(String key, String value, String written) {
        assertThat(sql.value("SELECT attribute_number(?, ?)", key, value)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "hosting, Fine Tuned On-Demand, fine-tuned on demand",
        "attached_to, '[\"i-1\", \"i-2\"]', 'i-1,i-2'",
        "attached_to, i-1; i-2, 'i-1,i-2'",
        "attached_to, None, ''",
        "destination_regions, '[\"eu-west-1\"]', eu-west-1",
        "shadow, ' TRUE', true",
        "idle_shutdown, Off, off",
        "size_gib, '13,5', 13.5",
        "model, Claude 3, Claude 3"
    })
    void a_word_of_an_inventory_is_written_in_one_way_by_its_key(String key, String value, String written) {
        assertThat(sql.value("SELECT attribute_word(?, ?)", key, value)).isEqualTo(written);
    }
}
