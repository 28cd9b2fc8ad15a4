package io.aiaudit.store;

import java.math.BigDecimal;

/**
 * One provider's cost inside the window, charges that cross its edges prorated, and the hours of the window that its
 * bill covers; of accounts whose bill is cut beside it.
 */
public record WindowCost(String provider, BigDecimal effectiveCost, BigDecimal aiCost, long hours) {}
