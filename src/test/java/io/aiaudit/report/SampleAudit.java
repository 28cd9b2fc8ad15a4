package io.aiaudit.report;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.ProviderBillBuilder;
import io.aiaudit.model.Range;
import io.aiaudit.model.Residency;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
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
import java.util.stream.IntStream;

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
        return AuditBuilder.builder()
                .schema(Audit.SCHEMA)
                .tool(new Audit.Tool("0.1.0"))
                .scannedAt(Instant.parse("2026-07-01T06:30:00Z"))
                .window(Window.ofDays(FIRST_DAY, FIRST_DAY.plusDays(DAYS)))
                .currency("USD")
                .pricesAsOf(LocalDate.of(2026, 5, 20))
                .warnings(List.of(
                        "azure: every EffectiveCost is a whole number while BilledCost is not; BilledCost is used "
                                + "instead.",
                        "rejected: aws-2026-06.csv record 8412: EffectiveCost is \"n/a\". 3 of 48,911 rows are not in "
                                + "the totals.",
                        "gcp-2026-06.csv starts on 2026-05-28, outside the window: 1,204 rows are in the bill and not "
                                + "in the monthly cost."))
                .totals(totals(findings))
                .bill(bill())
                .spend(spend())
                .resources(resources(findings))
                .findings(findings)
                .rules(rules())
                .gaps(List.of(
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
                                "Deploy the DCGM exporter, or name another metric in aiaudit.yaml.")))
                .checklist(List.of(
                        new Audit.ChecklistItem(
                                "Idle inference endpoints are deleted",
                                "no",
                                List.of(findings.get(0).id()),
                                "checklist",
                                "measured use",
                                2,
                                1,
                                3,
                                "Fix first: chat-v1-prod. Delete the endpoint.",
                                1,
                                null),
                        new Audit.ChecklistItem("Notebooks stop when nobody works", "yes", List.of()),
                        new Audit.ChecklistItem("Batch jobs run on spot machines", "not_examined", List.of())))
                .scanCost(orderedMap("slices", 18, "rows", 191_224, "seconds", 41.5))
                .commitments(List.of(new Commitment(
                        "aws",
                        "arn:aws:savingsplans::123456789012:savingsplan/7e2d0f4c",
                        "savings_plan",
                        "123456789012/SageMaker",
                        Instant.parse("2025-10-01T00:00:00Z"),
                        Instant.parse("2026-10-01T00:00:00Z"),
                        new BigDecimal("9.40"),
                        new BigDecimal("0.873"))))
                .conversions(conversions())
                .tokens(SampleUse.tokens())
                .unitCosts(SampleUse.unitCosts())
                .commitmentCoverage(SampleUse.commitmentCoverage())
                .build();
    }

    /** The same audit about another list of findings, totals as they were: for odd and hostile ones. */
    public static Audit with(Audit audit, Function<AuditedFinding, AuditedFinding> change) {
        return withFindings(audit, audit.findings().stream().map(change).toList());
    }

    public static Audit withFindings(Audit audit, List<AuditedFinding> findings) {
        return audit.withFindings(findings);
    }

    public static Audit withRules(Audit audit, List<Audit.RuleReport> rules) {
        return audit.withRules(rules);
    }

    public static Audit withGaps(Audit audit, List<Gap> gaps) {
        return audit.withGaps(gaps);
    }

    public static Audit withCostOfScan(Map<String, Object> scanCost) {
        return rich().withScanCost(scanCost);
    }

    /** As {@link #of}, knowing where the money of the window is and what was not assessed. */
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
        return AuditBuilder.builder()
                .schema(audit.schema())
                .tool(audit.tool())
                .scannedAt(audit.scannedAt())
                .demo(audit.demo())
                .partial(audit.partial())
                .redacted(audit.redacted())
                .window(audit.window())
                .currency(audit.currency())
                .pricesAsOf(audit.pricesAsOf())
                .warnings(audit.warnings())
                .totals(paid(audit.totals(), coverage.sum()).with(undecided, coverage.sum(), coverage))
                .bill(audit.bill())
                .spend(audit.spend())
                .resources(audit.resources())
                .findings(audit.findings())
                .rules(audit.rules())
                .gaps(audit.gaps())
                .checklist(audit.checklist())
                .scanCost(audit.scanCost())
                .commitments(audit.commitments())
                .conversions(audit.conversions())
                .tokens(audit.tokens())
                .unitCosts(audit.unitCosts())
                .commitmentCoverage(audit.commitmentCoverage())
                .notAssessed(List.of(new Audit.NotAssessed(
                        "gpu_utilization",
                        "metric",
                        coverage.notAssessed(),
                        12,
                        List.of("gpu-instance-idle"),
                        "Export the metric, then scan again.",
                        audit.resources().stream()
                                .limit(1)
                                .map(Audit.AuditedResource::resourceId)
                                .toList())))
                .compliance(List.of(
                        new ComplianceCost(
                                "aws",
                                "123456789012",
                                "chat-v1-prod",
                                "private_endpoint",
                                new BigDecimal("43.80"),
                                2,
                                null,
                                null,
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
                                new BigDecimal("410.00"),
                                null,
                                null),
                        new ComplianceCost(
                                "azure",
                                null,
                                null,
                                "log_store",
                                new BigDecimal("96.00"),
                                1,
                                null,
                                null,
                                "Only what is required, less of old-logs",
                                new BigDecimal("40.00"))))
                .gpuMix(audit.gpuMix())
                .residency(List.of(
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
                                1)))
                .trailCoverage(List.of(new TrailCoverage(
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
                        new BigDecimal("33.26"),
                        List.of(),
                        null,
                        null)))
                .build();
    }

    /** The same savings in a company that pays {@code cost} for AI and as much for everything else. */
    private static Audit.Totals paid(Audit.Totals totals, BigDecimal cost) {
        return TotalsBuilder.builder(totals)
                .monthlyCost(cost.add(cost))
                .monthlyAiCost(cost)
                .runRate(cost.add(cost))
                .build();
    }

    public static Audit withGpuMix(Audit audit, List<GpuMix> mix) {
        return audit.withGpuMix(mix);
    }

    public static Audit flagged(Audit audit, boolean demo, boolean partial) {
        return AuditBuilder.builder(audit).demo(demo).partial(partial).build();
    }

    public static AuditedFinding withListPrice(AuditedFinding finding, Audit.ListPrice listPrice) {
        return steady(finding).listPrice(listPrice).build();
    }

    static AuditedFinding withTags(AuditedFinding finding, Map<String, String> tags) {
        return steady(finding).tags(tags).build();
    }

    public static AuditedFinding withCost(AuditedFinding finding, BigDecimal monthlyCost) {
        return steady(finding).monthlyCost(monthlyCost).runRate(monthlyCost).build();
    }

    public static AuditedFinding about(AuditedFinding finding, String resourceId) {
        return steady(finding).resourceId(resourceId).build();
    }

    public static AuditedFinding withName(AuditedFinding finding, String name) {
        return steady(finding).resourceName(name).build();
    }

    /** As if it alone saved this amount, whatever happens. */
    public static AuditedFinding withStandAlone(AuditedFinding finding, BigDecimal amount) {
        return finding.withStandAlone(new Range(amount, amount, amount));
    }

    /** Of a resource that costs in the coming month what it did. */
    private static AuditedFindingBuilder steady(AuditedFinding finding) {
        return AuditedFindingBuilder.builder(finding)
                .runRate(finding.monthlyCost())
                .changedAt(null);
    }

    /** Nothing was found, nothing is priced, nothing is stated. */
    public static Audit empty() {
        return AuditBuilder.builder()
                .schema(Audit.SCHEMA)
                .tool(new Audit.Tool("0.1.0"))
                .scannedAt(Instant.parse("2026-07-01T06:30:00Z"))
                .window(Window.ofDays(FIRST_DAY, FIRST_DAY.plusDays(DAYS)))
                .warnings(List.of())
                .totals(TotalsBuilder.builder().savingByBasis(Map.of()).build())
                .bill(new Audit.Bill(List.of()))
                .spend(List.of())
                .resources(List.of())
                .findings(List.of())
                .rules(List.of())
                .gaps(List.of())
                .checklist(List.of())
                .scanCost(Map.of())
                .build();
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
        return TotalsBuilder.builder()
                .monthlyCost(new BigDecimal("412876.31"))
                .monthlyAiCost(new BigDecimal("187402.55"))
                .saving(saving)
                .savingByBasis(byBasis)
                .standAloneSaving(standAlone)
                .overlap(overlap)
                .unconfirmedSaving(unconfirmed)
                .blockedSaving(blocked)
                .acceptedSaving(accepted)
                .freedCommitment(freed)
                .unpricedFindings((int) findings.stream()
                        .filter(finding -> finding.status() == Status.UNPRICED)
                        .count())
                .runRate(new BigDecimal("187402.55"))
                .build();
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
                ProviderBillBuilder.builder()
                        .provider("aws")
                        .billedCost(new BigDecimal("251220.914400000000"))
                        .effectiveCost(new BigDecimal("234310.114400000000"))
                        .aiCost(new BigDecimal("112090.100000000000"))
                        .otherCost(new BigDecimal("118120.004400000000"))
                        .untoldCost(new BigDecimal("4100.010000000000"))
                        .tax(new BigDecimal("18910.800000000000"))
                        .promotionalCredit(new BigDecimal("-2000"))
                        .rows(48_911)
                        .rejectedRows(3)
                        .build(),
                ProviderBillBuilder.builder()
                        .provider("azure")
                        .billedCost(new BigDecimal("98120.55"))
                        .effectiveCost(new BigDecimal("98120.55"))
                        .aiCost(new BigDecimal("51020.20"))
                        .otherCost(new BigDecimal("47100.35"))
                        .untoldCost(new BigDecimal("0"))
                        .tax(new BigDecimal("0"))
                        .promotionalCredit(new BigDecimal("0"))
                        .rows(22_310)
                        .build(),
                ProviderBillBuilder.builder()
                        .provider("gcp")
                        .billedCost(new BigDecimal("74000.1"))
                        .effectiveCost(new BigDecimal("74000.1"))
                        .aiCost(new BigDecimal("21020"))
                        .otherCost(new BigDecimal("52980.1"))
                        .untoldCost(new BigDecimal("0"))
                        .promotionalCredit(new BigDecimal("-500.25"))
                        .rows(120_003)
                        .build()));
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
            {"aws", "Cloud Run", "untold", "135"},
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
        return asBilled(spend);
    }

    /** With the same share of each day, and what the bills have of each class in all; the last day takes the rest. */
    private static List<Audit.DailySpend> asBilled(List<Audit.DailySpend> spend) {
        List<Audit.DailySpend> billed = new ArrayList<>(spend);
        for (Audit.ProviderBill bill : bill().providers()) {
            Map<SpendClass, BigDecimal> wholes = Map.of(
                    SpendClass.AI,
                    bill.aiCost(),
                    SpendClass.OTHER,
                    bill.otherCost(),
                    SpendClass.UNTOLD,
                    bill.untoldCost());
            wholes.forEach((spendClass, whole) -> {
                List<Integer> days = IntStream.range(0, spend.size())
                        .filter(index -> spend.get(index).provider().equals(bill.provider())
                                && spend.get(index).spendClass() == spendClass)
                        .boxed()
                        .toList();
                BigDecimal sum = Money.sum(
                        days.stream().map(index -> spend.get(index).cost()).toList());
                BigDecimal left = whole;
                for (int i = 0; i < days.size(); i++) {
                    Audit.DailySpend day = spend.get(days.get(i));
                    BigDecimal cost = i == days.size() - 1
                            ? left
                            : Money.toCents(day.cost().multiply(whole).divide(sum, Money.PRECISION));
                    left = left.subtract(cost);
                    billed.set(
                            days.get(i),
                            new Audit.DailySpend(day.day(), day.provider(), day.service(), spendClass, cost));
                }
            });
        }
        return billed;
    }

    /** Several findings may be on one. */
    private static List<AuditedResource> resources(List<AuditedFinding> findings) {
        Map<String, AuditedResource> resources = new LinkedHashMap<>();
        findings.forEach(finding -> resources.putIfAbsent(finding.resourceId(), resource(finding)));
        return List.copyOf(resources.values());
    }

    private static AuditedResource resource(AuditedFinding finding) {
        boolean measured = finding.status() != Status.UNPRICED;
        return AuditedResourceBuilder.builder()
                .resourceId(finding.resourceId())
                .kind(finding.kind())
                .provider(finding.provider())
                .accountId(finding.accountId())
                .accountName(finding.accountName())
                .region(finding.region())
                .name(finding.resourceName())
                .machineType("ml.g5.2xlarge")
                .replicas(2)
                .accelerator("A10G")
                .acceleratorCount(new BigDecimal("1"))
                .acceleratorMemoryGib(new BigDecimal("24"))
                .vcpus(new BigDecimal("8"))
                .memoryGib(new BigDecimal("32"))
                .createdAt(Instant.parse("2026-01-10T08:00:00Z"))
                .state("running")
                .purchase("on_demand")
                .workload(finding.workload())
                .tags(finding.tags())
                .monthlyCost(finding.monthlyCost())
                .runRate(finding.runRate())
                .changedAt(finding.changedAt())
                .costBasis(finding.costBasis())
                .hourOfWeek(
                        measured
                                ? Map.of(
                                        "gpu_utilization",
                                                week(finding.resourceId().hashCode(), 0.9),
                                        "requests", week(finding.id().hashCode(), 4200))
                                : Map.of())
                .listPrice(finding.listPrice())
                .daily(
                        measured
                                ? Map.of(
                                        "gpu_utilization",
                                                days(finding.resourceId().hashCode(), 0.9),
                                        "requests", days(finding.id().hashCode(), 4200))
                                : Map.of())
                .build();
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
                RuleReportBuilder.builder()
                        .id("inference-endpoint-idle")
                        .title("Endpoints billed while idle")
                        .state("evaluated")
                        .examined(31)
                        .notExamined(4)
                        .found(6)
                        .notExaminedReasons(Map.of("no points of requests in 30 of 30 days", 3, "lived 3 of 7 days", 1))
                        .lever(Lever.ELIMINATE)
                        .build(),
                RuleReportBuilder.builder()
                        .id("gpu-instance-underused")
                        .title("Underutilized GPU instances")
                        .state("evaluated")
                        .examined(22)
                        .found(5)
                        .notExaminedReasons(Map.of())
                        .lever(Lever.RESIZE)
                        .build(),
                RuleReportBuilder.builder()
                        .id("notebook-idle")
                        .title("Notebooks stop when nobody works")
                        .state("evaluated")
                        .examined(9)
                        .notExaminedReasons(Map.of())
                        .lever(Lever.ELIMINATE)
                        .build(),
                RuleReportBuilder.builder()
                        .id("training-on-demand")
                        .title("Training at on-demand prices")
                        .state("evaluated")
                        .examined(12)
                        .notExamined(7)
                        .found(3)
                        .notExaminedReasons(Map.of("no points of gpu_utilization", 7))
                        .lever(Lever.RATE)
                        .build(),
                RuleReportBuilder.builder()
                        .id("model-oversized")
                        .title("Requests go to the smallest model that is good enough")
                        .state("skipped")
                        .problem("skipped by --skip-rule")
                        .notExaminedReasons(Map.of())
                        .lever(Lever.ROUTE)
                        .build(),
                RuleReportBuilder.builder()
                        .id("house-rule")
                        .title("Our own rule")
                        .state("failed")
                        .problem("rule.sql line 4: column \"gpus\" is not known. Did you mean \"vcpus\"?")
                        .notExaminedReasons(Map.of())
                        .lever(Lever.ELIMINATE)
                        .build());
    }

    static SecondOpinion advice(String resourceId, BigDecimal own) {
        return SecondOpinion.of(
                new Advice(
                        resourceId,
                        "AWS Compute Optimizer",
                        "Use ml.g5.xlarge instead.",
                        own.add(new BigDecimal("12.20"))),
                own);
    }

    static CostBasis basis(Status status, int number) {
        if (status == Status.UNPRICED) {
            return CostBasis.UNPRICED;
        }
        return number % 7 == 3 ? CostBasis.LIST : number % 5 == 2 ? CostBasis.ALLOCATED : CostBasis.EFFECTIVE;
    }
}
