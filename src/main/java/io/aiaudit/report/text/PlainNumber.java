package io.aiaudit.report.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in plain notation, the same text in every Java version and after being read again. */
public final class PlainNumber {
    /** Every decimal of 15 digits survives a double, so that noise behind them is not shown. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(15);

    private static final int CENTS = 2;

    private PlainNumber() {}

    /** Money keeps its cents; zeros behind them, left by wider columns of a database, are dropped. */
    public static String of(BigDecimal value) {
        if (value.scale() <= CENTS) {
            return value.toPlainString();
        }
        BigDecimal shortest = value.stripTrailingZeros();
        return (shortest.scale() < CENTS ? shortest.setScale(CENTS) : shortest).toPlainString();
    }

    public static String of(double value) {
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(value).round(DOUBLE_DIGITS).stripTrailingZeros().toPlainString();
    }
}
