package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Remedy;
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
            resources.add(resource(sample.resources().get(i), name));
        }
        return new Audit(
                sample.schema(),
                new Audit.Tool(NAMES.get(0)),
                sample.scannedAt(),
                true,
                true,
                true,
                sample.window(),
                "X<b",
                sample.pricesAsOf(),
                NAMES,
                sample.totals(),
                new Audit.Bill(NAMES.stream().map(HostileAudit::bill).toList()),
                sample.spend().stream()
                        .map(day -> new Audit.DailySpend(
                                day.day(),
                                NAMES.get(0),
                                NAMES.get(day.service().length() % NAMES.size()),
                                day.spendClass(),
                                day.cost()))
                        .toList(),
                resources,
                findings,
                NAMES.stream()
                        .map(name ->
                                new Audit.RuleReport(name, name, name, name, 1, 1, 1, Map.of(name, 1), Lever.GOVERN))
                        .toList(),
                NAMES.stream().map(name -> new Gap(name, name, name, name)).toList(),
                NAMES.stream()
                        .map(name -> new Audit.ChecklistItem(name, name, List.of(name)))
                        .toList(),
                Map.of(NAMES.get(0), NAMES.get(0)),
                NAMES.stream()
                        .map(name -> new Commitment(name, name, name, name, null, null, null, null))
                        .toList(),
                NAMES.stream()
                        .map(name ->
                                new Audit.Conversion("bill", name, name, BigDecimal.TEN, null, BigDecimal.ONE, null))
                        .toList(),
                NAMES.stream().map(SampleUse::ofModel).toList(),
                List.of(SampleUse.ofResources(NAMES)),
                NAMES.stream()
                        .map(name -> new CommitmentCoverage(name, null, null, null, null, null))
                        .toList());
    }

    private static Audit.ProviderBill bill(String name) {
        return new Audit.ProviderBill(name, null, null, null, null, null, null, null, 1, 0);
    }

    private static AuditedFinding finding(AuditedFinding sample, String name) {
        return new AuditedFinding(
                name,
                name,
                name,
                name,
                name,
                name,
                name,
                name,
                name + "/workload",
                name,
                name,
                Map.of(name, name),
                sample.monthlyCost(),
                sample.runRate(),
                sample.changedAt(),
                sample.costBasis(),
                sample.lever(),
                sample.status(),
                name,
                sample.standAlone(),
                sample.counted(),
                sample.freedCommitment(),
                sample.confidence(),
                name,
                name,
                new Remedy(name, name, name, name, List.of(name, name), List.of(name, name)),
                List.of(new SecondOpinion(name, name, name, null, null, null)),
                SampleAudit.orderedMap(name, name, "list", List.of(name), "struct", Map.of(name, name)),
                new Audit.ListPrice(null, name));
    }

    private static AuditedResource resource(AuditedResource sample, String name) {
        return new AuditedResource(
                name,
                name,
                name,
                name,
                name,
                name,
                name,
                name,
                1,
                name,
                sample.acceleratorCount(),
                sample.acceleratorMemoryGib(),
                sample.vcpus(),
                sample.memoryGib(),
                sample.createdAt(),
                null,
                name,
                name,
                name,
                name,
                Map.of(name, name),
                sample.monthlyCost(),
                sample.runRate(),
                sample.changedAt(),
                sample.costBasis(),
                Map.of(name, sample.hourOfWeek().getOrDefault("requests", List.of())),
                new Audit.ListPrice(null, name),
                Map.of(name, sample.daily().getOrDefault("requests", new Audit.DailyUse(List.of(), List.of()))));
    }
}
