package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What each pattern of architecture would save here. */
final class PatternsView {
    private PatternsView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Map<Pattern, List<AuditedFinding>> findings = new EnumMap<>(Pattern.class);
        for (Pattern pattern : Pattern.values()) {
            findings.put(pattern, new ArrayList<>());
        }
        audit.findings()
                .forEach(finding -> Pattern.of(finding)
                        .ifPresent(pattern -> findings.get(pattern).add(finding)));
        List<Object> rows = new ArrayList<>();
        findings.forEach((pattern, found) -> rows.add(row(pattern, found, examined(audit, pattern), amounts)));
        return View.of("rows", rows);
    }

    private static int examined(Audit audit, Pattern pattern) {
        return audit.rules().stream()
                .filter(rule -> pattern.rules().contains(rule.id()))
                .mapToInt(RuleReport::examined)
                .sum();
    }

    /** Nothing examined is nothing known; nothing found where something was examined is a saving of nothing. */
    private static Map<String, Object> row(Pattern pattern, List<AuditedFinding> found, int examined, Amounts amounts) {
        boolean known = examined > 0 || !found.isEmpty();
        boolean priced = known && (found.isEmpty() || found.stream().anyMatch(f -> f.standAlone() != null));
        return View.of(
                "title",
                pattern.title(),
                "part",
                pattern.part(),
                "rules",
                String.join(", ", pattern.rules()),
                "known",
                known,
                "found",
                known ? Amounts.count(found.size()) : Amounts.UNKNOWN,
                "counted",
                priced
                        ? amounts.plain(Money.sum(found.stream()
                                .filter(finding -> finding.status() == Status.COUNTED)
                                .map(AuditedFinding::counted)
                                .filter(Objects::nonNull)
                                .map(Range::likely)
                                .toList()))
                        : Amounts.UNKNOWN,
                "alone",
                priced ? amounts.plain(Money.sum(best(found).values())) : Amounts.UNKNOWN,
                "share",
                share(found));
    }

    /** Of each resource the best finding: several together never save more than it costs. */
    private static Map<String, BigDecimal> best(List<AuditedFinding> findings) {
        Map<String, BigDecimal> best = new TreeMap<>();
        findings.stream()
                .filter(finding -> finding.standAlone() != null)
                .forEach(finding ->
                        best.merge(finding.resourceId(), finding.standAlone().likely(), BigDecimal::max));
        return best;
    }

    private static String share(List<AuditedFinding> findings) {
        List<AuditedFinding> priced = findings.stream()
                .filter(finding -> finding.standAlone() != null && finding.monthlyCost() != null)
                .toList();
        Map<String, BigDecimal> costs = new TreeMap<>();
        priced.forEach(finding -> costs.put(finding.resourceId(), finding.monthlyCost()));
        return costs.isEmpty()
                ? Amounts.UNKNOWN
                : Amounts.share(Money.sum(best(priced).values()), Money.sum(costs.values()));
    }
}
