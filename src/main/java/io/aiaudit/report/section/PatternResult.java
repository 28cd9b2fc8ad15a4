package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.PublishedPatterns.Pattern;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    public static PatternResult of(Audit audit, Pattern pattern) {
        List<RuleReport> rules = audit.rules().stream()
                .filter(rule -> pattern.rules().contains(rule.id()))
                .toList();
        Set<String> open = rules.stream()
                .flatMap(rule -> rule.notExaminedResources().stream())
                .collect(Collectors.toSet());
        boolean aboutMoney = rules.stream().anyMatch(rule -> rule.lever() != Lever.GOVERN);
        return new PatternResult(
                pattern,
                audit.findings().stream().filter(pattern::has).toList(),
                rules.stream().mapToInt(RuleReport::examined).sum(),
                Math.max(
                        open.size(),
                        rules.stream().mapToInt(RuleReport::notExamined).max().orElse(0)),
                Money.sum(audit.resources().stream()
                        .filter(resource -> aboutMoney && open.contains(resource.resourceId()))
                        .map(AuditedResource::monthlyCost)
                        .filter(Objects::nonNull)
                        .toList()),
                rules.stream()
                        .filter(rule -> rule.notExamined() > 0)
                        .max(Comparator.comparing(RuleReport::costNotExamined).thenComparing(RuleReport::id))
                        .map(rule -> QualityView.reasonsByCost(rule).get(0))
                        .orElse(null),
                audit.totals().monthlyAiCost(),
                pattern.blended() && !audit.gpuMix().isEmpty() ? audit.gpuMix().get(0) : null);
    }

    /** Nothing examined is nothing known; nothing found where something was examined is a saving of nothing. */
    boolean known() {
        return examined > 0 || !found.isEmpty();
    }

    public boolean priced() {
        return known() && (found.isEmpty() || found.stream().anyMatch(finding -> finding.standAlone() != null));
    }

    public BigDecimal counted() {
        return Money.sum(found.stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .map(AuditedFinding::counted)
                .filter(Objects::nonNull)
                .map(Range::likely)
                .toList());
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
                : resources(amounts) + ". Blended price of a GPU hour: " + GpuMixView.price(mix.now(), amounts)
                        + " now, " + GpuMixView.price(mix.proposed(), amounts) + " proposed.";
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
        standing(amounts, limits, Status.BLOCKED, "gross is blocked by the policy");
        standing(amounts, limits, Status.ACCEPTED, "gross was accepted as is");
        standing(
                amounts,
                limits,
                Status.ALTERNATIVE,
                "gross is an alternative to a larger finding on the same resources");
        BigDecimal shared = Money.sum(best().values().stream()
                .filter(finding -> finding.status() == Status.COUNTED && finding.counted() != null)
                .map(finding -> amount(finding).subtract(finding.counted().likely()))
                .toList());
        if (shared.signum() > 0) {
            limits.add(amounts.money(shared) + " is saved by other findings first or lies under a commitment.");
        }
        if (notExamined > 0) {
            limits.add((notExamined == 1 ? "1 resource" : Amounts.count(notExamined) + " resources")
                    + (notExaminedCost.signum() > 0 ? " (" + amounts.money(notExaminedCost) + " a month)" : "")
                    + " could not be checked for this" + (main == null ? "" : ", mainly: " + main) + ".");
        } else if (!known()) {
            limits.add("No resource of this kind was read.");
        }
        return limits;
    }

    private void standing(Amounts amounts, List<String> limits, Status status, String words) {
        BigDecimal sum = Money.sum(best().values().stream()
                .filter(finding -> finding.status() == status)
                .map(PatternResult::amount)
                .toList());
        if (sum.signum() > 0) {
            limits.add(amounts.money(sum) + " " + words + ".");
        }
    }
}
