package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.PublishedPatterns.Pattern;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one pattern of architecture saves here, and where the rest of its gross saving stays. Of each resource the
 * largest finding counts: several together never save more than it costs.
 *
 * @param examined resources that its rules examined; one that two rules examined counts twice
 * @param notExamined resources that one of its rules could not examine
 * @param notExaminedCost what these cost a month, as far as they have a price; 0 where its rules claim no money
 * @param main the reason that keeps the most of them out, or null
 * @param mix how all accelerators are bought, or null where the claim is not about that
 */
public record PatternResult(
        Pattern pattern,
        List<AuditedFinding> found,
        int examined,
        int notExamined,
        BigDecimal notExaminedCost,
        String main,
        BigDecimal aiCost,
        GpuMix mix) {
    /** The findings whose amounts the summary has; of the others nothing is saved, or another one saves it. */
    public static final List<Status> IN_TOTALS =
            List.of(Status.COUNTED, Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED);

    /** What a reader has to know before he adds up. */
    public static final String ADDED_UP = "Each finding is in one pattern only, so the columns add up to the summary. "
            + "They are net, what approving would add, and the gross sums of blocked and accepted findings. The gross "
            + "saving of a pattern takes the largest finding of each resource; it overlaps between patterns and can't "
            + "be added up. Patterns without a finding are in the next table only.";

    /** Of each pattern, and of what no pattern has: each finding is in one of them. */
    public static List<PatternResult> all(Audit audit) {
        PublishedPatterns published = PublishedPatterns.read();
        Map<Pattern, List<AuditedFinding>> findings = new HashMap<>();
        List<AuditedFinding> others = new ArrayList<>();
        audit.findings()
                .forEach(finding -> published
                        .of(finding)
                        .map(pattern -> findings.computeIfAbsent(pattern, each -> new ArrayList<>()))
                        .orElse(others)
                        .add(finding));
        List<PatternResult> all = new ArrayList<>();
        published.all().forEach(pattern -> all.add(of(audit, pattern, findings.getOrDefault(pattern, List.of()))));
        if (!others.isEmpty()) {
            all.add(of(audit, inNone(audit, others), others));
        }
        return all;
    }

    private static Pattern inNone(Audit audit, List<AuditedFinding> findings) {
        return new Pattern(
                "In no pattern",
                "what the article does not name",
                new PublishedPatterns.Claim("nothing", null, null),
                "",
                "By rule: "
                        + findings.stream()
                                .map(finding -> Findings.title(audit, finding))
                                .distinct()
                                .collect(Collectors.joining("; "))
                        + ".",
                findings.stream().map(AuditedFinding::rule).collect(Collectors.toSet()),
                Set.of(),
                false,
                null);
    }

    private static PatternResult of(Audit audit, Pattern pattern, List<AuditedFinding> found) {
        List<RuleReport> rules = audit.rules().stream()
                .filter(rule -> pattern.rules().contains(rule.id()))
                .toList();
        Set<String> open = rules.stream()
                .flatMap(rule -> rule.notExaminedResources().stream())
                .collect(Collectors.toSet());
        boolean aboutMoney = rules.stream().anyMatch(rule -> rule.lever() != Lever.GOVERN);
        return new PatternResult(
                pattern,
                found,
                rules.stream().mapToInt(RuleReport::examined).sum(),
                Math.max(
                        open.size(),
                        rules.stream().mapToInt(RuleReport::notExamined).max().orElse(0)),
                aboutMoney ? costWithParts(audit, open) : Money.NOTHING,
                rules.stream()
                        .filter(rule -> rule.notExamined() > 0)
                        .max(Comparator.comparing(RuleReport::costNotExamined).thenComparing(RuleReport::id))
                        .map(rule -> QualityView.reasonsByCost(rule).get(0))
                        .orElse(null),
                audit.totals().monthlyAiCost(),
                pattern.blended() && !audit.gpuMix().isEmpty() ? audit.gpuMix().get(0) : null);
    }

    /** What these resources cost with their parts, which carry the cost of a parent such as a node group. */
    private static BigDecimal costWithParts(Audit audit, Set<String> ids) {
        Set<String> whole = new HashSet<>(ids);
        boolean grows = true;
        while (grows) {
            grows = whole.addAll(audit.resources().stream()
                    .filter(resource -> resource.parentId() != null && whole.contains(resource.parentId()))
                    .map(AuditedResource::resourceId)
                    .toList());
        }
        return Money.sum(audit.resources().stream()
                .filter(resource -> whole.contains(resource.resourceId()))
                .map(AuditedResource::monthlyCost)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Nothing examined is nothing known; nothing found where something was examined is a saving of nothing. */
    boolean known() {
        return examined > 0 || !found.isEmpty();
    }

    /** Whether any finding belongs to it. */
    public boolean isFound() {
        return !found.isEmpty();
    }

    public boolean priced() {
        return known() && (found.isEmpty() || found.stream().anyMatch(finding -> finding.standAlone() != null));
    }

    public BigDecimal counted() {
        return with(Status.COUNTED);
    }

    /**
     * What the findings of a status are a month, as in the summary: net where they count, what approving them adds
     * where they need a decision, else gross.
     */
    public BigDecimal with(Status status) {
        return Money.sum(found.stream()
                .filter(finding -> finding.status() == status)
                .map(AuditedFinding::monthlyAmount)
                .filter(Objects::nonNull)
                .toList());
    }

    /** The same of several patterns. */
    public static BigDecimal sum(List<PatternResult> results, Status status) {
        return Money.sum(results.stream().map(result -> result.with(status)).toList());
    }

    public BigDecimal gross() {
        return Money.sum(best().values().stream().map(PatternResult::amount).toList());
    }

    /** What the resources with findings cost a month. */
    public BigDecimal cost() {
        return Money.sum(best().values().stream()
                .map(AuditedFinding::monthlyCost)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Gross, of what its resources cost; null where no cost is known. */
    public BigDecimal grossOfPriced() {
        return Money.sum(best().values().stream()
                .filter(finding -> finding.monthlyCost() != null)
                .map(PatternResult::amount)
                .toList());
    }

    private static BigDecimal amount(AuditedFinding finding) {
        return finding.standAlone().likely();
    }

    private Map<String, AuditedFinding> best() {
        Map<String, AuditedFinding> best = new TreeMap<>();
        found.stream()
                .filter(finding -> finding.standAlone() != null)
                .forEach(finding -> best.merge(
                        finding.resourceId(),
                        finding,
                        (one, other) -> amount(other).compareTo(amount(one)) > 0 ? other : one));
        return best;
    }

    /** Where it applies: how many resources, what they cost, and of a mix what an accelerator hour costs. */
    public String applies(Amounts amounts) {
        return mix == null
                ? resources(amounts)
                : (resources(amounts) + ". " + GpuMixView.steps(mix, amounts) + " " + GpuMixView.unused(mix, amounts))
                        .strip();
    }

    private String resources(Amounts amounts) {
        if (!known()) {
            return "not checked";
        }
        if (found.isEmpty()) {
            return "to none of " + Amounts.count(examined) + " checked";
        }
        long resources =
                found.stream().map(AuditedFinding::resourceId).distinct().count();
        String number = resources == 1 ? "1 resource" : Amounts.count(resources) + " resources";
        return cost().signum() == 0
                ? number
                : number + ", " + amounts.money(cost()) + " a month (" + Amounts.share(cost(), aiCost)
                        + " of AI spend)";
    }

    /** Why no more is counted: where the rest of the gross saving stays, and what could not be examined. */
    public List<String> limits(Amounts amounts) {
        List<String> limits = new ArrayList<>();
        if (known() && found.isEmpty()) {
            limits.add("Where it was checked, its conditions are not met or it would save nothing.");
        }
        if (found.stream().anyMatch(finding -> finding.status() == Status.GOVERN)) {
            limits.add("Governance findings have no cost impact.");
        }
        standing(amounts, limits, Status.UNCONFIRMED, "gross needs your decision");
        Optional.of(OpenReasons.of(found, amounts))
                .filter(reasons -> !reasons.isEmpty())
                .ifPresent(reasons -> limits.add(reasons + "."));
        standing(amounts, limits, Status.BLOCKED, "gross is blocked by the policy");
        standing(amounts, limits, Status.ACCEPTED, "gross was accepted as is");
        standing(
                amounts,
                limits,
                Status.ALTERNATIVE,
                "gross is an alternative to a larger finding on the same resources");
        BigDecimal shared = kept(Status.COUNTED);
        if (shared.signum() > 0) {
            limits.add(amounts.money(shared) + " is saved by other findings first or lies under a commitment.");
        }
        assumed().ifPresent(limits::add);
        if (notExamined > 0) {
            limits.add((notExamined == 1 ? "1 resource" : Amounts.count(notExamined) + " resources")
                    + (notExaminedCost.signum() > 0 ? " (" + amounts.money(notExaminedCost) + " a month)" : "")
                    + " could not be checked for this" + (main == null ? "" : ", mainly: " + main) + ".");
        } else if (!known()) {
            limits.add("No resource of this kind was read.");
        }
        return limits;
    }

    /** What the findings assume of what the conditions state, with where that is from. */
    private Optional<String> assumed() {
        PublishedPatterns.Assumption assumes = pattern.assumes();
        if (assumes == null) {
            return Optional.empty();
        }
        Map<String, Long> numbers = found.stream()
                .filter(finding -> finding.evidence() != null)
                .map(AuditedFinding::evidence)
                .filter(evidence -> evidence.get(assumes.number()) instanceof Number)
                .collect(Collectors.groupingBy(
                        evidence -> new BigDecimal(String.valueOf(evidence.get(assumes.number())))
                                        .stripTrailingZeros()
                                        .toPlainString()
                                + " " + assumes.unit()
                                + (evidence.get(assumes.from()) == null
                                        ? ""
                                        : " (" + evidence.get(assumes.from()) + ")"),
                        TreeMap::new,
                        Collectors.counting()));
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(assumes.words() + ": "
                        + numbers.entrySet().stream()
                                .map(each -> each.getKey() + " in " + CountedNoun.of(each.getValue(), "finding"))
                                .collect(Collectors.joining(", "))
                        + "; " + assumes.effect() + ".");
    }

    /**
     * What the largest findings of resources, those of one status, keep out of the net saving: less what this pattern
     * counts of the resource, so that the net saving and these of all statuses make the gross saving.
     */
    BigDecimal kept(Status status) {
        return Money.sum(best().values().stream()
                .filter(finding -> finding.status() == status)
                .map(finding -> amount(finding).subtract(countedOf(finding)).max(BigDecimal.ZERO))
                .toList());
    }

    private BigDecimal countedOf(AuditedFinding finding) {
        return Money.sum(found.stream()
                .filter(other -> other.resourceId().equals(finding.resourceId())
                        && other.status() == Status.COUNTED
                        && other.counted() != null)
                .map(other -> other.counted().likely())
                .toList());
    }

    /** The table of the sums of the summary has other amounts of a status: the words say what lies between them. */
    private void standing(Amounts amounts, List<String> limits, Status status, String words) {
        BigDecimal kept = kept(status);
        BigDecimal between = with(status).subtract(kept);
        boolean differs = between.abs().compareTo(BigDecimal.ONE) >= 0;
        if (status == Status.UNCONFIRMED && kept.signum() > 0) {
            limits.add(amounts.money(kept) + " " + words
                    + (differs ? "; approving it adds " + amounts.money(with(status)) : "") + ".");
        } else if (status == Status.UNCONFIRMED && differs) {
            limits.add("Approving what needs your decision adds " + amounts.money(with(status)) + ".");
        } else if (status != Status.ALTERNATIVE && differs && between.signum() > 0) {
            limits.add(amounts.money(with(status)) + " " + words + ", of which " + amounts.money(between)
                    + " is on resources with a larger finding.");
        } else if (kept.signum() > 0) {
            limits.add(amounts.money(kept) + " " + words + ".");
        }
    }
}
