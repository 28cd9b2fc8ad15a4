package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One letter is what a day was like. */
class LastStretchTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "aaaaaaaaab, true, false",
        "aaaaaaaabb, true, true",
        "aaaaaaabcc, true, true",
        "aaaabcccdee, true, true",
        "aaaabbaaabb, false, false",
        "aaaaabbbbaa, false, true",
        "abcdefgh, false, false",
        "abcdefghh, false, true",
        "aaaaaaaabcdd, true, true",
        "abb, true, true",
        "bbaaaaabbaaaaa, false, false",
        "aaabbaaaaabbaa, false, false",
        "aaaaabbaaaaabbaa, false, false",
        "aaaaabbaaaaaaaaaaaabbaa, false, false",
        "bbaaaaabbaa, false, false",
        "bbaaaaaabbaa, false, true",
        "aaaaabbaaaaabbcc, true, true",
        "aaaaaaaaaabbaaaaa, false, true"
    })
    void what_was_steady_and_is_new_is_a_change(String days, boolean isChange, boolean isThereNow) {
        LastStretch stretch = LastStretch.of(each(days)).orElseThrow();
        assertThat(stretch.isChange()).isEqualTo(isChange);
        assertThat(stretch.isThereNow()).isEqualTo(isThereNow);
        assertThat(stretch.before().plusDays(1)).isEqualTo(stretch.from());
    }

    @ParameterizedTest
    @CsvSource({"a", "aaaa"})
    void what_is_always_the_same_has_none(String days) {
        assertThat(LastStretch.of(each(days))).isEmpty();
    }

    private static NavigableMap<LocalDate, String> each(String days) {
        NavigableMap<LocalDate, String> each = new TreeMap<>();
        for (int day = 0; day < days.length(); day++) {
            each.put(LocalDate.of(2026, 6, 1).plusDays(day), days.substring(day, day + 1));
        }
        return each;
    }
}
