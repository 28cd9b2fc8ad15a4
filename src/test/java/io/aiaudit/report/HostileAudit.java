package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedFindingBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ProviderBillBuilder;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.RuleReportBuilder;
import io.aiaudit.model.SecondOpinion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An audit of somebody who names things to harm whoever reads about them. */
public final class HostileAudit {
    static final String LONG = "x".repeat(10_000);

    public static final List<String> NAMES = List.of(
            "<script>window.hacked=1</script>",
            "</script><script>window.hacked=1</script>",
            "\"><img src=x onerror=window.hacked=1>",
            "' onmouseover='window.hacked=1",
            "{{ 7 * 7 }}{% include \"report.css\" %}",
            "javascript:window.hacked=1",
            "=HYPERLINK(\"http://example.com/\"&A1,\"click\")",
            "+1+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1+1)",
            "\tstarts with a tab",
            "\rstarts with a return",
            "two\nlines and\r\nmore",
            "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J",
            "right\u202eot-left\u2066 mark\u200f",
            "زبان-راست-به-چپ",
            "推論エンドポイント-本番-東京リージョン",
            "e\u0301\u0301\u0301 combining, zero\u200bwidth, \ufeffmark",
            "half \ud83d of a pair, \ud83d\ude80 whole",
            "nul \u0000 and delete \u007f",
            "%s %n ${jndi:ldap://example.com/a} $(reboot) `reboot`",
            "</style><style>*{display:none}</style>",
            "<!-- --><![CDATA[",
            LONG);

    private HostileAudit() {}

    /** Every hostile name in every text that a cloud or a file fills. */
    public static Audit everywhere() {
        Audit sample = SampleAudit.flagged(SampleAudit.rich(), true, true);
        List<AuditedFinding> findings = new ArrayList<>();
        List<AuditedResource> resources = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            findings.add(finding(sample.findings().get(i), name));
            resources.add(resource(sample.resources().get(i % sample.resources().size()), name));
        }
        return AuditBuilder.builder()
                .schema(sample.schema())
                .tool(new Audit.Tool(NAMES.get(0)))
                .scannedAt(sample.scannedAt())
                .demo(true)
                .partial(true)
                .redacted(true)
                .window(sample.window())
                .currency("X<b")
                .pricesAsOf(sample.pricesAsOf())
                .warnings(NAMES)
                .totals(sample.totals())
                .bill(new Audit.Bill(NAMES.stream().map(HostileAudit::bill).toList()))
                .spend(sample.spend().stream()
                        .map(day -> new Audit.DailySpend(
                                day.day(),
                                NAMES.get(0),
                                NAMES.get(day.service().length() % NAMES.size()),
                                day.spendClass(),
                                day.cost()))
                        .toList())
                .resources(resources)
                .findings(findings)
                .rules(NAMES.stream()
                        .map(name -> RuleReportBuilder.builder()
                                .id(name)
                                .title(name)
                                .state(name)
                                .problem(name)
                                .examined(1)
                                .notExamined(1)
                                .found(1)
                                .notExaminedReasons(Map.of(name, 1))
                                .lever(Lever.GOVERN)
                                .build())
                        .toList())
                .gaps(NAMES.stream()
                        .map(name -> new Gap(name, name, name, name))
                        .toList())
                .checklist(NAMES.stream()
                        .map(name -> new Audit.ChecklistItem(name, name, List.of(name)))
                        .toList())
                .scanCost(Map.of(NAMES.get(0), NAMES.get(0)))
                .commitments(NAMES.stream()
                        .map(name -> new Commitment(name, name, name, name, null, null, null, null))
                        .toList())
                .conversions(NAMES.stream()
                        .map(name ->
                                new Audit.Conversion("bill", name, name, BigDecimal.TEN, null, BigDecimal.ONE, null))
                        .toList())
                .tokens(NAMES.stream().map(SampleUse::ofModel).toList())
                .unitCosts(List.of(SampleUse.ofResources(NAMES)))
                .commitmentCoverage(NAMES.stream()
                        .map(name -> new CommitmentCoverage(name, null, null, null, null, null))
                        .toList())
                .build();
    }

    private static Audit.ProviderBill bill(String name) {
        return ProviderBillBuilder.builder().provider(name).rows(1).build();
    }

    private static AuditedFinding finding(AuditedFinding sample, String name) {
        return AuditedFindingBuilder.builder()
                .id(name)
                .rule(name)
                .provider(name)
                .accountId(name)
                .accountName(name)
                .region(name)
                .resourceId(name)
                .resourceName(name)
                .workload(name + "/workload")
                .kind(name)
                .owner(name)
                .tags(Map.of(name, name))
                .monthlyCost(sample.monthlyCost())
                .runRate(sample.runRate())
                .changedAt(sample.changedAt())
                .costBasis(sample.costBasis())
                .lever(sample.lever())
                .status(sample.status())
                .statusReason(name)
                .standAlone(sample.standAlone())
                .counted(sample.counted())
                .freedCommitment(sample.freedCommitment())
                .confidence(sample.confidence())
                .reason(name)
                .target(name)
                .remedy(new Remedy(name, name, name, name, List.of(name, name), List.of(name, name)))
                .advice(List.of(new SecondOpinion(name, name, name, null, null, null)))
                .evidence(SampleAudit.orderedMap(name, name, "list", List.of(name), "struct", Map.of(name, name)))
                .listPrice(new Audit.ListPrice(null, name))
                .build();
    }

    private static AuditedResource resource(AuditedResource sample, String name) {
        return AuditedResourceBuilder.builder()
                .resourceId(name)
                .kind(name)
                .provider(name)
                .accountId(name)
                .accountName(name)
                .region(name)
                .name(name)
                .machineType(name)
                .replicas(1)
                .accelerator(name)
                .acceleratorCount(sample.acceleratorCount())
                .acceleratorMemoryGib(sample.acceleratorMemoryGib())
                .vcpus(sample.vcpus())
                .memoryGib(sample.memoryGib())
                .createdAt(sample.createdAt())
                .state(name)
                .purchase(name)
                .parentId(name)
                .workload(name)
                .tags(Map.of(name, name))
                .monthlyCost(sample.monthlyCost())
                .runRate(sample.runRate())
                .changedAt(sample.changedAt())
                .costBasis(sample.costBasis())
                .hourOfWeek(Map.of(name, sample.hourOfWeek().getOrDefault("requests", List.of())))
                .listPrice(new Audit.ListPrice(null, name))
                .daily(Map.of(name, sample.daily().getOrDefault("requests", new Audit.DailyUse(List.of(), List.of()))))
                .build();
    }
}
