package io.aiaudit.cli;

import io.aiaudit.model.Tokens;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text for a log what gives access to something: a log is pasted into issues and mails. It hides more
 * than {@link Tokens} does, since nothing of a log is lost with a word too many.
 */
final class Secrets {
    private static final String HIDDEN = "[hidden]";
    /** In quotes it may have blanks. */
    private static final String VALUE = "(?:(?<=\")[^\"]+|(?<=')[^']+|[^\\s\"',;&)}\\]]+)";

    /** Each has the part that stays as its first group. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile(
                    "(?i)(\\b(?:bearer|basic|sharedkey(?:lite)?|aws4-hmac-sha256)\\s+)(?!\\[hidden])[^\\r\\n\"']+"),
            Pattern.compile("(?i)((?:authorization|cookie|password|passwd|pwd|passphrase|secret|token|api[-_]?key"
                    + "|access[-_]?key|"
                    + "account[-_]?key|private[-_]?key|credentials?"
                    + "|signature|\\bsig)[\\w-]*[\"']?\\s*[:=]\\s*[\"']?)(?!\\[hidden])" + VALUE),
            Pattern.compile("(://[^/\\s:@]*:)(?!\\[hidden])[^/\\s@]+(?=@)"),
            Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{12,}\\b"),
            Pattern.compile("()\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9._-]+"),
            Pattern.compile("()\\bya29\\.[A-Za-z0-9._-]+"));

    private Secrets() {}

    static String hide(String text) {
        String safe = text;
        for (Pattern pattern : PATTERNS) {
            safe = pattern.matcher(safe).replaceAll("$1" + HIDDEN);
        }
        return Tokens.hide(safe);
    }
}
