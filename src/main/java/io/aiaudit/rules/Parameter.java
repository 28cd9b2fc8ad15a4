package io.aiaudit.rules;

import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.List;

/**
 * A threshold of a rule that users can change.
 *
 * @param defaultValue a Long, BigDecimal, Boolean, String, or a List of one of them
 * @param unit such as days; null when it has none
 * @param range what a user may set it to, or each of its numbers; null for texts and yes or no
 * @param help what it means, in a sentence
 */
public record Parameter(String name, Object defaultValue, String unit, ParameterRange range, String help) {
    public Parameter {
        defaultValue = defaultValue instanceof List<?> list ? List.copyOf(list) : defaultValue;
    }

    /** The type of its column in the relation {@code param}. */
    public String sqlType() {
        if (defaultValue instanceof List<?> list) {
            return elementType(list) + "[]";
        }
        return scalarType(defaultValue);
    }

    /** {@code value} as this parameter takes it, or a UserError that names the rule. */
    Object accept(String rule, Object value) {
        Object accepted = defaultValue instanceof List<?> list
                ? acceptList(list, value)
                : acceptScalar(scalarType(defaultValue), value);
        if (accepted == null) {
            throw new UserError(
                    "parameter \"" + name + "\" of rule " + rule + " is "
                            + (value == null ? "empty" : "\"" + value + "\"") + ", expected " + words() + ".",
                    "Write it like its default: " + name + ": " + defaultValue);
        }
        return accepted;
    }

    /**
     * Refuses a value that {@link #accept} takes and no user means, such as -1 days.
     *
     * @throws UserError for a number outside of its range
     */
    void checkRange(String rule, Object value) {
        Object accepted = accept(rule, value);
        for (BigDecimal number : numbers(accepted)) {
            if (!range.holds(number)) {
                throw new UserError(
                        "parameter \"" + name + "\" of rule " + rule + " is " + number.toPlainString() + ", expected "
                                + range + (unit == null ? "" : " (" + unit + ")") + ".",
                        "Write a number in this range, such as its default: " + name + ": " + defaultValue);
            }
        }
    }

    /** The numbers of a value, whether it is one or a list; none of a text. */
    static List<BigDecimal> numbers(Object value) {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        return values.stream()
                .filter(Number.class::isInstance)
                .map(each -> new BigDecimal(each.toString()))
                .toList();
    }

    /** Whether it is a number or a list of numbers. */
    static boolean isNumeric(Object defaultValue) {
        return defaultValue instanceof List<?> list
                ? !list.isEmpty()
                        && !elementType(list).equals("VARCHAR")
                        && !elementType(list).equals("BOOLEAN")
                : defaultValue instanceof Number;
    }

    private static List<Object> acceptList(List<?> defaults, Object value) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        String type = elementType(defaults);
        List<Object> accepted = new java.util.ArrayList<>();
        for (Object element : list) {
            accepted.add(acceptScalar(type, element));
        }
        return accepted.contains(null) ? null : accepted;
    }

    private static Object acceptScalar(String type, Object value) {
        return switch (type) {
            case "BIGINT" ->
                value instanceof Long || value instanceof Integer ? (Object) ((Number) value).longValue() : null;
            case "DOUBLE" -> value instanceof Number number ? new BigDecimal(number.toString()) : null;
            case "BOOLEAN" -> value instanceof Boolean ? value : null;
            default -> value instanceof String ? value : null;
        };
    }

    private static String scalarType(Object value) {
        if (value instanceof Long) {
            return "BIGINT";
        }
        if (value instanceof BigDecimal) {
            return "DOUBLE";
        }
        return value instanceof Boolean ? "BOOLEAN" : "VARCHAR";
    }

    /** One type for all elements; whole numbers among numbers are numbers. */
    private static String elementType(List<?> list) {
        List<String> types = list.stream().map(Parameter::scalarType).distinct().toList();
        if (types.size() == 1) {
            return types.get(0);
        }
        return !types.isEmpty() && List.of("BIGINT", "DOUBLE").containsAll(types) ? "DOUBLE" : "VARCHAR";
    }

    private String words() {
        String one = switch (sqlType().replace("[]", "")) {
            case "BIGINT" -> "whole number";
            case "DOUBLE" -> "number";
            case "BOOLEAN" -> "true or false";
            default -> "text";
        };
        if (defaultValue instanceof List) {
            return "a list, each element a " + one;
        }
        return one.equals("text") || one.equals("true or false") ? one : "a " + one;
    }
}
