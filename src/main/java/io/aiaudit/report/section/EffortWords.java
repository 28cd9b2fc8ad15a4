package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.OneOff;
import io.aiaudit.model.Remedy;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.PlainNumber;
import java.math.BigDecimal;

/** What a fix takes, in the words of a report. */
public final class EffortWords {
    /** What the figures leave out. */
    public static final String NOT_INCLUDED =
            "Savings do not include one-off work, or the cost of running old and new side by "
                    + "side during a change.";

    /** What the figures leave out and what they have in them. */
    public static final String DEDUCTED =
            "Savings are net of what a fix costs to run, such as snapshots, caches or spot " + "interruptions. "
                    + NOT_INCLUDED;

    /** What to do about effort that is known as a class only. */
    public static final String UNKNOWN_HOURS =
            "Effort is a class (low, medium, high). With 'effort' in aiaudit.yaml each action shows hours, cost and "
                    + "payback.";

    private EffortWords() {}

    /** Whether the configuration says how many hours a class is reckoned at. */
    public static boolean isReckoned(Audit audit) {
        return audit.findings().stream()
                .anyMatch(
                        finding -> finding.remedy() != null && finding.remedy().oneOff() != null);
    }

    /**
     * Such as {@code medium; about 16 hours, $1,520; pays back in 0.4 months}; the class alone where no hours are
     * configured.
     */
    public static String of(Remedy remedy, Amounts amounts) {
        String effort = Findings.orUnknown(remedy.effort());
        return remedy.oneOff() == null ? effort : effort + "; " + of(remedy.oneOff(), amounts);
    }

    /** Of several fixes of one kind: hours and cost of each, which are never added up since their work overlaps. */
    public static String ofEach(Remedy remedy, int fixes, Amounts amounts) {
        String effort = Findings.orUnknown(remedy.effort());
        if (remedy.oneOff() == null) {
            return effort;
        }
        OneOff once = remedy.oneOff();
        return effort + ", about " + hours(once.hours())
                + (once.cost() == null ? "" : " or " + amounts.whole(once.cost()))
                + (fixes == 1 ? "" : " each");
    }

    private static String of(OneOff oneOff, Amounts amounts) {
        StringBuilder words = new StringBuilder("about ").append(hours(oneOff.hours()));
        if (oneOff.cost() != null) {
            words.append(", ").append(amounts.whole(oneOff.cost()));
            words.append("; ").append(payback(oneOff.paybackMonths()));
        }
        return words.toString();
    }

    private static String hours(BigDecimal hours) {
        String number = PlainNumber.of(hours);
        return number + (number.equals("1") ? " hour" : " hours");
    }

    private static String payback(BigDecimal months) {
        if (months == null) {
            return "payback unknown";
        }
        return months.signum() == 0
                ? "pays back within days"
                : "pays back in " + months.toPlainString()
                        + (months.compareTo(BigDecimal.ONE) == 0 ? " month" : " months");
    }
}
