package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlanStep;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What to do now, next and later, what is saved after each step, and what is in none of them. */
final class PlanView {
    /** Findings of one step that are listed; the table of findings has all. */
    static final int LISTED = 8;

    private static final int NAMES = 3;

    static final Map<PlanStep, String> MEANINGS = new EnumMap<>(Map.of(
            PlanStep.NOW, "Little effort, and no effect on speed or compliance.",
            PlanStep.NEXT, "One or two things to look at first.",
            PlanStep.LATER, "Much effort, several things to look at, or a promise that has to wait for the rest."));

    /** What stands beside the plan, in no sum of it. */
    private static final List<Status> APART =
            List.of(Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED, Status.UNPRICED, Status.ALTERNATIVE);

    private PlanView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Object> steps = new ArrayList<>();
        audit.plan().stages().forEach(stage -> steps.add(step(stage, amounts)));
        return View.of("steps", steps, "apart", apart(audit));
    }

    private static Map<String, Object> step(Plan.Stage stage, Amounts amounts) {
        List<Object> findings = new ArrayList<>();
        for (PlannedFinding planned :
                stage.findings().subList(0, Math.min(LISTED, stage.findings().size()))) {
            findings.add(finding(planned, amounts));
        }
        return View.of(
                "name", word(stage.step()),
                "meaning", MEANINGS.get(stage.step()),
                "count", Amounts.count(stage.findings().size()),
                "more", Math.max(0, stage.findings().size() - LISTED),
                "saving", likely(stage.saving(), amounts),
                "range", range(stage.saving(), amounts),
                "cumulative", likely(stage.cumulative(), amounts),
                "cumulative_range", range(stage.cumulative(), amounts),
                "findings", findings);
    }

    private static Map<String, Object> finding(PlannedFinding planned, Amounts amounts) {
        AuditedFinding finding = planned.finding();
        Remedy remedy = finding.remedy();
        return View.of(
                "anchor",
                FindingsView.anchor(finding),
                "amount",
                finding.counted() == null
                        ? Amounts.UNKNOWN
                        : amounts.money(finding.counted().likely()),
                "name",
                Findings.name(finding),
                "where",
                Findings.orUnknown(finding.provider()) + " " + Findings.orUnknown(finding.region()),
                "action",
                Findings.orUnknown(remedy == null ? finding.reason() : remedy.action()),
                "doubts",
                String.join("; ", planned.doubts()),
                "to_be_read",
                planned.isToBeRead(),
                "commands",
                remedy == null ? List.of() : remedy.commands(),
                "terraform",
                remedy == null ? List.of() : remedy.terraform());
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

    static String word(PlanStep step) {
        return switch (step) {
            case NOW -> "Now";
            case NEXT -> "Next";
            case LATER -> "Later";
        };
    }

    private static String likely(Range range, Amounts amounts) {
        return range == null ? Amounts.UNKNOWN : amounts.plain(range.likely());
    }

    private static String range(Range range, Amounts amounts) {
        boolean spread = range != null && range.low().compareTo(range.high()) != 0;
        return spread ? amounts.plain(range.low()) + " to " + amounts.plain(range.high()) : "";
    }
}
