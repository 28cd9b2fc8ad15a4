package io.aiaudit.analysis;

import io.aiaudit.collect.ScanCost;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the scan itself cost, kept with a saved scan among its texts by key, there and back. */
public final class SavedCost {
    private static final String PREFIX = "scan_cost.";
    private static final String REQUESTS = "_requests";
    private static final String USD = "_usd";
    private static final String OPERATION = "_requests_by_operation.";

    private SavedCost() {}

    /** Texts to keep by key; none where nothing was requested. */
    public static Map<String, String> of(String source, ScanCost cost) {
        Map<String, String> texts = new TreeMap<>();
        if (cost.total() > 0) {
            texts.put(PREFIX + source + REQUESTS, String.valueOf(cost.total()));
            texts.put(PREFIX + source + USD, cost.usd().toPlainString());
            cost.requests()
                    .forEach((operation, count) ->
                            texts.put(PREFIX + source + OPERATION + operation, String.valueOf(count)));
        }
        return texts;
    }

    /** As the audit has it: requests, US dollars and requests by operation of each source. */
    static Map<String, Object> read(Map<String, String> texts) {
        Map<String, Object> cost = new LinkedHashMap<>();
        Map<String, Map<String, Object>> operations = new TreeMap<>();
        new TreeMap<>(texts).forEach((key, text) -> {
            if (!key.startsWith(PREFIX)) {
                return;
            }
            String name = key.substring(PREFIX.length());
            int dot = name.indexOf('.');
            if (dot < 0) {
                cost.put(name, new BigDecimal(text));
            } else {
                operations
                        .computeIfAbsent(name.substring(0, dot), group -> new TreeMap<>())
                        .put(name.substring(dot + 1), new BigDecimal(text));
            }
        });
        cost.putAll(operations);
        return cost;
    }
}
