package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Banners;
import io.aiaudit.report.text.Times;

/** The figures of an audit in one line. */
public final class AuditHeadline {
    private AuditHeadline() {}

    /**
     * Such as {@code aiaudit: $78,600 a month can be saved, $82,981 needs your decision; 2026-06-01 to 2026-06-30 (30
     * days, UTC).}
     */
    public static String sentence(Audit audit) {
        Amounts amounts = new Amounts(audit.currency());
        return "aiaudit: " + saving(audit, amounts) + decisions(audit, amounts) + "; " + Times.window(audit.window())
                + "." + (audit.demo() ? " " + Banners.DEMO : "") + (audit.partial() ? " " + Banners.PARTIAL : "");
    }

    /** What can be saved a month, or why that is unknown. */
    public static String saving(Audit audit, Amounts amounts) {
        Totals totals = audit.totals();
        if (totals.saving() == null) {
            return "the saving is unknown, since nothing could be " + (audit.examinedAnything() ? "valued" : "checked");
        }
        return amounts.whole(totals.saving().likely()) + " a month can be saved";
    }

    private static String decisions(Audit audit, Amounts amounts) {
        return Findings.count(audit, Status.UNCONFIRMED) == 0
                ? ""
                : ", " + amounts.whole(audit.totals().toDecide()) + " needs your decision";
    }
}
