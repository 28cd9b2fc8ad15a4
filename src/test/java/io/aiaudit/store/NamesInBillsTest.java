package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of an inventory beside those of a bill. */
class NamesInBillsTest {
    private static Sql sql;

    @BeforeAll
    static void open() {
        sql = Sql.open("", new Properties());
        Sql.statements("finish/macros.sql").stream()
                .filter(macro -> macro.contains("MACRO is_model(") || macro.contains("MACRO may_be_of_project("))
                .forEach(sql::execute);
    }

    @AfterAll
    static void close() {
        sql.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Claude Sonnet 4.5, claude-sonnet-4-5, true",
        "anthropic.claude-sonnet-4-5-20250929-v1:0, Claude Sonnet 4.5, true",
        "gpt_4o, gpt-4o, true",
        "Claude Sonnet 4.5, claude-sonnet-4, false",
        "claude-sonnet-4-5, claude-haiku-4-5, false"
    })
    void a_model_has_one_name_with_any_separator(String name, String shorter, boolean same) {
        assertThat(sql.value("SELECT is_model(?, ?)", name, shorter)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "//compute.googleapis.com/projects/a/regions/r/commitments/cud, cud, a, true",
        "//compute.googleapis.com/projects/a/regions/r/commitments/cud, cud, b, false",
        "//compute.googleapis.com/projects/a/regions/r/commitments/cud, cud, '', true",
        "projects/a/regions/r/commitments/cud, cud, b, false",
        "projects/a/regions/r/commitments/cud, projects/a/regions/r/commitments/cud, b, true",
        "arn:aws:savingsplans::1:savingsplan/x, x, 2, true"
    })
    void a_bare_name_of_a_commitment_may_be_of_its_own_project(String id, String listed, String account, boolean may) {
        assertThat(sql.value("SELECT may_be_of_project(?, ?, ?)", id, listed, account))
                .isEqualTo(may);
    }
}
