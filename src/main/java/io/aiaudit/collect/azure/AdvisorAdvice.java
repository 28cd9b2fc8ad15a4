package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Operation.ADVICE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Azure Advisor recommends about costs. It repeats the same advice for each term and each look-back, of which only
 * one can be followed: only the best of them is kept.
 */
final class AdvisorAdvice extends AzurePart {
    private static final String VERSION = "2023-01-01";
    private static final AzureOperation RECOMMENDATIONS = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Advisor/recommendations",
            VERSION,
            AzureOperation.WHERE_NOTHING_IS,
            ADVICE);

    private static final String SOURCE = "Azure Advisor";
    private static final BigDecimal MONTHS = new BigDecimal(12);

    AdvisorAdvice() {
        super("advice", Slice.Dataset.ADVICE, List.of(RECOMMENDATIONS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Map<String, Recommended> best = new LinkedHashMap<>();
        Details details = session.details(sink);
        List<JsonNode> all = details.list(
                "recommendations",
                one -> session.arm()
                        .each(session.request(RECOMMENDATIONS).query("$filter", "Category eq 'Cost'"), one));
        details.failUnlessSomethingAnswered();
        for (JsonNode recommendation : all) {
            Advice advice = advice(recommendation);
            if (advice.resourceId() != null) {
                String currency = Json.text(recommendation, "/properties/extendedProperties/savingsCurrency");
                best.merge(key(recommendation, advice), new Recommended(advice, currency), AdvisorAdvice::better);
            }
        }
        best.values().forEach(each -> sink.advice(each.advice(), each.currency() == null ? "USD" : each.currency()));
    }

    /** {@code currency} is null where Azure does not give it. */
    private record Recommended(Advice advice, String currency) {
        BigDecimal saving() {
            return advice.monthlySaving();
        }
    }

    /** The same but for term and look-back. */
    private static String key(JsonNode recommendation, Advice advice) {
        return String.join(
                "|",
                String.valueOf(Json.text(recommendation, "/properties/recommendationTypeId")),
                advice.resourceId(),
                String.valueOf(Json.text(recommendation, "/properties/extendedProperties/sku")),
                String.valueOf(Json.text(recommendation, "/properties/extendedProperties/region")));
    }

    private static Recommended better(Recommended one, Recommended other) {
        if (one.saving() == null || other.saving() == null) {
            return one.saving() == null ? other : one;
        }
        return one.saving().compareTo(other.saving()) >= 0 ? one : other;
    }

    private static Advice advice(JsonNode recommendation) {
        JsonNode properties = recommendation.path("properties");
        String resource = Json.text(properties, "/resourceMetadata/resourceId");
        String text = Json.text(properties, "/shortDescription/solution");
        String sku = Json.text(properties, "/extendedProperties/displaySKU");
        String term = Json.text(properties, "/extendedProperties/term");
        return new Advice(
                AzureSession.id(resource),
                SOURCE,
                (text == null ? "a recommendation without text" : text)
                        + (sku == null ? "" : ", " + sku)
                        + (term == null ? "" : ", term " + term),
                saving(properties));
    }

    private static BigDecimal saving(JsonNode properties) {
        BigDecimal monthly = Json.number(properties, "/extendedProperties/savingsAmount");
        BigDecimal annual = Json.number(properties, "/extendedProperties/annualSavingsAmount");
        return monthly != null || annual == null ? monthly : annual.divide(MONTHS, 2, RoundingMode.HALF_EVEN);
    }
}
