package io.aiaudit.collect;

import io.aiaudit.model.Resource;
import java.util.HashMap;
import java.util.Map;

/** Attributes of a resource besides the columns that all have; what is unknown is left out. */
public final class Attributes {
    private final Map<String, String> values = new HashMap<>();

    /** Nothing for null and for an empty text. */
    public Attributes put(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            values.put(name, value.toString());
        }
        return this;
    }

    public Attributes putAll(Attributes others) {
        values.putAll(others.values);
        return this;
    }

    /** Marks a resource whose {@code tags} could not be read: null. */
    public Attributes ofTags(Map<String, String> tags) {
        return put(Resource.UNREAD_TAGS, tags == null ? "true" : null);
    }

    public Map<String, String> values() {
        return values;
    }
}
