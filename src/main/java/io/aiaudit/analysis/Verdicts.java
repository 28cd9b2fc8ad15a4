package io.aiaudit.analysis;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.model.Window;
import io.aiaudit.rules.UseFact;
import io.aiaudit.store.MeasuredUse;
import io.aiaudit.store.StoredScan;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of each of the most expensive AI resources: a finding, in use because of what, or not assessed because
 * of what.
 */
final class Verdicts {
    static final int MOST_EXPENSIVE = 20;
    private static final int REASONS = 3;
    private static final Pattern TOO_FEW_HOURS =
            Pattern.compile("(?<metric>.+) covers less than (?<share>\\d+) % of its hours.*");
    private static final Pattern TOO_FEW_DAYS =
            Pattern.compile("(it existed for less than|the window is shorter than) (\\d+)( days.*)");

    /** Of these an average says how much is used; of the others the sum says it. */
    private static final Set<String> RATIOS =
            Set.of("gpu_utilization", "cpu_utilization", "throughput_utilization", "kv_cache_utilization");

    private static final Set<String> COUNTS = Set.of("requests", "sessions", "tokens_input", "tokens_output");

    /** What is beside other signals as a rule, and is named where there is no figure of any. */
    private static final Set<String> NAMED_ALONE = Set.of("latency", "accelerators_active", "billed_calls");

    /** What shows use without a figure that holds for the whole window. */
    private static final Map<String, String> UNSAID_SIGNALS = Map.ofEntries(
            Map.entry("queue", "its queue"),
            Map.entry("nodes", "its nodes"),
            Map.entry("jobs", "its jobs"),
            Map.entry("gpu_memory", "changes in its GPU memory"),
            Map.entry("network", "its network traffic"),
            Map.entry("kv_cache", "its KV cache"),
            Map.entry("latency", "the time of its answers"),
            Map.entry("accelerators_active", "its active accelerators"),
            Map.entry("billed_calls", "the calls that the bill counts"),
            Map.entry("billed_traffic", "the traffic that the bill counts"),
            Map.entry(UseFact.BILLED_TOKENS, "the tokens that the bill counts"));

    /** What a rule about its node says, which is measured by what runs on it. */
    private static final String NO_USE_SEEN = "no metric shows whether it is in use";

    private static final Map<Status, String> WITH_MONEY = Map.of(
            Status.COUNTED, "Counted. ",
            Status.UNCONFIRMED, "Needs your decision. ",
            Status.BLOCKED, "Blocked by the policy. ",
            Status.ACCEPTED, "Accepted. ",
            Status.ALTERNATIVE, "Alternative to another finding. ");

    private final StoredScan scan;
    private final Window window;
    private final Map<String, Resource> resources;
    private final Map<String, Spend> spend;
    private final Assessment assessment;
    private final QuietReasons quiet;
    private final Fleets fleets;

    Verdicts(
            StoredScan scan,
            Window window,
            Map<String, Resource> resources,
            Map<String, Spend> spend,
            Assessment assessment,
            QuietReasons quiet,
            Fleets fleets) {
        this.scan = scan;
        this.window = window;
        this.resources = resources;
        this.spend = spend;
        this.assessment = assessment;
        this.quiet = quiet;
        this.fleets = fleets;
    }

    List<Verdict> all(List<AuditedFinding> findings) {
        List<String> mostExpensive = assessment.costs().keySet().stream()
                .filter(leaf -> assessment.costs().get(leaf).signum() > 0 && resources.containsKey(leaf))
                .sorted(Comparator.comparing((String leaf) -> monthly(leaf))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_EXPENSIVE)
                .toList();
        List<String> witnesses = mostExpensive.stream()
                .map(assessment.tests()::witness)
                .distinct()
                .toList();
        Map<String, List<MeasuredUse>> use = scan.measuredUse(witnesses, window);
        Map<String, List<AuditedFinding>> byLeaf =
                findings.stream().collect(Collectors.groupingBy(AuditedFinding::resourceId));
        return mostExpensive.stream()
                .map(leaf -> verdict(
                        resources.get(leaf),
                        byLeaf.getOrDefault(leaf, List.of()),
                        use.getOrDefault(assessment.tests().witness(leaf), List.of())))
                .toList();
    }

    private BigDecimal monthly(String leaf) {
        BigDecimal monthly = spend.containsKey(leaf) ? spend.get(leaf).monthlyCost() : null;
        return monthly == null ? BigDecimal.ZERO : monthly;
    }

