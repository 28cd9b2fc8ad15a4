package io.aiaudit.rules;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a remedy, with a resource's own values: {@code {column|words}} becomes what the rule returned under
 * this name or what is known of the resource, and the words where that is nothing, or where the remedy is shown without
 * a resource.
 */
final class RemedyText {
    private static final Pattern VALUE = Pattern.compile("\\{([a-z][a-z0-9_]*)\\|([^{}|]+)}");
    private static final int MANY = 10;

    private RemedyText() {}

    /** The sentence about no resource in particular. */
    static String general(String sentence) {
        return VALUE.matcher(sentence).replaceAll("$2");
    }

    /** The sentence about a resource. */
    static String filled(String sentence, Map<String, Object> row, Map<String, String> known) {
        return VALUE.matcher(sentence).replaceAll(match -> Matcher.quoteReplacement(value(match, row, known)));
    }

    private static String value(MatchResult match, Map<String, Object> row, Map<String, String> known) {
        Object returned = row.get(match.group(1));
        if (returned instanceof Number number && Double.isFinite(number.doubleValue())) {
            String digits = Math.abs(number.doubleValue()) < MANY ? "0.##" : "#,##0";
            return new DecimalFormat(digits, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
        }
        String text = returned instanceof String words ? words : known.get(match.group(1));
        return text == null || text.isBlank() ? match.group(2) : text;
    }
}
