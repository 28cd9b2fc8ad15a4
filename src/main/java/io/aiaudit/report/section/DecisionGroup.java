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
import java.util.Optional;
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
                .map(group -> largestFirst(group.getValue()))
                .map(decisions -> new DecisionGroup(questions(audit, decisions), decisions))
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
                alikeQuestions(audit, decision),
                Findings.owners(decision.findings(), 1));
    }

    /** Commitments of different amounts are alike. */
    private static List<String> alikeQuestions(Audit audit, Decision decision) {
        return decision.asks().contains(Ask.COMMITMENT)
                ? decision.asks().stream().map(Ask::key).toList()
                : questions(audit, List.of(decision));
    }

    private static List<String> questions(Audit audit, List<Decision> alike) {
        AuditedFinding largest = alike.get(0).largest();
        List<Ask> asks = alike.get(0).asks();
        List<AuditedFinding> findings =
                alike.stream().flatMap(decision -> decision.findings().stream()).toList();
        List<String> questions = new ArrayList<>();
        String check = Decision.check(largest);
        if (check.isEmpty() && !Decision.isApproval(largest)) {
            return List.of(Findings.openQuestion(audit, largest));
        }
        if (!check.isEmpty() && !asks.contains(Ask.COMMITMENT)) { // whose question says so itself
            questions.add(check);
        }
        asks.forEach(ask -> questions.add(Glossary.plainQuestion(ask, findings)));
        return questions;
    }

    /** Whether a contract is to be signed. */
    public boolean isCommitment() {
        return asks().contains(Ask.COMMITMENT);
    }

    /** So many resources are in these groups. */
    static long resources(List<DecisionGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.resourceIds().stream())
                .distinct()
                .count();
    }

    /**
     * The entry of a policy that answers yes for its resources and for no other resource of the audit; empty where no
     * single one does.
     */
    public Optional<String> entry(Audit audit) {
        return decisions.size() == 1
                ? Optional.of(Findings.policyEntry(audit, largest(), answer()))
                : ExactTag.of(audit, resourceIds(), owner())
                        .map(tag -> "- {match: {tag: " + Findings.quoted(tag) + "}, " + answer() + "}");
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
