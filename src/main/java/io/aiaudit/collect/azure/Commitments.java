package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reservations and savings plans of the tenant: until when, and how much of them was used in the last 30 days. */
final class Commitments implements AzurePart {
    static final String RESERVATIONS = "/providers/Microsoft.Capacity/reservations";
    static final String PLANS = "/providers/Microsoft.BillingBenefits/savingsPlans";
    static final String VERSION = "2022-11-01";

    /** Who may read them: roles of the tenant, not of its subscriptions. */
    private static final Map<String, String> ROLES = Map.of(
            RESERVATIONS,
            "az role assignment create --assignee YOU --role \"Reservations Reader\" --scope /providers/Microsoft.Capacity",
            PLANS,
            "az role assignment create --assignee YOU --role \"Savings plan Reader\" --scope /providers/Microsoft.BillingBenefits");

    /** States of what nobody pays for any more. */
    private static final Set<String> OVER = Set.of("Cancelled", "Expired", "Failed", "Split", "Merged");

    private static final BigDecimal DAYS = new BigDecimal(30);
    private static final Duration DAY = Duration.ofDays(1);

    @Override
    public String word() {
        return "commitments";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.COMMITMENTS;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) {
        Details details = new Details(place);
        Set<String> denied = new LinkedHashSet<>();
        List<JsonNode> reservations = list(place.arm(), RESERVATIONS, details, denied);
        for (JsonNode told : reservations) {
            emit(told, kind(told), Json.instant(told, "/properties/effectiveDateTime"), null, window, sink);
        }
        List<JsonNode> plans = list(place.arm(), PLANS, details, denied);
        for (JsonNode told : plans) {
            boolean hourly = "Hourly".equalsIgnoreCase(Json.text(told, "/properties/commitment/grain"));
            emit(
                    told,
                    "savings plan",
                    Json.instant(told, "/properties/benefitStartTime"),
                    hourly ? Json.number(told, "/properties/commitment/amount") : null,
                    window,
                    sink);
        }
        details.tellUnlessNothingAnswered(sink);
        if (!denied.isEmpty()) {
            sink.gap(denied(place.arm(), denied));
        } else if (reservations.isEmpty() && plans.isEmpty()) {
            sink.warning(
                    "Azure returned no reservations or savings plans, as it does without permission: see the roles in docs/azure.md, A whole tenant.");
        }
    }

    /** A denied list is noted, and is no failure of the slice. */
    private static List<JsonNode> list(Arm arm, String operation, Details details, Set<String> denied) {
        return details.ask(
                operation.equals(PLANS) ? "savings plans" : "reservations",
                () -> {
                    try {
                        return arm.list(arm.get(operation, VERSION));
                    } catch (RestFailure e) {
                        if (e.status() != 403) {
                            throw e;
                        }
                        denied.add(operation);
                        return List.of();
                    }
                },
                List.<JsonNode>of());
    }

    /** One for the tenant, whose they are: no role of a subscription opens them. */
    private static Gap denied(Arm arm, Set<String> operations) {
        return new Gap(
                "azure",
                "commitments of the tenant",
                "access denied for "
                        + operations.stream()
                                .map(operation -> arm.operations().action("GET:" + operation))
                                .collect(Collectors.joining(" and "))
                        + ".",
                operations.stream().map(ROLES::get).collect(Collectors.joining("; ")));
    }

    private static String kind(JsonNode reservation) {
        String type = Json.text(reservation, "/sku/name");
        Integer quantity = Json.integer(reservation, "/properties/quantity");
        return "reservation" + (quantity == null || quantity == 1 ? "" : " of " + quantity)
                + (type == null ? "" : " " + type);
    }

    /** Those that reach into the window, and were not given back or made into others. */
    private static void emit(JsonNode told, String kind, Instant start, BigDecimal hourly, Window window, Sink sink) {
        Instant end = end(told);
        boolean over = OVER.contains(String.valueOf(Json.text(told, "/properties/provisioningState")));
        if (!over && (end == null || end.isAfter(window.start()))) {
            sink.commitment(
                    new Commitment(
                            "azure", Json.text(told, "/id"), kind, scope(told), start, end, hourly, usedShare(told)),
                    hourly == null ? null : Json.text(told, "/properties/commitment/currencyCode"));
        }
    }

    /** A day without a time is told by older reservations: it still counts. */
    private static Instant end(JsonNode told) {
        Instant end = Json.instant(told, "/properties/expiryDateTime");
        String day = Json.text(told, "/properties/expiryDate");
        return end != null || day == null || !day.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                ? end
                : Instant.parse(day + "T00:00:00Z").plus(DAY);
    }

    private static String scope(JsonNode told) {
        String one = Json.text(told, "/properties/appliedScopes/0");
        return one == null ? Json.text(told, "/properties/appliedScopeType") : one;
    }

    private static BigDecimal usedShare(JsonNode told) {
        for (JsonNode aggregate : told.at("/properties/utilization/aggregates")) {
            BigDecimal grain = Json.number(aggregate, "/grain");
            BigDecimal value = Json.number(aggregate, "/value");
            if (grain != null && value != null && grain.compareTo(DAYS) == 0) {
                return value.movePointLeft(2);
            }
        }
        return null;
    }
}
