package io.aiaudit.config;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.YamlNode;
import io.aiaudit.store.PriceFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a customer pays less than a provider's list prices, such as an enterprise discount: the section {@code
 * discounts} of aiaudit.yaml.
 */
final class Discounts {
    private static final BigDecimal ALL = new BigDecimal(100);

    private Discounts() {}

    /** Percent by provider. */
    static Map<String, BigDecimal> of(YamlNode section) {
        Map<String, BigDecimal> discounts = new TreeMap<>();
        for (YamlNode entry : section.items()) {
            entry.unknownKeysAgainst(List.of("provider", "percent"));
            YamlNode provider = entry.need("provider");
            if (!PriceFile.PROVIDERS.contains(provider.text())) {
                throw provider.error(
                        "there are no list prices of \"" + provider.text() + "\".",
                        DidYouMean.sentence(provider.text(), PriceFile.PROVIDERS));
            }
            YamlNode percent = entry.need("percent");
            BigDecimal value = percent.number();
            if (value.signum() <= 0 || value.compareTo(ALL) >= 0 || value.scale() > 4) {
                throw percent.error(
                        "expected percent above 0 and below 100, found " + percent.text() + ".",
                        "Write for example percent: 12 for 12 % below the list price.");
            }
            if (discounts.put(provider.text(), value) != null) {
                throw provider.error("there are two discounts of " + provider.text() + ".", "Combine them into one.");
            }
        }
        return discounts;
    }
}
