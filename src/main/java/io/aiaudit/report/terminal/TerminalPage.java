package io.aiaudit.report.terminal;

import io.aiaudit.report.text.DisplayText;
import java.util.List;

/** The lines of a terminal report, each within its width, in colour if the terminal shows it. */
public final class TerminalPage {
    private static final String BOLD = "1";
    private static final String WARNING = "33;1";
    private static final String FAINT = "2";

    private final TerminalStyle style;
    private final StringBuilder text = new StringBuilder();

    public TerminalPage(TerminalStyle style) {
        this.style = style;
    }

    public int width() {
        return style.width();
    }

    public void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    public void blank() {
        text.append('\n');
    }

    public void title(String words) {
        wrapped(BOLD, "", words);
    }

    public void heading(String heading) {
        heading(heading, true);
    }

    /** @param blank whether a blank line is above it */
    void heading(String heading, boolean blank) {
        if (blank) {
            blank();
        }
        wrapped(BOLD, "", heading);
    }

    /** A sentence in at most so many lines. */
    void lines(String indent, String words, int most) {
        DisplayText.wrapAtMost(words, style.width() - indent.length(), most).forEach(line -> line(indent + line));
    }

    void strong(String line) {
        line(styled(BOLD, line));
    }

    void faint(String line) {
        line(styled(FAINT, line));
    }

    void banner(String words) {
        wrapped(WARNING, "", words);
    }

    /** How many lines it has, with those that follow it on the same screen. */
    long lines() {
        return text.chars().filter(character -> character == '\n').count() + style.below();
    }

    /** Where it ends, to come back to. */
    int end() {
        return text.length();
    }

    /** Takes back all that was written since it ended there. */
    void backTo(int end) {
        text.setLength(end);
    }

    /** The command that shows what was missing, null = none is known. */
    String check() {
        return style.check();
    }

    /** What repeats the report when flags are added: a command to be pasted, else words where it has names. */
    String again(boolean demo) {
        if (style.again() != null) {
            return style.again();
        }
        return demo ? "aiaudit scan --demo" : "the same command with";
    }

    public void faintSentence(String indent, String words) {
        wrapped(FAINT, indent, words);
    }

    /** The same in at most so many lines. */
    void faintLines(String indent, String words, int most) {
        DisplayText.wrapAtMost(words, style.width() - indent.length(), most)
                .forEach(line -> line(styled(FAINT, indent + line)));
    }

    /** A sentence, its lines indented by {@code indent}. */
    public void sentence(String indent, String words) {
        wrapped("", indent, words);
    }

    /** The same, with commands whole that fit, since they are pasted. */
    void advice(String indent, String words) {
        DisplayText.wrapCommands(words, style.width() - indent.length()).forEach(line -> line(indent + line));
    }

    /** What makes a saved scan of the one that was reported; null = there is one, or reading again costs nothing. */
    String save() {
        return style.save();
    }

    private void wrapped(String code, String indent, String words) {
        List<String> lines = DisplayText.wrap(words, style.width() - indent.length());
        lines.forEach(line -> line(indent + styled(code, line)));
    }

    private String styled(String code, String line) {
        boolean plain = !style.colour() || code.isEmpty() || line.isBlank();
        return plain ? line : "\u001b[" + code + "m" + line + "\u001b[0m";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
