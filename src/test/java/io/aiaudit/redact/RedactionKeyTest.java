package io.aiaudit.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at once with one key: what either of them has replaced can be read again. */
class RedactionKeyTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("client.key");
    }

    @Test
    void names_that_another_run_added_in_the_meantime_stay() {
        made("zebra");
        RedactionKey one = RedactionKey.of(file);
        RedactionKey other = RedactionKey.of(file);
        String quokka = one.pseudonym("quokka");
        String okapi = other.pseudonym("okapi");
        one.save();
        other.save();

        RedactionKey after = RedactionKey.existing(file);
        assertThat(after.original(quokka)).isEqualTo("quokka");
        assertThat(after.original(okapi)).isEqualTo("okapi");
        assertThat(after.original(after.pseudonym("zebra"))).isEqualTo("zebra");
    }

    @Test
    void runs_that_begin_without_a_key_make_one_together() {
        RedactionKey one = RedactionKey.of(file);
        RedactionKey other = RedactionKey.of(file);

        assertThat(one.pseudonym("quokka")).isEqualTo(other.pseudonym("quokka"));
        String okapi = other.pseudonym("okapi");
        other.save();
        one.save();
        assertThat(RedactionKey.existing(file).original(okapi)).isEqualTo("okapi");
    }

    @Test
    void a_key_that_was_replaced_while_it_was_used_is_not_written_over() throws IOException {
        RedactionKey one = made("zebra");
        Files.delete(file);
        made("okapi");
        byte[] replaced = Files.readAllBytes(file);
        one.pseudonym("quokka");

        assertThatThrownBy(one::save).isInstanceOf(UserError.class).hasMessageContaining("was replaced by another key");
        assertThat(file).hasBinaryContent(replaced);
    }

    @Test
    void nothing_is_written_before_a_name_is_replaced_and_nothing_but_the_key_after() throws IOException {
        RedactionKey key = RedactionKey.of(file);
        assertThat(folder).isEmptyDirectory();
        key.pseudonym("quokka");
        key.save();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private RedactionKey made(String name) {
        RedactionKey key = RedactionKey.of(file);
        key.pseudonym(name);
        key.save();
        return key;
    }
}
