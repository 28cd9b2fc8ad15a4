package io.aiaudit.rules;

import io.aiaudit.model.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one run of a rule says of its subjects: findings, and what it could not judge or is not about. */
final class RuleAnswers {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Map<String, String> notExamined = new HashMap<>();
    private final Set<Object> notConcerned = new HashSet<>();

    /** @param subjects see {@link RuleAnswer} */
    RuleAnswers(
            Rule rule,
            List<Map<String, Object>> returned,
            Map<String, Map<String, String>> subjects,
            boolean pricesTokens,
            SharedMachines shared,
            Parts parts) {
        RuleAnswer answer = new RuleAnswer(rule, subjects, pricesTokens, parts);
        for (Map<String, Object> row : returned) {
            StandbyHint.apply(rule, row, subjects);
            ForbiddenRegion.apply(rule, row, subjects);
            ReservedCapacity.apply(rule, row, subjects);
            ExcludedDays.apply(rule, row, subjects);
            if (answer.isNotConcerned(row)) {
                notConcerned.add(row.get("resource_id"));
                continue;
            }
            Optional<String> reason = answer.notExamined(row);
            if (reason.isPresent()) {
                notExamined.put((String) row.get("resource_id"), reason.get());
                continue;
            }
            answer.finding(row).ifPresent(finding -> {
                findings.add(finding);
                rows.add(row);
            });
        }
        notExamined.putAll(shared.kept(rule, findings));
        findings.removeIf(finding -> notExamined.containsKey(finding.resourceId()));
        rows.removeIf(row -> notExamined.containsKey((String) row.get("resource_id")));
        findings.sort(Comparator.comparing(Finding::resourceId));
    }

    List<Finding> findings() {
        return findings;
    }

    /** Those behind the findings. */
    List<Map<String, Object>> rows() {
        return rows;
    }

    /** Each with the reason. */
    Map<String, String> notExamined() {
        return notExamined;
    }

    Set<Object> notConcerned() {
        return notConcerned;
    }

    /** What it has findings on. */
    Set<String> found() {
        Set<String> found = new HashSet<>();
        findings.forEach(finding -> found.add(finding.resourceId()));
        return found;
    }

    /** What it has a claim on, or would have one if a metric lacked nothing. */
    Set<String> foundOrHidden() {
        Set<String> all = new HashSet<>();
        findings.stream()
                .filter(finding -> finding.remaining().compareTo(BigDecimal.ONE) < 0)
                .forEach(finding -> all.add(finding.resourceId()));
        notExamined.forEach((id, reason) -> {
            if (reason.contains(RuleRun.DEPENDS)) {
                all.add(id);
            }
        });
        return all;
    }
}
