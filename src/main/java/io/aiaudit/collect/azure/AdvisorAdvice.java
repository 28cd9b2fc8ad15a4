package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Azure Advisor recommends about costs. It repeats the same advice for each term and each look-back, of which only one can be followed: the best of them is told. */
final class AdvisorAdvice implements AzurePart {
    static final String RECOMMENDATIONS = "/subscriptions/{subscription}/providers/Microsoft.Advisor/recommendations";
    static final String VERSION = "2023-01-01";

    private static final String SOURCE = "Azure Advisor";
    private static final BigDecimal MONTHS = new BigDecimal(12);

    @Override
    public String word() {
        return "advice";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.ADVICE;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) {
        Map<String, Advice> best = new LinkedHashMap<>();
        for (JsonNode told :
                place.arm().list(place.get(RECOMMENDATIONS, VERSION).query("$filter", "Category eq 'Cost'"))) {
            Advice advice = advice(told);
            if (advice.resourceId() != null) {
                best.merge(key(told, advice), advice, AdvisorAdvice::better);
            }
        }
        best.values().forEach(sink::advice);
    }

    /** The same but for term and look-back. */
    private static String key(JsonNode told, Advice advice) {
        return String.join(
                "|",
                String.valueOf(Json.text(told, "/properties/recommendationTypeId")),
                advice.resourceId(),
                String.valueOf(Json.text(told, "/properties/extendedProperties/sku")),
                String.valueOf(Json.text(told, "/properties/extendedProperties/region")));
    }

    private static Advice better(Advice one, Advice other) {
        if (one.monthlySaving() == null || other.monthlySaving() == null) {
            return one.monthlySaving() == null ? other : one;
        }
        return one.monthlySaving().compareTo(other.monthlySaving()) >= 0 ? one : other;
    }

    private static Advice advice(JsonNode told) {
        JsonNode properties = told.path("properties");
        String resource = Json.text(properties, "/resourceMetadata/resourceId");
        String text = Json.text(properties, "/shortDescription/solution");
        String sku = Json.text(properties, "/extendedProperties/displaySKU");
        String term = Json.text(properties, "/extendedProperties/term");
        BigDecimal saving = saving(properties);
        String currency = Json.text(properties, "/extendedProperties/savingsCurrency");
        boolean inDollars = currency == null || currency.equals("USD");
        return new Advice(
                AzurePlace.id(resource),
                SOURCE,
                (text == null ? "a recommendation without words" : text)
                        + (sku == null ? "" : ", " + sku)
                        + (term == null ? "" : ", term " + term)
                        + (saving == null || inDollars
                                ? ""
                                : ", " + saving.toPlainString() + " " + currency + " a month"),
                inDollars ? saving : null);
    }

    private static BigDecimal saving(JsonNode properties) {
        BigDecimal monthly = Json.number(properties, "/extendedProperties/savingsAmount");
        BigDecimal annual = Json.number(properties, "/extendedProperties/annualSavingsAmount");
        return monthly != null || annual == null ? monthly : annual.divide(MONTHS, 2, RoundingMode.HALF_EVEN);
    }
}
