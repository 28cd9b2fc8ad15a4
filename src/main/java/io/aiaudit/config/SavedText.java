package io.aiaudit.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A part of aiaudit.yaml as text for a saved scan: without comments, which may say what nobody else should read, and
 * every value on the line that it had, counted from the line in the head, so that a later evaluation still names the
 * line that decided.
 */
final class SavedText {
    private static final String HEAD = "# from line ";

    /** What YAML takes for something else than a word. */
    private static final Set<String> NO_WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private final StringBuilder text = new StringBuilder();
    private int line;

    private SavedText(int line) {
        this.line = line;
    }

    static String of(YamlNode node) {
        SavedText saved = new SavedText(node.line());
        saved.append(node, 0);
        return HEAD + node.line() + "\n" + saved.text + "\n";
    }

    /** What {@link #of} made it from, with the lines that it had. */
    static YamlNode read(String file, String text) {
        int end = text.indexOf('\n');
        if (!text.startsWith(HEAD) || end < 0) {
            return YamlReader.parse(file, text);
        }
        int first = Integer.parseInt(text.substring(HEAD.length(), end));
        return YamlReader.parse(file, "\n".repeat(first - 1) + text.substring(end + 1));
    }

    private void append(YamlNode node, int indent) {
        if (isBlock(node)) {
            block(node, indent);
        } else {
            flow(node);
        }
    }

    /** Whether each of its values starts on a line of its own, as in {@code key: value} below each other. */
    private static boolean isBlock(YamlNode node) {
        int last = node.line() - 1;
        boolean first = true;
        for (YamlNode child : children(node)) {
            int start = startOfEntry(node, child, first);
            if (start <= last) {
                return false;
            }
            last = lastLine(child);
            first = false;
        }
        return last > node.line();
    }

    /**
     * The first key begins its map; another is on the line of its value, or on the one before where the value is a
     * block itself.
     */
    private static int startOfEntry(YamlNode node, YamlNode child, boolean first) {
        if (node.isMap() && first) {
            return node.line();
        }
        return node.isMap() && isBlock(child) ? child.line() - 1 : child.line();
    }

    private static Collection<YamlNode> children(YamlNode node) {
        return node.isMap() ? node.entries().values() : node.isList() ? node.items() : Set.of();
    }

    private static int lastLine(YamlNode node) {
        return children(node).stream().mapToInt(SavedText::lastLine).max().orElse(node.line());
    }

    private void block(YamlNode node, int indent) {
        boolean first = true;
        if (node.isList()) {
            for (YamlNode item : node.items()) {
                entry(first, item.line(), indent);
                text.append("- ");
                append(item, indent + 2);
                first = false;
            }
            return;
        }
        for (Map.Entry<String, YamlNode> entry : node.entries().entrySet()) {
            YamlNode value = entry.getValue();
            entry(first, startOfEntry(node, value, first), indent);
            text.append(word(entry.getKey())).append(':');
            if (line < value.line()) {
                newLine(value.line(), indent + 2);
            } else {
                text.append(' ');
            }
            append(value, indent + 2);
            first = false;
        }
    }

    /** The first entry goes on where its block begins. */
    private void entry(boolean first, int target, int indent) {
        if (!first || line < target) {
            newLine(target, indent);
        }
    }

    private void newLine(int target, int indent) {
        text.append("\n".repeat(target - line)).append(" ".repeat(indent));
        line = target;
    }

    private void flow(YamlNode node) {
        if (line < node.line()) {
            text.append("\n".repeat(node.line() - line));
            line = node.line();
        }
        if (node.isMap()) {
            flowMap(node.entries());
        } else if (node.isList()) {
            text.append('[');
            String separator = "";
            for (YamlNode item : node.items()) {
                text.append(separator);
                flow(item);
                separator = ", ";
            }
            text.append(']');
        } else if (node.isText()) {
            text.append(word(Tokens.hide(node.text())));
        } else {
            text.append(node.isAbsent() ? "null" : node.text());
        }
    }

    private void flowMap(Map<String, YamlNode> entries) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, YamlNode> entry : entries.entrySet()) {
            text.append(separator).append(word(entry.getKey())).append(": ");
            flow(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private static String word(String text) {
        boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_-]*") && !NO_WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
