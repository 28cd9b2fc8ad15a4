package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What waits for a decision, with the questions that a reader answers on the page. */
public final class DecisionView {
    /** Decisions that the page lists; the others are answered at their findings. */
    public static final int LISTED = 25;

    /** Resources of a decision that are named. */
    static final int NAMES = 3;

    private DecisionView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<DecisionGroup> groups = DecisionGroup.of(audit);
        Set<String> goingAway = Findings.goingAway(audit);
        Exclusions exclusions = Exclusions.of(audit, amounts);
        DecisionRanges ranges = DecisionRanges.of(audit);
        List<DecisionGroup> rest = groups.subList(Math.min(LISTED, groups.size()), groups.size());
        return View.of(
                "rows",
                groups.stream()
                        .limit(LISTED)
                        .map(group -> row(audit, group, goingAway, exclusions, ranges, amounts))
                        .toList(),
                "count",
                Decision.count(audit),
                "none",
                FindingWords.noDecision(audit, amounts),
                "add_nothing",
                FindingWords.addNothing(audit, amounts).orElse(""),
                "more",
                CountedNoun.of(rest.size(), "smaller decision"),
                "more_amount",
                amounts.money(Money.sum(rest.stream().map(DecisionGroup::amount).toList())),
                "any_more",
                !rest.isEmpty(),
                "amount",
                amounts.money(audit.totals().toDecide()));
    }

    private static Map<String, Object> row(
            Audit audit,
            DecisionGroup group,
            Set<String> goingAway,
            Exclusions exclusions,
            DecisionRanges ranges,
            Amounts amounts) {
        List<String> ids = group.resourceIds();
        return View.of(
                "names",
                group.decisions().stream()
                        .limit(NAMES)
                        .map(decision -> View.of(
                                "anchor", FindingsView.anchor(decision.largest()),
                                "name", Findings.name(decision.largest())))
                        .toList(),
                "more",
                ids.size() > NAMES ? Amounts.count(ids.size() - NAMES) : "",
                "where",
                ids.size() == 1
                        ? FindingsView.where(group.largest())
                        : group.owner().equals(Amounts.UNKNOWN) ? "" : "owner " + group.owner(),
                "several",
                ids.size() == 1
                        ? ""
                        : ids.size() == 2 ? "both resources" : "all " + Amounts.count(ids.size()) + " resources",
                "resources",
                ids.size() == 1 ? "" : AuditMapper.line(ids),
                "goes_away",
                goingAway.contains(group.largest().resourceId()),
                "excluded",
                group.findings().stream()
                        .map(exclusions::beside)
                        .filter(words -> !words.isEmpty())
                        .findFirst()
                        .orElse(""),
                "amount",
                amounts.money(group.amount()),
                "findings",
                problems(group).values().stream()
                        .map(findings -> View.of(
                                "anchor", FindingsView.anchor(findings.get(0)),
                                "title", Findings.title(audit, findings.get(0)),
                                "amount",
                                        amounts.money(Money.sum(findings.stream()
                                                .map(AuditedFinding::decisionAmount)
                                                .toList())),
                                "range", ranges.of(findings, amounts)))
                        .toList(),
                "answers",
                answers(audit, ids.size() == 1 ? ids.get(0) : "", group.asks(), group.findings()));
    }

    /** The findings by their rules. */
    private static Map<String, List<AuditedFinding>> problems(DecisionGroup group) {
        return group.findings().stream()
                .collect(Collectors.groupingBy(AuditedFinding::rule, LinkedHashMap::new, Collectors.toList()));
    }

    /** The questions of one finding, for its own page; none where no answer would add anything. */
    static List<Object> answers(Audit audit, AuditedFinding finding) {
        return FindingWords.adds(finding)
                ? answers(audit, finding.resourceId(), Decision.asks(finding), List.of(finding))
                : List.of();
    }

    /**
     * One question for each approval, and one for each problem that somebody has to check by hand.
     *
     * @param resourceId empty where the answer is for all resources of the row
     */
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
        Set<String> rules = new HashSet<>();
        for (AuditedFinding finding : findings) {
            if (Decision.needsCheck(finding) && rules.add(finding.rule())) {
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
