package io.aiaudit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Evidence as people read it: names in words, shares in percent, numbers with four digits, nothing where nothing is
 * known.
 */
final class EvidenceWords {
    private static final MathContext DIGITS = new MathContext(4);
    private static final Pattern SHARE = Pattern.compile("(.*_)?share(_.*)?|busiest_(hour|moment)(_.*)?");

    private EvidenceWords() {}

    /** In the order of the columns; what is unknown is left out. */
    static Map<String, String> of(Map<String, Object> evidence) {
        Map<String, String> words = new LinkedHashMap<>();
        if (evidence != null) {
            evidence.forEach((column, value) -> {
                if (value != null) {
                    words.put(name(column), value(column, value));
                }
            });
        }
        return words;
    }

    private static String name(String column) {
        return column.replace('_', ' ').replaceAll("\\btold\\b", "known");
    }

    private static String value(String column, Object value) {
        if (!(value instanceof Number) || value instanceof Integer || value instanceof Long) {
            return FindingDetails.value(value);
        }
        BigDecimal number = new BigDecimal(value.toString());
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        boolean share =
                SHARE.matcher(column).matches() && number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0;
        if (share) {
            return number.compareTo(new BigDecimal("0.000001")) < 0 ? "0 %" : Amounts.share(number, BigDecimal.ONE);
        }
        return whole
                ? FindingDetails.value(value)
                : number.round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
