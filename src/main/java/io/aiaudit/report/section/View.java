package io.aiaudit.report.section;

import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Markup;
import io.aiaudit.report.text.VisibleText;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What templates see: maps, lists, numbers and text. Every text becomes harmless here, on its way in; markup is only
 * what {@link #markup} made, never anything from a cloud or a file.
 */
public final class View {
    /** Longer than any honest name or sentence; a template need not fear for its layout. */
    public static final int LONGEST = 2_000;

    private static final Pattern TYPED = Pattern.compile("`([^`]+)`");

    private View() {}

    /** A map of {@code key, value, key, value, ...}. */
    public static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], harmless(pairs[i + 1]));
        }
        return map;
    }

    /** Our own markup: charts, style and script. */
    public static SafeString markup(String text) {
        return new SafeString(text);
    }

    /** A sentence in which backticks mark what is to be typed, as every text harmless. */
    static SafeString prose(String words) {
        String escaped = Markup.escaped(text(words));
        return markup(TYPED.matcher(escaped).replaceAll("<code>$1</code>"));
    }

    /** A text of several paragraphs, which empty lines part; none for an empty one. */
    public static List<String> paragraphs(String text) {
        return Arrays.stream(text.split("\n\\s*\n"))
                .map(paragraph -> paragraph.strip().replaceAll("\\s+", " "))
                .filter(paragraph -> !paragraph.isEmpty())
                .map(View::text)
                .toList();
    }

    static String text(String value) {
        String shown = VisibleText.of(Findings.orUnknown(value));
        int length = shown.codePointCount(0, shown.length());
        if (length <= LONGEST) {
            return shown;
        }
        String kept = shown.substring(0, shown.offsetByCodePoints(0, LONGEST));
        return kept + "… (" + Amounts.count(length) + " characters)";
    }

    private static Object harmless(Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? "" : text(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(View::harmless).toList();
        }
        return value;
    }
}
