package io.aiaudit.collect;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests that a source received, and what it charges for them.
 *
 * @param requests sent, by operation; each attempt and each page counts
 * @param usd what the provider charges for them, in US dollars
 */
public record ScanCost(Map<String, Long> requests, BigDecimal usd) {
    public static final ScanCost NONE = new ScanCost(Map.of(), BigDecimal.ZERO);

    public ScanCost {
        requests = Collections.unmodifiableMap(new TreeMap<>(requests));
    }

    public long total() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
