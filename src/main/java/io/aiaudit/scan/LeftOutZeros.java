package io.aiaudit.scan;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Vocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counters for which rules lack hours although files have them: clouds send no point for an hour in which nothing
 * happened, so that complete files look as if they had gaps.
 */
final class LeftOutZeros {
    private static final Pattern LACKING =
            Pattern.compile("no (\\w+) metric|(\\w+) covers less than [0-9.]+ % of its hours");

    private LeftOutZeros() {}

    /**
     * What may be the reason, and the setting that says so; empty where it is none of the counters.
     *
     * @param measured metrics that the files have of some resource
     * @param known for which the setting was made
     */
    static Optional<String> note(List<RuleReport> rules, Collection<String> measured, Set<String> known) {
        Set<String> counters = rules.stream()
                .flatMap(rule -> rule.notExaminedReasons().keySet().stream())
                .map(LACKING::matcher)
                .filter(Matcher::matches)
                .flatMap(reason -> Stream.of(reason.group(1), reason.group(2)))
                .filter(Objects::nonNull)
                .filter(Vocabulary.COUNTS::contains)
                .filter(measured::contains)
                .filter(metric -> !known.contains(metric))
                .collect(Collectors.toCollection(TreeSet::new));
        return counters.isEmpty() ? Optional.empty() : Optional.of(sentence(counters));
    }

    private static String sentence(Set<String> counters) {
        return "Hours without a row of " + String.join(", ", counters) + " are unknown. CloudWatch and Cloud Monitoring"
                + " leave out hours in which nothing happened. If these files are from there, they are complete: set"
                + " absent_is_zero: [" + String.join(", ", counters) + "] in aiaudit.yaml, or --absent-is-zero "
                + String.join(",", counters) + ".";
    }
}
