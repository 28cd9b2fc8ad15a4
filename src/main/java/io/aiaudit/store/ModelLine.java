package io.aiaudit.store;

import java.math.BigDecimal;

/**
 * What a bill says inside the window of the use of one model through one leaf.
 *
 * @param model null where no meter names it
 * @param tokenKind input, output, cache_read or cache_write; null where the lines count no tokens
 * @param cost exact but for the share of charges that cross an edge of the window
 * @param tokens null where a line does not say of how many tokens it is
 */
public record ModelLine(String resourceId, String model, String tokenKind, BigDecimal cost, BigDecimal tokens) {}
