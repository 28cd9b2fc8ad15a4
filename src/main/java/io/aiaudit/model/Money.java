package io.aiaudit.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;

/** The arithmetic of money: exact decimals inside, rounded once, HALF_EVEN, to cents (DESIGN.md section 6). */
public final class Money {
    /** An average month. */
    public static final BigDecimal HOURS_PER_MONTH = new BigDecimal("730");

    /** For quotients: 34 digits, far below a cent for any bill. */
    public static final MathContext PRECISION = MathContext.DECIMAL128;

    public static final BigDecimal NOTHING = new BigDecimal("0.00");

    private static final BigDecimal TENTH = new BigDecimal("0.1");

    private Money() {}

    /**
     * Whether a run rate differs from a monthly cost by a tenth of it or more, so that both are shown; false where one
     * of both is unknown.
     */
    public static boolean isTenthApart(BigDecimal monthlyCost, BigDecimal runRate) {
        if (monthlyCost == null || runRate == null || monthlyCost.compareTo(runRate) == 0) {
            return false;
        }
        BigDecimal difference = runRate.subtract(monthlyCost).abs();
        return difference.compareTo(monthlyCost.abs().multiply(TENTH)) >= 0;
    }

    public static BigDecimal toCents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    /** A quotient in cents, rounded once. */
    public static BigDecimal toCents(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, 2, RoundingMode.HALF_EVEN);
    }

    /** Whole with separators, for sentences; below ten in cents, where whole amounts could read the same. */
    public static String inProse(BigDecimal amount) {
        return amount.abs().compareTo(BigDecimal.TEN) < 0
                ? toCents(amount).toPlainString()
                : String.format(
                        Locale.ROOT,
                        "%,d",
                        amount.setScale(0, RoundingMode.HALF_EVEN).toBigInteger());
    }

    public static BigDecimal sum(Collection<BigDecimal> amounts) {
        return amounts.stream().reduce(NOTHING, BigDecimal::add);
    }
}
