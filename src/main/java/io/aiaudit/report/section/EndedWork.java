package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the net saving is that of work which ended within the window, such as training jobs: a month has it only if
 * the like of it runs again, so a note beside the figure has it.
 */
public final class EndedWork {
    private EndedWork() {}

    /** Such as {@code $70 of it only if jobs that ended run again each month}; empty where nothing has ended. */
    public static String note(Audit audit, Amounts amounts) {
        BigDecimal ended = saving(audit);
        return ended.signum() <= 0 ? "" : amounts.whole(ended) + " of it only if jobs that ended run again each month";
    }

    private static BigDecimal saving(Audit audit) {
        Set<String> ended = audit.resources().stream()
                .filter(resource -> hasEnded(audit, resource))
                .map(AuditedResource::resourceId)
                .collect(Collectors.toSet());
        return Money.sum(Findings.with(audit, Status.COUNTED).stream()
                .filter(finding -> finding.counted() != null && ended.contains(finding.resourceId()))
                .map(finding -> finding.counted().likely())
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
