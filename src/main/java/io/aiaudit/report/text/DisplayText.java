package io.aiaudit.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;

/** Text measured in the columns of a terminal: a Chinese character takes two, a combining accent none. */
public final class DisplayText {
    private static final String ELLIPSIS = "…";

    /** A command in quotes or after a colon, to the end of its sentence, or a word. */
    private static final Pattern COMMAND_OR_WORD = Pattern.compile(
            "\\(?'[^']+'[^ ]*|(?<=: )(?:aiaudit|aws|az|gcloud) [a-z-]+(?= |$)(?:(?![.;] ).)*[.;]?|[^ ]+");

    private DisplayText() {}

    public static int width(String text) {
        return text.codePoints().map(DisplayText::width).sum();
    }

    /** {@code text} harmless and in at most {@code columns}, with an ellipsis where it was cut. */
    public static String cut(String text, int columns) {
        String shown = VisibleText.of(text);
        return width(shown) <= columns ? shown : prefix(shown, columns - 1) + ELLIPSIS;
    }

    /**
     * The same for sentences and lists, cut behind a word: behind the last whole sentence where that is more than half
     * of it.
     */
    public static String cutBehindWord(String text, int columns) {
        String shown = VisibleText.of(text);
        if (width(shown) <= columns) {
            return shown;
        }
        String prefix = prefix(shown, columns - 1);
        int sentence = prefix.lastIndexOf(". ");
        int end = sentence > prefix.length() / 2 ? sentence + 1 : prefix.lastIndexOf(' ');
        return end <= 0 ? cut(text, columns) : prefix.substring(0, end) + " " + ELLIPSIS;
    }

    public static String left(String text, int columns) {
        String shown = cut(text, columns);
        return shown + " ".repeat(columns - width(shown));
    }

    /** As {@link #left}, but cut in its middle: names of siblings differ at their ends. */
    public static String name(String text, int columns) {
        String shown = VisibleText.of(text);
        if (width(shown) <= columns) {
            return left(shown, columns);
        }
        String end = shown.substring(shown.offsetByCodePoints(
                shown.length(), -Math.min(columns / 3, shown.codePointCount(0, shown.length()))));
        return left(prefix(shown, columns - 1 - width(end)) + ELLIPSIS + end, columns);
    }

    public static String right(String text, int columns) {
        String shown = cut(text, columns);
        return " ".repeat(columns - width(shown)) + shown;
    }

    /** At most so many lines, the last one cut behind a word. */
    public static List<String> wrapAtMost(String text, int columns, int most) {
        List<String> lines = wrap(text, columns);
        if (lines.size() <= most) {
            return lines;
        }
        String rest = String.join(" ", lines.subList(most - 1, lines.size()));
        return Stream.concat(lines.stream().limit(most - 1L), Stream.of(cutBehindWord(rest, columns)))
                .toList();
    }

    /**
     * {@code text} harmless and in lines of at most {@code columns}, broken at spaces; a longer word is broken in
     * itself.
     */
    public static List<String> wrap(String text, int columns) {
        return wrap(List.of(VisibleText.of(text).split(" ")), columns, true);
    }

    /** The same, but a command that fits into a line stays whole. */
    public static List<String> wrapCommands(String text, int columns) {
        List<String> words = commandsAndWords(text).stream()
                .flatMap(word -> width(word) > columns ? Stream.of(word.split(" ")) : Stream.of(word))
                .toList();
        return wrap(words, columns, true);
    }

    /** The same, but ids and commands stay whole, since they are pasted: at worst one is longer than its line. */
    public static List<String> wrapForPasting(String text, int columns) {
        return wrap(commandsAndWords(text), columns, false);
    }

    private static List<String> commandsAndWords(String text) {
        return COMMAND_OR_WORD
                .matcher(VisibleText.of(text))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> wrap(List<String> words, int columns, boolean breaksWords) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
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
