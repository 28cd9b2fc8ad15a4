package io.aiaudit.report.section;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Check;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has to be decided about one resource: an answer holds for all of its findings, so that each question is put once
 * and each dollar counts once.
 *
 * @param findings those that wait for it, the largest first
 */
public record Decision(List<AuditedFinding> findings) {
    private static final Comparator<AuditedFinding> LARGEST_FIRST =
            Comparator.comparing(Decision::worth).reversed().thenComparing(AuditedFinding::id);

    /** All that waits for a decision, the largest first. */
    public static List<Decision> of(Audit audit) {
        Map<String, List<AuditedFinding>> byResource = new LinkedHashMap<>();
        Findings.with(audit, Status.UNCONFIRMED)
                .forEach(finding -> byResource
                        .computeIfAbsent(finding.resourceId(), id -> new ArrayList<>())
                        .add(finding));
        return byResource.values().stream()
                .map(findings ->
                        new Decision(findings.stream().sorted(LARGEST_FIRST).toList()))
                .sorted(Comparator.comparing(Decision::amount)
                        .reversed()
                        .thenComparing(decision -> decision.largest().id()))
                .toList();
    }

    /**
     * How much there is to decide, the same words and unit in every report: {@code 39 decisions on 42 resources}, of
     * what adds to the saving.
     */
    public static String count(Audit audit) {
        List<DecisionGroup> groups = DecisionGroup.of(audit);
        return groups.isEmpty()
                ? CountedNoun.of(Findings.count(audit, Status.UNCONFIRMED), "finding") + " without additional saving"
                : CountedNoun.of(groups.size(), "decision") + " on "
                        + CountedNoun.of(DecisionGroup.resources(groups), "resource");
    }

    public AuditedFinding largest() {
        return findings.get(0);
    }

    /** What approving all of it would add to the saving a month. */
    public BigDecimal amount() {
        return Money.sum(findings.stream().map(Decision::worth).toList());
    }

    private static BigDecimal worth(AuditedFinding finding) {
        return finding.decisionAmount() == null ? Money.NOTHING : finding.decisionAmount();
    }

    /** What has to be allowed, each once. */
    public List<Ask> asks() {
        return Arrays.stream(Ask.values())
                .filter(ask ->
                        findings.stream().anyMatch(finding -> asks(finding).contains(ask)))
                .toList();
    }

    /** What approving all that waits for nothing else would add to the saving a month. */
    public BigDecimal approvalAmount() {
        return Money.sum(findings.stream()
                .filter(Decision::isApproval)
                .map(Decision::worth)
                .toList());
    }

    /**
     * What a yes to one question may add at most, whatever the answers to the others: what its findings save alone, and
     * no more than all of the decision. What has to be checked by hand as well counts here only where nothing else
     * needs the answer.
     */
    public BigDecimal amountOf(Ask ask) {
        List<AuditedFinding> open = findings.stream()
                .filter(finding -> asks(finding).contains(ask) && (isApproval(finding) || needsCheck(ask)))
                .toList();
        BigDecimal alone = open.stream()
                .filter(finding -> finding.standAlone() != null)
                .map(finding -> finding.standAlone().likely())
                .reduce(Money.NOTHING, BigDecimal::max);
        return Money.sum(open.stream().map(Decision::worth).toList()).max(alone).min(amount());
    }

    /** Whether a yes to this question alone counts nothing: all that needs it has to be checked by hand as well. */
    public boolean needsCheck(Ask ask) {
        return findings.stream()
                .noneMatch(finding -> isApproval(finding) && asks(finding).contains(ask));
    }

    /** The problems that the answer to this question is about, the largest first. */
    public String titles(Audit audit, Ask ask) {
        return findings.stream()
                .filter(finding -> asks(finding).contains(ask))
                .map(finding -> Findings.title(audit, finding))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** The permissions that the fix of a finding needs, and the policy does not give. */
    public static List<Ask> asks(AuditedFinding finding) {
        String reason = Findings.orUnknown(finding.statusReason());
        return Arrays.stream(Ask.values())
                .filter(ask -> reason.contains("`" + ask.key() + ": yes`"))
                .toList();
    }

    /** Whether it counts only once somebody has checked it by hand. */
    public static boolean needsCheck(AuditedFinding finding) {
        return Findings.orUnknown(finding.statusReason()).contains("`verified`");
    }

    /** What has to be found out by hand before an approval counts; empty where the status reason says it better. */
    public static String check(AuditedFinding finding) {
        if (needsTest(finding)) {
            return "Did a test on one instance confirm the estimate?";
        }
        return waitsFor(finding, Check.BY_HAND) ? "Did a check by hand confirm the finding?" : "";
    }

    /** Whether what somebody has to do by hand is to try it: its estimate was not validated. */
    public static boolean needsTest(AuditedFinding finding) {
        return waitsFor(finding, Check.BY_TEST);
    }

    private static boolean waitsFor(AuditedFinding finding, Check check) {
        return needsCheck(finding)
                && Check.in(finding.statusReason()).filter(check::equals).isPresent();
    }

    /** Whether an approval is all that it waits for; else somebody has to check it by hand. */
    public static boolean isApproval(AuditedFinding finding) {
        return Findings.isPolicyLine(Findings.openQuestion(finding));
    }
}
