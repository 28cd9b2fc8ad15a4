package io.aiaudit.model;

import java.util.regex.Pattern;

/** Words of libraries as a user can read them: without the names of Java classes that they put before a message. */
final class FailureText {
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:[a-z]\\w*[.])+[A-Z][\\w$]*(?:Exception|Error)\\b(?:: )?");

    /** What is left of a reason that was such a name only, or that a library does not give. */
    private static final Pattern NO_REASON = Pattern.compile("(?: [(](?:null)?[)]|: ?(?:null)?)([.]?)$");

    private FailureText() {}

    static String of(String text) {
        return text == null
                ? null
                : NO_REASON.matcher(CLASS.matcher(text).replaceAll("")).replaceFirst("$1");
    }
}
