package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A promise to pay until {@code end}, used or not: cost per hour, and the share (0..1) of it that was used, null when
 * unknown.
 */
public record Commitment(
        String provider,
        String commitmentId,
        String kind,
        String scope,
        Instant start,
        Instant end,
        BigDecimal hourlyCommitment,
        BigDecimal usedShare) {}
