package io.aiaudit.config;

/**
 * A pattern for names, in which {@code *} matches any text and {@code ?} for one character; upper and lower case
 * differ.
 */
public record Glob(String pattern) {
    /** Takes time in proportion to pattern x text at most, whatever the pattern. */
    public boolean matches(String text) {
        if (text == null) {
            return false;
        }
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }
}
