package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * How the hours of one family of accelerators are bought, now, after all counted findings of other levers, and as
 * proposed: what the rule for commitments reserves, what may be interrupted on spot, the rest on demand.
 *
 * @param family the accelerator, or {@link #ALL}
 * @param proposed after all counted findings of other levers
 * @param undecided share (0..1) of the proposed hours of which the policy does not say whether they may be interrupted;
 * they are not on spot
 * @param approvals what the proposal still needs to be allowed: commitment
 * @param byHour what would run under which, by hour of the day (UTC), 0 to 23
 * @param afterFindings after all counted findings of other levers, bought as now; null in an older audit
 * @param saving what the mix saves beyond these; null in an older audit
 * @param unusedCommitments what existing commitments for these accelerators cost a month that nothing uses, part of
 * each monthly cost; null in an older audit
 */
public record GpuMix(
        String family,
        Part now,
        Part proposed,
        BigDecimal undecided,
        List<String> approvals,
        List<Hour> byHour,
        Part afterFindings,
        Saving saving,
        BigDecimal unusedCommitments) {
    public static final String ALL = "all";

    public GpuMix {
        approvals = List.copyOf(approvals);
        byHour = List.copyOf(byHour);
    }

    /**
     * One way of buying the hours.
     *
     * @param gpuHours a month of 730 hours, of whole accelerators
     * @param reserved share (0..1) of the hours under a commitment; so are {@code spot} and {@code onDemand}
     * @param price of one hour of one accelerator over all of them; null without an hour
     * @param monthlyCost of all of them, commitments paid for and not used included
     */
    public record Part(
            BigDecimal gpuHours,
            BigDecimal reserved,
            BigDecimal spot,
            BigDecimal onDemand,
            BigDecimal price,
            BigDecimal monthlyCost) {}

    /**
     * What the mix saves a month beyond all counted findings of other levers: the cost after these less the proposed
     * one is {@code spot} and {@code reserving} together.
     *
     * @param toConfirm the part of {@code reserving} whose findings need a decision
     */
    public record Saving(BigDecimal spot, BigDecimal reserving, BigDecimal toConfirm) {}

    /** The mean number of accelerators in an hour of the day. */
    public record Hour(int hour, BigDecimal reserved, BigDecimal spot, BigDecimal onDemand) {}
}
