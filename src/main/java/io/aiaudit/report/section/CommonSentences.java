package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.text.CountedNoun;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that a scan writes into many findings alike. A list of findings has them once, above it; a finding that is
 * shown alone keeps them.
 */
public final class CommonSentences {
    /** In a heading of lists, for what they leave out of their lines. */
    public static final String HOW_TO_RECORD = "What a check by hand or a test confirms is listed under 'verified' in "
            + "aiaudit.yaml, with its rule and resource; approvals go under 'policy'.";

    private static final Pattern BEGIN =
            Pattern.compile(" The data begins on (\\d{4}-\\d\\d-\\d\\d); less frequent use would not be visible\\.");

    private static final Pattern RECORD = Pattern.compile(
            "(?:, list its rule and resource under `?verified`?| for it " + "under policy) in aiaudit\\.yaml");

    private static final Pattern CONDITION = Pattern.compile("; if it (?:is right|holds)(?=\\.)");

    private final Audit audit;

    /** The day on which the data of most findings begins; null where it is that of one at most. */
    private final String begin;

    private CommonSentences(Audit audit, String begin) {
        this.audit = audit;
        this.begin = begin;
    }

    public static CommonSentences of(Audit audit) {
        Map<String, Integer> days = new HashMap<>();
        audit.findings().stream()
                .map(AuditedFinding::reason)
                .filter(Objects::nonNull)
                .map(BEGIN::matcher)
                .filter(Matcher::find)
                .forEach(sentence -> days.merge(sentence.group(1), 1, Integer::sum));
        String begin = days.entrySet().stream()
                .filter(day -> day.getValue() > 1)
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(
                                Map.Entry.<String, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(null);
        return new CommonSentences(audit, begin);
    }

    /** The reason of a finding without what most of them say. */
    public String reason(AuditedFinding finding) {
        return without(Findings.orUnknown(finding.reason()));
    }

    /** A text about a finding without it. */
    public String without(String text) {
        return begin == null
                ? text
                : text.replace(" The data begins on " + begin + "; less frequent use would not be visible.", "");
    }

    /** Why something needs a decision, without where the decision is recorded. */
    public static String withoutRecord(String text) {
        return CONDITION.matcher(RECORD.matcher(text).replaceAll("")).replaceAll("");
    }

    /** What the data can't show, for all findings that say nothing else. */
    public String history() {
        String days = CountedNoun.of((audit.window().hours() + 23) / 24, "day");
        String rare = begin == null
                ? "Resources used less often than once in " + days
                : "The data begins on " + begin + ": resources used less often";
        return rare + " may look idle. Findings based on less data say so.";
    }
}
