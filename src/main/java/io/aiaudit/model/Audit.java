package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A finished audit, in the shape of the JSON contract {@code aiaudit/audit/v1} (DESIGN.md section 7): component names
 * in snake_case are the JSON keys, enums are their keys. Money is in {@code currency}, cents in findings and totals,
 * exact in {@code bill}; unknown is null, never 0. The only thing that reporters see.
 */
@RecordBuilder
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
        List<CommitmentCoverage> commitmentCoverage,
        List<Verdict> verdicts,
        List<NotAssessed> notAssessed,
        List<ComplianceCost> compliance,
        List<GpuMix> gpuMix,
        String filter,
        List<RollUp> rollUps,
        List<Residency> residency,
        List<TrailCoverage> trailCoverage,
        List<AuditedFinding> filteredOut,
        List<UserText> userTexts)
        implements AuditBuilder.With {
    public static final String SCHEMA = "aiaudit/audit/v1";

    /**
     * Begins a sentence among the warnings that repeats a setting of the user: to be shown, but not as a warning.
     */
    public static final String AS_CONFIGURED = "As configured: ";

    /**
     * An audit of an older version says nothing about commitments, their coverage, conversions, tokens, unit costs,
     * verdicts, what was not assessed, what compliance costs and how accelerators are bought.
     */
    public Audit {
        commitments = commitments == null ? List.of() : List.copyOf(commitments);
        conversions = conversions == null ? List.of() : List.copyOf(conversions);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        unitCosts = unitCosts == null ? List.of() : List.copyOf(unitCosts);
        commitmentCoverage = commitmentCoverage == null ? List.of() : List.copyOf(commitmentCoverage);
        verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
        notAssessed = notAssessed == null ? List.of() : List.copyOf(notAssessed);
        compliance = compliance == null ? List.of() : List.copyOf(compliance);
        gpuMix = gpuMix == null ? List.of() : List.copyOf(gpuMix);
        rollUps = rollUps == null ? List.of() : List.copyOf(rollUps);
        residency = residency == null ? List.of() : List.copyOf(residency);
        trailCoverage = trailCoverage == null ? List.of() : List.copyOf(trailCoverage);
        filteredOut = filteredOut == null ? List.of() : List.copyOf(filteredOut);
        userTexts = userTexts == null ? List.of() : List.copyOf(userTexts);
    }

    /**
     * The same narrowed to some of its findings: {@code condition} says which, and the totals are theirs. Roll-ups and
     * verdicts, which are of all findings, are left out. What else was found on the resources of those that are left is
     * kept in {@code filteredOut}.
     */
    public Audit filtered(
            String condition,
            List<String> shownWarnings,
            Totals ofFindings,
            List<AuditedFinding> left,
            List<ChecklistItem> items) {
        return AuditBuilder.builder(this)
                .warnings(shownWarnings)
                .totals(ofFindings)
                .findings(left)
                .filteredOut(besides(left))
                .checklist(items)
                .verdicts(List.of())
                .notAssessed(List.of())
                .filter(condition)
                .rollUps(List.of())
                .build();
    }

    /** All others of the same resources, of which one may have to be decided first or make another needless. */
    private List<AuditedFinding> besides(List<AuditedFinding> left) {
        Set<String> ids = left.stream().map(AuditedFinding::id).collect(Collectors.toSet());
        Set<String> shown = left.stream().map(AuditedFinding::resourceId).collect(Collectors.toSet());
        return ofResources().stream()
                .filter(finding -> shown.contains(finding.resourceId()) && !ids.contains(finding.id()))
                .toList();
    }

    /**
     * The findings with what a filter left out on their resources: how findings of one resource bear on each other does
     * not depend on which of them a reader chose to see.
     */
    public List<AuditedFinding> ofResources() {
        return Stream.concat(findings.stream(), filteredOut.stream()).toList();
    }

    /** False when no rule about costs could judge any resource: then nothing is known about savings. */
    public boolean examinedAnything() {
        return rules.stream().anyMatch(RuleReport::examinedCosts);
    }

    /** Whether a sentence among the warnings only repeats a setting of the user. */
    public static boolean isAsConfigured(String warning) {
        return warning.startsWith(AS_CONFIGURED);
    }

    /** How a warning begins that promotional credits pay today. */
    public static final String CREDITS_COVERED = "Promotional credits covered ";

    /** Whether a sentence among the warnings is about credits, which a report may have beside the spend. */
    public static boolean isAboutCredits(String warning) {
        return warning.startsWith(CREDITS_COVERED);
    }

    /** What to do first, next and later. */
    public Plan plan() {
        return Plan.of(this);
    }

    /** The plan as written to JSON; made of the findings, so it is not read from there. */
    public List<Plan.Summary> planSummaries() {
        return plan().summaries();
    }

    /** The program that made the audit. */
    public record Tool(String version) {}

    /**
     * The figures of the summary. {@code monthlyCost} and {@code monthlyAiCost} are null when no cost is known; the
     * savings are null, all of them, when nothing was examined or nothing has a price.
     *
     * @param runRate what all resources, AI or not, cost in the coming month if nothing changes; null in an older audit
     * @param needsDecision what approving everything that waits for it would add to the likely saving a month: {@code
     * unconfirmedSaving}, each dollar once
     * @param windowAiCost what AI cost in the window; null when no cost is known
     * @param coverage the coverage of {@code windowAiCost}; null when no cost is known, and in an older audit
     * @param inUsePartlyChecked the part of {@code coverage.inUse} of resources that a rule about costs could not
     * examine for want of data; null as coverage is
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
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
            BigDecimal runRate,
            BigDecimal needsDecision,
            BigDecimal windowAiCost,
            Coverage coverage,
            BigDecimal inUsePartlyChecked) {
        /**
         * Whether a reader needs the run rate beside the monthly cost: they are a tenth apart, or a saving, which is a
         * share of the run rate, would exceed the cost that is shown.
         */
        public boolean needsRunRate() {
            return Money.isTenthApart(monthlyCost, runRate)
                    || (saving != null
                            && monthlyCost != null
                            && runRate != null
                            && saving.high().compareTo(monthlyCost) > 0);
        }

        /** What waits for a decision, each dollar once; of an older audit its gross sum. */
        public BigDecimal toDecide() {
            return needsDecision == null ? unconfirmedSaving : needsDecision;
        }

        /** The same with coverage; a decision adds nothing where nothing is known about savings. */
        public Totals with(BigDecimal decisions, BigDecimal aiCost, Coverage where) {
            return TotalsBuilder.builder(this)
                    .needsDecision(saving == null ? null : decisions)
                    .windowAiCost(aiCost)
                    .coverage(where)
                    .build();
        }
    }

    /**
     * The totals of the billing files, whole files, not only the window.
     *
     * @param billedTogether accounts with a charge in the window; empty in an older audit
     */
    public record Bill(List<ProviderBill> providers, List<BilledTogether> billedTogether) {
        /** Of an audit that doesn't say whose charges its files have. */
        public Bill(List<ProviderBill> providers) {
            this(providers, List.of());
        }

        public Bill {
            billedTogether = billedTogether == null ? List.of() : List.copyOf(billedTogether);
        }
    }

    /**
     * Accounts whose charges are in the same files, so that who has the files has all of them.
     *
     * @param billingAccountId who pays; null where the bill has no such column
     */
    public record BilledTogether(String provider, String billingAccountId, List<String> accountIds) {}

    /**
     * Amounts of another currency that were brought into that of the audit: one {@code currency} was worth {@code rate}
     * units of it on {@code rateDate}. Of a bill with its provider and its own totals, to compare with the invoice; of
     * list prices without them.
     *
     * @param what bill or list_prices
     * @param effectiveCost null where BilledCost is used instead
     */
    public record Conversion(
            String what,
            String provider,
            String currency,
            BigDecimal rate,
            LocalDate rateDate,
            BigDecimal billedCost,
            BigDecimal effectiveCost) {}

    /**
     * One provider's bill: ai + other + unclassified = effective; tax, promotional credits and refunds are only in
     * billed.
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
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

    /**
     * A resource with its monthly cost, its run rate, since when they differ by a tenth or more and, where it has
     * findings, its metrics: by hour of the week (average, Monday 0 h UTC first, null = no point) and by day of the
     * window ({@code daily}; null in an older audit).
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
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
            ListPrice listPrice,
            Map<String, DailyUse> daily) {}

    /**
     * A metric by day of the window, UTC: the average and the highest of its hours; null = no point.
     *
     * @param average of the hours that have a point
     * @param highest the highest value that was measured; of a counter the busiest hour
     */
    public record DailyUse(List<Double> average, List<Double> highest) {}

    /**
     * One finding with what it is about, what it is worth and what to do; {@code changedAt} as in {@link
     * AuditedResource}.
     *
     * @param environment null where neither policy nor tags name one, and in an older audit
     * @param calculation null where the finding claims no money, and in an older audit
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
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
            String environment,
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
            ListPrice listPrice,
            BigDecimal needsDecision,
            BigDecimal decisionFrees,
            Calculation calculation)
            implements AuditedFindingBuilder.With {
        /** Whether all that it saves lies under a commitment: it is paid until that ends, and adds 0.00 now. */
        public boolean onlyFrees() {
            return status == Status.COUNTED
                    && counted.likely().signum() == 0
                    && freedCommitment != null
                    && freedCommitment.signum() > 0;
        }

        /**
         * A month: net where it counts, what a decision adds where it needs one, else gross. What is not realized until
         * a commitment expires is in no net amount. Null where no amount is claimed.
         */
        public BigDecimal monthlyAmount() {
            if (status == Status.UNCONFIRMED) {
                return decisionAmount();
            }
            Range range = status == Status.COUNTED ? counted : standAlone;
            return range == null ? null : range.likely();
        }

        /**
         * What approving it would add to the saving a month: its net share, or its gross saving where an older audit
         * does not say.
         */
        public BigDecimal decisionAmount() {
            return needsDecision != null || standAlone == null ? needsDecision : standAlone.likely();
        }
    }

    /**
     * The list price that a cost of basis list is made of; null where a bill has the cost.
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

    /**
     * What is known of one of the most expensive resources.
     *
     * @param cost dollars of the window
     * @param verdict finding, in_use, not_assessed or past
     * @param reason the finding, what shows that it is in use, or what is missing
     * @param findings ids of its findings
     */
    public record Verdict(
            String resourceId,
            String name,
            String kind,
            String provider,
            BigDecimal monthlyCost,
            BigDecimal cost,
            String verdict,
            String reason,
            List<String> findings) {}

    /**
     * Money that was not assessed, and the one thing that would examine it. Each dollar is under one thing, the one
     * that examines most.
     *
     * @param missing such as {@code gpu_utilization}
     * @param what metric, permission, column, days or rule
     * @param cost dollars of the window
     * @param resources their number
     * @param rules that would examine them
     * @param fix what to do
     * @param largestResources ids of its most expensive ones, that first; empty in an older audit
     */
    public record NotAssessed(
            String missing,
            String what,
            BigDecimal cost,
            int resources,
            List<String> rules,
            String fix,
            List<String> largestResources) {
        public static final int LONGEST_LIST = 3;

        /** Begins the fix where no data would help. */
        public static final String CHECK_WITH_OWNER = "Check with its owner ";

        /** Begins the fix where there are points of the metric, in too few hours. */
        public static final String MISSING_HOURS = "Add the missing hours of the metric ";

        /** Cost of findings that their savings leave out: no data is missing, and no scan can assess it. */
        public static final String MARGIN = "the safety margin of savings, and what fixes leave";

        /** Whether it is left of resources that were assessed. */
        public boolean isMargin() {
            return missing.equals(MARGIN);
        }

        /** Whether only its owner can say whether it is needed. */
        public boolean needsOwner() {
            return fix != null && fix.startsWith(CHECK_WITH_OWNER);
        }

        public NotAssessed {
            largestResources = largestResources == null ? List.of() : List.copyOf(largestResources);
        }
    }

    /**
     * What one rule examined and found.
     *
     * @param notExaminedReasons reason to its number of resources
     * @param lever null in an older audit
     * @param notExaminedCost reason to what its resources cost a month, as far as they have a price; empty in an older
     * audit
     * @param definition digest of its SQL, conditions and effective parameters: what differs judges otherwise; null in
     * an older audit
     * @param notExaminedResources ids of what it did not examine, the most expensive first, {@value #LONGEST_LIST} at
     * most
     * @param notExaminedBecause the reason of each of them; empty in an older audit
     * @param judgedKinds kinds of what it examined, or could not; empty in an older audit
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record RuleReport(
            String id,
            String title,
            String state,
            String problem,
            int examined,
            int notExamined,
            int found,
            Map<String, Integer> notExaminedReasons,
            Lever lever,
            Map<String, BigDecimal> notExaminedCost,
            String definition,
            List<String> notExaminedResources,
            List<String> notExaminedBecause,
            List<String> judgedKinds) {
        public static final int LONGEST_LIST = 1_000;

        public RuleReport {
            notExaminedCost = notExaminedCost == null ? Map.of() : Map.copyOf(notExaminedCost);
            notExaminedResources = notExaminedResources == null ? List.of() : List.copyOf(notExaminedResources);
            notExaminedBecause = notExaminedBecause == null ? List.of() : List.copyOf(notExaminedBecause);
            judgedKinds = judgedKinds == null ? List.of() : List.copyOf(judgedKinds);
        }

        /** How many resources it could not check for want of data; what the policy does not set lacks none. */
        public int lackedData() {
            return notExamined - notInPolicy();
        }

        /** How many resources it checked, or would have with more data. */
        public int checks() {
            return examined + lackedData();
        }

        /** How many resources it did not check because the policy does not set what the check is about. */
        public int notInPolicy() {
            return notExaminedReasons == null
                    ? 0
                    : notExaminedReasons.entrySet().stream()
                            .filter(reason -> isNotInPolicy(reason.getKey()))
                            .mapToInt(Map.Entry::getValue)
                            .sum();
        }

        /** Whether a reason is that the policy does not set what the check is about. */
        public static boolean isNotInPolicy(String reason) {
            return reason.startsWith("the policy ");
        }

        /** Whether it is known which resources it did not examine, each of them. */
        public boolean namesAllNotExamined() {
            return notExaminedResources.size() == notExamined;
        }

        /** What all that it did not examine costs a month. */
        public BigDecimal costNotExamined() {
            return Money.sum(notExaminedCost.values());
        }

        /** Whether it could judge a resource, and would have claimed money for what it found. */
        public boolean examinedCosts() {
            return examined > 0 && lever != Lever.GOVERN;
        }
    }

    /**
     * One question of the checklist with its answer. What an older audit does not say is null.
     *
     * @param state yes, no, partly or not_examined
     * @param findings ids of the findings against it, the largest first
     * @param group checklist, architecture or own (of a rule of the user)
     * @param fact what shows it, in words; null where the rule of the user does not say
     * @param examined how many resources its rules examined
     * @param shown for how many of these something shows that it is so
     * @param notExamined how many its rules could not examine
     * @param nextStep what to do next
     * @param contradicted how many of those examined a finding is against: with {@code shown} and those that are
     * neither they add up to {@code examined}
     * @param audits the days of the audits in a row that answer it, this one last; empty where earlier ones would have
     * to and there are none, null where they do not matter
     */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record ChecklistItem(
            String item,
            String state,
            List<String> findings,
            String group,
            String fact,
            Integer examined,
            Integer shown,
            Integer notExamined,
            String nextStep,
            Integer contradicted,
            List<LocalDate> audits) {
        /** The answer alone. */
        public ChecklistItem(String item, String state, List<String> findings) {
            this(item, state, findings, null, null, null, null, null, null, null, null);
        }

        /** The same answer beside these findings only. */
        public ChecklistItem with(List<String> left) {
            return ChecklistItemBuilder.builder(this).findings(left).build();
        }
    }
}
