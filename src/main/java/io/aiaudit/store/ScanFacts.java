package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a saved scan says about itself.
 *
 * @param currency of every amount; null only where nothing was priced
 * @param config the configuration that was in effect, as text by key; never a secret
 */
public record ScanFacts(
        String toolVersion,
        Window window,
        String currency,
        List<String> sources,
        Instant scannedAt,
        boolean demo,
        boolean partial,
        Map<String, String> config) {
    public ScanFacts {
        sources = List.copyOf(sources);
        config = Map.copyOf(config);
    }
}
