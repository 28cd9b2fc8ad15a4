package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Since when a machine is stopped, which the machine itself does not show: the log knows who stopped it in the last 90
 * days. It does not know of a system that shut itself down.
 */
final class ActivityLog {
    private static final String VERSION = "2015-04-01";
    static final AzureOperation EVENTS = AzureOperation.get(
                    "/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values",
                    VERSION,
                    new Frequency("1 for each stopped instance"),
                    "instance")
            .permission("Microsoft.Insights/eventtypes/values/read")
            .probe((request, session) -> lastMinute(request));
    private static final Duration KEPT = Duration.ofDays(89);
    private static final List<String> STOPS = List.of(
            "microsoft.compute/virtualmachines/poweroff/action", "microsoft.compute/virtualmachines/deallocate/action");

    private final AzureSession session;
    private final Details details;

    ActivityLog(AzureSession session, Details details) {
        this.session = session;
        this.details = details;
    }

    /** Null where no stop was logged in that time, or the log cannot be read: then it is unknown. */
    Instant stoppedSince(JsonNode machine) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RestRequest events = session.request(EVENTS)
                .query(
                        "$filter",
                        between(now.minus(KEPT), now) + " and resourceUri eq '" + Json.text(machine, "/id") + "'")
                .query("$select", "operationName,status,eventTimestamp");
        return details.call(
                        "stop dates of instances",
                        Json.text(machine, "/name"),
                        () -> session.arm().list(events))
                .flatMap(logged -> logged.stream()
                        .filter(ActivityLog::isStop)
                        .map(event -> Json.instant(event, "/eventTimestamp"))
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo))
                .orElse(null);
    }

    private static RestRequest lastMinute(RestRequest request) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return request.query("$filter", between(now.minus(1, ChronoUnit.MINUTES), now));
    }

    /** Azure refuses a filter without both ends. */
    private static String between(Instant from, Instant to) {
        return "eventTimestamp ge '" + from + "' and eventTimestamp le '" + to + "'";
    }

    private static boolean isStop(JsonNode event) {
        String operation = String.valueOf(Json.text(event, "/operationName/value"));
        return STOPS.contains(operation.toLowerCase(Locale.ROOT))
                && "Succeeded".equalsIgnoreCase(Json.text(event, "/status/value"));
    }
}
