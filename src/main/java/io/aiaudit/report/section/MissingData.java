package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Lever;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What rules about costs lacked, by money: also of resources that another rule assessed, so that what is open is named
 * where no amount is called "not assessed".
 *
 * @param reason such as {@code no gpu_memory_used_gib metric}
 * @param checks how many lacked it
 * @param rule the one with the most spend that lacked it
 * @param cost what the resources cost a month that this rule could not check for it
 */
public record MissingData(String reason, long checks, String rule, BigDecimal cost) {
    private static final Comparator<MissingData> LARGEST = Comparator.comparing(MissingData::cost)
            .thenComparing(MissingData::checks)
            .reversed()
            .thenComparing(MissingData::reason);

    /** The most spend first. The amounts do not add up: several reasons may be about the same resource. */
    public static List<MissingData> of(Audit audit) {
        Map<String, MissingData> all = new TreeMap<>();
        for (RuleReport rule : audit.rules()) {
            if (rule.lever() == Lever.GOVERN || rule.notExaminedReasons() == null) {
                continue;
            }
            rule.notExaminedReasons().forEach((reason, count) -> {
                if (!reason.isEmpty() && !RuleReport.isNotInPolicy(reason)) {
                    BigDecimal cost = rule.notExaminedCost().getOrDefault(reason, BigDecimal.ZERO);
                    all.merge(reason, new MissingData(reason, count, rule.id(), cost), MissingData::with);
                }
            });
        }
        return all.values().stream().sorted(LARGEST).toList();
    }

    private MissingData with(MissingData other) {
        MissingData larger = other.cost.compareTo(cost) > 0 ? other : this;
        return new MissingData(reason, checks + other.checks, larger.rule, larger.cost);
    }

    /** What is missing, as a heading. */
    public String title() {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    }

    /** Such as {@code 3 checks lacked it, the largest of rule gpu-oversized}. */
    public String words() {
        return CountedNoun.of(checks, "check") + " lacked it" + (checks == 1 ? ", of rule " : ", most spend in rule ")
                + rule;
    }

    /** What was not checked for it costs, a month; unknown where no resource that lacks it has a cost. */
    public String amount(Amounts amounts) {
        return cost.signum() == 0 ? Amounts.UNKNOWN : amounts.money(cost);
    }

    /** Whether a row of what was not assessed names the same data. */
    private boolean isAlreadyIn(List<NotAssessed> rows) {
        return rows.stream().anyMatch(row -> reason.contains(row.missing()));
    }

    /** Those that no row of what was not assessed names. */
    static List<MissingData> besides(Audit audit) {
        List<NotAssessed> rows = CoverageView.open(audit);
        return of(audit).stream().filter(missing -> !missing.isAlreadyIn(rows)).toList();
    }

    /** Whether what lacks most is a metric, which a usage file has. */
    public static boolean isUsage(Audit audit) {
        return of(audit).stream()
                .findFirst()
                .filter(missing -> missing.reason.contains(" metric"))
                .isPresent();
    }

    /** What to bring first where nothing can be done yet, as sentences; empty where no cost check lacked data. */
    public static Optional<String> first(Audit audit, Amounts amounts) {
        List<MissingData> missing = of(audit);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> sentences = new ArrayList<>();
        BigDecimal open = CoverageView.notAssessedCost(audit);
        BigDecimal partly = CoverageView.partly(audit);
        String amount = open != null && open.signum() > 0
                ? " " + amounts.whole(open) + " of AI spend was not assessed."
                : partly.signum() > 0 ? " " + amounts.whole(partly) + " of AI spend was checked only in part." : "";
        sentences.add(
                audit.examinedAnything() || !isUsage(audit)
                        ? "Add the missing data: " + CoverageView.checksLacking(audit) + "." + amount
                        : "Add a usage file: " + CoverageView.checksLacking(audit) + "." + amount);
        if (missing.get(0).cost().signum() > 0) {
            sentences.add("Most spend: " + missing.get(0).reason() + " ("
                    + amounts.money(missing.get(0).cost()) + " a month).");
        }
        sentences.add("'aiaudit sources check files FOLDER --details' lists what is missing and how to export it.");
        return Optional.of(String.join(" ", sentences));
    }
}
