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
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What to do now, next and later, what is saved after each step, and what is in none of them. */
public final class PlanView {
    /** Findings of one step that the page lists, the largest of it; the table of findings has all. */
    static final int LISTED = 10;

    private static final int NAMES = 3;

    public static final Map<PlanStep, String> MEANINGS = new EnumMap<>(Map.of(
            PlanStep.NOW,
                    "Low effort; no effect on speed or compliance while use stays as measured. Confirm with the "
                            + "owner before deleting or releasing anything.",
            PlanStep.NEXT, "First check one or two points, such as the work needed or the effect on speed.",
            PlanStep.LATER, "These take much work, need several checks, or depend on other actions."));

    /** What is shown beside the plan, excluded from its totals. */
    private static final List<Status> APART =
            List.of(Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED, Status.UNPRICED, Status.ALTERNATIVE);

    private static final Comparator<PlannedFinding> LARGEST_FIRST =
            Comparator.comparing(PlanView::amount).reversed();

    private PlanView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Object> steps = new ArrayList<>();
        BigDecimal before = Money.NOTHING;
        for (Plan.Stage stage : audit.plan().stages()) {
            steps.add(step(stage, before, amounts));
            before = before.add(sum(stage.findings()));
        }
        return View.of("steps", steps, "apart", apart(audit));
    }

    private static Map<String, Object> step(Plan.Stage stage, BigDecimal before, Amounts amounts) {
        Set<PlannedFinding> listed = new HashSet<>(largest(stage.findings(), LISTED));
        List<Object> findings = new ArrayList<>();
        List<PlannedFinding> leftOut = new ArrayList<>();
        BigDecimal sum = before;
        for (PlannedFinding planned : stage.findings()) {
            sum = sum.add(amount(planned));
            if (listed.contains(planned)) {
                findings.add(finding(planned, stage.saving() == null ? null : sum, amounts));
            } else {
                leftOut.add(planned);
            }
        }
        return View.of(
                "name", word(stage.step()),
                "meaning", MEANINGS.get(stage.step()),
                "count", Amounts.count(stage.findings().size() - order(stage)),
                "of_order", order(stage) == 0 ? "" : "and " + order(stage) + " governance, no saving claimed",
                "more", Amounts.count(leftOut.size()),
                "any_more", !leftOut.isEmpty(),
                "more_amount", stage.saving() == null ? Amounts.UNKNOWN : amounts.money(sum(leftOut)),
                "saving", likely(stage.saving(), amounts),
                "range", range(stage.saving(), amounts),
                "confidence", confidence(stage, amounts),
                "cumulative", likely(stage.cumulative(), amounts),
                "cumulative_range", range(stage.cumulative(), amounts),
                "findings", findings);
    }

    /** How many findings of a step are about order and not about money. */
    public static long order(Plan.Stage stage) {
        return stage.findings().stream()
                .filter(planned -> planned.finding().lever() == Lever.GOVERN)
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

    private static Map<String, Object> finding(PlannedFinding planned, BigDecimal sum, Amounts amounts) {
        AuditedFinding finding = planned.finding();
        Remedy remedy = finding.remedy();
        Range counted = finding.counted();
        return View.of(
                "anchor",
                FindingsView.anchor(finding),
                "amount",
                counted == null ? Amounts.UNKNOWN : amounts.money(counted.likely()),
                "sum",
                counted == null || sum == null ? "" : amounts.money(sum),
                "name",
                Findings.name(finding),
                "action",
                Findings.orUnknown(remedy == null ? finding.reason() : remedy.action()),
                "doubts",
                PlanGroup.words(planned.doubts()));
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
