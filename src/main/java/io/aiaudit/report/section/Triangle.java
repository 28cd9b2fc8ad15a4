package io.aiaudit.report.section;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.text.Amounts;
import java.util.Map;

/**
 * What the fix of one finding does to the three things that are traded against each other. An unknown effect is
 * "unknown", not "none".
 */
final class Triangle {
    static final String UNKNOWN = "unknown";

    private Triangle() {}

    static Map<String, Object> of(AuditedFinding finding, Amounts amounts) {
        return View.of("cost", cost(finding, amounts), "speed", speed(finding), "compliance", compliance(finding));
    }

    static String speed(AuditedFinding finding) {
        return orUnknown(finding.remedy() == null ? null : finding.remedy().speed());
    }

    static String compliance(AuditedFinding finding) {
        return orUnknown(finding.remedy() == null ? null : finding.remedy().compliance());
    }

    private static String cost(AuditedFinding finding, Amounts amounts) {
        return switch (finding.status()) {
            case COUNTED -> amounts.money(finding.counted().likely()) + " a month less";
            case ALTERNATIVE, UNCONFIRMED, BLOCKED, ACCEPTED ->
                finding.standAlone() == null
                        ? UNKNOWN
                        : amounts.money(finding.standAlone().likely()) + " a month less, excluded from the net saving";
            case NO_SAVING -> "no saving";
            case UNPRICED -> "unknown: no price";
            case GOVERN -> "no saving claimed";
        };
    }

    private static String orUnknown(String words) {
        return words == null || words.isBlank() ? UNKNOWN : words;
    }
}
