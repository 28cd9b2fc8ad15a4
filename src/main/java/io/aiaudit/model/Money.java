package io.aiaudit.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;

/** The arithmetic of money: exact decimals inside, rounded once, HALF_EVEN, to cents (DESIGN.md section 6). */
public final class Money {
    /** An average month. */
    public static final BigDecimal HOURS_PER_MONTH = new BigDecimal("730");

    /** For quotients: 34 digits, far below a cent for any bill. */
    public static final MathContext PRECISION = MathContext.DECIMAL128;

    public static final BigDecimal NOTHING = new BigDecimal("0.00");

    private Money() {}

    public static BigDecimal toCents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    public static BigDecimal sum(Collection<BigDecimal> amounts) {
        return amounts.stream().reduce(NOTHING, BigDecimal::add);
    }
}
