package io.aiaudit.report.section;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finding was decided by, as a line in the curve of a metric: what the target carries, or the load at which
 * another way of paying is as cheap.
 *
 * @param value in the unit of the metric
 * @param words what the line is
 */
record DecisionMark(double value, String words) {

    /** Evidence that is the time of an event, and its name. */
    private static final Map<String, String> EVENTS = events();

    private static Map<String, String> events() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("last_work", "Last work");
        names.put("last_request", "Last request");
        names.put("last_call", "Last call");
        names.put("last_search", "Last search");
        names.put("last_traffic", "Last traffic");
        names.put("stopped_since", "Stopped");
        names.put("detached_since", "Detached");
        names.put("first_day_above", "First day above");
        return names;
    }

    /** Empty where the evidence of the finding draws no line in this metric. */
    static Optional<DecisionMark> of(String metric, AuditedFinding finding) {
        return switch (metric) {
            case "throughput_utilization" -> units(finding);
            case "gpu_memory_used_gib" -> memory(finding);
            case "gpu_utilization" -> slower(finding);
            case "requests" -> breakEven(finding).or(() -> instances(finding));
            default -> Optional.empty();
        };
    }

    /** What there is to use, where the finding itself draws no line. */
    static Optional<DecisionMark> headroom(String metric, AuditedResource resource) {
        BigDecimal memory = metric.equals("gpu_memory_used_gib") ? resource.acceleratorMemoryGib() : null;
        return memory == null || memory.signum() <= 0
                ? Optional.empty()
                : Optional.of(new DecisionMark(
                        memory.doubleValue(), "memory of one GPU, " + whole(memory.doubleValue()) + " GiB"));
    }

    /** When something happened for the last time, as sentences. */
    static List<String> events(Map<String, Object> evidence) {
        List<String> sentences = new ArrayList<>();
        EVENTS.forEach((key, name) -> {
            Object time = evidence == null ? null : evidence.get(key);
            if (time != null && time.toString().matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
                sentences.add(name + ": " + time.toString().substring(0, 10) + ".");
            }
        });
        return sentences;
    }

    private static Optional<DecisionMark> units(AuditedFinding finding) {
        double units = number(finding, "units");
        double needed = number(finding, "units_needed");
        return needed > 0 && units > needed
                ? Optional.of(new DecisionMark(
                        needed / units, "what " + whole(needed) + " of the " + whole(units) + " units can carry"))
                : Optional.empty();
    }

    private static Optional<DecisionMark> memory(AuditedFinding finding) {
        double target = number(finding, "target_memory_gib");
        return target > 0
                ? Optional.of(new DecisionMark(target, "memory of one target GPU, " + whole(target) + " GiB"))
                : Optional.empty();
    }

    /** A target that is slower carries less than the present one. */
    private static Optional<DecisionMark> slower(AuditedFinding finding) {
        double slowdown = number(finding, "slowdown");
        return slowdown > 1
                ? Optional.of(new DecisionMark(1 / slowdown, "the load that the target can carry"))
                : Optional.empty();
    }

    private static Optional<DecisionMark> breakEven(AuditedFinding finding) {
        double requests = number(finding, "break_even_requests_a_month");
        return requests > 0
                ? Optional.of(new DecisionMark(
                        requests / Money.HOURS_PER_MONTH.doubleValue(),
                        "break-even: serverless is cheaper below " + whole(requests) + " requests a month"))
                : Optional.empty();
    }

    private static Optional<DecisionMark> instances(AuditedFinding finding) {
        double each = number(finding, "requests_by_machine");
        double fewest = number(finding, "fewest_needed");
        return each > 0 && fewest > 0
                ? Optional.of(new DecisionMark(
                        each * fewest, "what the smallest number of instances (" + whole(fewest) + ") carries"))
                : Optional.empty();
    }

    /** 0 where the evidence has no such number. */
    private static double number(AuditedFinding finding, String key) {
        Object value = finding.evidence() == null ? null : finding.evidence().get(key);
        return value instanceof Number known ? known.doubleValue() : 0;
    }

    private static String whole(double value) {
        return Amounts.grouped(new BigDecimal(value), 0);
    }
}
