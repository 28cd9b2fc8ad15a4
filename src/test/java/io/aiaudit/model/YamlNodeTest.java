package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiaudit.testing.Limited;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlNodeTest {
    private static YamlNode parse(String... lines) {
        return YamlReader.parse("a.yaml", String.join("\n", lines));
    }

    private static UserError refusal(Runnable reading) {
        UserError error = catchThrowableOfType(UserError.class, reading::run);
        assertThat(error).as("nothing was refused").isNotNull();
        return error;
    }

    @Test
    void every_kind_of_value_is_read_with_its_line_and_path() {
        YamlNode root = parse(
                "title: a text", "days: 14", "share: 0.10", "on: true", "list:", "  - {id: 1}", "  - x", "empty:");

        assertThat(root.need("title").text()).isEqualTo("a text");
        assertThat(root.need("days").wholeNumber()).isEqualTo(14);
        assertThat(root.need("share").number()).isEqualTo(new BigDecimal("0.10"));
        assertThat(root.need("on").yesOrNo()).isTrue();
        YamlNode id = root.need("list").items().get(0).need("id");
        assertThat(id.location()).isEqualTo("a.yaml:6");
        assertThat(id.path()).isEqualTo("list[0].id");
        assertThat(root.get("empty")).isEmpty();
        assertThat(root.entries().get("empty").line()).isEqualTo(8);
        assertThat(root.value())
                .isEqualTo(parse("{title: a text, days: 14, share: 0.10, on: true, list: [{id: 1}, x], empty: }")
                        .value());
    }

    @Test
    void words_that_only_look_like_numbers_or_answers_stay_text() {
        YamlNode root =
                parse("account: 012345678901 # 😀", "answer: yes", "hex: 0x1F", "day: 2026-06-01", "quoted: \"14\"");

        assertThat(root.need("account").text()).isEqualTo("012345678901");
        assertThat(root.need("answer").text()).isEqualTo("yes");
        assertThat(root.need("answer").yesOrNo()).isTrue();
        assertThat(root.need("hex").isText()).isTrue();
        assertThat(root.need("hex").text()).isEqualTo("0x1F");
        assertThat(root.need("day").text()).isEqualTo("2026-06-01");
        assertThat(refusal(() -> root.need("quoted").wholeNumber()).problem())
                .isEqualTo("a.yaml:5: quoted: expected a whole number, found \"14\".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            days | a.yaml:2: days: expected a list, found 14.
            name | a.yaml:3: name: expected a whole number, found "x".
            map  | a.yaml:4: map: expected text, found keys with values.
            """)
    void a_wrong_type_names_the_file_the_line_the_key_and_the_value(String key, String problem) {
        YamlNode root = parse("# a comment", "days: 14", "name: x", "map: {a: 1}");

        UserError error = refusal(() -> {
            YamlNode node = root.need(key);
            switch (key) {
                case "days" -> node.items();
                case "name" -> node.wholeNumber();
                default -> node.text();
            }
        });

        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.fix()).isNotBlank();
    }

    @Test
    void an_unknown_key_is_refused_with_the_nearest_known_one() {
        YamlNode root = parse("title: x", "need: [requests]");

        UserError error = refusal(() -> root.unknownKeysAgainst(List.of("title", "needs")));

        assertThat(error.problem()).isEqualTo("a.yaml:2: unknown key \"need\".");
        assertThat(error.fix()).isEqualTo("Did you mean \"needs\"?");
    }

    @Test
    void a_missing_key_and_an_unknown_word_are_reported() {
        YamlNode root = parse("lever: eliminat");

        assertThat(refusal(() -> root.need("id")).problem()).isEqualTo("a.yaml:1: the key \"id\" is missing.");
        UserError error = refusal(() -> root.need("lever").oneOf(Lever.class));
        assertThat(error.problem()).contains("a.yaml:1: lever: expected one of eliminate, replace");
        assertThat(error.fix()).isEqualTo("Did you mean \"eliminate\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: 1~a: 2           | a.yaml:2: the key "a" is given twice; first on line 1.
            a: &x 1~b: *x       | a.yaml:1: anchors (&name) and aliases (*name) are not read.
            b: 1~a: *x          | a.yaml:2: anchors (&name) and aliases (*name) are not read.
            a: &x {b: 1}        | a.yaml:1: anchors (&name) and aliases (*name) are not read.
            a: !!binary aGk=    | a.yaml:1: tags (!name) are not read.
            a: 1~---~b: 2       | a.yaml:3: a second document starts here.
            a: b: c             | a.yaml:1: this is not YAML: mapping values are not allowed here.
            ? [b, c]~: d        | a.yaml:1: this is not YAML: Expected a field name (Scalar value in YAML).
            a: [1, 2            | a.yaml:1: this is not YAML: expected ',' or ']', but got <stream end>.
            """)
    void what_makes_a_file_mean_something_else_than_it_says_is_refused(String text, String problem) {
        UserError error = refusal(() -> parse(text.split("~")));

        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.fix()).isNotBlank();
    }

    /** Found by hand: a rate of 1e-999999999 took three gigabytes and had no end. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e41", "0.00000000000000000000000000000000000000001"})
    void a_number_of_many_digits_is_refused(String number) {
        UserError error = refusal(() -> parse("a: " + number).need("a").number());
        assertThat(error.problem())
                .isEqualTo("a.yaml:1: a: expected a number of at most 40 digits, found another one.");
        assertThat(error.fix()).isNotBlank();
    }

    @Test
    void an_empty_file_has_no_keys() {
        assertThat(parse("").entries()).isEmpty();
        assertThat(parse("# only a comment").get("a")).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_is_named(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("none.yaml");
        assertThat(refusal(() -> YamlReader.read(file)).problem()).isEqualTo(file + " does not exist.");

        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xE9});
        assertThat(refusal(() -> YamlReader.read(latin)).problem()).isEqualTo(latin + " is not text in UTF-8.");
    }

    @Test
    void the_nearest_name_is_found_and_a_far_one_lists_all() {
        assertThat(DidYouMean.sentence("idel_days", List.of("idle_days", "max_requests")))
                .isEqualTo("Did you mean \"idle_days\"?");
        assertThat(DidYouMean.sentence("zzz", List.of("idle_days", "max_requests")))
                .isEqualTo("It is one of: idle_days, max_requests.");
    }

    @Test
    void what_is_dear_to_read_is_refused_before_it_costs(@TempDir Path folder) throws Exception {
        String aliases = IntStream.range(1, 30)
                .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]")
                .collect(Collectors.joining("\n", "a0: &a0 [x]\n", ""));
        Path large = Files.writeString(folder.resolve("large.yaml"), "a: " + "x".repeat(5 << 20));
        Limited.toLittle(() -> {
            assertThat(refusal(() -> parse(aliases)).problem()).contains("anchors (&name) and aliases");
            assertThat(refusal(() -> parse("a: " + "[".repeat(200_000))).problem())
                    .contains("not YAML", "maximum allowed (1000).");
            assertThat(refusal(() -> parse("a: " + "{a: ".repeat(200_000))).problem())
                    .contains("not YAML");
            assertThat(refusal(() -> YamlReader.read(large)).problem()).contains("is larger than 4 MB");
        });
    }
}
