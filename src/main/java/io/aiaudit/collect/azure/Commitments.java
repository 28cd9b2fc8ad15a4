package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ONCE;
import static io.aiaudit.collect.Operation.COMMITMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GapTopic;
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
final class Commitments extends AzurePart {
    private static final String VERSION = "2022-11-01";
    private static final AzureOperation RESERVATIONS =
            AzureOperation.get("/providers/Microsoft.Capacity/reservations", VERSION, ONCE, COMMITMENTS);
    private static final AzureOperation PLANS =
            AzureOperation.get("/providers/Microsoft.BillingBenefits/savingsPlans", VERSION, ONCE, COMMITMENTS);

    /** Who may read them: roles of the tenant, not of its subscriptions. */
    private static final Map<AzureOperation, String> ROLES = Map.of(
            RESERVATIONS,
            "az role assignment create --assignee YOU --role \"Reservations Reader\" --scope "
                    + "/providers/Microsoft.Capacity",
            PLANS,
            "az role assignment create --assignee YOU --role \"Savings plan Reader\" --scope "
                    + "/providers/Microsoft.BillingBenefits");

    /** States of commitments that are not paid for any more. */
    private static final Set<String> OVER = Set.of("Cancelled", "Expired", "Failed", "Split", "Merged");

    private static final BigDecimal DAYS = new BigDecimal(30);
    private static final Duration DAY = Duration.ofDays(1);

    Commitments() {
        super("commitments", Slice.Dataset.COMMITMENTS, List.of(RESERVATIONS, PLANS));
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = new Details("azure", "tenant", session.arm().failures(), sink);
        Set<AzureOperation> denied = new LinkedHashSet<>();
        List<JsonNode> reservations = list(session.arm(), RESERVATIONS, details, denied);
        for (JsonNode commitment : reservations) {
            emit(
                    commitment,
                    kind(commitment),
                    Json.instant(commitment, "/properties/effectiveDateTime"),
                    null,
                    window,
                    sink);
        }
        List<JsonNode> plans = list(session.arm(), PLANS, details, denied);
        for (JsonNode commitment : plans) {
            boolean hourly = "Hourly".equalsIgnoreCase(Json.text(commitment, "/properties/commitment/grain"));
            emit(
                    commitment,
                    "savings plan",
                    Json.instant(commitment, "/properties/benefitStartTime"),
                    hourly ? Json.number(commitment, "/properties/commitment/amount") : null,
                    window,
                    sink);
        }
        details.failUnlessSomethingAnswered();
        if (!denied.isEmpty()) {
            sink.gap(denied(denied));
        } else if (reservations.isEmpty() && plans.isEmpty()) {
            sink.warning(
                    "Azure returned no reservations or savings plans, as it does without permission: see the roles in "
                            + "docs/azure.md, A whole tenant.");
        }
    }

    /** A denied list is noted, and is no failure of the slice. */
    private static List<JsonNode> list(Arm arm, AzureOperation operation, Details details, Set<AzureOperation> denied) {
        return details.list(named(operation), commitment -> {
            try {
                arm.each(arm.request(operation), commitment);
            } catch (RestFailure e) {
                if (e.status() != 403) {
                    throw e;
                }
                denied.add(operation);
            }
        });
    }

    private static String named(AzureOperation operation) {
        return operation.equals(PLANS) ? GapTopic.SAVINGS_PLANS.words() : "reservations";
    }

    /** One for the tenant, whose they are: no role of a subscription opens them. */
    private static Gap denied(Set<AzureOperation> operations) {
        String what = operations.size() > 1
                ? "commitments"
                : named(operations.iterator().next());
        return new Gap(
                "azure",
                what + " of the tenant",
                "access denied for "
                        + operations.stream().map(AzureOperation::permission).collect(Collectors.joining(" and "))
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
    private static void emit(
            JsonNode commitment, String kind, Instant start, BigDecimal hourly, Window window, Sink sink) {
        Instant end = end(commitment);
        boolean over = OVER.contains(String.valueOf(Json.text(commitment, "/properties/provisioningState")));
        if (!over && (end == null || end.isAfter(window.start()))) {
            sink.commitment(
                    new Commitment(
                            "azure",
                            Json.text(commitment, "/id"),
                            kind,
                            scope(commitment),
                            start,
                            end,
                            hourly,
                            usedShare(commitment)),
                    hourly == null ? null : Json.text(commitment, "/properties/commitment/currencyCode"));
        }
    }

    /** Older reservations have a day without a time: it still counts. */
    private static Instant end(JsonNode commitment) {
        Instant end = Json.instant(commitment, "/properties/expiryDateTime");
        String day = Json.text(commitment, "/properties/expiryDate");
        return end != null || day == null || !day.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                ? end
                : Instant.parse(day + "T00:00:00Z").plus(DAY);
    }

    private static String scope(JsonNode commitment) {
        String one = Json.text(commitment, "/properties/appliedScopes/0");
        return one == null ? Json.text(commitment, "/properties/appliedScopeType") : one;
    }

    private static BigDecimal usedShare(JsonNode commitment) {
        for (JsonNode aggregate : commitment.at("/properties/utilization/aggregates")) {
            BigDecimal grain = Json.number(aggregate, "/grain");
            BigDecimal value = Json.number(aggregate, "/value");
            if (grain != null && value != null && grain.compareTo(DAYS) == 0) {
                return value.movePointLeft(2);
            }
        }
        return null;
    }
}
