package io.aiaudit.model.invariant;

import io.aiaudit.model.Range;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * One line of a table: a figure, and what it has to agree with. An unknown figure contradicts nothing.
 *
 * @param key of the figure in its part, as in the JSON
 * @param what the other figure, in words
 * @param tolerance by how much the two may differ
 */
record Invariant<T>(
        String key, Figure<T> figure, Relation relation, String what, Figure<T> other, Figure<T> tolerance) {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** Amounts are whole cents: other programs that wrote the file anew may have left digits behind them. */
    private static final BigDecimal HALF_A_CENT = new BigDecimal("0.005");

    private static final BigDecimal SIXTH_DIGIT = new BigDecimal("0.000006");

    /** How a figure compares with the other one. */
    enum Relation {
        EQUAL,
        AT_MOST,
        AT_LEAST
    }

    /** Such as: its findings add up to. */
    static <T> Invariant<T> equal(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(key, figure, Relation.EQUAL, what, other);
    }

    /** Such as: the run rate of its resource. */
    static <T> Invariant<T> atMost(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(key, figure, Relation.AT_MOST, what, other);
    }

    static <T> Invariant<T> atLeast(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(key, figure, Relation.AT_LEAST, what, other);
    }

    static <T> Invariant<T> notNegative(String key, Figure<T> figure) {
        return line(key, figure, Relation.AT_LEAST, "", (part, facts) -> BigDecimal.ZERO);
    }

    /** Of a share (0..1), beside {@link #notNegative}. */
    static <T> Invariant<T> atMostAll(String key, Figure<T> figure) {
        return line(key, figure, Relation.AT_MOST, "the whole", (part, facts) -> BigDecimal.ONE)
                .within((part, facts) -> SIXTH_DIGIT);
    }

    /** A price or a share of six digits. */
    static <T> Invariant<T> quotient(String key, Figure<T> figure, String what, Figure<T> other) {
        return line(key, figure, Relation.EQUAL, what, other).within((part, facts) -> {
            BigDecimal quotient = other.of(part, facts);
            return quotient == null ? null : quotient.abs().multiply(SIXTH_DIGIT);
        });
    }

    private static <T> Invariant<T> line(
            String key, Figure<T> figure, Relation relation, String what, Figure<T> other) {
        return new Invariant<>(key, figure, relation, what, other, (part, facts) -> HALF_A_CENT);
    }

    Invariant<T> within(Figure<T> difference) {
        return new Invariant<>(key, figure, relation, what, other, difference);
    }

    /** Each of so many amounts was rounded by itself. */
    Invariant<T> withinCents(Figure<T> amounts) {
        return within(
                (part, facts) -> amounts.of(part, facts).add(BigDecimal.ONE).multiply(CENT));
    }

    /** The two figures and where, when they do not agree. */
    Optional<String> problem(String path, T part, Facts facts) {
        BigDecimal is = figure.of(part, facts);
        BigDecimal others = is == null ? null : other.of(part, facts);
        if (others == null) {
            return Optional.empty();
        }
        BigDecimal difference = is.subtract(others);
        BigDecimal allowed = tolerance.of(part, facts);
        boolean agrees = switch (relation) {
            case EQUAL -> difference.abs().compareTo(allowed) <= 0;
            case AT_MOST -> difference.compareTo(allowed) <= 0;
            case AT_LEAST -> difference.negate().compareTo(allowed) <= 0;
        };
        return agrees ? Optional.empty() : Optional.of(path + "." + key + " is " + plain(is) + words(plain(others)));
    }

    private String words(String others) {
        return switch (relation) {
            case EQUAL -> ", and " + what + " " + others + ".";
            case AT_MOST -> ", above " + what + ", " + others + ".";
            case AT_LEAST -> what.isEmpty() ? ", below 0." : ", below " + what + ", " + others + ".";
        };
    }

    private static String plain(BigDecimal figure) {
        BigDecimal rounded = figure.scale() > 6 ? figure.setScale(6, RoundingMode.HALF_EVEN) : figure;
        return rounded.toPlainString();
    }

    static BigDecimal low(Range range) {
        return range == null ? null : range.low();
    }

    static BigDecimal likely(Range range) {
        return range == null ? null : range.likely();
    }

    static BigDecimal high(Range range) {
        return range == null ? null : range.high();
    }
}