    private Verdict verdict(Resource resource, List<AuditedFinding> findings, List<MeasuredUse> use) {
        String leaf = resource.resourceId();
        Coverage coverage = assessment.byLeaf().get(leaf);
        List<AuditedFinding> withMoney = findings.stream()
                .filter(finding -> WITH_MONEY.containsKey(finding.status()))
                .toList();
        String verdict;
        String reason;
        if (coverage.past().compareTo(assessment.costs().get(leaf)) == 0) {
            verdict = "past";
            reason = past(spend.get(leaf));
        } else if (!withMoney.isEmpty()) {
            AuditedFinding first = withMoney.get(0);
            verdict = "finding";
            reason =
                    (first.onlyFrees() ? "Not realized until the commitment expires. " : WITH_MONEY.get(first.status()))
                            + first.reason();
        } else if (assessment.tests().isInUse(leaf)) {
            verdict = "in_use";
            reason = inUse(leaf, use);
        } else {
            verdict = "not_assessed";
            reason = notAssessed(leaf, resource.kind(), use);
        }
        return new Verdict(
                leaf,
                resource.name(),
                resource.kind(),
                resource.provider(),
                Money.toCents(monthly(leaf)),
                Money.toCents(assessment.costs().get(leaf)),
                verdict,
                reason,
                findings.stream().map(AuditedFinding::id).toList());
    }

    private static String past(Spend spend) {
        if (spend == null || !spend.gone()) {
            return spend != null && spend.basis() == CostBasis.LIST
                    ? "Nothing shows that it ran at the end of the window."
                    : "It was no longer billed at the end of the window.";
        }
        return spend.note() == null ? "It was already gone at the end of the window." : spend.note();
    }

    private String inUse(String leaf, List<MeasuredUse> use) {
        UseTests tests = assessment.tests();
        String witness = tests.witness(leaf);
        UseFact fact = tests.fact(witness);
        String measured = measured(use);
        List<String> unmentioned = fact.signals().stream()
                .filter(signal ->
                        measured.isEmpty() || (UNSAID_SIGNALS.containsKey(signal) && !NAMED_ALONE.contains(signal)))
                .map(signal -> UNSAID_SIGNALS.getOrDefault(signal, signal.replace('_', ' ')))
                .toList();
        String by = unmentioned.isEmpty() ? "" : "Use was measured from " + String.join(", ", unmentioned);
        String shown = fact.signals().isEmpty()
                ? fact.says()
                : by + (by.isEmpty() || measured.isEmpty() ? "" : "; ") + measured;
        String clean =
                tests.clean(leaf).isEmpty() ? "." : "; " + String.join(", ", tests.clean(leaf)) + " found no waste.";
        Set<String> unexamined = notMeasured(tests.unexamined(leaf), use);
        unexamined.remove(NO_USE_SEEN);
        return shown
                + on(witness, leaf)
                + clean
                + (unexamined.isEmpty() ? "" : " Not assessed: " + listed(unexamined) + ".");
    }

