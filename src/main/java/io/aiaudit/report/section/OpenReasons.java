package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What findings that need a decision wait for, each reason with what it adds: together all that they would add. */
public final class OpenReasons {
    private OpenReasons() {}

    /**
     * Such as {@code Waits for: higher latency $12,300; check by hand $9,000}; empty where nothing would be added. A
     * finding that needs two things is under both as one reason.
     */
    public static String of(List<AuditedFinding> findings, Amounts amounts) {
        Map<String, BigDecimal> reasons = amounts(findings);
        return reasons.isEmpty()
                ? ""
                : reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(reason -> reason.getKey() + " " + amounts.money(reason.getValue()))
                        .collect(Collectors.joining("; ", "Waits for: ", ""));
    }

    /** What each reason adds a month. */
    static Map<String, BigDecimal> amounts(List<AuditedFinding> findings) {
        Map<String, BigDecimal> reasons = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.status() == Status.UNCONFIRMED)
                .filter(finding -> finding.decisionAmount() != null
                        && finding.decisionAmount().signum() > 0)
                .forEach(finding -> reasons.merge(
                        words(finding), finding.decisionAmount(), (one, other) -> Money.sum(List.of(one, other))));
        return reasons;
    }

    private static String words(AuditedFinding finding) {
        List<String> words = new ArrayList<>();
        if (Decision.needsTest(finding)) {
            words.add("test on one instance");
        } else if (Decision.needsCheck(finding)) {
            words.add("check by hand");
        }
        Decision.asks(finding).forEach(ask -> words.add(words(ask)));
        return words.isEmpty() ? "another decision first" : String.join(" and ", words);
    }

    private static String words(Ask ask) {
        return switch (ask) {
            case INTERRUPTION -> "interruption";
            case LATENCY -> "higher latency";
            case QUALITY -> "lower quality";
            case RESIDENCY -> "another region";
            case COMMITMENT -> "a commitment";
        };
    }
}
