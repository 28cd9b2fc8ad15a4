package io.aiaudit.analysis;

import java.math.BigDecimal;

/** How many of all, in percent. */
record Share(BigDecimal ofHundred) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Null for none and for what is no share. */
    static Share of(String percent) {
        if (percent == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(percent.trim());
            return number.signum() < 0 || number.compareTo(HUNDRED) > 0 ? null : new Share(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    boolean isAll() {
        return ofHundred.compareTo(HUNDRED) == 0;
    }

    boolean isNone() {
        return ofHundred.signum() == 0;
    }

    /** As people write it: 10, not 10.0. */
    String percent() {
        return isNone() ? "0" : ofHundred.stripTrailingZeros().toPlainString();
    }

    /** From 0 to 1. */
    BigDecimal others() {
        return HUNDRED.subtract(ofHundred).movePointLeft(2);
    }
}
