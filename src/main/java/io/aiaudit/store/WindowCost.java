package io.aiaudit.store;

import java.math.BigDecimal;

/**
 * One provider's cost inside the window, charges that cross its edges prorated, and the hours of the window that its
 * bill covers, parts of an hour included; of accounts whose bill is cut beside it.
 */
public record WindowCost(String provider, BigDecimal effectiveCost, BigDecimal aiCost, BigDecimal hours) {}
