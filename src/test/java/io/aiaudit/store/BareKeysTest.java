package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Tokens;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys without a sign of their own differ in their form from what clouds and tools give resources as ids. */
class BareKeysTest {
    private static final int EACH = 2_000;
    private static final String BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final List<String> WORDS = List.of(
            "Training", "Inference", "Model", "Endpoint", "Customer", "Support", "Prod", "Eu", "West", "Llm", "Search");

    private final Random random = new Random(20_260_601);

    @Test
    void nearly_all_secret_access_keys_are_recognised() {
        assertThat(recognised(() -> letters(BASE_64, 40))).isGreaterThan(EACH * 97 / 100);
    }

    @Test
    void hashes_ids_and_names_are_not() {
        assertThat(recognised(() -> letters("0123456789abcdef", 40))).isZero();
        assertThat(recognised(() -> letters("0123456789ABCDEF", 40))).isZero();
        assertThat(recognised(() -> letters("0123456789abcdef", 64))).isZero();
        assertThat(recognised(() -> letters(LETTERS + "0123456789", 40))).isZero();
        assertThat(recognised(() -> letters("0123456789", 40))).isZero();
        assertThat(recognised(() -> letters(BASE_64, 28))).isZero();
        assertThat(recognised(() -> "llm-" + letters("bcdfghjklmnpqrstvwxz2456789", 10) + "-" + letters(LETTERS, 5)))
                .isZero();
        assertThat(recognised(this::name)).isZero();
    }

    /** In camel case, of exactly as many characters, with a year or number at its end. */
    private String name() {
        StringBuilder name = new StringBuilder();
        while (name.length() < 36) {
            name.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return name.substring(0, 36) + (2_000 + random.nextInt(1_000));
    }

    private String letters(String alphabet, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                .collect(Collectors.joining());
    }

    private long recognised(Supplier<String> value) {
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute(Tokens.sqlMacro());
            sql.execute(Tokens.sqlMacroOfSigns());
            sql.script("secrets.sql");
            String rows = IntStream.range(0, EACH)
                    .mapToObj(i -> "('" + value.get() + "')")
                    .collect(Collectors.joining(", "));
            return ((Number) sql.select("SELECT count(*) FROM (VALUES " + rows
                                    + ") AS v(x) WHERE may_hold_secret(x) AND is_secret('note', x)")
                            .rows()
                            .get(0)
                            .get(0))
                    .longValue();
        }
    }
}
