package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The days that a finding is about, and the days in them on which something began or ended. */
public final class FindingPeriod {
    private FindingPeriod() {}

    /**
     * Such as {@code 2026-06-12 to 2026-06-14, created on 2026-06-12, ended on 2026-06-14}: the window, or what of it
     * the resource existed.
     *
     * @param resource null where it is not known
     */
    public static String of(Audit audit, AuditedFinding finding, AuditedResource resource) {
        Instant start = audit.window().start();
        Instant created = resource == null ? null : resource.createdAt();
        boolean late = created != null
                && created.isAfter(start)
                && created.isBefore(audit.window().end());
        boolean early = resource != null && EndedWork.hasEnded(audit, resource);
        Instant ended = early ? resource.endedAt() : null;
        return day(late ? created : start) + " to "
                + day((early ? ended : audit.window().end()).minusNanos(1))
                + (late ? ", created on " + day(created) : "")
                + (early ? ", ended on " + day(ended) + ended(finding) : "")
                + (finding.changedAt() == null ? "" : ", cost changed on " + finding.changedAt());
    }

    /** The cost of what has ended is a month's only if the like of it comes again. */
    private static String ended(AuditedFinding finding) {
        boolean claims =
                finding.standAlone() != null && finding.standAlone().high().signum() > 0;
        return claims ? "; the saving assumes one such job each month" : "";
    }

    /** The same, with the resource looked up in the audit. */
    public static String of(Audit audit, AuditedFinding finding) {
        return of(
                audit,
                finding,
                audit.resources().stream()
                        .filter(resource -> resource.resourceId().equals(finding.resourceId()))
                        .findFirst()
                        .orElse(null));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
