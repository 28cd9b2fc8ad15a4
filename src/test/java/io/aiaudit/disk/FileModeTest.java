package io.aiaudit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileModeTest {
    @ParameterizedTest
    @ValueSource(strings = {"0600", "0640", "0644", "0660", "0664", "640"})
    void those_of_a_report_are_known(String octal) {
        assertThat(FileMode.of(octal)).isPresent();
    }

    /** Found by hand: a report that everybody may change was allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"0666", "0606", "0646", "0400", "0755", "x", "06400"})
    void what_others_may_write_is_none(String octal) {
        assertThat(FileMode.of(octal)).isEmpty();
    }
}
