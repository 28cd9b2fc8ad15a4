package io.aiaudit.rules;

import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The numbers that a parameter may have, both ends included.
 *
 * @param least the smallest
 * @param most the largest
 */
public record ParameterRange(BigDecimal least, BigDecimal most) {
    /** What the database counts exactly, and no threshold reaches: a million millions. */
    private static final ParameterRange ANY = of("-1000000000000", "1000000000000");

    private static final ParameterRange COUNT = of("0", "1000000000000");

    /** The ranges that follow from a unit; a rule narrows or widens them by min and max. Ten years of days. */
    private static final Map<String, ParameterRange> BY_UNIT = Map.ofEntries(
            Map.entry("share", of("0", "1")),
            Map.entry("percent", of("0", "100")),
            Map.entry("days", of("1", "3660")),
            Map.entry("hours", of("0", "8784")),
            Map.entry("minutes", of("0", "1440")),
            Map.entry("seconds", of("0", "86400")),
            Map.entry("ratio", of("0.01", "1000")),
            Map.entry("factor", of("0.01", "1000")),
            Map.entry("times", of("0.01", "1000")),
            Map.entry("instances", COUNT),
            Map.entry("accelerators", COUNT),
            Map.entry("cores", COUNT),
            Map.entry("ms", COUNT),
            Map.entry("MB an hour", COUNT),
            Map.entry("interruptions", of("0", "1000")),
            Map.entry("requests", COUNT),
            Map.entry("requests an hour", COUNT),
            Map.entry("tokens", COUNT),
            Map.entry("billions", COUNT),
            Map.entry("GiB", COUNT),
            Map.entry("GFLOP/s", COUNT),
            Map.entry("amount", COUNT),
            Map.entry("a month", COUNT),
            Map.entry("currency per GiB", COUNT));

    /** By the unit, unless the rule says more: what it defaults to has always been allowed. */
    static ParameterRange of(YamlNode node, Object value, String unit) {
        BigDecimal min = node.get("min").map(YamlNode::number).orElse(null);
        BigDecimal max = node.get("max").map(YamlNode::number).orElse(null);
        if (!Parameter.isNumeric(value)) {
            if (min != null || max != null) {
                throw node.error("only a number has min and max.", "Remove them, or write a number as its default.");
            }
            return null;
        }
        ParameterRange range = ofUnit(unit);
        for (BigDecimal number : Parameter.numbers(value)) {
            range = range.holding(number);
        }
        ParameterRange written = range.with(min, max);
        if (written.isEmpty() || !Parameter.numbers(value).stream().allMatch(written::holds)) {
            throw node.error(
                    "the default " + value + " is not in its range, " + written + ".",
                    "Write min and max so that the default is between them.");
        }
        return written;
    }

    /** What a parameter of this unit may be; of any other unit, or of none, whatever the database can count. */
    private static ParameterRange ofUnit(String unit) {
        return unit == null ? ANY : BY_UNIT.getOrDefault(unit, ANY);
    }

    /** With the ends that a rule writes itself; null keeps one. */
    private ParameterRange with(BigDecimal min, BigDecimal max) {
        return new ParameterRange(min == null ? least : min, max == null ? most : max);
    }

    /** Up to this number as well: a default that a rule writes is a value that it may have. */
    private ParameterRange holding(BigDecimal number) {
        return new ParameterRange(least.min(number), most.max(number));
    }

    boolean holds(BigDecimal number) {
        return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
    }

    private boolean isEmpty() {
        return least.compareTo(most) > 0;
    }

    /** Such as {@code 1 to 3660}. */
    @Override
    public String toString() {
        return least.toPlainString() + " to " + most.toPlainString();
    }

    private static ParameterRange of(String least, String most) {
        return new ParameterRange(new BigDecimal(least), new BigDecimal(most));
    }
}
