package io.aiaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text and amounts as paper shows them: whole amounts of money, and names from clouds in full unless they are longer
 * than any honest name.
 *
 * @param longest characters of a text from a cloud; what is left out is said
 */
record PrintText(Amounts amounts, int longest) {
    private static final BigDecimal ROUNDS_TO_ONE = new BigDecimal("0.5");

    String of(String text) {
        String shown = VisibleText.of(Findings.orUnknown(text));
        int length = shown.codePointCount(0, shown.length());
        return length <= longest
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, longest)) + " [first " + longest + " of "
                        + Amounts.count(length) + " characters; all of them in the JSON report]";
    }

    /** Whole; what is not nothing never reads as nothing. */
    String money(BigDecimal amount) {
        boolean small = amount != null && amount.signum() > 0 && amount.compareTo(ROUNDS_TO_ONE) <= 0;
        return small ? "< " + amounts.whole(BigDecimal.ONE) : amounts.whole(amount);
    }

    /**
     * Whole amounts that add up to the whole amount of their sum: what rounding leaves over goes where it is missed
     * most.
     */
    static List<BigDecimal> wholes(List<BigDecimal> parts) {
        BigDecimal sum = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(0, RoundingMode.HALF_EVEN);
        List<BigDecimal> wholes = new ArrayList<>(
                parts.stream().map(part -> part.setScale(0, RoundingMode.FLOOR)).toList());
        int left = sum.subtract(wholes.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .intValue();
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer place) -> parts.get(place).subtract(wholes.get(place)), Comparator.reverseOrder()))
                .limit(left)
                .toList()
                .forEach(place -> wholes.set(place, wholes.get(place).add(BigDecimal.ONE)));
        return wholes;
    }
}
