package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x could not be reached: javax.net.ssl.SSLException: closed. | x could not be reached: closed.",
                "x could not be reached: java.nio.channels.ClosedChannelException. | x could not be reached.",
                "x could not be reached: null. | x could not be reached.",
                "x failed (java.lang.NullPointerException). | x failed.",
                "x failed: a.b.Outer$InnerError: java.io.IOException: full. | x failed: full.",
                "access denied: AccessDeniedException, com.example.Role. | access denied: AccessDeniedException, "
                        + "com.example.Role.",
                "rule.sql:3: no column \"null\". | rule.sql:3: no column \"null\".",
            })
    void names_of_java_classes_and_missing_reasons_are_left_out(String text, String plain) {
        assertThat(new UserError(text, "Run it again.").problem()).isEqualTo(plain);
        assertThat(new Gap("aws", "x", text, "Run it again.").problem()).isEqualTo(plain);
    }
}
