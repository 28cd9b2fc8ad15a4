package io.aiaudit.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines of a terminal's width, harmless; a word that is longer than the line is not broken, since it is there
 * to be pasted.
 */
final class Wrapped {
    private Wrapped() {}

    /** {@code text} beside its label, broken between words. */
    static List<String> beside(String label, String text, int columns) {
        String start = Plain.text(label);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(start);
        boolean first = true;
        for (String word : Plain.text(text).split(" ")) {
            if (!first && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(start.length()));
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
