package io.aiaudit.scan;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.aiaudit.model.YamlNode;
import java.util.Map;

/**
 * A part of aiaudit.yaml as text for a saved scan: without comments, and every value on the line that it had, so that a later evaluation still names the line that
 * decided.
 */
final class SavedText {
    private final StringBuilder text = new StringBuilder();
    private int line = 1;

    private SavedText() {}

    static String of(YamlNode node) {
        SavedText saved = new SavedText();
        saved.append(node);
        return saved.text.toString();
    }

    private void append(YamlNode node) {
        for (; line < node.line(); line++) {
            text.append('\n');
        }
        if (node.isMap()) {
            appendMap(node.entries());
        } else if (node.isList()) {
            text.append("[ ");
            node.items().forEach(item -> {
                append(item);
                text.append(", ");
            });
            text.append(']');
        } else if (node.isText()) {
            appendQuoted(node.text());
        } else {
            text.append(node.isAbsent() ? "null" : node.text());
        }
    }

    private void appendMap(Map<String, YamlNode> entries) {
        text.append("{ ");
        entries.forEach((key, value) -> {
            appendQuoted(key);
            text.append(": ");
            append(value);
            text.append(", ");
        });
        text.append('}');
    }

    private void appendQuoted(String word) {
        text.append('"')
                .append(JsonStringEncoder.getInstance().quoteAsString(word))
                .append('"');
    }
}
