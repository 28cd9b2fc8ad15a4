package io.aiaudit.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The single commands of a line for a shell: those of a pipe, a list and a substitution. */
final class ShellSteps {
    private static final String BETWEEN = "|;&()\n";

    private final List<String> steps = new ArrayList<>();
    private final Deque<Part> open = new ArrayDeque<>();

    /** A line, or what is substituted in one. */
    private static final class Part {
        private final StringBuilder text = new StringBuilder();
        private boolean quoted;
    }

    private ShellSteps() {}

    /** With a Q for what is quoted; an inner command comes before the one that it is part of. */
    static List<String> of(String line) {
        ShellSteps shell = new ShellSteps();
        shell.open.push(new Part());
        for (int i = 0; i < line.length(); i++) {
            Part part = shell.open.peek();
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'' && !part.quoted) {
                i = line.indexOf('\'', i + 1);
                part.text.append('Q');
            } else if (c == '"') {
                part.quoted = !part.quoted;
                part.text.append('Q');
            } else if (line.startsWith("$(", i)) {
                shell.open.push(new Part());
                i++;
            } else if (!part.quoted && BETWEEN.indexOf(c) >= 0) {
                shell.end(part);
                if (c == ')' && shell.open.size() > 1) {
                    shell.open.pop();
                }
            } else if (!part.quoted) {
                part.text.append(c);
            }
        }
        shell.end(shell.open.peek());
        return shell.steps;
    }

    private void end(Part part) {
        if (!part.text.toString().isBlank()) {
            steps.add(part.text.toString().strip());
        }
        part.text.setLength(0);
    }
}
