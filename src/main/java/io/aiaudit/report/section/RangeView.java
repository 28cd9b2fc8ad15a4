package io.aiaudit.report.section;

import io.aiaudit.model.Range;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** A saving as a span on a line: at worst, likely, at best. */
final class RangeView {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** How wide the mark is, in percent of the line. */
    private static final BigDecimal MARK = new BigDecimal("0.80");

    private RangeView() {}

    /**
     * The three amounts with their positions on a line from nothing to {@code end}, in percent.
     *
     * @param range null where nothing is known: then the view is null, too
     */
    static Map<String, Object> of(Range range, BigDecimal end, Amounts amounts) {
        if (range == null) {
            return null;
        }
        boolean drawn = end != null
                && end.signum() > 0
                && range.high().compareTo(end) <= 0
                && range.low().signum() >= 0;
        return View.of(
                "low",
                amounts.money(range.low()),
                "likely",
                amounts.money(range.likely()),
                "high",
                amounts.money(range.high()),
                "spread",
                range.low().compareTo(range.high()) != 0,
                "drawn",
                drawn,
                "end",
                amounts.money(end),
                "low_at",
                drawn ? percent(range.low(), end) : "0",
                "likely_at",
                drawn ? mark(range.likely(), end) : "0",
                "width",
                drawn ? percent(range.high().subtract(range.low()), end) : "0");
    }

    /** Where the mark of the likely amount begins: all of it stays on the line. */
    private static String mark(BigDecimal likely, BigDecimal end) {
        return new BigDecimal(percent(likely, end))
                .subtract(MARK.divide(BigDecimal.valueOf(2)))
                .max(BigDecimal.ZERO)
                .min(HUNDRED.subtract(MARK))
                .toPlainString();
    }

    /** {@code part} of {@code whole} as a number of percent that SVG takes. */
    static String percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(HUNDRED)
                .divide(whole, MathContext.DECIMAL64)
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
