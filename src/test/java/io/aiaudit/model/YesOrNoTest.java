package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YesOrNoTest {
    private static final Pattern LINE = Pattern.compile("IN \\(([^)]+)\\) THEN '(yes|no)'");
    private static final Pattern WORD = Pattern.compile("'([^']+)'");

    /** A report must not say that calls are logged while a rule says that they are not. */
    @Test
    void the_words_are_those_of_rules() throws Exception {
        Map<String, String> words = new LinkedHashMap<>();
        Matcher line = LINE.matcher(macro());
        while (line.find()) {
            Matcher word = WORD.matcher(line.group(1));
            while (word.find()) {
                words.put(word.group(1), line.group(2));
            }
        }
        assertThat(words).hasSizeGreaterThan(10);
        Map<String, String> read = new LinkedHashMap<>();
        words.keySet()
                .forEach(word -> read.put(word, String.valueOf(YesOrNo.of(word)).toLowerCase(Locale.ROOT)));
        assertThat(read).isEqualTo(words);
    }

    private static String macro() throws Exception {
        try (InputStream file = YesOrNoTest.class.getResourceAsStream("/io/aiaudit/store/ids.sql")) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            int start = sql.indexOf("MACRO yes_or_no(");
            return sql.substring(start, sql.indexOf(';', start));
        }
    }

    @ParameterizedTest
    @CsvSource({"' On ', YES", "FALSE, NO", "s3, ", "'', ", ", "})
    void case_and_blanks_do_not_matter_and_other_words_are_neither(String stated, YesOrNo expected) {
        assertThat(YesOrNo.of(stated)).isEqualTo(expected);
    }
}
