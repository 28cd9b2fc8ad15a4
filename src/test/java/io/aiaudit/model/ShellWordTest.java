package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--billing; --billing",
                "bill-2026-06.csv; bill-2026-06.csv",
                "my bill.csv; 'my bill.csv'",
                "it's; 'it'\\''s'",
                "a\\b; 'a'\\\\'b'",
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

    /** Found by hand: fish ran what follows a backslash and an apostrophe. */
    @Outside
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "zsh", "fish"})
    void a_shell_reads_back_any_word(String shell) {
        for (String word : List.of(
                "\\'; touch run; #",
                "\\",
                "\\\\",
                "'\\''",
                "\\'\\'$(touch run)\\",
                "a\\nb",
                "it's \\\"quoted\\\" `touch run`",
                "{a,b}~*?[x]!!^$HOME=%1#")) {
            Ran ran = Ran.program(
                    folder,
                    Map.of(),
                    List.of(Needs.program(shell).toString(), "-c", "printf %s " + ShellWord.quoted(word)));
            assertThat(ran.out()).as(word).isEqualTo(word);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
