package io.aiaudit.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line for a shell, set in lines of a terminal that a shell joins again: each ends with a backslash but the last. A
 * word is broken only where a shell takes the backslash out again, and what follows then begins in the first column,
 * since a space would end the word.
 */
public final class WrappedCommand {
    private static final String GOES_ON = " \\";
    private static final String COMMENT = "# ";
    /** In all of it, double quotes and substitutions too, a shell takes out a backslash with the end of its line. */
    private static final Pattern BREAKABLE = Pattern.compile("[A-Za-z0-9_./:@%+=,\"$() -]+");

    private final String indent;
    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    private WrappedCommand(String indent, int width) {
        this.indent = indent;
        this.width = width;
    }

    /**
     * Its lines with {@code indent}, none wider than {@code width}; empty where a word does not fit and must not be
     * broken.
     */
    public static Optional<List<String>> lines(String command, String indent, int width) {
        WrappedCommand wrapped = new WrappedCommand(indent, width);
        List<String> words = words(command);
        int comment = 0; // a backslash at the end of a comment joins nothing, so it gets lines of its own
        while (comment < words.size() && !words.get(comment).startsWith("#")) {
            comment++;
        }
        wrapped.comment(String.join(" ", words.subList(comment, words.size())));
        boolean isWhole = true;
        for (int i = 0; i < comment && isWhole; i++) {
            boolean hasValue = words.get(i).startsWith("-")
                    && i + 1 < comment
                    && !words.get(i + 1).startsWith("-");
            isWhole = wrapped.add(words.get(i), hasValue ? " " + words.get(i + 1) : "");
        }
        wrapped.end();
        return isWhole ? Optional.of(wrapped.lines) : Optional.empty();
    }

    private void comment(String text) {
        DisplayText.wrap(text.replaceFirst("^#+\\s*", ""), width - indent.length() - COMMENT.length())
                .forEach(each -> lines.add(indent + COMMENT + each));
    }

    /** An option stays beside its value where both fit. */
    private boolean add(String word, String value) {
        boolean isBesideValue = fits(indent + "  " + word + value) && !fits(line + " " + word + value);
        if (line.isEmpty()) {
            line.append(indent).append(word);
        } else if (fits(line + " " + word) && !isBesideValue) {
            line.append(' ').append(word);
            return true;
        } else {
            lines.add(line + GOES_ON);
            line.setLength(0);
            line.append(indent).append("  ").append(word);
        }
        return fits(line) || (BREAKABLE.matcher(word).matches() && breakWord());
    }

    private boolean fits(CharSequence text) {
        return DisplayText.width(text + GOES_ON) <= width;
    }

    /** Behind a slash where there is one, so that a path stays readable. */
    private boolean breakWord() {
        while (line.length() + GOES_ON.length() > width) {
            int slash = line.lastIndexOf("/", width - 2);
            int end = slash > width / 2 ? slash + 1 : width - 1;
            lines.add(line.substring(0, end) + "\\");
            line.delete(0, end);
        }
        return true;
    }

    private void end() {
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
    }

    /** As a shell splits it: a space within quotes or a substitution ends no word. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char character = command.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (character == '(' || character == ')') {
                depth += character == '(' ? 1 : -1;
            }
            if (character == ' ' && quote == 0 && depth <= 0) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(character);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
