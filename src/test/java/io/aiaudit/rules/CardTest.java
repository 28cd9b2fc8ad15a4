package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The speeds of accelerators in gpu-oversized against a list that was made by somebody else. */
class CardTest {
    private static final Pattern CARD = Pattern.compile("\\('([^']+)', (\\d+), (\\d+), [01], [01]\\)");
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
