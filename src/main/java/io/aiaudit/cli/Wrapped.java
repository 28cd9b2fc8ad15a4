package io.aiaudit.cli;

import io.aiaudit.report.text.DisplayText;
import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines of a terminal's width, harmless; an id or a command that is longer than the line is not broken, since
 * it is there to be pasted.
 */
final class Wrapped {
    private Wrapped() {}

    /** {@code text} beside its label, broken between words. */
    static List<String> beside(String label, String text, int columns) {
        String start = Plain.text(label);
        String indent = " ".repeat(DisplayText.width(start));
        List<String> lines = new ArrayList<>();
        DisplayText.wrapForPasting(Plain.text(text), columns - indent.length())
                .forEach(line -> lines.add((lines.isEmpty() ? start : indent) + line));
        return lines.isEmpty() ? List.of(start.stripTrailing()) : lines;
    }
}
