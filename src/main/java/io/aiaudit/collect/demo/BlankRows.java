package io.aiaudit.collect.demo;

import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all rows of one cloud's bill have in common. */
record BlankRows(Company company, String provider, Window month) {
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);

    private static final Map<String, String> NAMES = Map.of("aws", "AWS", "azure", "Microsoft", "gcp", "Google Cloud");

    FocusRow row(String account, String region, Instant start, Duration length) {
        String name = NAMES.get(provider);
        return new FocusRow()
                .set("BillingAccountId", provider + "-payer-0001")
                .set("BillingAccountName", "Demo company")
                .set("BillingCurrency", "USD")
                .set("BillingPeriodStart", month.start().toString())
                .set("BillingPeriodEnd", month.end().toString())
                .set("ChargePeriodStart", start.toString())
                .set("ChargePeriodEnd", start.plus(length).toString())
                .set("ChargeCategory", "Usage")
                .set("ChargeFrequency", "Usage-Based")
                .set("PricingCategory", "Standard")
                .set("ProviderName", name)
                .set("PublisherName", name)
                .set("InvoiceIssuerName", name)
                .set("RegionId", region)
                .set("SubAccountId", account)
                .set("SubAccountName", company.accountName(account));
    }

    List<Instant> days() {
        return Stream.iterate(month.start(), day -> day.isBefore(month.end()), day -> day.plus(DAY))
                .toList();
    }

    /** The tables hold no character that JSON would have to escape. */
    static String json(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> "\"" + tag.getKey() + "\":\"" + tag.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
