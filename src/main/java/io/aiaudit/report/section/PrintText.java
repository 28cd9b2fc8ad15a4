package io.aiaudit.report.section;

import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.VisibleText;
import java.math.BigDecimal;

/**
 * Text and amounts as paper shows them: whole amounts of money, and names from clouds in full unless they are longer
 * than any honest name.
 *
 * @param longest characters of a text from a cloud; what is left out is said
 */
public record PrintText(Amounts amounts, int longest) {
    private static final BigDecimal ROUNDS_TO_ONE = new BigDecimal("0.5");

    public String of(String text) {
        String shown = VisibleText.of(Findings.orUnknown(text));
        int length = shown.codePointCount(0, shown.length());
        return length <= longest
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, longest)) + " [first " + longest + " of "
                        + Amounts.count(length) + " characters; all of them in the JSON report]";
    }

    /** Whole; what is not nothing never reads as nothing. */
    public String money(BigDecimal amount) {
        boolean small = amount != null && amount.signum() > 0 && amount.compareTo(ROUNDS_TO_ONE) <= 0;
        return small ? "< " + amounts.whole(BigDecimal.ONE) : amounts.whole(amount);
    }
}
