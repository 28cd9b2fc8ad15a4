package io.aiaudit.report;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Residency;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Status;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A made-up company on three clouds, with a finding of every status and lever: the audit that the tests of the
 * reports render.
 */
public final class SampleAudit {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 1);
    private static final int DAYS = 30;

    private SampleAudit() {}

    public static Audit rich() {
        return of(SampleFindings.all());
    }

    /** As {@link #rich}, about these findings. */
    public static Audit of(List<AuditedFinding> findings) {
        return new Audit(
                Audit.SCHEMA,
                new Audit.Tool("0.1.0"),
                Instant.parse("2026-07-01T06:30:00Z"),
                false,
                false,
                false,
                Window.ofDays(FIRST_DAY, FIRST_DAY.plusDays(DAYS)),
                "USD",
                LocalDate.of(2026, 5, 20),
                List.of(
                        "azure: every EffectiveCost is a whole number while BilledCost is not; BilledCost is used "
                                + "instead.",
                        "rejected: aws-2026-06.csv record 8412: EffectiveCost is \"n/a\". 3 of 48,911 rows are not in "
                                + "the totals.",
                        "gcp-2026-06.csv starts on 2026-05-28, outside the window: 1,204 rows are in the bill and not "
                                + "in the monthly cost."),
                totals(findings),
                bill(),
                spend(),
                findings.stream().map(SampleAudit::resource).toList(),
                findings,
                rules(),
                List.of(
                        new Gap(
                                        "aws",
                                        "123456789012/eu-west-1 endpoints",
                                        "access denied for sagemaker:ListEndpoints. 3 rules examined nothing there.",
                                        "Add the permission to the audit role; 'aiaudit sources check aws' prints all "
                                                + "that are needed.")
                                .in("123456789012", "eu-west-1", "inventory"),
                        new Gap(
                                "prometheus",
                                "gke-prod",
                                "no sample of DCGM_FI_DEV_GPU_UTIL in the window.",
                                "Deploy the DCGM exporter, or name another metric in aiaudit.yaml.")),
                List.of(
                        new Audit.ChecklistItem(
                                "Idle inference endpoints are deleted",
                                "no",
                                List.of(findings.get(0).id()),
                                "checklist",
                                "measured use",
                                2,
                                1,
                                3,
                                "Fix first: chat-v1-prod. Delete the endpoint."),
                        new Audit.ChecklistItem("Notebooks stop when nobody works", "yes", List.of()),
                        new Audit.ChecklistItem("Batch jobs run on spot machines", "not_examined", List.of())),
                orderedMap("slices", 18, "rows", 191_224, "seconds", 41.5),
                List.of(new Commitment(
                        "aws",
                        "arn:aws:savingsplans::123456789012:savingsplan/7e2d0f4c",
                        "savings_plan",
                        "123456789012/SageMaker",
                        Instant.parse("2025-10-01T00:00:00Z"),
                        Instant.parse("2026-10-01T00:00:00Z"),
                        new BigDecimal("9.40"),
                        new BigDecimal("0.873"))),
                conversions(),
                SampleUse.tokens(),
                SampleUse.unitCosts(),
                SampleUse.commitmentCoverage());
    }

    /** The same audit about another list of findings, totals as they were: for odd and hostile ones. */
    public static Audit with(Audit audit, Function<AuditedFinding, AuditedFinding> change) {
        return withFindings(audit, audit.findings().stream().map(change).toList());
    }

    public static Audit withFindings(Audit audit, List<AuditedFinding> findings) {
        return copy(audit, findings, audit.rules(), audit.gaps());
    }

    public static Audit withRules(Audit audit, List<Audit.RuleReport> rules) {
        return copy(audit, audit.findings(), rules, audit.gaps());
    }

    public static Audit withGaps(Audit audit, List<Gap> gaps) {
        return copy(audit, audit.findings(), audit.rules(), gaps);
    }

    private static Audit copy(
            Audit audit, List<AuditedFinding> findings, List<Audit.RuleReport> rules, List<Gap> gaps) {
        return new Audit(
                audit.schema(),
                audit.tool(),
                audit.scannedAt(),
                audit.demo(),
                audit.partial(),
                audit.redacted(),
                audit.window(),
                audit.currency(),
                audit.pricesAsOf(),
                audit.warnings(),
                audit.totals(),
                audit.bill(),
                audit.spend(),
                audit.resources(),
                findings,
                rules,
                gaps,
                audit.checklist(),
                audit.scanCost(),
                audit.commitments(),
                audit.conversions(),
                audit.tokens(),
                audit.unitCosts(),
                audit.commitmentCoverage());
    }

    public static Audit withCostOfScan(Map<String, Object> scanCost) {
        Audit audit = rich();
        return new Audit(
                audit.schema(),
                audit.tool(),
                audit.scannedAt(),
                audit.demo(),
                audit.partial(),
                audit.redacted(),
                audit.window(),
                audit.currency(),
                audit.pricesAsOf(),
                audit.warnings(),
                audit.totals(),
                audit.bill(),
                audit.spend(),
                audit.resources(),
                audit.findings(),
                audit.rules(),
                audit.gaps(),
                audit.checklist(),
                scanCost,
                audit.commitments(),
                audit.conversions(),
                audit.tokens(),
                audit.unitCosts(),
                audit.commitmentCoverage());
    }

    /** As {@link #of}, knowing where the money of the window stands and what was not assessed. */
    public static Audit covered(List<AuditedFinding> findings) {
        Audit audit = of(findings);
        BigDecimal counted = audit.totals().saving().likely();
        BigDecimal undecided = audit.totals().unconfirmedSaving();
        BigDecimal spent = counted.add(undecided).multiply(new BigDecimal("2.5"));
        Coverage coverage = new Coverage(
                        new BigDecimal("310.07"),
                        counted,
                        audit.totals().freedCommitment(),
                        audit.totals().acceptedSaving(),
                        audit.totals().blockedSaving(),
                        undecided,
                        spent.multiply(new BigDecimal("0.4")),
                        spent.multiply(new BigDecimal("0.07")))
                .inCents();
        return new Audit(
                audit.schema(),
                audit.tool(),
                audit.scannedAt(),
                audit.demo(),
                audit.partial(),
                audit.redacted(),
                audit.window(),
                audit.currency(),
                audit.pricesAsOf(),
                audit.warnings(),
                paid(audit.totals(), coverage.sum()).with(undecided, coverage.sum(), coverage),
                audit.bill(),
                audit.spend(),
                audit.resources(),
                audit.findings(),
                audit.rules(),
                audit.gaps(),
                audit.checklist(),
                audit.scanCost(),
                audit.commitments(),
                audit.conversions(),
                audit.tokens(),
                audit.unitCosts(),
                audit.commitmentCoverage(),
                List.of(),
                List.of(new Audit.NotAssessed(
                        "gpu_utilization",
                        "metric",
                        coverage.notAssessed(),
                        12,
                        List.of("gpu-instance-idle"),
                        "Export the metric, then scan again.")),
                List.of(
                        new ComplianceCost(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "private_endpoint",
                                new BigDecimal("43.80"),
                                2,
                                null,
                                null),
                        new ComplianceCost(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "region_premium",
                                new BigDecimal("812.00"),
                                1,
                                "Also allowed by the policy, at a lower list price: eu-west-1",
                                new BigDecimal("410.00")),
                        new ComplianceCost("azure", null, null, "log_store", new BigDecimal("96.00"), 1, null, null)),
                audit.gpuMix(),
                null,
                List.of(),
                List.of(
                        new Residency(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "requests",
                                "any region",
                                Residency.State.OUTSIDE,
                                List.of("eu-*"),
                                1),
                        new Residency(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "endpoint",
                                "eu-west-1",
                                Residency.State.ALLOWED,
                                List.of("eu-*"),
                                2),
                        new Residency(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "database",
                                null,
                                Residency.State.NOT_ASSESSED,
                                List.of("eu-*"),
                                1),
                        new Residency(
                                "azure",
                                null,
                                "drafts",
                                "model",
                                "westeurope",
                                Residency.State.UNSPECIFIED,
                                List.of(),
                                1)),
                List.of(new TrailCoverage(
                        "aws",
                        "123456789012",
                        "chat-v1-prod",
                        2,
                        List.of(
                                new TrailCoverage.Part(
                                        "input", TrailCoverage.State.MISSING, "invocation logging delivers no texts"),
                                new TrailCoverage.Part(
                                        "model_version", TrailCoverage.State.RECORDED, "invocation logging: s3"),
                                new TrailCoverage.Part(
                                        "output", TrailCoverage.State.PARTLY, "data capture of 20 % of requests"),
                                new TrailCoverage.Part(
                                        "downstream_action", TrailCoverage.State.NOT_ASSESSED, "no cloud knows it"),
                                new TrailCoverage.Part(
                                        "immutability", TrailCoverage.State.MISSING, "no lock on its storage"),
                                new TrailCoverage.Part(
                                        "separation", TrailCoverage.State.RECORDED, "a bucket of its own")),
                        new BigDecimal("120.500"),
                        new BigDecimal("33.26"))));
    }

    /** The same savings in a company that pays {@code cost} for AI and as much for everything else. */
    private static Audit.Totals paid(Audit.Totals totals, BigDecimal cost) {
        return new Audit.Totals(
                cost.add(cost),
                cost,
                totals.saving(),
                totals.savingByBasis(),
                totals.standAloneSaving(),
                totals.overlap(),
                totals.unconfirmedSaving(),
                totals.blockedSaving(),
                totals.acceptedSaving(),
                totals.freedCommitment(),
                totals.unpricedFindings(),
                cost.add(cost));
    }

    public static Audit withGpuMix(Audit audit, List<GpuMix> mix) {
        return flagged(audit, audit.demo(), audit.partial(), mix);
    }

    public static Audit flagged(Audit audit, boolean demo, boolean partial) {
        return flagged(audit, demo, partial, audit.gpuMix());
    }

    private static Audit flagged(Audit audit, boolean demo, boolean partial, List<GpuMix> mix) {
        return new Audit(
                audit.schema(),
                audit.tool(),
                audit.scannedAt(),
                demo,
                partial,
                audit.redacted(),
                audit.window(),
                audit.currency(),
                audit.pricesAsOf(),
                audit.warnings(),
                audit.totals(),
                audit.bill(),
                audit.spend(),
                audit.resources(),
                audit.findings(),
                audit.rules(),
                audit.gaps(),
                audit.checklist(),
                audit.scanCost(),
                audit.commitments(),
                audit.conversions(),
                audit.tokens(),
                audit.unitCosts(),
                audit.commitmentCoverage(),
                audit.verdicts(),
                audit.notAssessed(),
                audit.compliance(),
                mix,
                audit.filter(),
                audit.rollUps(),
                audit.residency(),
                audit.trailCoverage());
    }

    public static AuditedFinding withListPrice(AuditedFinding finding, Audit.ListPrice listPrice) {
        return copy(
                finding,
                finding.resourceId(),
                finding.resourceName(),
                finding.tags(),
                finding.monthlyCost(),
                listPrice);
    }

    static AuditedFinding withTags(AuditedFinding finding, Map<String, String> tags) {
        return copy(
                finding,
                finding.resourceId(),
                finding.resourceName(),
                tags,
                finding.monthlyCost(),
                finding.listPrice());
    }

    public static AuditedFinding withCost(AuditedFinding finding, BigDecimal monthlyCost) {
        return copy(
                finding,
                finding.resourceId(),
                finding.resourceName(),
                finding.tags(),
                monthlyCost,
                finding.listPrice());
    }

    public static AuditedFinding about(AuditedFinding finding, String resourceId) {
        return copy(
                finding,
                resourceId,
                finding.resourceName(),
                finding.tags(),
                finding.monthlyCost(),
                finding.listPrice());
    }

    public static AuditedFinding withName(AuditedFinding finding, String name) {
        return copy(finding, finding.resourceId(), name, finding.tags(), finding.monthlyCost(), finding.listPrice());
    }

    /** As if it alone saved this amount, whatever happens. */
    public static AuditedFinding withStandAlone(AuditedFinding finding, BigDecimal amount) {
        return new AuditedFinding(
                finding.id(),
                finding.rule(),
                finding.provider(),
                finding.accountId(),
                finding.accountName(),
                finding.region(),
                finding.resourceId(),
                finding.resourceName(),
                finding.workload(),
                finding.kind(),
                finding.owner(),
                finding.tags(),
                finding.monthlyCost(),
                finding.runRate(),
                finding.changedAt(),
                finding.costBasis(),
                finding.lever(),
                finding.status(),
                finding.statusReason(),
                new Range(amount, amount, amount),
                finding.counted(),
                finding.freedCommitment(),
                finding.confidence(),
                finding.reason(),
                finding.target(),
                finding.remedy(),
                finding.advice(),
                finding.evidence(),
                finding.listPrice());
    }

    private static AuditedFinding copy(
            AuditedFinding finding,
            String resourceId,
            String resourceName,
            Map<String, String> tags,
            BigDecimal monthlyCost,
            Audit.ListPrice listPrice) {
        return new AuditedFinding(
                finding.id(),
                finding.rule(),
                finding.provider(),
                finding.accountId(),
                finding.accountName(),
                finding.region(),
                resourceId,
                resourceName,
                finding.workload(),
                finding.kind(),
                finding.owner(),
                tags,
                monthlyCost,
                monthlyCost,
                null,
                finding.costBasis(),
                finding.lever(),
                finding.status(),
                finding.statusReason(),
                finding.standAlone(),
                finding.counted(),
                finding.freedCommitment(),
                finding.confidence(),
                finding.reason(),
                finding.target(),
                finding.remedy(),
                finding.advice(),
                finding.evidence(),
                listPrice);
    }

    /** Nothing was found, nothing is priced, nobody told anything. */
    public static Audit empty() {
        return new Audit(
                Audit.SCHEMA,
                new Audit.Tool("0.1.0"),
                Instant.parse("2026-07-01T06:30:00Z"),
                false,
                false,
                false,
                Window.ofDays(FIRST_DAY, FIRST_DAY.plusDays(DAYS)),
                null,
                null,
                List.of(),
                new Audit.Totals(null, null, null, Map.of(), null, null, null, null, null, null, 0, null),
                new Audit.Bill(List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Map<String, Object> orderedMap(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Audit.Totals totals(List<AuditedFinding> findings) {
        Range saving = Range.NOTHING;
        Map<String, BigDecimal> byBasis = new TreeMap<>();
        for (AuditedFinding finding : findings) {
            if (finding.status() == Status.COUNTED) {
                saving = saving.plus(finding.counted());
                byBasis.merge(finding.costBasis().key(), finding.counted().likely(), BigDecimal::add);
            }
        }
        BigDecimal standAlone = sum(findings, Status.values());
        BigDecimal freed = Money.sum(findings.stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .map(AuditedFinding::freedCommitment)
                .toList());
        BigDecimal unconfirmed = sum(findings, Status.UNCONFIRMED);
        BigDecimal blocked = sum(findings, Status.BLOCKED);
        BigDecimal accepted = sum(findings, Status.ACCEPTED);
        BigDecimal overlap = standAlone
                .subtract(saving.likely())
                .subtract(unconfirmed)
                .subtract(blocked)
                .subtract(accepted)
                .subtract(freed);
        return new Audit.Totals(
                new BigDecimal("412876.31"),
                new BigDecimal("187402.55"),
                saving,
                byBasis,
                standAlone,
                overlap,
                unconfirmed,
                blocked,
                accepted,
                freed,
                (int) findings.stream()
                        .filter(finding -> finding.status() == Status.UNPRICED)
                        .count(),
                new BigDecimal("187402.55"));
    }

    private static BigDecimal sum(List<AuditedFinding> findings, Status... statuses) {
        return Money.sum(findings.stream()
                .filter(finding -> List.of(statuses).contains(finding.status()) && finding.standAlone() != null)
                .map(finding -> finding.standAlone().likely())
                .toList());
    }

    private static List<Audit.Conversion> conversions() {
        LocalDate day = LocalDate.parse("2026-06-30");
        return List.of(
                new Audit.Conversion(
                        "bill",
                        "azure",
                        "EUR",
                        new BigDecimal("1.0900000000"),
                        day,
                        new BigDecimal("90018.85"),
                        new BigDecimal("90018.85")),
                new Audit.Conversion("list_prices", null, "CHF", new BigDecimal("1.12"), day, null, null));
    }

    private static Audit.Bill bill() {
        return new Audit.Bill(List.of(
                new Audit.ProviderBill(
                        "aws",
                        new BigDecimal("251220.914400000000"),
                        new BigDecimal("234310.114400000000"),
                        new BigDecimal("112090.100000000000"),
                        new BigDecimal("118120.004400000000"),
                        new BigDecimal("4100.010000000000"),
                        new BigDecimal("18910.800000000000"),
                        new BigDecimal("-2000"),
                        48_911,
                        3),
                new Audit.ProviderBill(
                        "azure",
                        new BigDecimal("98120.55"),
                        new BigDecimal("98120.55"),
                        new BigDecimal("51020.20"),
                        new BigDecimal("47100.35"),
                        new BigDecimal("0"),
                        new BigDecimal("0"),
                        new BigDecimal("0"),
                        22_310,
                        0),
                new Audit.ProviderBill(
                        "gcp",
                        new BigDecimal("74000.1"),
                        new BigDecimal("74000.1"),
                        new BigDecimal("21020"),
                        new BigDecimal("52980.1"),
                        new BigDecimal("0"),
                        null,
                        new BigDecimal("-500.25"),
                        120_003,
                        0)));
    }

    private static List<Audit.DailySpend> spend() {
        List<Audit.DailySpend> spend = new ArrayList<>();
        String[][] services = {
            {"aws", "Amazon SageMaker", "ai", "2105"},
            {"aws", "Amazon Bedrock", "ai", "880"},
            {"aws", "Amazon EC2", "ai", "640"},
            {"aws", "Amazon EC2", "other", "2310"},
            {"aws", "Amazon S3", "other", "1290"},
            {"azure", "Azure OpenAI Service", "ai", "930"},
            {"azure", "Azure Machine Learning", "ai", "710"},
            {"azure", "Virtual Machines", "other", "1200"},
            {"gcp", "Vertex AI", "ai", "520"},
            {"gcp", "Compute Engine", "ai", "260"},
            {"gcp", "BigQuery", "other", "1460"},
            {"gcp", "Cloud Run", "untold", "135"},
        };
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            boolean weekend = date.getDayOfWeek().getValue() > 5;
            for (int service = 0; service < services.length; service++) {
                String[] of = services[service];
                int percent = 100 + (day * 37 + service * 53) % 17 - (weekend && service % 3 != 0 ? 22 : 0);
                spend.add(new Audit.DailySpend(
                        date,
                        of[0],
                        of[1],
                        SpendClass.valueOf(of[2].toUpperCase(java.util.Locale.ROOT)),
                        new BigDecimal(of[3])
                                .multiply(BigDecimal.valueOf(percent))
                                .movePointLeft(2)));
            }
        }
        spend.sort(Comparator.comparing(Audit.DailySpend::day));
        return spend;
    }

    private static AuditedResource resource(AuditedFinding finding) {
        boolean measured = finding.status() != Status.UNPRICED;
        return new AuditedResource(
                finding.resourceId(),
                finding.kind(),
                finding.provider(),
                finding.accountId(),
                finding.accountName(),
                finding.region(),
                finding.resourceName(),
                "ml.g5.2xlarge",
                2,
                "A10G",
                new BigDecimal("1"),
                new BigDecimal("24"),
                new BigDecimal("8"),
                new BigDecimal("32"),
                Instant.parse("2026-01-10T08:00:00Z"),
                null,
                "running",
                "on_demand",
                null,
                finding.workload(),
                finding.tags(),
                finding.monthlyCost(),
                finding.runRate(),
                finding.changedAt(),
                finding.costBasis(),
                measured
                        ? Map.of(
                                "gpu_utilization", week(finding.resourceId().hashCode(), 0.9),
                                "requests", week(finding.id().hashCode(), 4200))
                        : Map.of(),
                finding.listPrice(),
                measured
                        ? Map.of(
                                "gpu_utilization", days(finding.resourceId().hashCode(), 0.9),
                                "requests", days(finding.id().hashCode(), 4200))
                        : Map.of());
    }

    private static Audit.DailyUse days(int seed, double top) {
        List<Double> average = new ArrayList<>();
        List<Double> highest = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            boolean missing = day == 11;
            double share = day % 7 > 4 ? 0.1 : 0.3 + Math.floorMod(seed + day * 31, 20) / 100.0;
            average.add(missing ? null : top * share);
            highest.add(missing ? null : top * share * 2);
        }
        return new Audit.DailyUse(average, highest);
    }

    private static List<Double> week(int seed, double top) {
        List<Double> hours = new ArrayList<>();
        for (int hour = 0; hour < 168; hour++) {
            int ofDay = hour % 24;
            boolean busy = hour < 120 && ofDay >= 7 && ofDay < 19;
            double noise = Math.floorMod(seed * 31 + hour * 17, 23) / 100.0;
            boolean missing = hour > 150 && hour < 156;
            hours.add(missing ? null : busy ? top * (0.55 + noise) : top * noise / 6);
        }
        return hours;
    }

    private static List<Audit.RuleReport> rules() {
        return List.of(
                new Audit.RuleReport(
                        "inference-endpoint-idle",
                        "Inference endpoints serve traffic",
                        "evaluated",
                        null,
                        31,
                        4,
                        6,
                        Map.of("no points of requests in 30 of 30 days", 3, "lived 3 of 7 days", 1),
                        Lever.ELIMINATE),
                new Audit.RuleReport(
                        "gpu-instance-underused",
                        "GPU machines are busy",
                        "evaluated",
                        null,
                        22,
                        0,
                        5,
                        Map.of(),
                        Lever.RESIZE),
                new Audit.RuleReport(
                        "notebook-idle",
                        "Notebooks stop when nobody works",
                        "evaluated",
                        null,
                        9,
                        0,
                        0,
                        Map.of(),
                        Lever.ELIMINATE),
                new Audit.RuleReport(
                        "training-on-demand",
                        "Training runs on spot machines",
                        "evaluated",
                        null,
                        12,
                        7,
                        3,
                        Map.of("no points of gpu_utilization", 7),
                        Lever.RATE),
                new Audit.RuleReport(
                        "model-oversized",
                        "Requests go to the smallest model that is good enough",
                        "skipped",
                        "skipped by --skip-rule",
                        0,
                        0,
                        0,
                        Map.of(),
                        Lever.ROUTE),
                new Audit.RuleReport(
                        "house-rule",
                        "Our own rule",
                        "failed",
                        "rule.sql line 4: column \"gpus\" is not known. Did you mean \"vcpus\"?",
                        0,
                        0,
                        0,
                        Map.of(),
                        Lever.ELIMINATE));
    }

    static SecondOpinion advice(String resourceId) {
        return SecondOpinion.of(
                new Advice(resourceId, "AWS Compute Optimizer", "Use ml.g5.xlarge instead.", new BigDecimal("412.20")),
                new BigDecimal("400.00"));
    }

    static CostBasis basis(Status status, int number) {
        if (status == Status.UNPRICED) {
            return CostBasis.UNPRICED;
        }
        return number % 7 == 3 ? CostBasis.LIST : number % 5 == 2 ? CostBasis.ALLOCATED : CostBasis.EFFECTIVE;
    }
}
