package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RemedyTextTest {
    private static final String REDUCE = "Reduce it from {units|its} units to {target|fewer}.";

    @Test
    void values_of_the_row_and_of_the_resource_stand_in_the_sentence() {
        assertThat(RemedyText.filled(REDUCE, Map.of("units", 1200.0, "target", "a $1 {x} b"), Map.of()))
                .isEqualTo("Reduce it from 1,200 units to a $1 {x} b.");
        assertThat(RemedyText.filled("Leave {machine_type|it}.", Map.of(), Map.of("machine_type", "p3.2xlarge")))
                .isEqualTo("Leave p3.2xlarge.");
        assertThat(RemedyText.filled("{slowdown|a few} times", Map.of("slowdown", 1.7543), Map.of()))
                .isEqualTo("1.75 times");
    }

    @Test
    void without_a_value_the_words_stand() {
        Map<String, Object> row = new HashMap<>();
        row.put("target", null);
        row.put("units", Double.NaN);

        assertThat(RemedyText.filled(REDUCE, row, Map.of())).isEqualTo("Reduce it from its units to fewer.");
        assertThat(RemedyText.general(REDUCE)).isEqualTo("Reduce it from its units to fewer.");
    }

    /** Capitals that are part of a command: a namespace, a value, a variable that it sets, a state it waits for. */
    private static final Pattern FIXED =
            Pattern.compile("AWS/\\S+|Mode=OFF|Type=DIMENSION,\\S+|DAILY|MONTHLY|UNIX|^[A-Z]+="
                    + "|-qxF [A-Z]+,|\"[^\"$]*\"|'[^']*'|\\$[A-Z]+");

    private static final Pattern FILLED_IN = Pattern.compile("\\$\\{[A-Z_]+:\\?}|\\{[^}]*}");
    private static final Pattern CAPITALS = Pattern.compile("(?<![\\w-])[A-Z]{2,}(?:-[A-Z]+)*(?![\\w-])");

    @Test
    void what_only_the_reader_knows_stops_a_command_until_it_is_set() {
        assertThat(RuleBook.builtIn().rules())
                .flatExtracting(rule -> rule.remedies().values())
                .flatExtracting(remedy -> remedy.commands().values())
                .flatExtracting(lines -> lines)
                .filteredOn(line -> !line.startsWith("#"))
                .hasSizeGreaterThan(200)
                .flatExtracting(line -> CAPITALS.matcher(
                                FIXED.matcher(FILLED_IN.matcher(line).replaceAll(""))
                                        .replaceAll(""))
                        .results()
                        .map(MatchResult::group)
                        .toList())
                .isEmpty();
    }

    @Test
    void no_built_in_remedy_shows_braces_or_a_sentence_of_more_than_25_words() {
        List<RemedyChoice> remedies = RuleBook.builtIn().rules().stream()
                .flatMap(rule -> rule.remedies().values().stream())
                .toList();

        assertThat(remedies).hasSizeGreaterThan(50).allSatisfy(remedy -> {
            assertThat(remedy.generalAction() + remedy.generalSpeed() + remedy.generalCompliance())
                    .doesNotContain("{", "}", "|");
            assertThat(remedy.generalAction().split("(?<=[.;:]) "))
                    .as(remedy.name())
                    .allSatisfy(sentence -> assertThat(sentence.split(" ")).hasSizeLessThanOrEqualTo(25));
        });
    }
}
