package io.aiaudit.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The functions that rule.sql may call, read from functions.txt; those mapped to true only with an ORDER BY. */
final class AllowedFunctions {
    private static final String ORDERED = ":ordered";
    private static final Map<String, Boolean> NEEDS_ORDER = read();

    private AllowedFunctions() {}

    static boolean contains(String name) {
        return NEEDS_ORDER.containsKey(name);
    }

    static boolean needsOrder(String name) {
        return NEEDS_ORDER.getOrDefault(name, false);
    }

    static Set<String> names() {
        return NEEDS_ORDER.keySet();
    }

    private static Map<String, Boolean> read() {
        try (InputStream in = AllowedFunctions.class.getResourceAsStream("functions.txt")) {
            Map<String, Boolean> functions = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> {
                        for (String word : line.split(" +", -1)) {
                            functions.put(word.replace(ORDERED, ""), word.endsWith(ORDERED));
                        }
                    });
            return Map.copyOf(functions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
