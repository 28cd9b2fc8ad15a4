package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one answer decides, the same in every report: the same questions about the same problems of resources of one
 * owner. Its amount is what this answer adds, and all amounts together are what waits for a decision. What adds nothing
 * is in no group.
 *
 * @param questions what has to be found out or approved, each a sentence
 * @param decisions one for each resource, the largest first
 */
public record DecisionGroup(List<String> questions, List<Decision> decisions) {
    private static final Comparator<DecisionGroup> LARGEST_FIRST = Comparator.comparing(DecisionGroup::amount)
            .reversed()
            .thenComparing(group -> group.largest().id());

    /** What makes decisions alike. */
    private record Alike(List<String> rules, List<String> questions, String owner) {}

    /** All of an audit, the largest first. */
    public static List<DecisionGroup> of(Audit audit) {
        Map<Alike, List<Decision>> groups = new LinkedHashMap<>();
        Decision.of(audit).stream()
                .flatMap(decision -> parts(decision).stream())
                .forEach(part -> groups.computeIfAbsent(alike(audit, part), key -> new ArrayList<>())
                        .add(part));
        return groups.entrySet().stream()
                .map(group -> new DecisionGroup(group.getKey().questions(), largestFirst(group.getValue())))
                .sorted(LARGEST_FIRST)
                .toList();
    }

    /**
     * What is approved together, and each finding that waits for something else: a person may check it by hand later
     * than the approvals are given.
     */
    private static List<Decision> parts(Decision decision) {
        List<AuditedFinding> adding = decision.findings().stream()
                .filter(finding -> finding.decisionAmount() != null
                        && finding.decisionAmount().signum() > 0)
                .toList();
        List<AuditedFinding> approvals =
                adding.stream().filter(Decision::isApproval).toList();
        return Stream.concat(
                        approvals.isEmpty() ? Stream.empty() : Stream.of(new Decision(approvals)),
                        adding.stream()
                                .filter(finding -> !Decision.isApproval(finding))
                                .map(finding -> new Decision(List.of(finding))))
                .toList();
    }

    private static List<Decision> largestFirst(List<Decision> decisions) {
        return decisions.stream()
                .sorted(Comparator.comparing(Decision::amount).reversed())
                .toList();
    }

    private static Alike alike(Audit audit, Decision decision) {
        return new Alike(
                decision.findings().stream()
                        .map(AuditedFinding::rule)
                        .distinct()
                        .sorted()
                        .toList(),
                questions(audit, decision),
                Findings.owners(decision.findings(), 1));
    }

    private static List<String> questions(Audit audit, Decision decision) {
        List<String> questions = new ArrayList<>();
        AuditedFinding finding = decision.largest();
        String check = Decision.check(finding);
        if (!check.isEmpty()) {
            questions.add(check);
        } else if (!Decision.isApproval(finding)) {
            return List.of(Findings.openQuestion(audit, finding));
        }
        decision.asks().forEach(ask -> questions.add(Glossary.plainQuestion(ask, decision.findings())));
        return questions;
    }

    /** The finding that adds most. */
    public AuditedFinding largest() {
        return decisions.get(0).largest();
    }

    /** All that the answer is about. */
    public List<AuditedFinding> findings() {
        return decisions.stream()
                .flatMap(decision -> decision.findings().stream())
                .toList();
    }

    /** What it adds to the net saving a month. */
    public BigDecimal amount() {
        return Money.sum(decisions.stream().map(Decision::amount).toList());
    }

    /** What a yes allows, as keys of a policy. */
    public List<Ask> asks() {
        return decisions.get(0).asks();
    }

    /** Whether somebody has to check it by hand before an approval counts. */
    public boolean needsCheck() {
        return Decision.needsCheck(largest());
    }

    /** Whether an approval is all that it waits for. */
    public boolean isApproval() {
        return Decision.isApproval(largest());
    }

    /** Who owns its resources, as policy or tags name them; unknown where nobody is named. */
    public String owner() {
        return Findings.owners(List.of(largest()), 1);
    }

    /** The exact ids of its resources, so that an answer widens nothing. */
    public List<String> resourceIds() {
        return decisions.stream()
                .map(decision -> decision.largest().resourceId())
                .toList();
    }

    /** The lines of policy that answer yes, such as {@code latency: yes, quality: yes}; empty where there is none. */
    public String answer() {
        return asks().stream().map(ask -> ask.key() + ": yes").collect(Collectors.joining(", "));
    }

    /** The problems, each once, the largest first. */
    public String titles(Audit audit) {
        return findings().stream()
                .map(finding -> Findings.title(audit, finding))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