    private static String listed(Set<String> each) {
        Collection<String> reasons = merged(each);
        int more = reasons.size() - REASONS;
        return reasons.stream().limit(REASONS).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Rules that want 7 and 14 days, or 90 and 100 % of the hours, say the same of what existed for less. */
    private static Collection<String> merged(Set<String> reasons) {
        Map<String, String> merged = new LinkedHashMap<>();
        for (String reason : reasons) {
            Matcher days = TOO_FEW_DAYS.matcher(reason);
            boolean matches = days.matches();
            Matcher share = TOO_FEW_HOURS.matcher(reason);
            if (share.matches()) {
                merged.merge(share.group("metric"), reason, Verdicts::ofFewerHours);
                continue;
            }
            merged.merge(
                    matches ? days.group(1) + days.group(3) : reason,
                    reason,
                    (known, other) -> matches ? known.replaceFirst("( days)", " or " + days.group(2) + "$1") : known);
        }
        return merged.values();
    }

    /** What covers less than 90 % of its hours covers less than all of them. */
    private static String ofFewerHours(String one, String other) {
        return share(other) < share(one) ? other : one;
    }

    private static int share(String reason) {
        Matcher share = TOO_FEW_HOURS.matcher(reason);
        return share.matches() ? Integer.parseInt(share.group("share")) : 100;
    }

    /** Rules about what it is a part of lack metrics there that it has itself. */
    private static Set<String> notMeasured(Collection<String> reasons, List<MeasuredUse> use) {
        Set<String> left = new LinkedHashSet<>(reasons);
        use.forEach(measured -> left.remove("no " + measured.metric() + " metric"));
        return left;
    }

    /** Where it was measured, if that is not the leaf. */
    private String on(String witness, String leaf) {
        Resource resource = resources.get(witness);
        if (witness.equals(leaf) || resource == null) {
            return "";
        }
        String kind = resource.kind() == null ? "" : resource.kind().replace('_', ' ') + " ";
        return ", measured on the " + kind + (resource.name() == null ? witness : resource.name());
    }

    private static String where(Resource before, Resource now) {
        return Objects.equals(before.region(), now.region()) || now.region() == null
                ? "in account " + now.accountId()
                : "in " + now.region();
    }

    private String notAssessed(String leaf, String kind, List<MeasuredUse> use) {
        UseTests tests = assessment.tests();
        String measured = measured(use);
        String also = measured.isEmpty() ? "" : " " + measured + ".";
        Fleets.Member member = fleets.member(leaf);
        if (member != null && member.movedTo() != null && spend.get(leaf).gone()) {
            return "It is gone, but " + member.workload() + " goes on " + where(resources.get(leaf), member.movedTo())
                    + "." + also;
        }
        if (member != null && member.isPartOfBill() && spend.get(leaf).gone()) {
            return "It is gone, but other parts took its share of the bill, which goes on." + also;
        }
        if (member != null && spend.get(leaf).gone()) {
            return String.format(
                    Locale.ROOT,
                    "It is gone, but its workload goes on: %,d resources of %s came and went in the window.%s",
                    member.size(),
                    member.workload(),
                    also);
        }
        if (tests.isQuiet(leaf)) {
            String why = QuietReasons.sentence(tests.fact(tests.witness(leaf)), quiet.of(leaf, tests));
            return why + (use.stream().anyMatch(Verdicts::isAboveZero) ? also : "");
        }
        if (tests.isLeftOver(leaf)) {
            return "No known workload has this part of the accelerators of its node.";
        }
        if (tests.isReportedIdle(leaf)) {
            boolean isListed = spend.containsKey(leaf) && spend.get(leaf).basis() == CostBasis.LIST;
            return tests.fact(leaf).says() + (isListed ? "; its cost is a list price." : ", but it is billed.") + also;
        }
        Set<String> reasons = new LinkedHashSet<>(tests.open(leaf).values());
        reasons.addAll(notMeasured(tests.unable(leaf).values(), use));
        boolean isUnexplained = resources.get(leaf).attributes().containsKey("unallocated");
        String missing = isUnexplained ? "No known part of it explains this cost" : untested(kind);
        if (!reasons.isEmpty()) {
            missing = "Not assessed: " + listed(reasons);
        } else if (!tests.found(leaf).isEmpty()) {
            missing = "The amount found by " + String.join(", ", tests.found(leaf)) + " is unknown";
        }
        return missing + "." + also;
    }

    private static String untested(String kind) {
        return switch (kind == null ? "unknown" : kind) {
            case "", "unknown" -> "No rule of this scan tests the use of a resource of unknown kind";
            case "account" -> "The bill names no resource for this cost";
            case "commitment" -> "No finding shows that a part of this commitment is unused";
            case "model_usage" -> "No rule of this scan tests the use of a model";
            case "gpu_workload" -> "No rule of this scan tests the use of a GPU workload";
            default ->
                "No rule of this scan tests the use of " + (kind.matches("[aeiou].*") ? "an " : "a ")
                        + kind.replace('_', ' ');
        };
    }

    private static boolean isAboveZero(MeasuredUse use) {
        return (use.highest() != null && use.highest() > 0) || (use.total() != null && use.total() > 0);
    }

    private static String measured(List<MeasuredUse> use) {
        return use.stream().map(Verdicts::measured).filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    private static String words(String metric) {
        String words = metric.replace('_', ' ');
        return words.startsWith("gpu ") || words.startsWith("cpu ")
                ? words.substring(0, 3).toUpperCase(Locale.ROOT) + words.substring(3)
                : words.replace("kv cache", "KV cache");
    }

    private static String measured(MeasuredUse use) {
        String metric = use.metric();
        if (RATIOS.contains(metric) && use.average() != null) {
            return String.format(
                    Locale.ROOT,
                    "%s averaged %.0f %% and peaked at %.0f %% over %d hours",
                    words(metric),
                    100 * use.average(),
                    100 * use.highest(),
                    use.hours());
        }
        return COUNTS.contains(metric) && use.total() != null
                ? String.format(Locale.ROOT, "%,.0f %s in %d hours", use.total(), words(metric), use.hours())
                : null;
    }
}
