package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A finished audit, in the shape of the JSON contract {@code aiaudit/audit/v1} (DESIGN.md section 7): component names in snake_case are the JSON keys, enums are
 * their keys. Money is in {@code currency}, cents in findings and totals, exact in {@code bill}; unknown is null, never 0. The only thing that reporters see.
 */
public record Audit(
        String schema,
        Tool tool,
        Instant scannedAt,
        boolean demo,
        boolean partial,
        boolean redacted,
        Window window,
        String currency,
        LocalDate pricesAsOf,
        List<String> warnings,
        Totals totals,
        Bill bill,
        List<DailySpend> spend,
        List<AuditedResource> resources,
        List<AuditedFinding> findings,
        List<RuleReport> rules,
        List<Gap> gaps,
        List<ChecklistItem> checklist,
        Map<String, Object> scanCost,
        List<Commitment> commitments,
        List<Conversion> conversions,
        List<ModelTokens> tokens,
        List<UnitCost> unitCosts,
        List<CommitmentCoverage> commitmentCoverage) {
    public static final String SCHEMA = "aiaudit/audit/v1";

    /** An audit of an older version says nothing about commitments, their coverage, conversions, tokens and unit costs. */
    public Audit {
        commitments = commitments == null ? List.of() : List.copyOf(commitments);
        conversions = conversions == null ? List.of() : List.copyOf(conversions);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        unitCosts = unitCosts == null ? List.of() : List.copyOf(unitCosts);
        commitmentCoverage = commitmentCoverage == null ? List.of() : List.copyOf(commitmentCoverage);
    }

    /** False when no rule about costs could judge any resource: then nothing is known about savings. */
    public boolean examinedAnything() {
        return rules.stream().anyMatch(RuleReport::examinedCosts);
    }

    /** What to do first, next and later. */
    public Plan plan() {
        return Plan.of(this);
    }

    /** The plan as JSON tells it; made of the findings, so nobody reads it from there. */
    public List<Plan.Summary> planSummaries() {
        return plan().summaries();
    }

    /** The program that made the audit. */
    public record Tool(String version) {}

    /**
     * The figures of the summary. {@code monthlyCost} and {@code monthlyAiCost} are null when no cost is known; the savings are null, all of them, when nothing was examined
     * or nothing has a price. {@code runRate} is what everything of AI costs in the coming month if nothing changes; null in an older audit.
     */
    public record Totals(
            BigDecimal monthlyCost,
            BigDecimal monthlyAiCost,
            Range saving,
            Map<String, BigDecimal> savingByBasis,
            BigDecimal standAloneSaving,
            BigDecimal overlap,
            BigDecimal unconfirmedSaving,
            BigDecimal blockedSaving,
            BigDecimal acceptedSaving,
            BigDecimal freedCommitment,
            int unpricedFindings,
            BigDecimal runRate) {}

    /** The totals of the billing files, whole files, not only the window. */
    public record Bill(List<ProviderBill> providers) {}

    /**
     * Amounts of another currency that were brought into that of the audit: one {@code currency} was worth {@code rate} units of it on {@code rateDate}. Of a bill with
     * its provider and its own totals, to compare with the invoice; of list prices without them.
     *
     * @param what bill or list_prices
     * @param effectiveCost null where BilledCost had to stand in for it
     */
    public record Conversion(
            String what,
            String provider,
            String currency,
            BigDecimal rate,
            LocalDate rateDate,
            BigDecimal billedCost,
            BigDecimal effectiveCost) {}

    /** One provider's bill: ai + other + untold = effective; tax, promotional credits and refunds are only in billed. */
    public record ProviderBill(
            String provider,
            BigDecimal billedCost,
            BigDecimal effectiveCost,
            BigDecimal aiCost,
            BigDecimal otherCost,
            BigDecimal untoldCost,
            BigDecimal tax,
            BigDecimal promotionalCredit,
            long rows,
            long rejectedRows) {}

    /** The effective cost of one day, provider, service and spend class. */
    public record DailySpend(LocalDate day, String provider, String service, SpendClass spendClass, BigDecimal cost) {}

    /** A resource with its monthly cost, its run rate, since when they differ by a tenth or more and, where it has findings, the average of its metrics by hour of the week (Monday 0 h UTC first, null = no point). */
    public record AuditedResource(
            String resourceId,
            String kind,
            String provider,
            String accountId,
            String accountName,
            String region,
            String name,
            String machineType,
            Integer replicas,
            String accelerator,
            BigDecimal acceleratorCount,
            BigDecimal acceleratorMemoryGib,
            BigDecimal vcpus,
            BigDecimal memoryGib,
            Instant createdAt,
            Instant endedAt,
            String state,
            String purchase,
            String parentId,
            String workload,
            Map<String, String> tags,
            BigDecimal monthlyCost,
            BigDecimal runRate,
            LocalDate changedAt,
            CostBasis costBasis,
            Map<String, List<Double>> hourOfWeek,
            ListPrice listPrice) {}

    /** One finding with what it is about, what it is worth and what to do; {@code changedAt} as in {@link AuditedResource}. */
    public record AuditedFinding(
            String id,
            String rule,
            String provider,
            String accountId,
            String accountName,
            String region,
            String resourceId,
            String resourceName,
            String workload,
            String kind,
            String owner,
            Map<String, String> tags,
            BigDecimal monthlyCost,
            BigDecimal runRate,
            LocalDate changedAt,
            CostBasis costBasis,
            Lever lever,
            Status status,
            String statusReason,
            Range standAlone,
            Range counted,
            BigDecimal freedCommitment,
            Confidence confidence,
            String reason,
            String target,
            Remedy remedy,
            List<SecondOpinion> advice,
            Map<String, Object> evidence,
            ListPrice listPrice) {}

    /**
     * The list price that a cost of basis list is made of; null where a bill tells the cost.
     *
     * @param asOf the day that the price is of, null = unknown
     * @param origin where it is from, for people: built-in, a file, the bill; and the discount that it has in it
     */
    public record ListPrice(LocalDate asOf, String origin) {
        /** Such as {@code built-in, less 12 %, as of 2026-07-20}. */
        public String words() {
            return origin + ", as of " + (asOf == null ? "an unknown day" : asOf);
        }
    }

    /** What one rule examined and found; {@code notExaminedReasons} maps a reason to its number of resources, {@code lever} is null in an older audit. */
    public record RuleReport(
            String id,
            String title,
            String state,
            String problem,
            int examined,
            int notExamined,
            int found,
            Map<String, Integer> notExaminedReasons,
            Lever lever) {
        /** Whether it could judge a resource, and would have claimed money for what it found. */
        public boolean examinedCosts() {
            return examined > 0 && lever != Lever.GOVERN;
        }
    }

    /** One question of the checklist: {@code state} is yes, no, partly or not_examined; with the ids of the findings that speak against it. */
    public record ChecklistItem(String item, String state, List<String> findings) {}
}
