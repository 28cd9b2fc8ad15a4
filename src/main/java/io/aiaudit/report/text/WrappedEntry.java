package io.aiaudit.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entry of a list in YAML, set in lines of a terminal that YAML joins again when they are pasted: a line ends behind
 * a comma, and a name too long for a line ends it with a backslash within its quotes.
 */
public final class WrappedEntry {
    private static final Pattern BETWEEN_ANSWERS = Pattern.compile("(?<=[}a-z],) (?=[a-z]+: [a-z]+)");
    private static final Pattern BETWEEN_KEYS = Pattern.compile("(?<=,) (?=[a-z_]+: )");
    private static final String GOES_ON = "\\";
    private static final String CLOSES = "},";
    private static final String LIST_ITEM = "- {match: {";

    private WrappedEntry() {}

    /**
     * Its lines.
     *
     * @param entry such as {@code - {match: {resource: "chat"}, latency: yes}}, with its name in double quotes
     * @param start the text before it in the first line; the others are indented by its width and two more
     */
    public static List<String> lines(String entry, String start, int width) {
        String shown = VisibleText.of(entry);
        if (DisplayText.width(start + shown) <= width) {
            return List.of(start + shown);
        }
        String indent = " ".repeat(DisplayText.width(start) + 2);
        int nameEnds = shown.lastIndexOf('"') + 1;
        List<String> lines = new ArrayList<>();
        String rest = shown.substring(0, nameEnds);
        String before = start;
        while (DisplayText.width(before + rest + CLOSES) > width) {
            int end = end(rest, width - DisplayText.width(before + GOES_ON));
            lines.add(before + rest.substring(0, end) + GOES_ON);
            rest = (rest.charAt(end) == ' ' ? GOES_ON : "") + rest.substring(end);
            before = indent;
        }
        String line = before + rest + CLOSES;
        for (String answer : BETWEEN_ANSWERS.split(shown.substring(nameEnds + CLOSES.length() + 1))) {
            if (DisplayText.width(line + " " + answer) > width) {
                lines.add(line);
                line = indent + answer;
            } else {
                line += " " + answer;
            }
        }
        lines.add(line);
        return lines;
    }

    /** The same of an entry that is no answer: its lines end behind a comma, and a name is never broken. */
    public static List<String> behindCommas(String entry, String start, int width) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(DisplayText.width(start) + 2);
        String line = "";
        for (String part : BETWEEN_KEYS.split(VisibleText.of(entry))) {
            if (line.isEmpty()) {
                line = start + part;
            } else if (DisplayText.width(line + " " + part) > width) {
                lines.add(line);
                line = indent + part;
            } else {
                line += " " + part;
            }
        }
        lines.add(line);
        return lines;
    }

    /** Where a line of so many columns may end: within the name, and not within an escape. */
    private static int end(String text, int columns) {
        int first = text.startsWith(LIST_ITEM) ? text.indexOf('"') + 1 : 1;
        int end = Math.min(text.length() - 1, DisplayText.cut(text, columns + 1).length() - 1);
        while (end > first && (Character.isLowSurrogate(text.charAt(end)) || isEscaping(text, end))) {
            end--;
        }
        return Math.max(first, end);
    }

    /** Whether an odd number of backslashes is before this position. */
    private static boolean isEscaping(String text, int index) {
        int slashes = 0;
        while (slashes < index && text.charAt(index - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }
}
