package io.aiaudit.report.text;

import io.aiaudit.model.Range;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts as people read them, the same on every machine: {@code $1,234.56}, {@code CHF 1,234.56}; unknown is {@value
 * #UNKNOWN}, never 0.
 *
 * @param cents which amounts have cents
 */
public record Amounts(String currency, Cents cents) {
    /** All amounts; those below {@value #SMALLEST_WHOLE}, which a terminal shows; none, as on a page. */
    public enum Cents {
        ALL,
        SMALL,
        NONE
    }

    public static final String UNKNOWN = "-";

    private static final int SMALLEST_WHOLE = 10;

    /** {@code 1,234} in {@code 1,234 a month instead of 567}. */
    private static final Pattern BARE_AMOUNT =
            Pattern.compile("(?<![\\w.,$€£-])(?<!\\b[A-Z]{3} )\\d[\\d,]*(?:\\.\\d\\d)?(?= a month\\b)"
                    + "|(?<= a month instead of )\\d[\\d,]*(?:\\.\\d\\d)?");

    /** Signs that mean one currency only where the code is shown beside them, as every report does in its head. */
    private static final Map<String, String> SIGNS = Map.of("USD", "$", "EUR", "€", "GBP", "£");

    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);
    private static final MathContext PRICE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final BigDecimal WITHOUT_CENTS = BigDecimal.valueOf(1_000);
    private static final BigDecimal ROUNDS_TO_NOTHING = new BigDecimal("0.5");
    private static final BigDecimal SMALLEST_SHOWN = new BigDecimal("0.05");

    public Amounts(String currency) {
        this(currency, Cents.ALL);
    }

    /** For people who read lines: whole dollars, with cents only where there are few. */
    public static Amounts rounded(String currency) {
        return new Amounts(currency, Cents.SMALL);
    }

    /** For people who read a page: whole dollars. What is not nothing never reads as nothing. */
    public static Amounts page(String currency) {
        return new Amounts(currency, Cents.NONE);
    }

    /** With the sign or code of the currency; two decimals, or none where amounts are rounded. */
    public String money(BigDecimal amount) {
        if (amount == null) {
            return UNKNOWN;
        }
        if (isBelowOne(amount)) {
            return amount.signum() > 0 ? "< " + sign() + 1 : "> -" + sign() + 1;
        }
        return signed(amount, grouped(amount.abs(), decimals(amount)));
    }

    /** With the currency, without cents. */
    public String whole(BigDecimal amount) {
        return amount == null ? UNKNOWN : signed(amount.setScale(0, RoundingMode.HALF_EVEN), grouped(amount.abs(), 0));
    }

    /** The same without the currency, for columns whose head names it. */
    public String plain(BigDecimal amount) {
        if (amount == null) {
            return UNKNOWN;
        }
        if (isBelowOne(amount)) {
            return amount.signum() > 0 ? "< 1" : "> -1";
        }
        return grouped(amount, decimals(amount));
    }

    /** Without cents it would read as nothing. */
    private boolean isBelowOne(BigDecimal amount) {
        return cents == Cents.NONE && amount.signum() != 0 && amount.abs().compareTo(ROUNDS_TO_NOTHING) <= 0;
    }

    private int decimals(BigDecimal amount) {
        boolean whole = amount.signum() == 0 || amount.abs().compareTo(BigDecimal.valueOf(SMALLEST_WHOLE)) >= 0;
        return cents == Cents.NONE || (whole && cents == Cents.SMALL) ? 0 : 2;
    }

    /** Twelve times the month that the page shows, so that a reader gets the same product. */
    public static BigDecimal yearly(BigDecimal monthly) {
        return monthly.setScale(0, RoundingMode.HALF_EVEN).multiply(MONTHS);
    }

    /**
     * A price of one unit of work, which may be far below a cent: two decimals, or three digits where that would show
     * none. A figure of four digits has no cents.
     */
    public static String price(BigDecimal amount) {
        if (amount == null) {
            return UNKNOWN;
        }
        boolean small = amount.signum() != 0 && amount.abs().compareTo(BigDecimal.ONE) < 0;
        boolean large = amount.abs().compareTo(WITHOUT_CENTS) >= 0;
        int decimals = small
                ? Math.max(2, amount.round(PRICE_DIGITS).stripTrailingZeros().scale())
                : 2;
        return grouped(amount, large ? 0 : decimals);
    }

    /** How many millions, such as {@code 1,204.5}; less than one shown digit is not nothing. */
    public static String millions(BigDecimal count) {
        if (count == null) {
            return UNKNOWN;
        }
        BigDecimal millions = count.movePointLeft(6);
        boolean tiny = millions.signum() > 0 && millions.compareTo(SMALLEST_SHOWN) < 0;
        return tiny ? "< 0.1" : grouped(millions, millions.signum() == 0 ? 0 : 1);
    }

    /** A count that may be unknown. */
    public static String count(BigDecimal number) {
        return number == null ? UNKNOWN : grouped(number, 0);
    }

    public String range(Range range) {
        return range == null ? UNKNOWN : between(money(range.low()), money(range.high()));
    }

    /** Such as {@code $12 to $34}, without cents but where all of it is below 10: the amount beside it has them. */
    public String wholeRange(Range range) {
        if (range == null) {
            return UNKNOWN;
        }
        return between(beside(range, range.low()), beside(range, range.high()));
    }

    /** The likely amount as it is written beside {@link #wholeRange}. */
    public String likely(Range range) {
        return range == null ? UNKNOWN : beside(range, range.likely());
    }

    private String beside(Range range, BigDecimal amount) {
        boolean small = range.high().abs().compareTo(BigDecimal.valueOf(SMALLEST_WHOLE)) < 0;
        return small && amount.signum() != 0 ? money(amount) : whole(amount);
    }

    /** One amount where both read the same. */
    public static String between(String low, String high) {
        return low.equals(high) ? low : low + " to " + high;
    }

    /** A sentence of an audit, which has amounts a month as numbers, with the currency of each. */
    public String inProse(String sentence) {
        return BARE_AMOUNT.matcher(sentence).replaceAll(amount -> Matcher.quoteReplacement(sign() + amount.group()));
    }

    public static String count(long number) {
        return grouped(BigDecimal.valueOf(number), 0);
    }

    /** {@code part} of {@code whole} in whole percent; unknown when either is, or when there is no whole. */
    public static String share(BigDecimal part, BigDecimal whole) {
        if (part == null || whole == null || whole.signum() <= 0) {
            return UNKNOWN;
        }
        BigDecimal percent = part.multiply(BigDecimal.valueOf(100)).divide(whole, MathContext.DECIMAL64);
        if (percent.signum() > 0 && percent.compareTo(BigDecimal.ONE) < 0) {
            return "< 1 %";
        }
        BigDecimal all = BigDecimal.valueOf(100);
        boolean almost = percent.compareTo(all) < 0
                && percent.setScale(0, RoundingMode.HALF_EVEN).compareTo(all) == 0;
        return almost ? "> 99 %" : grouped(percent, 0) + " %";
    }

    /** The prefix of an amount: a sign, or the code and a space. */
    public String sign() {
        if (currency == null) {
            return "";
        }
        String sign = SIGNS.get(currency);
        return sign == null ? VisibleText.of(currency) + " " : sign;
    }

    private String signed(BigDecimal amount, String digits) {
        return (amount.signum() < 0 ? "-" : "") + sign() + digits;
    }

    public static String grouped(BigDecimal number, int decimals) {
        String digits = number.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        int point = decimals == 0 ? digits.length() : digits.indexOf('.');
        int first = digits.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder(digits);
        for (int index = point - 3; index > first; index -= 3) {
            grouped.insert(index, ',');
        }
        return grouped.toString();
    }
}
