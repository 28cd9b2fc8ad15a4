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
     * Such as {@code 2026-06-12 to 2026-06-30, created on 2026-06-12}: the window, or what of it the resource existed.
     *
     * @param resource null where it is not known
     */
    public static String of(Audit audit, AuditedFinding finding, AuditedResource resource) {
        Instant start = audit.window().start();
        Instant created = resource == null ? null : resource.createdAt();
        boolean late = created != null
                && created.isAfter(start)
                && created.isBefore(audit.window().end());
        LocalDate last = LocalDate.ofInstant(audit.window().end().minusNanos(1), ZoneOffset.UTC);
        return day(late ? created : start) + " to " + last
                + (late ? ", created on " + day(created) : "")
                + (finding.changedAt() == null ? "" : ", cost changed on " + finding.changedAt());
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
