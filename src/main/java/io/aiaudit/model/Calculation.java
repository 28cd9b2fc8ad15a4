package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the gross saving of a finding comes about: the sum of {@code base} times one minus the share that remains.
 *
 * @param base what the fix saves from, by component: its run rate a month, without what lies under a commitment where
 * the fix is a new commitment
 * @param runRateFrom the day from which the charges are that the run rate is made of; null = the whole window
 * @param remaining likely share that remains after the fix
 * @param remainingBest share that remains at best, for the high saving
 * @param remainingWorst share that remains at worst, for the low saving
 */
public record Calculation(
        Map<String, BigDecimal> base,
        LocalDate runRateFrom,
        BigDecimal remaining,
        BigDecimal remainingBest,
        BigDecimal remainingWorst) {
    public Calculation {
        base = Collections.unmodifiableMap(new TreeMap<>(base));
    }

    /** What the fix saves from, all components together. */
    public BigDecimal whole() {
        return Money.sum(base.values());
    }
}
