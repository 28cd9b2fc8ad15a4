package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One condition of {@code --fail-on}, such as {@code 1000}, {@code new:500} or {@code rule=notebook-idle}. Without a
 * status it is about what counts in the saving, and about the findings of a governance rule that it names: what the
 * user accepted, forbade or has not decided yet makes no job fail unless a condition names it.
 *
 * @param words as the user wrote it
 * @param rule null = every rule
 * @param status null = what counts
 * @param above null = any finding is too much
 */
record FailCondition(String words, boolean onlyNew, String rule, Status status, BigDecimal above) {
    private static final int NAMED = 3;
    private static final Set<Status> WITHOUT_AMOUNT = Set.of(Status.UNPRICED, Status.GOVERN);

    /** Whether it is the older form, an amount that the likely saving may not exceed. */
    boolean isHeadline() {
        return !onlyNew && rule == null && status == null;
    }

    /** Whether it compares amounts of findings that have none, by their status. */
    boolean comparesNothing() {
        return above != null && status != null && WITHOUT_AMOUNT.contains(status);
    }

    /** The same by the rule that finds them. */
    boolean comparesNothingOf(Lever lever) {
        return above != null && lever == Lever.GOVERN;
    }

    /** What is too much, as a sentence; empty while nothing is, and for an unknown headline. */
    Optional<String> exceeded(Audit audit, Set<String> newFindings) {
        if (isHeadline()) {
            boolean over = audit.totals().saving() != null
                    && audit.totals().saving().likely().compareTo(above) > 0;
            return over
                    ? Optional.of("the likely saving "
                            + Verdict.amount(audit.totals().saving().likely(), above) + " is more than --fail-on "
                            + above.toPlainString() + ".")
                    : Optional.empty();
        }
        List<AuditedFinding> findings = audit.findings().stream()
                .filter(finding -> !onlyNew || newFindings.contains(finding.id()))
                .filter(this::isAbout)
                .toList();
        BigDecimal sum = findings.stream()
                .map(AuditedFinding::monthlyAmount)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean over = above == null ? !findings.isEmpty() : sum.compareTo(above) > 0;
        return over ? Optional.of(sentence(findings, sum)) : Optional.empty();
    }

    private boolean isAbout(AuditedFinding finding) {
        if (rule != null && !rule.equals(finding.rule())) {
            return false;
        }
        return status != null
                ? finding.status() == status
                : finding.status() == Status.COUNTED
                        || (rule != null && above == null && finding.lever() == Lever.GOVERN);
    }

    private String sentence(List<AuditedFinding> findings, BigDecimal sum) {
        String named = findings.stream()
                .limit(NAMED)
                .map(finding -> finding.resourceName() == null ? finding.resourceId() : finding.resourceName())
                .collect(Collectors.joining(", "));
        return (findings.size() == 1 ? "1 finding" : findings.size() + " findings") + amount(findings, sum)
                + ", for --fail-on " + words + ": " + named
                + (findings.size() > NAMED ? " and " + (findings.size() - NAMED) + " more." : ".");
    }

    /** The sum, where there is something to add up: what is unknown is not 0. */
    private String amount(List<AuditedFinding> findings, BigDecimal sum) {
        if (findings.stream().allMatch(finding -> finding.monthlyAmount() == null)) {
            return " without an amount";
        }
        return ", " + (above == null ? Verdict.amount(sum) : Verdict.amount(sum, above)) + " a month";
    }
}
