package io.aiaudit.model;

import io.aiaudit.model.Audit.AuditedFinding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What a company reckons an effort class at: its own estimate, never a measurement.
 *
 * @param hours by effort class of a remedy; one without hours is not reckoned
 * @param hourlyRate in the currency of the audit; null = unknown
 */
public record EffortRates(Map<String, BigDecimal> hours, BigDecimal hourlyRate) {
    /** Nothing is reckoned. */
    public static final EffortRates NONE = new EffortRates(Map.of(), null);

    private static final int CENTS = 2;

    public EffortRates {
        hours = Map.copyOf(hours);
    }

    /** The audit with what each fix takes once; what was reckoned before stays where nothing is configured. */
    public Audit on(Audit audit) {
        return hours.isEmpty()
                ? audit
                : audit.withFindings(audit.findings().stream()
                        .map(finding -> finding.remedy() == null
                                ? finding
                                : finding.withRemedy(finding.remedy().withOneOff(of(finding))))
                        .toList());
    }

    private OneOff of(AuditedFinding finding) {
        BigDecimal taken = hours.get(String.valueOf(finding.remedy().effort()));
        if (taken == null) {
            return null;
        }
        BigDecimal cost =
                hourlyRate == null ? null : taken.multiply(hourlyRate).setScale(CENTS, RoundingMode.HALF_EVEN);
        BigDecimal saving = saving(finding);
        boolean known = cost != null && saving != null && saving.signum() > 0;
        return new OneOff(taken, cost, known ? cost.divide(saving, 1, RoundingMode.HALF_UP) : null);
    }

    /**
     * What it saves a month if it is carried out: what counts, or what a decision would add; null where nothing is
     * claimed.
     */
    private static BigDecimal saving(AuditedFinding finding) {
        boolean isClaimed = finding.status() == Status.COUNTED || finding.status() == Status.UNCONFIRMED;
        return isClaimed ? finding.monthlyAmount() : null;
    }
}
