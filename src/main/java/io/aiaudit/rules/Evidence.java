package io.aiaudit.rules;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that a rule returns beside its claim, as reports show them: DOUBLE to 6 significant digits, times as ISO text,
 * lists and structs as they are.
 */
final class Evidence {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
    /** Below this a DOUBLE is what arithmetic left of 0; the smallest figure of a rule is a price of one token. */
    private static final double NOTHING = 1e-12;

    private Evidence() {}

    /** @throws RuleException for a number that is none */
    static Object of(String column, Object value) {
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                throw new RuleException("the column " + column + " holds " + number + ", which is not a number.");
            }
            return Math.abs(number) < NOTHING ? BigDecimal.ZERO : plain(new BigDecimal(number).round(SIX_DIGITS));
        }
        if (value instanceof BigDecimal number) {
            return plain(number);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(of(column, element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), of(column, element)));
            return copy;
        }
        return value == null || value instanceof Long || value instanceof Boolean ? value : value.toString();
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }
}
