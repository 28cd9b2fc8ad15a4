package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Cost, speed and compliance of each workload that has findings: what the counted ones would do to the three, and what
 * the policy forbids or leaves open.
 */
final class WorkloadView {
    /** Rows of the page; the table of findings has all. */
    static final int MOST_ROWS = 100;

    /** Rows that are printed. */
    private static final int MOST_PRINTED = 15;

    private WorkloadView() {}

    private record Key(String provider, String account, String workload) {
        static Key of(AuditedFinding finding) {
            return new Key(
                    finding.provider(),
                    finding.accountId(),
                    finding.workload() == null ? finding.resourceId() : finding.workload());
        }

        static Key of(AuditedResource resource) {
            return new Key(
                    resource.provider(),
                    resource.accountId(),
                    resource.workload() == null ? resource.resourceId() : resource.workload());
        }
    }

    /** What its leaves cost; {@code unpriced} of them have no price. */
    private record Cost(BigDecimal known, long unpriced) {
        static final Cost UNKNOWN = new Cost(null, 0);

        static Cost of(List<AuditedResource> resources) {
            List<BigDecimal> known = resources.stream()
                    .map(AuditedResource::monthlyCost)
                    .filter(Objects::nonNull)
                    .toList();
            return new Cost(
                    known.isEmpty() ? null : Money.sum(known),
                    resources.stream()
                            .filter(resource -> resource.costBasis() == CostBasis.UNPRICED)
                            .count());
        }
    }

    private record Workload(Key key, Cost cost, List<AuditedFinding> findings) {
        BigDecimal counted() {
            return Money.sum(counting().stream()
                    .map(finding -> finding.counted().likely())
                    .toList());
        }

        List<AuditedFinding> counting() {
            return findings.stream()
                    .filter(finding -> finding.status() == Status.COUNTED && finding.counted() != null)
                    .toList();
        }
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Workload> workloads = workloads(audit);
        List<Object> rows = new ArrayList<>();
        for (Workload workload : workloads.subList(0, Math.min(MOST_ROWS, workloads.size()))) {
            rows.add(row(audit, workload, rows.size() < MOST_PRINTED, amounts));
        }
        return View.of(
                "rows",
                rows,
                "more",
                Math.max(0, workloads.size() - MOST_ROWS),
                "print_cut",
                rows.size() > MOST_PRINTED,
                "printed",
                Amounts.count(MOST_PRINTED));
    }

    private static List<Workload> workloads(Audit audit) {
        Map<Key, List<AuditedFinding>> findings = new LinkedHashMap<>();
        audit.findings()
                .forEach(finding -> findings.computeIfAbsent(Key.of(finding), key -> new ArrayList<>())
                        .add(finding));
        Map<String, AuditedResource> each = new LinkedHashMap<>();
        audit.resources().forEach(resource -> each.putIfAbsent(resource.resourceId(), resource));
        Map<Key, List<AuditedResource>> resources = new HashMap<>();
        each.values()
                .forEach(resource -> resources
                        .computeIfAbsent(Key.of(resource), key -> new ArrayList<>())
                        .add(resource));
        return findings.entrySet().stream()
                .map(entry -> new Workload(
                        entry.getKey(),
                        resources.containsKey(entry.getKey()) ? Cost.of(resources.get(entry.getKey())) : Cost.UNKNOWN,
                        entry.getValue()))
                .sorted(Comparator.comparing(Workload::counted).reversed()) // stable: else in the order of the findings
                .toList();
    }

    private static Map<String, Object> row(Audit audit, Workload workload, boolean printed, Amounts amounts) {
        AuditedFinding first = workload.findings().get(0);
        boolean anyMoney = workload.findings().stream().anyMatch(finding -> finding.standAlone() != null);
        return View.of(
                "anchor", FindingsView.anchor(first),
                "name",
                        workload.key().workload().equals(first.resourceId())
                                ? Findings.name(first)
                                : workload.key().workload(),
                "where",
                        Findings.orUnknown(CloudName.of(first.provider())) + " · "
                                + Findings.orUnknown(
                                        first.accountName() == null ? first.accountId() : first.accountName()),
                "cost", amounts.plain(workload.cost().known()),
                "unpriced",
                        workload.cost().unpriced() == 0
                                ? ""
                                : CountedNoun.of(workload.cost().unpriced(), "resource") + " without a price",
                "saving", anyMoney ? amounts.plain(workload.counted()) : Amounts.UNKNOWN,
                "speed", effects(workload, Triangle::speed),
                "compliance", effects(workload, Triangle::compliance),
                "paid",
                        ComplianceView.of(
                                audit,
                                workload.key().provider(),
                                workload.key().account(),
                                workload.key().workload(),
                                amounts),
                "order", order(workload),
                "policy", policy(audit, workload, amounts),
                "printed", printed);
    }

    /** Of what counts, each once; nothing where nothing counts. */
    private static List<String> effects(Workload workload, Function<AuditedFinding, String> effect) {
        return workload.counting().stream().map(effect).distinct().toList();
    }

    /** What is out of order there. */
    private static List<String> order(Workload workload) {
        return workload.findings().stream()
                .filter(finding -> finding.status() == Status.GOVERN)
                .map(finding -> Findings.orUnknown(finding.reason()))
                .distinct()
                .toList();
    }

    private static List<Object> policy(Audit audit, Workload workload, Amounts amounts) {
        Set<Object> lines = new LinkedHashSet<>();
        for (AuditedFinding finding : workload.findings()) {
            boolean shown = switch (finding.status()) {
                case BLOCKED, UNCONFIRMED, ACCEPTED -> true;
                case COUNTED -> Findings.isAllowedByPolicy(finding);
                case ALTERNATIVE, UNPRICED, NO_SAVING, GOVERN -> false;
            };
            if (shown) {
                boolean counts = finding.status() == Status.COUNTED;
                lines.add(View.of(
                        "key",
                        finding.status().key(),
                        "word",
                        counts ? "Allowed" : Glossary.word(finding.status()),
                        "amount",
                        counts || finding.standAlone() == null
                                ? ""
                                : amounts.money(finding.standAlone().likely()),
                        "reason",
                        View.prose(Findings.openQuestion(audit, finding))));
            }
        }
        return new ArrayList<>(lines);
    }
}
