package io.aiaudit.config;

import io.aiaudit.model.EffortRates;
import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What aiaudit.yaml says under {@code effort}: the hours of an effort class and what one costs. */
final class EffortSection {
    /** Assumed where the section names no others: two hours, two days, two weeks of one person. */
    private static final Map<String, BigDecimal> ASSUMED =
            Map.of("low", new BigDecimal(2), "medium", new BigDecimal(16), "high", new BigDecimal(80));

    private static final BigDecimal LARGEST = new BigDecimal(100_000);

    private EffortSection() {}

    static EffortRates of(YamlNode effort) {
        effort.unknownKeysAgainst(List.of("hourly_rate", "hours"));
        Map<String, BigDecimal> hours = new TreeMap<>(ASSUMED);
        effort.get("hours")
                .ifPresent(node -> node.unknownKeysAgainst(ASSUMED.keySet())
                        .entries()
                        .forEach((effortClass, value) -> {
                            if (!value.isAbsent()) {
                                hours.put(effortClass, number(value));
                            }
                        }));
        return new EffortRates(
                hours, effort.get("hourly_rate").map(EffortSection::number).orElse(null));
    }

    private static BigDecimal number(YamlNode node) {
        BigDecimal number = node.number();
        if (number.signum() <= 0 || number.compareTo(LARGEST) > 0 || number.scale() > 2) {
            throw node.error(
                    "expected a number above 0 and up to 100000 with at most two decimals, found " + node.text() + ".",
                    "Write for example hourly_rate: 95.");
        }
        return number;
    }
}
