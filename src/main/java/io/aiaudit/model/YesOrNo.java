package io.aiaudit.model;

import java.util.Locale;
import java.util.Set;

/** What a tag or an attribute says, however it is spelled: the words are those of {@code yes_or_no} in rules. */
public enum YesOrNo {
    YES,
    NO;

    private static final Set<String> YES_WORDS = Set.of("yes", "y", "true", "t", "1", "on", "enabled", "enable");
    private static final Set<String> NO_WORDS =
            Set.of("no", "n", "false", "f", "0", "off", "disabled", "disable", "none");

    /** Null for none and for a word that is neither. */
    public static YesOrNo of(String stated) {
        String word = stated == null ? "" : stated.trim().toLowerCase(Locale.ROOT);
        return YES_WORDS.contains(word) ? YES : NO_WORDS.contains(word) ? NO : null;
    }
}
