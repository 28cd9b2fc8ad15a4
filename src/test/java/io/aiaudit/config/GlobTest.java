package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "prod-*, prod-, true",
        "prod-*, Prod-a, false",
        "*-gpu-?, train-gpu-1, true",
        "*-gpu-?, train-gpu-12, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "a.c, abc, false",
        "'', '', true",
        "'', a, false"
    })
    void a_star_is_any_text_and_a_question_mark_one_character(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @Property
    void text_around_stars_matches_what_holds_it(
            @ForAll @AlphaChars String before, @ForAll @AlphaChars String middle, @ForAll @AlphaChars String after) {
        assertThat(new Glob("*" + middle + "*").matches(before + middle + after))
                .isTrue();
    }

    @Test
    void nothing_matches_an_unknown_name() {
        assertThat(new Glob("*").matches(null)).isFalse();
    }

    @Test
    void a_costly_pattern_takes_no_time() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(new Glob("*a".repeat(200) + "b").matches("a".repeat(5000)))
                        .isFalse());
    }
}
