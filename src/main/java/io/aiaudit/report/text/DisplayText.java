package io.aiaudit.report.text;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Text measured in the columns of a terminal: a Chinese character takes two, a combining accent none. */
public final class DisplayText {
    private static final String ELLIPSIS = "…";

    private DisplayText() {}

    public static int width(String text) {
        return text.codePoints().map(DisplayText::width).sum();
    }

    /** {@code text} harmless and in at most {@code columns}, with an ellipsis where it was cut. */
    public static String cut(String text, int columns) {
        String shown = VisibleText.of(text);
        return width(shown) <= columns ? shown : prefix(shown, columns - 1) + ELLIPSIS;
    }

    public static String left(String text, int columns) {
        String shown = cut(text, columns);
        return shown + " ".repeat(columns - width(shown));
    }

    public static String right(String text, int columns) {
        String shown = cut(text, columns);
        return " ".repeat(columns - width(shown)) + shown;
    }

    /**
     * {@code text} harmless and in lines of at most {@code columns}, broken at spaces; a longer word is broken in
     * itself.
     */
    public static List<String> wrap(String text, int columns) {
        return wrap(text, columns, true);
    }

    /** The same, but a longer word stays whole, since it may be an id that is copied. */
    public static List<String> wrapWholeWords(String text, int columns) {
        return wrap(text, columns, false);
    }

    private static List<String> wrap(String text, int columns, boolean breaksWords) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : VisibleText.of(text).split(" ")) {
            String rest = word;
            if (width(line + " " + rest) > columns && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (breaksWords && width(rest) > columns) {
                String head = prefix(rest, columns);
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static String prefix(String text, int columns) {
        StringBuilder prefix = new StringBuilder();
        int used = 0;
        for (int character : text.codePoints().toArray()) {
            used += width(character);
            if (used > columns) {
                break;
            }
            prefix.appendCodePoint(character);
        }
        return prefix.toString();
    }

    private static int width(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }
}
