package io.aiaudit.report;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ListPrice;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings of {@link SampleAudit}, one line each. */
public final class SampleFindings {
    /**
     * rule | provider | region | name | kind | lever | status | monthly cost | stand alone % | counted % | confidence |
     * reason | target.
     */
    private static final String LINES = """
            inference-endpoint-idle|aws|eu-central-1|chat-v1-prod|inference_endpoint|eliminate|counted|18921.60|100|100\
            |high|chat-v1-prod served 0 requests in 14 days on 4 x ml.g5.12xlarge.|
            gpu-instance-underused|gcp|europe-west4|rag-embedder|instance|resize|counted|14310.44|75|70|medium|GPU \
            memory never exceeded 9.1 of 80 GiB; utilisation averaged 7 % on 2 x A100.|g2-standard-24
            training-on-demand|aws|us-east-1|llm-finetune-nightly|training_job|rate|counted|12880.00|62|62|high|41 \
            runs on on-demand ml.p4d.24xlarge; each saves checkpoints every 20 minutes.|spot ml.p4d.24xlarge
            inference-endpoint-schedule|azure|westeurope|support-summariser|inference_endpoint|schedule|counted|9402.75\
            |64|64|high|98 % of its requests arrive on weekdays between 07:00 and 19:00 UTC.|weekdays 07-19 UTC
            model-route|azure|swedencentral|gpt-4o-backoffice|model_usage|route|counted|8850.10|55|52|medium|71 % of \
            its requests are short classifications that the smaller model answers as well.|gpt-4o-mini
            prompt-cache-missing|aws|us-east-1|claude-contracts|model_usage|cache|counted|7204.93|48|48|high|83 % of \
            the input tokens repeat within five minutes.|
            batch-eligible|azure|swedencentral|gpt-4o-nightly-tagging|model_usage|batch|counted|5120.00|50|50|high|All \
            requests arrive between 01:00 and 03:00 UTC and nobody waits for them.|batch tier
            provisioned-throughput-unused|aws|us-west-2|bedrock-pt-legal|provisioned_throughput|eliminate|counted|4890.\
            24|100|100|high|Provisioned throughput was used at 3 % in its busiest hour.|on demand
            gpu-commitment-missing|gcp|us-central1|serving-pool-a100|node_group|commit|counted|11200.00|28|21|medium|Ra\
            n 720 of 720 hours in each of the last three months.|1 year commitment
            endpoint-autoscale|gcp|europe-west4|vision-tagger|inference_endpoint|autoscale|counted|3980.12|45|45|medium\
            |Four replicas all day; the busiest hour needed 3.2, the median hour 0.9.|1 to 4 replicas
            gpu-instance-replace|aws|eu-central-1|whisper-transcribe|instance|replace|counted|3604.90|38|38|medium|The \
            same work fits one L4 at 61 % utilisation.|g6.xlarge
            notebook-idle|azure|westeurope|ds-marta-a100|notebook|eliminate|counted|2750.40|100|100|high|No kernel ran \
            for 19 days.|
            endpoint-autoscale|aws|eu-central-1|chat-v1-prod|inference_endpoint|autoscale|alternative|18921.60|70|0|med\
            ium|Traffic comes back on 3 days a month.|0 to 4 replicas
            gpu-instance-schedule|gcp|europe-west4|rag-embedder|instance|schedule|alternative|14310.44|52|0|medium|No \
            request between 20:00 and 06:00 UTC.|
            training-on-demand|gcp|us-central1|reco-train-weekly|training_job|rate|unconfirmed|6120.00|65|0|high|Eleven\
             runs on on-demand a2-highgpu-8g.|spot a2-highgpu-8g
            model-route|aws|us-east-1|claude-support-chat|model_usage|route|unconfirmed|9820.55|40|0|medium|58 % of \
            its requests look like ones that the smaller model answers as well.|haiku
            inference-endpoint-idle|azure|westeurope|fraud-shadow|inference_endpoint|autoscale|unconfirmed|2110.08|88|0\
            |high|12 requests in 30 days.|0 to 1 replicas
            gpu-instance-underused|azure|northeurope|ocr-batch|instance|resize|unconfirmed|1804.00|50|0|low|Only 9 \
            days of points.|
            region-cheaper|azure|switzerlandnorth|kyc-extractor|inference_endpoint|replace|blocked|5210.40|31|0|high|Th\
            e same machine costs 31 % less in Sweden Central.|swedencentral
            training-on-demand|aws|eu-central-1|clinical-train|training_job|rate|blocked|3300.00|60|0|high|Six runs on \
            on-demand ml.p3.16xlarge.|spot
            inference-endpoint-idle|aws|us-east-1|dr-standby-chat|inference_endpoint|eliminate|accepted|2940.00|100|0|h\
            igh|dr-standby-chat served 0 requests in 30 days.|
            gpu-instance-underused|other|dc-1|onprem-dgx-02|instance|resize|unpriced||||medium|Utilisation averaged 11 \
            %.|
            inference-endpoint-idle|gcp|asia-south1|vertex-poc|inference_endpoint|eliminate|unpriced||||high|vertex-poc\
             served 0 requests in 30 days.|
            gpu-instance-replace|gcp|us-central1|serving-pool-a100|node_group|replace|no_saving|11200.00|0|0|high|The \
            next smaller machine is too slow at the busiest hour.|
            owner-missing|aws|us-east-1|i-0abc12de34f567890|instance|govern|govern|1290.00||||No owner and no cost \
            centre in the tags of a GPU machine.|
            endpoint-autoscale|azure|westeurope|translate-de|inference_endpoint|autoscale|counted|640.20|35|35|high|Two\
             replicas all day; the busiest hour needed 1.1.|1 to 2 replicas
            """;

