package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * What a finding is worth after policy, overlaps and commitments.
 *
 * @param statusReason why the status is what it is, with the line of the policy that decided
 * @param monthlyCost cents, null when unpriced
 * @param standAlone the saving if nothing else were done; null when unpriced or govern
 * @param counted its part of the headline: zeros for what does not count, null when unpriced or govern
 * @param freedCommitment the likely part that only frees a commitment; null when unpriced or govern
 */
public record Saving(
        Finding finding,
        Status status,
        String statusReason,
        BigDecimal monthlyCost,
        CostBasis basis,
        Range standAlone,
        Range counted,
        BigDecimal freedCommitment) {}
