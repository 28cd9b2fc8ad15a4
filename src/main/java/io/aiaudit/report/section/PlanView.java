package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlanStep;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What to do now, next and later, what is saved after each step, and what is in none of them. */
public final class PlanView {
    /** Actions of one step that the page lists, the largest of it; the table of findings has all. */
    static final int LISTED = 10;

    /** Findings that are named where several stand in one line. */
    static final int NAMES = 3;

    public static final Map<PlanStep, String> MEANINGS = new EnumMap<>(Map.of(
            PlanStep.NOW,
                    "Low effort; no effect on speed or compliance while use stays as measured. Confirm with the "
                            + "owner before deleting or releasing anything.",
            PlanStep.NEXT, "First check one or two points, such as the work needed or the effect on speed.",
            PlanStep.LATER, "These take much work, need several checks, or depend on a decision or other actions."));

    /** What is shown beside the plan, excluded from its totals. */
    private static final List<Status> APART =
            List.of(Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED, Status.UNPRICED, Status.ALTERNATIVE);

    private static final Comparator<PlannedFinding> LARGEST_FIRST =
            Comparator.comparing(PlanView::amount).reversed();

    private PlanView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Exclusions exclusions = Exclusions.of(audit, amounts);
        List<Map<String, Object>> steps = audit.plan().stages().stream()
                .map(stage -> step(audit, stage, exclusions, amounts))
                .toList();
        return View.of(
                "steps",
                steps,
                "first",
                MissingData.first(audit, amounts).map(View::prose).orElse(null),
                "apart",
                apart(audit));
    }

    private static Map<String, Object> step(Audit audit, Plan.Stage stage, Exclusions exclusions, Amounts amounts) {
        List<PlanGroup> groups = PlanGroup.of(audit, stage);
        List<PlannedFinding> leftOut = groups.stream()
                .skip(LISTED)
                .flatMap(group -> group.findings().stream())
                .toList();
        return View.of(
                "name", word(stage.step()),
                "meaning", MEANINGS.get(stage.step()),
                "waiting", PlanGroup.waiting(groups, amounts),
                "count", Amounts.count(saving(stage)),
                "of_order", order(stage) == 0 ? "" : "and " + order(stage) + " governance, no saving claimed",
                "more", CountedNoun.of(leftOut.size(), "smaller finding"),
                "any_more", !leftOut.isEmpty(),
                "more_amount", amounts.money(sum(leftOut)),
                "saving", likely(stage.saving(), amounts),
                "range", range(stage.saving(), amounts),
                "confidence", confidence(stage, amounts),
                "cumulative", likely(stage.cumulative(), amounts),
                "cumulative_range", range(stage.cumulative(), amounts),
                "only_freeing", PlanGroup.onlyFreeing(stage, amounts).orElse(""),
                "actions",
                        groups.stream()
                                .limit(LISTED)
                                .map(group -> group.row(NAMES, exclusions, amounts))
                                .toList());
    }

    /** How many findings of a step are about order and not about money. */
    public static long order(Plan.Stage stage) {
        return stage.findings().stream()
                .filter(planned -> planned.finding().lever() == Lever.GOVERN)
                .count();
    }

    /** How many findings of a step save money now. */
    public static long saving(Plan.Stage stage) {
        return stage.findings().stream()
                .map(PlannedFinding::finding)
                .filter(finding -> finding.lever() != Lever.GOVERN && !finding.onlyFrees())
                .count();
    }

    /** The {@code most} largest, in the order of the plan where amounts are the same. */
    public static List<PlannedFinding> largest(List<PlannedFinding> findings, int most) {
        return findings.stream().sorted(LARGEST_FIRST).limit(most).toList();
    }

    /** How sure the sum of a step is; empty where it adds up nothing. */
    public static String confidence(Plan.Stage stage, Amounts amounts) {
        Map<Confidence, BigDecimal> parts = stage.byConfidence();
        if (stage.saving() == null || parts.isEmpty()) {
            return "";
        }
        if (parts.size() == 1) {
            return "all " + parts.keySet().iterator().next().key();
        }
        return parts.entrySet().stream()
                .map(part ->
                        amounts.money(part.getValue()) + " " + part.getKey().key())
                .collect(Collectors.joining(", "));
    }

    public static BigDecimal sum(List<PlannedFinding> findings) {
        return Money.sum(findings.stream().map(PlanView::amount).toList());
    }

    /** What it adds to the sum of its step. */
    public static BigDecimal amount(PlannedFinding planned) {
        Range counted = planned.finding().counted();
        return counted == null ? Money.NOTHING : counted.likely();
    }

    private static List<Object> apart(Audit audit) {
        List<Object> rows = new ArrayList<>();
        for (Status status : APART) {
            List<AuditedFinding> findings = Findings.with(audit, status);
            if (!findings.isEmpty()) {
                rows.add(View.of(
                        "key", status.key(),
                        "word", Glossary.word(status),
                        "count", Amounts.count(findings.size()),
                        "names",
                                findings.stream()
                                        .limit(NAMES)
                                        .map(finding -> View.of(
                                                "anchor", FindingsView.anchor(finding),
                                                "name", Findings.name(finding)))
                                        .toList(),
                        "more", Math.max(0, findings.size() - NAMES)));
            }
        }
        return rows;
    }

    public static String word(PlanStep step) {
        return switch (step) {
            case NOW -> "Now";
            case NEXT -> "Next";
            case LATER -> "Later";
        };
    }

    private static String likely(Range range, Amounts amounts) {
        return range == null ? Amounts.UNKNOWN : amounts.plain(range.likely());
    }

    public static String range(Range range, Amounts amounts) {
        boolean spread = range != null && range.low().compareTo(range.high()) != 0;
        return spread ? amounts.plain(range.low()) + " to " + amounts.plain(range.high()) : "";
    }
}
