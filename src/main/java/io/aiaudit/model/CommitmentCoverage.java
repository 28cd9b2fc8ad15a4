package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * How much of what a provider charges by the hour for AI resources lies under a commitment, a month of 730 hours. What
 * runs on spot capacity could be under none and is left out, and so is what no longer exists.
 *
 * @param monthlyCost of these hours, effective
 * @param committedCost the part of it that a commitment covers
 * @param coverage committedCost / monthlyCost, a share (0..1)
 * @param strandedCost the part of committedCost that covers nothing any more when every finding that counts is carried
 * out, and that is paid on until the commitment ends
 * @param strandedShare strandedCost / committedCost, a share (0..1); null where nothing is committed
 */
public record CommitmentCoverage(
        String provider,
        BigDecimal monthlyCost,
        BigDecimal committedCost,
        BigDecimal coverage,
        BigDecimal strandedCost,
        BigDecimal strandedShare) {}
