package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--billing; --billing",
                "bill-2026-06.csv; bill-2026-06.csv",
                "my bill.csv; 'my bill.csv'",
                "it's; 'it'\\''s'",
                "=ls; '=ls'",
                "%1; '%1'",
                "a=b; a=b",
                "$(id); '$(id)'",
                "*; '*'",
                "\"\"; ''"
            })
    void a_word_is_quoted_unless_it_means_nothing_to_any_shell(String word, String quoted) {
        assertThat(ShellWord.quoted(word)).isEqualTo(quoted);
    }
}
