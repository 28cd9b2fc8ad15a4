package io.aiaudit.report;

import io.aiaudit.model.Audit.AuditedFinding;
import java.util.Map;

/**
 * What the fix of one finding does to the three things that are traded against each other. An unknown effect is
 * "unknown", not "none".
 */
final class Triangle {
    static final String UNTOLD = "unknown";

    private Triangle() {}

    static Map<String, Object> of(AuditedFinding finding, Amounts amounts) {
        return View.of("cost", cost(finding, amounts), "speed", speed(finding), "compliance", compliance(finding));
    }

    static String speed(AuditedFinding finding) {
        return told(finding.remedy() == null ? null : finding.remedy().speed());
    }

    static String compliance(AuditedFinding finding) {
        return told(finding.remedy() == null ? null : finding.remedy().compliance());
    }

    private static String cost(AuditedFinding finding, Amounts amounts) {
        return switch (finding.status()) {
            case COUNTED -> amounts.money(finding.counted().likely()) + " a month less";
            case ALTERNATIVE, UNCONFIRMED, BLOCKED, ACCEPTED ->
                finding.standAlone() == null
                        ? UNTOLD
                        : amounts.money(finding.standAlone().likely()) + " a month less, excluded from the net saving";
            case NO_SAVING -> "no saving";
            case UNPRICED -> "unknown: no price";
            case GOVERN -> "no cost impact";
        };
    }

    private static String told(String words) {
        return words == null || words.isBlank() ? UNTOLD : words;
    }
}
