package io.aiaudit.savings;

import io.aiaudit.model.Finding;
import java.math.BigDecimal;

/** The share of the cost that remains after a fix in each scenario: 0 <= best <= likely <= worst <= 1. */
record Shares(BigDecimal worst, BigDecimal likely, BigDecimal best) {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    static Shares of(Finding finding) {
        BigDecimal likely = finding.remaining().max(BigDecimal.ZERO).min(BigDecimal.ONE);
        BigDecimal best = finding.remainingBest() == null ? likely : finding.remainingBest();
        BigDecimal worst = finding.remainingWorst() == null ? missingWorst(finding, likely) : finding.remainingWorst();
        return new Shares(
                worst.max(likely).min(BigDecimal.ONE),
                likely,
                best.max(BigDecimal.ZERO).min(likely));
    }

    private static BigDecimal missingWorst(Finding finding, BigDecimal likely) {
        return switch (finding.confidence()) {
            case HIGH -> likely;
            case MEDIUM -> BigDecimal.ONE.add(likely).divide(TWO);
            case LOW -> BigDecimal.ONE;
        };
    }

    BigDecimal remaining(Scenario scenario) {
        return switch (scenario) {
            case LOW -> worst;
            case LIKELY -> likely;
            case HIGH -> best;
        };
    }
}
