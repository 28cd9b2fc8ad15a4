package io.aiaudit.analysis;

import io.aiaudit.config.Ownership;
import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Gap;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Saving;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.model.Window;
import io.aiaudit.rules.UseFact;
import io.aiaudit.savings.Calculations;
import io.aiaudit.savings.Estimator;
import io.aiaudit.savings.Totals;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.StoredScan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts the parts of an audit together, in the shape and the order of its contract (DESIGN.md section 7). */
public final class AuditAssembly {
    private static final Comparator<AuditedFinding> ORDER = Comparator.comparing((AuditedFinding finding) ->
                    amount(finding.counted() == null ? null : finding.counted().likely()))
            .thenComparing(finding -> amount(
                    finding.standAlone() == null ? null : finding.standAlone().likely()))
            .reversed()
            .thenComparing(AuditedFinding::id);

    private final StoredScan scan;
    private final ScanFacts facts;
    private final RuleSelection rules;
    private final Map<String, Resource> resources;
    private final List<LeafCost> leaves;
    private final Map<String, Spend> spend;
    private final Map<String, ResourcePolicy> policies;
    private final Map<String, Audit.ListPrice> prices;
    private final MissingInBill missingInBill;
    private final HoursRun hoursRun;
    private final CommandAccounts commandAccounts;
    private final Map<String, UseFact> use;
    private final Ownership ownership;

    public AuditAssembly(
            StoredScan scan,
            RuleSelection rules,
            Map<String, Resource> resources,
            List<LeafCost> leaves,
            Map<String, Spend> spend,
            Map<String, ResourcePolicy> policies,
            Map<String, UseFact> use,
            Ownership ownership) {
        this.scan = scan;
        this.ownership = ownership;
        this.facts = scan.facts();
        this.rules = rules;
        this.resources = resources;
        this.leaves = leaves;
        this.spend = spend;
        this.policies = policies;
        this.use = use;
        this.prices = scan.priceFacts();
        this.missingInBill = new MissingInBill(leaves);
        this.hoursRun = new HoursRun(leaves);
        this.commandAccounts = new CommandAccounts(resources.values());
    }

    /** An unknown amount comes after 0. */
    private static BigDecimal amount(BigDecimal known) {
        return known == null ? BigDecimal.ONE.negate() : known;
    }

    /** The whole audit of what these rules found, with its money as estimated and what else the store knows. */
    public Audit audit(List<RuleOutcome> outcomes, List<Saving> savings, List<String> furtherWarnings) {
        Leaves below = new Leaves(resources.values(), spend.keySet());
        Map<String, BigDecimal> aiCosts = AiCosts.byLeaf(scan.aiCosts(facts.window()), leaves, spend);
        Fleets fleets = new Fleets(leaves, spend, facts.window(), facts.scannedAt());
        Assessment assessment = new Assessment(
                aiCosts, savings, spend, new UseTests(outcomes, rules::rule, below, use, resources, spend), fleets);
        QuietReasons quiet = new QuietReasons(resources, policies, spend, rules, facts.window());
        List<AuditedFinding> findings = findings(savings, assessment);
        RuleReports reports = new RuleReports(rules, outcomes, below, spend, resources);
        Checklist checklist = Checklist.with(
                outcomes.stream().map(RuleOutcome::rule).toList(),
                id -> rules.rule(id).checklist(),
                id -> !rules.rule(id).needs().isEmpty() || rules.rule(id).lever() == Lever.GOVERN);
        Audit.Bill bill = scan.bill(facts.window());
        List<String> warnings = new ArrayList<>(scan.warnings());
        Map<String, Window> billPeriods = scan.billPeriods();
        warnings.addAll(WindowWarnings.of(billPeriods, scan.billNames(), facts.window(), scan::listOverBilled));
        warnings.addAll(WindowWarnings.ofAccounts(scan.cutBills(facts.window()), billPeriods));
        warnings.addAll(WindowWarnings.withoutUsage(bill.providers()));
        warnings.addAll(BillHoles.warnings(scan.billedDays()));
        warnings.addAll(CreditWarnings.of(bill.providers(), facts.currency()));
        warnings.addAll(missingInBill.warnings());
        warnings.addAll(new ListedInBill(leaves, spend).warnings());
        warnings.addAll(BilledNotListed.warnings(leaves, spend, facts.currency()));
        warnings.addAll(furtherWarnings);
        List<Gap> gaps = new ArrayList<>(scan.gaps());
        gaps.addAll(Rejections.gaps(scan));
        MeasuredWork work = new MeasuredWork(scan::metricSums, facts.window());
        Audit.Totals totals = totals(savings, reports.rules(), assessment, fleets);
        List<Audit.NotAssessed> missing = new NotAssessedThings(resources, assessment, quiet, gaps).all();
        ModelMix mix = ModelMix.of(scan.modelLines(facts.window()), leaves, spend, work);
        return AuditBuilder.builder()
                .schema(Audit.SCHEMA)
                .tool(new Audit.Tool(facts.toolVersion()))
                .scannedAt(facts.scannedAt())
                .demo(facts.demo())
                .partial(facts.partial())
                .window(facts.window())
                .currency(facts.currency())
                .pricesAsOf(scan.pricesAsOf().orElse(null))
                .warnings(warnings)
                .totals(totals)
                .bill(bill)
                .spend(scan.dailySpend())
                .resources(resources(findings))
                .findings(findings)
                .rules(reports.rules())
                .gaps(gaps)
                .checklist(checklist.answer(
                        outcomes, findings, gaps, scan::resourcesWhere, new NextStep(missing, reports.rules())))
                .scanCost(SavedCost.read(facts.config()))
                .commitments(scan.commitments())
                .conversions(scan.conversions())
                .tokens(mix.rows())
                .unitCosts(new UnitCosts(work, leaves, resources, mix).all())
                .commitmentCoverage(new CommitmentCoverages(resources, spend, aiCosts).of(findings))
                .verdicts(new Verdicts(scan, facts.window(), resources, spend, assessment, quiet, fleets).all(findings))
                .notAssessed(missing)
                .compliance(new ComplianceCosts(facts.window(), billPeriods, resources)
                        .charged(scan.complianceCharges(facts.window()))
                        .beyondWhatIsRequired(findings)
                        .limitedToRegions(policies, spend, scan::regionPrices)
                        .all(scan.aiResources()))
                .gpuMix(new GpuMixes(scan, facts.window(), spend, policies).of(leaves, savings))
                .rollUps(new RollUps(
                                resources.values(),
                                new MonthlyShares(leaves, spend, fleets),
                                totals.monthlyCost(),
                                policies,
                                ownership,
                                findings)
                        .all())
                .residency(new ResidencyMap(resources.values(), policies, scan.aiResources(), dataZones()).all())
                .trailCoverage(new TrailMap(
                                resources.values(), scan.metricSums(facts.window()), facts.window(), facts.currency())
                        .all())
                .build();
    }

