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
 * The requests that a source received for an audit, and what its provider charges for them.
 *
 * @param usd null = unknown
 * @param byOperation how many requests each operation took
 */
public record ApiUsage(String source, BigDecimal requests, BigDecimal usd, Map<String, BigDecimal> byOperation) {
    private static final String REQUESTS = "_requests";
    private static final String USD = "_usd";
    private static final String BY_OPERATION = "_requests_by_operation";
    private static final int CENTS = 2;

    /** One for each source that counts its requests, in the order of their names. */
    public static List<ApiUsage> of(Audit audit) {
        Map<String, Object> cost = audit.scanCost() == null ? Map.of() : new TreeMap<>(audit.scanCost());
        List<ApiUsage> usages = new ArrayList<>();
        cost.forEach((key, value) -> {
            if (key.endsWith(REQUESTS) && value instanceof Number) {
                String source = key.substring(0, key.length() - REQUESTS.length());
                usages.add(
                        new ApiUsage(source, number(value), number(cost.get(source + USD)), operations(cost, source)));
            }
        });
        return usages;
    }

    /** Whether an entry of the scan's cost is shown by one of {@code usages}. */
    public static boolean shows(List<ApiUsage> usages, String key) {
        return usages.stream()
                .anyMatch(usage -> List.of(REQUESTS, USD, BY_OPERATION).contains(key.replaceFirst(usage.source, "")));
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
     * One line for people with the number of requests of each source and their price; empty where none was sent.
     */
    public static Optional<String> line(Audit audit) {
        List<ApiUsage> usages = of(audit);
        return usages.isEmpty()
                ? Optional.empty()
                : Optional.of(usages.stream()
                        .map(usage -> usage.source + " " + Amounts.grouped(usage.requests, 0)
                                + (usage.requests.compareTo(BigDecimal.ONE) == 0 ? " request" : " requests") + " for "
                                + usage.dollars())
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
