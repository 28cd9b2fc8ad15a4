package io.aiaudit.rules;

import java.util.List;

/**
 * What must have been measured before a rule judges a resource: one metric, or one of several that will do in its place.
 *
 * @param oneOf at least one; an hour counts as seen if any of them has a point in it
 */
public record Need(List<String> oneOf) {
    public Need {
        oneOf = List.copyOf(oneOf);
    }

    /** As messages and pages name it: {@code requests or sessions}. */
    @Override
    public String toString() {
        return String.join(" or ", oneOf);
    }
}