    /** As the rule about residency has them, with what the user changed. */
    private Map<String, List<String>> dataZones() {
        return Map.of(
                "EU data zone", rules.texts("data-residency", "eu_data_zone"),
                "US data zone", rules.texts("data-residency", "us_data_zone"));
    }

    /**
     * A saving is known where a rule could look at something and something has a price; else it is unknown, and unknown
     * is never 0.
     */
    private Audit.Totals totals(List<Saving> savings, List<RuleReport> reports, Assessment assessment, Fleets fleets) {
        MonthlyTotals monthly =
                MonthlyTotals.of(scan.windowCosts(facts.window()), leaves, scan.aiResources(), spend, fleets);
        boolean examined = reports.stream().anyMatch(RuleReport::examinedCosts);
        boolean valued = monthly.all() != null || savings.isEmpty();
        Audit.Totals totals = examined && valued
                ? Totals.of(savings, monthly.all(), monthly.ai(), monthly.runRate())
                : Totals.unknown(savings, monthly.all(), monthly.ai(), monthly.runRate());
        Coverage coverage = monthly.all() == null ? null : assessment.total();
        BigDecimal decisions = Money.sum(
                assessment.decisions().stream().filter(Objects::nonNull).toList());
        return TotalsBuilder.builder(totals.with(decisions, coverage == null ? null : coverage.sum(), coverage))
                .inUsePartlyChecked(coverage == null ? null : assessment.inUsePartlyChecked())
                .build();
    }

    private List<AuditedFinding> findings(List<Saving> savings, Assessment assessment) {
        List<String> ids = new FindingIds(resources, facts.window().end())
                .of(savings.stream().map(Saving::finding).toList());
        Map<String, List<Advice>> advice = scan.advice().stream().collect(Collectors.groupingBy(Advice::resourceId));
        OtherOnDemand onDemand = new OtherOnDemand(
                resources, Estimator.remaining(savings, spend), scan.billedTime(), scan.coveredUntil());
        return DecideFirst.beside(IntStream.range(0, savings.size())
                .mapToObj(index -> finding(
                        savings.get(index),
                        ids.get(index),
                        advice,
                        onDemand.reason(savings.get(index)),
                        assessment.decisions().get(index),
                        assessment.frees().get(index)))
                .sorted(ORDER)
                .toList());
    }

