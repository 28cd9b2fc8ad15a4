package io.aiaudit.analysis;

import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the estimate of missing audit records assumes (trail-storage.yaml). */
record TrailStorage(
        BigDecimal bytesPerToken,
        BigDecimal recordBytes,
        long retentionMonths,
        String currency,
        Map<String, BigDecimal> pricePerGibMonth) {
    private static final String FILE = "trail-storage.yaml";

    static TrailStorage read() {
        try (InputStream text = TrailStorage.class.getResourceAsStream(FILE)) {
            YamlNode node = YamlReader.parse(FILE, new String(text.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, BigDecimal> prices = new TreeMap<>();
            node.need("price_per_gib_month")
                    .entries()
                    .forEach((provider, price) -> prices.put(provider, price.number()));
            return new TrailStorage(
                    node.need("bytes_per_token").number(),
                    node.need("record_bytes").number(),
                    node.need("retention_months").wholeNumber(),
                    node.need("currency").text(),
                    prices);
        } catch (IOException e) {
            throw new UncheckedIOException("the assumptions about audit records cannot be read", e);
        }
    }
}
