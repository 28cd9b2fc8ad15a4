package io.aiaudit.report.section;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.SecondOpinion;
import io.aiaudit.model.Status;
import io.aiaudit.model.WeeklySchedule;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import io.aiaudit.report.text.Times;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The details of one finding: the evidence, the way to fix it, and how its amount came about. */
final class FindingDetails {
    /** Metrics that are drawn. */
    private static final int PICTURES = 3;

    /** What says most about use first. */
    private static final List<String> LEADING = List.of(
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
                    (String metric) -> LEADING.contains(metric) ? LEADING.indexOf(metric) : LEADING.size())
            .thenComparing(Comparator.naturalOrder());

    private FindingDetails() {}

    /**
     * @param statusReason in words
     * @param period the days that it is about
     * @param shown the range of its amount
     * @param firstDay of the window; null where the metrics are not drawn
     */
    static Map<String, Object> of(
            AuditedFinding finding,
            String statusReason,
            String period,
            AuditedResource resource,
            Range shown,
            LocalDate firstDay,
            Amounts amounts) {
        boolean drawn = resource != null && firstDay != null;
        List<Object> curves = drawn ? curves(finding, resource, firstDay) : List.of();
        List<Object> heatMaps = drawn ? heatMaps(finding, resource, firstDay) : List.of();
        return View.of(
                "remedy", remedy(finding.remedy(), amounts),
                "triangle", Triangle.of(finding, amounts),
                "target", finding.target() == null ? "" : finding.target(),
                "facts", facts(finding, resource, period),
                "money", money(finding, amounts),
                "status_reason", View.prose(FindingWords.sentence(statusReason)),
                "evidence", evidence(finding.evidence()),
                "advice", advice(finding.advice(), amounts),
                "range", RangeView.of(shown, finding.monthlyCost(), amounts),
                "events", drawn ? DecisionMark.events(finding.evidence()) : List.of(),
                "unmeasured", drawn && curves.isEmpty() && heatMaps.isEmpty(),
                "curves", curves,
                "heat_maps", heatMaps);
    }

    private static Map<String, Object> remedy(Remedy remedy, Amounts amounts) {
        if (remedy == null) {
            return null;
        }
        Instructions instructions = Instructions.of(remedy);
        return View.of(
                "action", Findings.orUnknown(remedy.action()),
                "effort", EffortWords.of(remedy, amounts),
                "commands", instructions.lines(),
                "by_hand", instructions.byHand(),
                "terraform", remedy.terraform());
    }

    private static List<Object> facts(AuditedFinding finding, AuditedResource resource, String period) {
        List<Object> facts = new ArrayList<>();
        add(facts, "Resource", finding.resourceId());
        add(facts, "Period", period);
        if (!Objects.equals(finding.workload(), finding.resourceId())
                && !Objects.equals(finding.workload(), finding.resourceName())) {
            add(facts, "Workload", finding.workload());
        }
        add(facts, "Account", account(finding));
        if (resource != null) {
            add(facts, "Instance", machine(resource));
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
        rows.add(line("Gross saving, this fix alone", finding.standAlone(), amounts));
        FindingWords.remaining(finding, amounts).ifPresent(words -> rows.add(line(words, "", "")));
        rows.add(line("Net saving, counted in this report", finding.counted(), amounts));
        if (finding.status() == Status.UNCONFIRMED) {
            rows.add(line("Added by your decision", amounts.money(finding.decisionAmount()), ""));
        }
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
        EvidenceWords.of(evidence).forEach((name, value) -> facts.add(View.of("name", name, "value", value)));
        return facts;
    }

    /**
     * As JSON would say it, without its quotes: the same for an audit that comes from a scan and one that was read from
     * a file.
     */
    static String value(Object value) {
        if (value == null) {
            return Amounts.UNKNOWN;
        }
        if (value instanceof Integer || value instanceof Long) {
            return Amounts.count(((Number) value).longValue());
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

    private static List<Object> curves(AuditedFinding finding, AuditedResource resource, LocalDate firstDay) {
        if (resource.daily() == null) {
            return List.of();
        }
        List<Object> curves = new ArrayList<>();
        // What the finding was decided by comes first.
        Comparator<String> byDecision = Comparator.comparing(
                        (String metric) -> DecisionMark.of(metric, finding).isEmpty())
                .thenComparing(BY_MEANING);
        resource.daily().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(byDecision))
                .map(metric -> MetricCurve.of(
                        metric.getKey(),
                        metric.getValue(),
                        firstDay,
                        DecisionMark.of(metric.getKey(), finding)
                                .or(() -> DecisionMark.headroom(metric.getKey(), resource))))
                .filter(Objects::nonNull)
                .limit(PICTURES)
                .forEach(curves::add);
        return curves;
    }

    /**
     * The week of what says most about use, with the schedule where one is proposed. A week without use is shown by its
     * curve.
     */
    private static List<Object> heatMaps(AuditedFinding finding, AuditedResource resource, LocalDate firstDay) {
        if (resource.hourOfWeek() == null) {
            return List.of();
        }
        WeeklySchedule schedule = WeeklySchedule.parse(finding.target()).orElse(null);
        List<Object> maps = new ArrayList<>();
        resource.hourOfWeek().entrySet().stream()
                .filter(metric -> schedule != null || isAnyAboveZero(metric.getValue()))
                .sorted(Map.Entry.comparingByKey(BY_MEANING))
                .map(metric -> HeatMap.of(metric.getKey(), metric.getValue(), schedule, firstDay))
                .filter(Objects::nonNull)
                .limit(schedule == null ? 1 : 2)
                .forEach(maps::add);
        return maps;
    }

    private static boolean isAnyAboveZero(List<Double> hours) {
        return hours.stream().anyMatch(value -> value != null && value > 0);
    }

    private static void add(List<Object> facts, String name, String value) {
        if (value != null && !value.isBlank()) {
            facts.add(View.of("name", name, "value", value));
        }
    }
}
