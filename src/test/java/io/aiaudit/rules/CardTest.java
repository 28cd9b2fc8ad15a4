package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The speeds of accelerators in rules, against a list that was made by somebody else and against each other. */
class CardTest {
    /** Name, memory bandwidth, 16-bit speed, NVLink, speed in double precision. */
    private static final Pattern CARD = Pattern.compile("\\('([^']+)', (\\d+), (\\d+), ([01]), [01], ([\\d.]+)\\)");

    /** The same, with the generation before the speeds. */
    private static final Pattern CARD_OF_A_GENERATION =
            Pattern.compile("\\('([^']+)', [\\d.]+, (\\d+), ([\\d.]+), ([01]), ([\\d.]+)\\)");

    /** Names of the rule that the list writes in another way; the memory of a V100 says nothing about its speed. */
    private static final Map<String, String> IN_LIST =
            Map.of("A100-40GB", "A100-40", "A100-80GB", "A100-80", "V100-32GB", "V100");

    @Test
    void memory_bandwidth_and_tensor_speed_are_those_of_the_data_sheets() throws IOException {
        Map<String, double[]> list = list();
        Matcher card = CARD.matcher(RuleBook.builtIn().find("gpu-oversized").sql());
        int compared = 0;
        while (card.find()) {
            String name = card.group(1);
            double[] listed = list.get(IN_LIST.getOrDefault(name, name));
            assertThat(listed).as(name).isNotNull();
            assertThat(Double.parseDouble(card.group(2))).as(name).isCloseTo(listed[0], Percentage.withPercentage(1));
            assertThat(Double.parseDouble(card.group(3))).as(name).isCloseTo(listed[1], Percentage.withPercentage(1));
            compared++;
        }
        assertThat(compared).isEqualTo(12);
    }

    @Test
    void both_rules_know_the_same_of_a_card() {
        Map<String, List<String>> ofGenerations = cards(CARD_OF_A_GENERATION, "gpu-previous-generation");
        Map<String, List<String>> common = new TreeMap<>(cards(CARD, "gpu-oversized"));
        common.keySet().retainAll(ofGenerations.keySet());
        assertThat(common).hasSizeGreaterThan(5);
        assertThat(ofGenerations).containsAllEntriesOf(common);
    }

    private static Map<String, List<String>> cards(Pattern form, String rule) {
        return form.matcher(RuleBook.builtIn().find(rule).sql())
                .results()
                .collect(Collectors.toMap(
                        card -> card.group(1),
                        card -> List.of(card.group(2), card.group(3), card.group(4), card.group(5))));
    }

    /** Of a card with several forms, the one in a socket of its own, which the clouds rent out. */
    private static Map<String, double[]> list() throws IOException {
        Map<String, double[]> list = new HashMap<>();
        for (String line : Files.readAllLines(Needs.data("gpu_perf/gpu_specs.csv"))) {
            String[] cells = line.split(",", -1);
            if (!cells[0].equals("gpu")
                    && !cells[4].isEmpty()
                    && (cells[1].startsWith("SXM") || !list.containsKey(cells[0]))) {
                list.put(cells[0], new double[] {Double.parseDouble(cells[3]), Double.parseDouble(cells[4])});
            }
        }
        return list;
    }
}
