package io.aiaudit.report.text;

import io.aiaudit.model.Audit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a source was asked for an audit, and what its provider charges for being asked.
 *
 * @param usd null = unknown
 * @param byOperation how many requests each operation took
 */
public record Asking(String source, BigDecimal requests, BigDecimal usd, Map<String, BigDecimal> byOperation) {
    private static final String REQUESTS = "_requests";
    private static final String USD = "_usd";
    private static final String BY_OPERATION = "_requests_by_operation";
    private static final int CENTS = 2;

    /** One for each source that counts its requests, in the order of their names. */
    public static List<Asking> of(Audit audit) {
        Map<String, Object> cost = audit.scanCost() == null ? Map.of() : new TreeMap<>(audit.scanCost());
        List<Asking> askings = new ArrayList<>();
        cost.forEach((key, value) -> {
            if (key.endsWith(REQUESTS) && value instanceof Number) {
                String source = key.substring(0, key.length() - REQUESTS.length());
                askings.add(
                        new Asking(source, number(value), number(cost.get(source + USD)), operations(cost, source)));
            }
        });
        return askings;
    }

    /** Whether an entry of the scan's cost is told by one of {@code askings}. */
    public static boolean tell(List<Asking> askings, String key) {
        return askings.stream()
                .anyMatch(asking -> List.of(REQUESTS, USD, BY_OPERATION).contains(key.replaceFirst(asking.source, "")));
    }

    private static Map<String, BigDecimal> operations(Map<String, Object> cost, String source) {
        Map<String, BigDecimal> operations = new TreeMap<>();
        if (cost.get(source + BY_OPERATION) instanceof Map<?, ?> counts) {
            counts.forEach((operation, count) -> operations.put(String.valueOf(operation), number(count)));
        }
        return operations;
    }

    private static BigDecimal number(Object value) {
        return value instanceof Number ? new BigDecimal(value.toString()) : null;
    }

    /**
     * One line for people, such as {@code Asked: aws 1,234 requests for $0.04.}; empty where nothing was asked of
     * anybody.
     */
    public static Optional<String> line(Audit audit) {
        List<Asking> askings = of(audit);
        return askings.isEmpty()
                ? Optional.empty()
                : Optional.of(askings.stream()
                        .map(asking -> asking.source + " " + Amounts.grouped(asking.requests, 0)
                                + (asking.requests.compareTo(BigDecimal.ONE) == 0 ? " request" : " requests") + " for "
                                + asking.dollars())
                        .collect(Collectors.joining(", ", "Requests: ", ".")));
    }

    /** Less than a cent is not nothing. */
    public String dollars() {
        if (usd == null) {
            return Amounts.UNKNOWN;
        }
        BigDecimal exact = usd.stripTrailingZeros();
        return "$" + (exact.scale() <= CENTS ? usd.setScale(CENTS, RoundingMode.UNNECESSARY) : exact).toPlainString();
    }
}
