package io.aiaudit.store;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the configuration says about reading bills.
 *
 * @param currency that the audit is in, null = the one of the bills
 * @param discounts percent that the customer pays less than the list prices of a provider, by provider
 * @param prices list prices of the user's own, which win over all others
 * @param aiTags tag keys with the value that marks a charge as AI; "*" is any value
 * @param aiAccounts accounts whose charges are all AI
 * @param locations file and line of entries, for warnings, such as those of {@code ai.accounts 123456789012}
 */
public record IngestSettings(
        String currency,
        List<ExchangeRate> exchangeRates,
        Map<String, BigDecimal> discounts,
        List<PriceFile> prices,
        List<Map.Entry<String, String>> aiTags,
        List<String> aiAccounts,
        Map<String, String> locations) {
    /** The key of the location of this setting. */
    public static final String ABSENT_IS_ZERO = "absent_is_zero";

    public static final IngestSettings NONE =
            new IngestSettings(null, List.of(), Map.of(), List.of(), List.of(), List.of(), Map.of());

    public IngestSettings {
        exchangeRates = List.copyOf(exchangeRates);
        discounts = Map.copyOf(discounts);
        prices = List.copyOf(prices);
        aiTags = List.copyOf(aiTags);
        aiAccounts = List.copyOf(aiAccounts);
        locations = Map.copyOf(locations);
    }
}
