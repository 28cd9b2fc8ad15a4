package io.aiaudit.store;

import java.math.BigDecimal;
import java.time.Instant;

/** What the time of one resource cost in one hour, and how much of it a commitment covered. */
public record HourCost(Instant hour, BigDecimal cost, BigDecimal committed) {}
