package io.aiaudit.store;

import java.util.List;
import java.util.Map;

/**
 * What the configuration says about reading bills.
 *
 * @param currency that the audit is in, null = the one of the bills
 * @param aiTags tag keys with the value that marks a charge as AI; "*" is any value
 * @param aiAccounts accounts whose charges are all AI
 */
public record IngestSettings(
        String currency,
        List<ExchangeRate> exchangeRates,
        List<Map.Entry<String, String>> aiTags,
        List<String> aiAccounts) {
    public static final IngestSettings NONE = new IngestSettings(null, List.of(), List.of(), List.of());

    public IngestSettings {
        exchangeRates = List.copyOf(exchangeRates);
        aiTags = List.copyOf(aiTags);
        aiAccounts = List.copyOf(aiAccounts);
    }
}
