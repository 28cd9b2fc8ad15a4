package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of the net saving, and of the decisions, is that of work which ended within the window, such as training jobs: a
 * month has it only if the like of it runs again, so a note beside the figure has it.
 */
public final class EndedWork {
    private EndedWork() {}

    /** Such as {@code $70 of it assumes that jobs which ended run again each month}; empty where nothing has ended. */
    public static String note(Audit audit, Amounts amounts) {
        return assumes(saving(audit), "it", amounts);
    }

    /** The same where nothing beside it is the net saving. */
    public static String saving(Audit audit, Amounts amounts) {
        return assumes(saving(audit), "the net saving", amounts);
    }

    /** What of the decisions is that of work which ended. */
    public static String decisions(Audit audit, Amounts amounts) {
        return assumes(toDecide(audit), "it", amounts);
    }

    /** The same of the net saving and the decisions in one line, where both are beside it. */
    public static String both(Audit audit, Amounts amounts) {
        if (saving(audit).signum() > 0 && toDecide(audit).signum() > 0) {
            return amounts.whole(saving(audit)) + " of the saving and " + amounts.whole(toDecide(audit))
                    + " of the decisions assume ended jobs run again";
        }
        return saving(audit).signum() > 0 ? saving(audit, amounts) : assumes(toDecide(audit), "the decisions", amounts);
    }

    private static String assumes(BigDecimal ended, String what, Amounts amounts) {
        return ended.signum() <= 0
                ? ""
                : amounts.whole(ended) + " of " + what + " assumes that jobs which ended run again each month";
    }

    private static BigDecimal saving(Audit audit) {
        return ended(
                audit,
                Findings.with(audit, Status.COUNTED),
                finding -> finding.counted() == null ? null : finding.counted().likely());
    }

    private static BigDecimal toDecide(Audit audit) {
        return ended(audit, Findings.with(audit, Status.UNCONFIRMED), AuditedFinding::decisionAmount);
    }

    private static BigDecimal ended(
            Audit audit, List<AuditedFinding> findings, Function<AuditedFinding, BigDecimal> amount) {
        Set<String> ended = audit.resources().stream()
                .filter(resource -> hasEnded(audit, resource))
                .map(AuditedResource::resourceId)
                .collect(Collectors.toSet());
        return Money.sum(findings.stream()
                .filter(finding -> ended.contains(finding.resourceId()))
                .map(amount)
                .filter(Objects::nonNull)
                .toList());
    }

    /** True for what ended within the window, after it began there. */
    static boolean hasEnded(Audit audit, AuditedResource resource) {
        Instant start = audit.window().start();
        Instant end = audit.window().end();
        Instant created = resource.createdAt();
        boolean isLate = created != null && created.isAfter(start) && created.isBefore(end);
        Instant ended = resource.endedAt();
        return ended != null && ended.isAfter(isLate ? created : start) && ended.isBefore(end);
    }
}