    private AuditedFinding finding(
            Saving saving,
            String id,
            Map<String, List<Advice>> advice,
            String statusReason,
            BigDecimal decision,
            BigDecimal frees) {
        Finding finding = saving.finding();
        Resource resource = resources.get(finding.resourceId());
        return AuditedFindingBuilder.builder()
                .id(id)
                .rule(finding.rule())
                .provider(resource.provider())
                .accountId(resource.accountId())
                .accountName(resource.accountName())
                .region(resource.region())
                .resourceId(resource.resourceId())
                .resourceName(resource.name())
                .workload(resource.workload())
                .kind(resource.kind())
                .owner(policy(resource).owner())
                .environment(RollUps.environment(policy(resource), ownership, resource))
                .tags(new TreeMap<>(resource.tags()))
                .monthlyCost(saving.monthlyCost())
                .runRate(saving.runRate())
                .changedAt(saving.changedAt())
                .costBasis(saving.basis())
                .lever(finding.lever())
                .status(saving.status())
                .statusReason(
                        saving.status() == Status.UNPRICED && missingInBill.contains(resource.resourceId())
                                ? MissingInBill.STATUS_REASON
                                : ChangedCost.beside(statusReason, saving))
                .standAlone(saving.standAlone())
                .counted(saving.counted())
                .freedCommitment(saving.freedCommitment())
                .confidence(finding.confidence())
                .reason(finding.reason())
                .target(finding.target())
                .remedy(CommandApproval.of(finding, saving.status(), commandAccounts.in(resource, finding)))
                .advice(advice.getOrDefault(resource.resourceId(), List.of()).stream()
                        .map(each -> SecondOpinion.of(
                                each,
                                saving.standAlone() == null
                                        ? null
                                        : saving.standAlone().high()))
                        .toList())
                .evidence(hoursRun.beside(finding.evidence(), resource.resourceId(), saving.basis()))
                .listPrice(listPrice(resource, saving.basis()))
                .needsDecision(decision)
                .decisionFrees(frees)
                .calculation(Calculations.of(finding, spend.get(resource.resourceId())))
                .build();
    }

    private ResourcePolicy policy(Resource resource) {
        return policies.getOrDefault(resource.resourceId(), ResourcePolicy.UNSPECIFIED);
    }

    private List<AuditedResource> resources(List<AuditedFinding> findings) {
        Set<String> found = findings.stream().map(AuditedFinding::resourceId).collect(Collectors.toSet());
        Map<String, Map<String, List<Double>>> hours = scan.hourOfWeek(found, facts.window());
        Map<String, Map<String, Audit.DailyUse>> days = scan.daily(found, facts.window());
        return resources.values().stream()
                .sorted(Comparator.comparing(Resource::resourceId))
                .map(resource -> resource(resource, hours.get(resource.resourceId()), days.get(resource.resourceId())))
                .toList();
    }

    private AuditedResource resource(
            Resource resource, Map<String, List<Double>> hourOfWeek, Map<String, Audit.DailyUse> daily) {
        Spend cost = spend.get(resource.resourceId());
        BigDecimal monthly = cost == null ? null : cost.monthlyCost();
        return AuditedResourceBuilder.builder()
                .resourceId(resource.resourceId())
                .kind(resource.kind())
                .provider(resource.provider())
                .accountId(resource.accountId())
                .accountName(resource.accountName())
                .region(resource.region())
                .name(resource.name())
                .machineType(resource.machineType())
                .replicas(resource.replicas())
                .accelerator(resource.accelerator())
                .acceleratorCount(resource.acceleratorCount())
                .acceleratorMemoryGib(resource.acceleratorMemoryGib())
                .vcpus(resource.vcpus())
                .memoryGib(resource.memoryGib())
                .createdAt(resource.createdAt())
                .endedAt(resource.endedAt())
                .state(resource.state())
                .purchase(resource.purchase())
                .parentId(resource.parentId())
                .workload(resource.workload())
                .tags(new TreeMap<>(resource.tags()))
                .monthlyCost(monthly == null ? null : Money.toCents(monthly))
                .runRate(monthly == null ? null : Money.toCents(cost.monthlyRunRate()))
                .changedAt(monthly == null || !cost.changed() ? null : cost.changedAt())
                .costBasis(cost == null ? CostBasis.ALLOCATED : cost.basis())
                .hourOfWeek(hourOfWeek == null || hourOfWeek.isEmpty() ? null : new TreeMap<>(hourOfWeek))
                .listPrice(cost == null ? null : listPrice(resource, cost.basis()))
                .daily(daily)
                .build();
    }

    /** Only where the cost is made of it. */
    private Audit.ListPrice listPrice(Resource resource, CostBasis basis) {
        return basis == CostBasis.LIST ? prices.get(resource.resourceId()) : null;
    }
}
