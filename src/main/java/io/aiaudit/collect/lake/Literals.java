package io.aiaudit.collect.lake;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as they are written in a statement. */
final class Literals {
    private Literals() {}

    static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    static String of(Collection<String> texts) {
        return texts.stream()
                .sorted()
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }
}