    private static final Map<String, String> REASONS = Map.of(
            "counted", "The fix needs no approval.",
            "alternative", "Set aside: inference-endpoint-idle counts for this resource.",
            "unconfirmed", "Needs your approval: set `interruption: yes` for it under policy in aiaudit.yaml.",
            "blocked", "residency: no, aiaudit.yaml:31 (tag data=personal)",
            "accepted", "Accepted until 2026-12-31 by aiaudit.yaml:44: standby for failover, tested every quarter",
            "unpriced", "No price is known for this machine in this region.",
            "no_saving", "The fix would cost as much as it saves, or more.",
            "govern", "This rule claims no money.");

    private SampleFindings() {}

    public static List<AuditedFinding> all() {
        List<AuditedFinding> findings = new ArrayList<>();
        List<String> lines = LINES.lines().toList();
        for (int number = 0; number < lines.size(); number++) {
            findings.add(finding(number, lines.get(number).split("\\|", -1)));
        }
        findings.sort(Comparator.comparing(SampleFindings::countedLikely)
                .thenComparing(SampleFindings::standAloneLikely)
                .reversed()
                .thenComparing(AuditedFinding::id));
        return findings;
    }

    /** The sample with evidence that draws a line and a schedule, and with a name that would be a pattern. */
    public static List<AuditedFinding> drawn() {
        return all().stream()
                .map(finding -> switch (finding.resourceName()) {
                    case "support-summariser" -> changed(finding, finding.resourceId(), "Mon-Fri 07-19 UTC", Map.of());
                    case "rag-embedder" ->
                        changed(finding, finding.resourceId(), finding.target(), Map.of("slowdown", 1.8));
                    case "ocr-batch" -> changed(finding, "*?\"\\{x}", finding.target(), Map.of());
                    default -> finding;
                })
                .toList();
    }

    public static AuditedFinding withEvidence(AuditedFinding finding, Map<String, Object> evidence) {
        return changed(finding, finding.resourceId(), finding.target(), evidence);
    }

    public static AuditedFinding named(AuditedFinding finding, String name) {
        return changed(finding, name, finding.resourceId(), finding.target(), finding.evidence(), finding.remedy());
    }

    public static AuditedFinding withSpeed(AuditedFinding finding, String speed) {
        Remedy remedy = finding.remedy();
        return changed(
                finding,
                finding.resourceName(),
                finding.resourceId(),
                finding.target(),
                finding.evidence(),
                new Remedy(
                        remedy.action(),
                        remedy.effort(),
                        speed,
                        remedy.compliance(),
                        remedy.commands(),
                        remedy.terraform(),
                        remedy.oneOff()));
    }

    private static AuditedFinding changed(
            AuditedFinding finding, String resourceId, String target, Map<String, Object> evidence) {
        return changed(finding, finding.resourceName(), resourceId, target, evidence, finding.remedy());
    }

    private static AuditedFinding changed(
            AuditedFinding finding,
            String name,
            String resourceId,
            String target,
            Map<String, Object> evidence,
            Remedy remedy) {
        boolean low = finding.confidence() == Confidence.LOW;
        return AuditedFindingBuilder.builder(finding)
                .resourceId(resourceId)
                .resourceName(name)
                .statusReason(
                        low
                                ? "Confidence is low. Check the finding by hand; if it is right, list its "
                                        + "rule and resource under `verified` in aiaudit.yaml."
                                : finding.statusReason())
                .target(target)
                .remedy(remedy)
                .evidence(evidence)
                .build();
    }

