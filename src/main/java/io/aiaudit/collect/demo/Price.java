package io.aiaudit.collect.demo;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** How a resource is billed: by the hour of its machines or units, by stored GiB, by tokens, or not at all. */
record Price(Meter meter, List<BigDecimal> amounts, boolean spot) {
    /**
     * What is counted; the amounts are a factor on the list price, a price per hour, GiB and price per month, prices
     * per million tokens.
     */
    enum Meter {
        HOURLY,
        UNIT,
        STORAGE,
        TOKENS,
        NONE
    }

    /** Reads such as {@code hourly 0.42 spot}, {@code storage 2000 0.08} or {@code none}. */
    static Price of(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        boolean spot = words.contains("spot");
        Meter meter = Arrays.stream(Meter.values())
                .filter(one -> one.name().equalsIgnoreCase(words.get(0)))
                .findFirst()
                .orElseThrow();
        return new Price(
                meter,
                words.stream()
                        .skip(1)
                        .filter(word -> !word.equals("spot"))
                        .map(BigDecimal::new)
                        .toList(),
                spot);
    }

    BigDecimal amount(int index) {
        return amounts.get(index);
    }
}
