package io.aiaudit.collect.aws;

import java.util.HashMap;
import java.util.Map;

/** The attributes of a resource while they are told one by one; what is not known is left out. */
final class Attributes {
    private final Map<String, String> values = new HashMap<>();

    Attributes with(String key, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            values.put(key, value.toString());
        }
        return this;
    }

    Map<String, String> map() {
        return Map.copyOf(values);
    }
}
