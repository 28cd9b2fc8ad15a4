package io.aiaudit.model;

/**
 * The line of aiaudit.yaml that decided something, with the condition that its entry is under.
 *
 * @param location such as {@code aiaudit.yaml:12}
 * @param condition as the user wrote it, such as {@code tag env=prod}
 */
public record PolicyLine(String location, String condition) {
    /** As a part of a sentence: {@code aiaudit.yaml:12 (tag env=prod)}. */
    public String words() {
        return location + " (" + condition + ")";
    }

    /** Within parentheses: {@code aiaudit.yaml:12, tag env=prod}. */
    public String wordsWithin() {
        return location + ", " + condition;
    }
}
