package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits for a decision, with the questions that a reader answers on the page. */
public final class DecisionView {
    /** Decisions that the page lists; the others are answered at their findings. */
    public static final int LISTED = 25;

    private DecisionView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<Decision> decisions = Decision.of(audit);
        Set<String> goingAway = Findings.goingAway(audit);
        Exclusions exclusions = Exclusions.of(audit, amounts);
        DecisionRanges ranges = DecisionRanges.of(audit);
        return View.of(
                "rows",
                decisions.stream()
                        .limit(LISTED)
                        .map(decision -> row(audit, decision, goingAway, exclusions, ranges, amounts))
                        .toList(),
                "count",
                Decision.count(audit),
                "more",
                Amounts.count(Math.max(0, decisions.size() - LISTED)),
                "any_more",
                decisions.size() > LISTED,
                "amount",
                amounts.money(audit.totals().toDecide()));
    }

    private static Map<String, Object> row(
            Audit audit,
            Decision decision,
            Set<String> goingAway,
            Exclusions exclusions,
            DecisionRanges ranges,
            Amounts amounts) {
        return View.of(
                "name",
                Findings.name(decision.largest()),
                "where",
                FindingsView.where(decision.largest()),
                "anchor",
                FindingsView.anchor(decision.largest()),
                "goes_away",
                goingAway.contains(decision.largest().resourceId()),
                "excluded",
                decision.findings().stream()
                        .map(exclusions::beside)
                        .filter(words -> !words.isEmpty())
                        .findFirst()
                        .orElse(""),
                "amount",
                amounts.money(decision.amount()),
                "findings",
                decision.findings().stream()
                        .map(finding -> View.of(
                                "anchor", FindingsView.anchor(finding),
                                "title", Findings.title(audit, finding),
                                "adds",
                                        finding.decisionAmount() == null
                                                || finding.decisionAmount().signum() != 0,
                                "amount", amounts.money(finding.decisionAmount()),
                                "range", ranges.of(List.of(finding), amounts)))
                        .toList(),
                "answers",
                answers(audit, decision.largest().resourceId(), decision.asks(), decision.findings()));
    }

    /** The questions of one finding, for its own page. */
    static List<Object> answers(Audit audit, AuditedFinding finding) {
        return answers(audit, finding.resourceId(), Decision.asks(finding), List.of(finding));
    }

    /** One question for each approval, and one for each finding that somebody has to check by hand. */
    private static List<Object> answers(Audit audit, String resourceId, List<Ask> asks, List<AuditedFinding> findings) {
        List<Object> answers = new ArrayList<>();
        for (Ask ask : asks) {
            answers.add(View.of(
                    "question",
                    Glossary.question(ask, findings),
                    "resource",
                    resourceId,
                    "key",
                    ask.key(),
                    "rule",
                    ""));
        }
        for (AuditedFinding finding : findings) {
            if (Decision.needsCheck(finding)) {
                answers.add(View.of(
                        "question",
                        Findings.title(audit, finding),
                        "resource",
                        resourceId,
                        "key",
                        "",
                        "rule",
                        finding.rule()));
            }
        }
        return answers;
    }
}
