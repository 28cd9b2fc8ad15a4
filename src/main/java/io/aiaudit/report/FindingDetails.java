package io.aiaudit.report;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.SecondOpinion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What stands behind one finding: the evidence, the way to fix it, and how its amount came about. */
final class FindingDetails {
    /** Metrics drawn by hour of the week. */
    private static final int HEAT_MAPS = 2;

    /** What says most about use first. */
    private static final List<String> TELLING = List.of(
            "requests",
            "gpu_utilization",
            "tokens_input",
            "tokens_output",
            "throughput_utilization",
            "accelerators_active",
            "sessions",
            "queue_depth",
            "cpu_utilization",
            "gpu_memory_used_gib");

    private static final Comparator<String> BY_MEANING = Comparator.comparingInt(
                    (String metric) -> TELLING.contains(metric) ? TELLING.indexOf(metric) : TELLING.size())
            .thenComparing(Comparator.naturalOrder());

    private FindingDetails() {}

    static Map<String, Object> of(AuditedFinding finding, AuditedResource resource, Amounts amounts) {
        return View.of(
                "remedy", remedy(finding.remedy()),
                "triangle", Triangle.of(finding, amounts),
                "target", finding.target() == null ? "" : finding.target(),
                "facts", facts(finding, resource),
                "money", money(finding, amounts),
                "status_reason", Findings.orUnknown(finding.statusReason()),
                "evidence", evidence(finding.evidence()),
                "advice", advice(finding.advice(), amounts),
                "heat_maps", heatMaps(resource));
    }

    private static Map<String, Object> remedy(Remedy remedy) {
        if (remedy == null) {
            return null;
        }
        Instructions instructions = Instructions.of(remedy);
        return View.of(
                "action", Findings.orUnknown(remedy.action()),
                "effort", Findings.orUnknown(remedy.effort()),
                "commands", instructions.lines(),
                "by_hand", instructions.byHand(),
                "terraform", remedy.terraform());
    }

    private static List<Object> facts(AuditedFinding finding, AuditedResource resource) {
        List<Object> facts = new ArrayList<>();
        add(facts, "Resource", finding.resourceId());
        if (!Objects.equals(finding.workload(), finding.resourceId())
                && !Objects.equals(finding.workload(), finding.resourceName())) {
            add(facts, "Workload", finding.workload());
        }
        add(facts, "Account", account(finding));
        if (resource != null) {
            add(facts, "Machine", machine(resource));
            add(facts, "Purchase", resource.purchase());
            add(facts, "Created", resource.createdAt() == null ? null : Times.minute(resource.createdAt()));
        }
        add(facts, "Owner", finding.owner());
        if (finding.tags() != null && !finding.tags().isEmpty()) {
            List<String> tags = new ArrayList<>();
            new TreeMap<>(finding.tags()).forEach((key, value) -> tags.add(key + "=" + value));
            add(facts, "Tags", String.join(", ", tags));
        }
        return facts;
    }

    private static String account(AuditedFinding finding) {
        return finding.accountName() == null
                ? finding.accountId()
                : finding.accountName() + " (" + finding.accountId() + ")";
    }

    private static String machine(AuditedResource resource) {
        List<String> parts = new ArrayList<>();
        if (resource.machineType() != null) {
            parts.add((resource.replicas() == null ? "" : resource.replicas() + " x ") + resource.machineType());
        }
        if (resource.accelerator() != null) {
            String count = resource.acceleratorCount() == null
                    ? ""
                    : resource.acceleratorCount().stripTrailingZeros().toPlainString() + " x ";
            parts.add(count + resource.accelerator());
        }
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static List<Object> money(AuditedFinding finding, Amounts amounts) {
        String basis = finding.costBasis() == null
                ? Amounts.UNKNOWN
                : finding.costBasis().key();
        List<Object> rows = new ArrayList<>();
        String price =
                finding.listPrice() == null ? "" : ": " + finding.listPrice().words();
        rows.add(line("Cost a month, basis " + basis + price, amounts.money(finding.monthlyCost()), ""));
        if (Money.isTenthApart(finding.monthlyCost(), finding.runRate())) {
            rows.add(line(
                    "Run rate" + (finding.changedAt() == null ? "" : ", changed on " + finding.changedAt()),
                    amounts.money(finding.runRate()),
                    ""));
        }
        rows.add(line("Gross saving", finding.standAlone(), amounts));
        rows.add(line("Net saving", finding.counted(), amounts));
        if (finding.freedCommitment() != null && finding.freedCommitment().signum() > 0) {
            rows.add(line("Not realized until the commitment expires", amounts.money(finding.freedCommitment()), ""));
        }
        return rows;
    }

    private static Map<String, Object> line(String name, Range range, Amounts amounts) {
        boolean spread = range != null && range.low().compareTo(range.high()) != 0;
        return line(
                name,
                range == null ? Amounts.UNKNOWN : amounts.money(range.likely()),
                spread ? amounts.range(range) : "");
    }

    private static Map<String, Object> line(String name, String amount, String range) {
        return View.of("name", name, "amount", amount, "range", range);
    }

    private static List<Object> evidence(Map<String, Object> evidence) {
        List<Object> facts = new ArrayList<>();
        if (evidence != null) {
            evidence.forEach(
                    (column, value) -> facts.add(View.of("name", column.replace('_', ' '), "value", value(value))));
        }
        return facts;
    }

    /** As JSON would say it, without its quotes: the same for an audit that comes from a scan and one that was read from a file. */
    private static String value(Object value) {
        if (value == null) {
            return Amounts.UNKNOWN;
        }
        String json = AuditMapper.line(value);
        return value instanceof CharSequence
                ? value.toString()
                : json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    private static List<Object> advice(List<SecondOpinion> advice, Amounts amounts) {
        List<Object> rows = new ArrayList<>();
        if (advice != null) {
            advice.forEach(each -> rows.add(View.of(
                    "source", each.source(),
                    "recommendation", Findings.orUnknown(each.recommendation()),
                    "amount", amounts.money(each.monthlySaving()),
                    "verdict", Findings.verdict(each, amounts))));
        }
        return rows;
    }

    private static List<Object> heatMaps(AuditedResource resource) {
        if (resource == null || resource.hourOfWeek() == null) {
            return List.of();
        }
        List<Object> maps = new ArrayList<>();
        resource.hourOfWeek().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_MEANING))
                .map(metric -> HeatMap.of(metric.getKey(), metric.getValue()))
                .filter(Objects::nonNull)
                .limit(HEAT_MAPS)
                .forEach(maps::add);
        return maps;
    }

    private static void add(List<Object> facts, String name, String value) {
        if (value != null && !value.isBlank()) {
            facts.add(View.of("name", name, "value", value));
        }
    }
}
