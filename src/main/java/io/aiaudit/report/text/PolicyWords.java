package io.aiaudit.report.text;

import io.aiaudit.model.Ask;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Answers of the policy as a status reason quotes them, in words: {@code interruption is not allowed (aiaudit.yaml:13,
 * tag env=prod)}.
 */
public final class PolicyWords {
    private static final Pattern ANSWER = Pattern.compile(
            "\\b(interruption|latency|quality|residency|commitment): (yes|no)\\b(?:, ([^\\s;()`]+:\\d+)(?: "
                    + "\\(([^()]*)\\))?)?");

    private static final Map<Ask, String> NAMES = new EnumMap<>(Map.of(
            Ask.INTERRUPTION, "interruption",
            Ask.LATENCY, "higher latency",
            Ask.QUALITY, "lower quality",
            Ask.RESIDENCY, "another region",
            Ask.COMMITMENT, "a commitment"));

    private PolicyWords() {}

    /** The reason with its answers in words; lines to be written, which are in backquotes, stay as they are. */
    public static String of(String reason) {
        if (reason == null) {
            return null;
        }
        StringBuilder words = new StringBuilder();
        int from = 0;
        for (MatchResult answer : ANSWER.matcher(reason).results().toList()) {
            boolean line = answer.start() > 0 && reason.charAt(answer.start() - 1) == '`';
            words.append(reason, from, answer.start())
                    .append(line ? answer.group() : words(answer, beginsSentence(reason, answer.start())));
            from = answer.end();
        }
        return words.append(reason.substring(from)).toString();
    }

    private static boolean beginsSentence(String reason, int at) {
        return at == 0 || reason.startsWith(". ", at - 2);
    }

    private static String words(MatchResult answer, boolean first) {
        String name = NAMES.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(answer.group(1)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(answer.group(1));
        String location = answer.group(3) == null
                ? ""
                : " (" + answer.group(3) + (answer.group(4) == null ? "" : ", " + answer.group(4)) + ")";
        return (first ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : name)
                + (answer.group(2).equals("no") ? " is not allowed" : " is allowed")
                + location;
    }
}
