package io.aiaudit.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** Questions to whoever sits at a terminal; where nobody does, each has its default as its answer. */
final class Prompt {
    private static final int ATTEMPTS = 3;
    private static final int STANDARD_INPUT = 0;

    private final Console console;
    private final BufferedReader input;

    private Prompt(Console console, BufferedReader input) {
        this.console = console;
        this.input = input;
    }

    /** On the streams of the process. */
    static Prompt ofProcess(Console console) {
        boolean interactive = Terminal.isTerminal(STANDARD_INPUT) && Terminal.isTerminal(Terminal.ERR);
        return interactive ? of(console, new InputStreamReader(System.in, Charset.defaultCharset())) : silent(console);
    }

    static Prompt of(Console console, Reader input) {
        return new Prompt(console, new BufferedReader(input));
    }

    static Prompt silent(Console console) {
        return new Prompt(console, null);
    }

    /**
     * What was typed, in the form that is expected; the default for an empty line, the end of the input, and after
     * several answers of another form.
     *
     * @param expected says in words what {@code form} is
     */
    String answer(String question, String byDefault, Pattern form, String expected) throws IOException {
        for (int attempt = 0; input != null && attempt < ATTEMPTS; attempt++) {
            console.say(question + (byDefault.isEmpty() ? "" : " [" + byDefault + "]"));
            String line = input.readLine();
            if (line == null || line.isBlank()) {
                return byDefault;
            }
            if (form.matcher(line.strip()).matches()) {
                return line.strip();
            }
            console.say("Expected " + expected + ".");
        }
        return byDefault;
    }
}
