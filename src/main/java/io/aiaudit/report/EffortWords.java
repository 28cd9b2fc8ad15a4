package io.aiaudit.report;

import io.aiaudit.model.OneOff;
import io.aiaudit.model.Remedy;
import java.math.BigDecimal;

/** What a fix takes, in the words of a report. */
final class EffortWords {
    private EffortWords() {}

    /**
     * Such as {@code medium; about 16 hours, $1,520; pays back in 0.4 months}; the class alone where no hours are
     * configured.
     */
    static String of(Remedy remedy, Amounts amounts) {
        String effort = Findings.orUnknown(remedy.effort());
        return remedy.oneOff() == null ? effort : effort + "; " + of(remedy.oneOff(), amounts);
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