    /** {@code count} findings, made from the sample over and over. */
    public static List<AuditedFinding> many(int count) {
        List<String> lines = LINES.lines().toList();
        List<AuditedFinding> findings = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String[] cells = lines.get(number % lines.size()).split("\\|", -1);
            cells[3] = cells[3] + "-" + number;
            findings.add(finding(number, cells));
        }
        findings.sort(Comparator.comparing(SampleFindings::countedLikely)
                .thenComparing(SampleFindings::standAloneLikely)
                .reversed()
                .thenComparing(AuditedFinding::id));
        return findings;
    }

    private static BigDecimal countedLikely(AuditedFinding finding) {
        return finding.counted() == null
                ? BigDecimal.ONE.negate()
                : finding.counted().likely();
    }

    private static BigDecimal standAloneLikely(AuditedFinding finding) {
        return finding.standAlone() == null
                ? BigDecimal.ONE.negate()
                : finding.standAlone().likely();
    }

    private static AuditedFinding finding(int number, String[] cells) {
        String rule = cells[0];
        String provider = cells[1];
        String name = cells[3];
        Status status = Status.valueOf(cells[6].toUpperCase(Locale.ROOT));
        String resourceId = resourceId(provider, cells[2], cells[4], name);
        Range standAlone = range(cells[7], cells[8]);
        Range counted = range(cells[7], cells[9]);
        boolean commitment = name.equals("serving-pool-a100") && status == Status.COUNTED;
        return AuditedFindingBuilder.builder()
                .id(id(rule + provider + name + number))
                .rule(rule)
                .provider(provider)
                .accountId(provider.equals("aws") ? "123456789012" : "prod-" + provider)
                .accountName(provider.equals("aws") ? "ml-production" : null)
                .region(cells[2])
                .resourceId(resourceId)
                .resourceName(name)
                .workload(name)
                .kind(cells[4])
                .owner(number % 3 == 0 ? "team-search" : null)
                .environment(number % 3 == 0 ? "prod" : null)
                .tags(number % 3 == 0 ? Map.of("env", "prod", "team", "search", "cost-centre", "4711") : Map.of())
                .monthlyCost(cells[7].isEmpty() ? null : new BigDecimal(cells[7]))
                .runRate(cells[7].isEmpty() ? null : new BigDecimal(cells[7]))
                .costBasis(SampleAudit.basis(status, number))
                .lever(Lever.valueOf(cells[5].toUpperCase(Locale.ROOT)))
                .status(status)
                .statusReason(REASONS.get(status.key()))
                .standAlone(standAlone)
                .counted(counted)
                .freedCommitment(standAlone == null ? null : commitment ? percent(cells[7], 7) : Money.NOTHING)
                .confidence(cells[10].isEmpty() ? null : Confidence.valueOf(cells[10].toUpperCase(Locale.ROOT)))
                .reason(cells[11])
                .target(cells[12].isEmpty() ? null : cells[12])
                .remedy(remedy(number, name, cells[2], cells[12]))
                .advice(number == 0 ? List.of(SampleAudit.advice(resourceId, standAlone.high())) : List.of())
                .evidence(SampleAudit.orderedMap(
                        "seen_days",
                        30,
                        "requests",
                        number * 1234567,
                        "gpu_utilization",
                        0.0712345,
                        "last_request",
                        Instant.parse("2026-06-11T04:00:00Z"),
                        "busiest_hours",
                        List.of(9, 10, 11),
                        "unknown",
                        null))
                .listPrice(
                        SampleAudit.basis(status, number) == CostBasis.LIST
                                ? new ListPrice(
                                        number % 2 == 0 ? null : LocalDate.parse("2026-05-20"), "built-in, less 12 %")
                                : null)
                .build();
    }

    private static Remedy remedy(int number, String name, String region, String target) {
        String action = target.isEmpty() ? "Delete it; its configuration and model stay." : "Move to " + target + ".";
        return new Remedy(
                action,
                number % 4 == 0 ? "low" : number % 4 == 1 ? "medium" : "high",
                "none while it gets no calls; minutes to redeploy it",
                "none",
                List.of(
                        "# check once more that nobody calls it",
                        "aws sagemaker delete-endpoint --endpoint-name '" + name + "' --region '" + region + "'"),
                number % 3 == 0 ? List.of("# in its block", "instance_type = \"" + target + "\"") : List.of());
    }

    private static String resourceId(String provider, String region, String kind, String name) {
        return switch (provider) {
            case "aws" -> "arn:aws:sagemaker:" + region + ":123456789012:" + kind + "/" + name;
            case "azure" ->
                "/subscriptions/6f1b2c3d-0000-4000-8000-000000000001/resourcegroups/rg-ml/providers/"
                        + "microsoft.machinelearningservices/"
                        + name;
            default -> "//aiplatform.googleapis.com/projects/prod-gcp/locations/" + region + "/" + kind + "/" + name;
        };
    }

    /** {@code percent} of {@code cost}, 15 % less at worst and 8 % more (at most the cost) at best. */
    private static Range range(String cost, String percent) {
        if (percent.isEmpty() || cost.isEmpty()) {
            return null;
        }
        int likely = Integer.parseInt(percent);
        return new Range(
                percent(cost, likely * 85 / 100),
                percent(cost, likely),
                percent(cost, Math.min(100, likely * 108 / 100)));
    }

    private static BigDecimal percent(String cost, int percent) {
        return Money.toCents(
                new BigDecimal(cost).multiply(BigDecimal.valueOf(percent)).movePointLeft(2));
    }

    private static String id(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
