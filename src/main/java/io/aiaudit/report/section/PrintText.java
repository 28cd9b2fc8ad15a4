package io.aiaudit.report.section;

import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.VisibleText;
import java.math.BigDecimal;

/**
 * Text and amounts as paper shows them: whole amounts of money, and names from clouds in full unless they are longer
 * than any honest name.
 *
 * @param longest characters of a text from a cloud; what is left out is shown
 */
public record PrintText(Amounts amounts, int longest) {
    /** Longer than what a cut would save, so that nothing is cut for a few characters. */
    private static final String SHORTENED = " [shortened; in full in the JSON report]";

    private static final BigDecimal ROUNDS_TO_ONE = new BigDecimal("0.5");

    /** The whole text, or its first words and where the rest is. */
    public String of(String text) {
        String shown = VisibleText.of(Findings.orUnknown(text));
        int most = longest + SHORTENED.length();
        return shown.codePointCount(0, shown.length()) <= most ? shown : firstWords(shown) + SHORTENED;
    }

    /** Up to the last space, where there is one in the second half: a name without spaces is cut anywhere. */
    private String firstWords(String shown) {
        String kept = shown.substring(0, shown.offsetByCodePoints(0, longest));
        int space = kept.lastIndexOf(' ');
        return space > kept.length() / 2 ? kept.substring(0, space) : kept;
    }

    /** Whole; what is not nothing never reads as nothing. */
    public String money(BigDecimal amount) {
        boolean small = amount != null && amount.signum() > 0 && amount.compareTo(ROUNDS_TO_ONE) <= 0;
        return small ? "< " + amounts.whole(BigDecimal.ONE) : amounts.whole(amount);
    }
}
