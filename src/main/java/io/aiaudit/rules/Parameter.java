package io.aiaudit.rules;

import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.List;

/**
 * A threshold of a rule that users can change.
 *
 * @param defaultValue a Long, BigDecimal, Boolean, String, or a List of one of them
 * @param unit such as days; null when it has none
 * @param help what it means, in a sentence
 */
public record Parameter(String name, Object defaultValue, String unit, String help) {
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
