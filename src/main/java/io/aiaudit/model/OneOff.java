package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * What carrying out a fix takes once, as the configuration estimates it from the effort class of the remedy.
 *
 * @param cost of the hours; null without an hourly rate
 * @param paybackMonths after how many months its likely saving has paid for it, to a tenth; null where cost or saving
 * is unknown or nothing is saved
 */
public record OneOff(BigDecimal hours, BigDecimal cost, BigDecimal paybackMonths) {}
