package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a finding is worth after policy, overlaps and commitments.
 *
 * @param statusReason why the status is what it is, with the line of the policy that decided
 * @param monthlyCost cents, null when unpriced
 * @param runRate what the leaf costs in the coming month in cents, null when unpriced; no saving is above it
 * @param changedAt since when the run rate differs from the monthly cost by a tenth or more; null where it does not, or
 * nothing says since when
 * @param standAlone the saving if nothing else were done; null when unpriced or govern
 * @param counted its part of the headline: zeros for what does not count, null when unpriced or govern
 * @param freedCommitment the likely part that only frees a commitment; null when unpriced or govern
 */
@RecordBuilder
public record Saving(
        Finding finding,
        Status status,
        String statusReason,
        BigDecimal monthlyCost,
        BigDecimal runRate,
        LocalDate changedAt,
        CostBasis basis,
        Range standAlone,
        Range counted,
        BigDecimal freedCommitment) {}
