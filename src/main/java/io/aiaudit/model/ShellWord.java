package io.aiaudit.model;

import java.util.regex.Pattern;

/** A word of a command line that is offered for pasting, such as a path or the name of a resource. */
public final class ShellWord {
    /** Neither {@code =} nor {@code %} at the beginning: zsh reads them as a command and as a job. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:+,-][A-Za-z0-9_./:@%+=,-]*");

    /** Outside of the quotation marks: fish reads a backslash between them as it reads one elsewhere. */
    private static final Pattern OUTSIDE = Pattern.compile("['\\\\]");

    private ShellWord() {}

    /** As sh, bash, zsh and fish read it back: in quotation marks where it is not plain. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches()
                ? word
                : "'" + OUTSIDE.matcher(word).replaceAll("'\\\\$0'") + "'";
    }
}
