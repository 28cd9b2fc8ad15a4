package io.aiaudit.collect.gcp;

import java.util.HashMap;
import java.util.Map;

/** What a resource is told to be besides the columns that all have; what is not known is left out. */
final class Attributes {
    private final Map<String, String> values = new HashMap<>();

    Attributes put(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            values.put(name, value.toString());
        }
        return this;
    }

    Map<String, String> values() {
        return values;
    }
}
