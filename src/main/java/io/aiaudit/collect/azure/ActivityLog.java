package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Since when a machine is stopped, which the machine itself does not show: the log knows who stopped and started it in
 * the last 90 days. It does not know of a system that shut itself down.
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
    private static final String MACHINE = "microsoft.compute/virtualmachines/";
    private static final String POWER_OFF = MACHINE + "poweroff/action";
    private static final String DEALLOCATE = MACHINE + "deallocate/action";

    /** After each of these it runs. An update of its description (write) says nothing: its creation has a date. */
    private static final Set<String> STARTS = Set.of(
            MACHINE + "start/action",
            MACHINE + "restart/action",
            MACHINE + "redeploy/action",
            MACHINE + "reimage/action",
            MACHINE + "performmaintenance/action");

    /** What brings a machine into a state, by state: one that is stopped was not deallocated last. */
    private static final Map<String, Set<String>> STOPS =
            Map.of("stopped", Set.of(POWER_OFF), "deallocated", Set.of(POWER_OFF, DEALLOCATE));

    private static final Set<String> CHANGES =
            Stream.concat(STARTS.stream(), Stream.of(POWER_OFF, DEALLOCATE)).collect(Collectors.toUnmodifiableSet());

    /** A change that succeeded. */
    private record Change(String operation, Instant time) {}

    private final AzureSession session;
    private final Details details;

    ActivityLog(AzureSession session, Details details) {
        this.session = session;
        this.details = details;
    }

    /** Whether the log may know since when a machine is in this state. */
    static boolean knows(String state) {
        return state != null && STOPS.containsKey(state);
    }

    /**
     * Null where the newest change that was logged is no stop, where that stop is older than the machine, where none
     * was logged in that time, or where the log cannot be read: then it is unknown.
     */
    Instant stoppedSince(JsonNode machine, String state) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant created = Json.instant(machine, "/properties/timeCreated");
        RestRequest events = session.request(EVENTS)
                .query(
                        "$filter",
                        between(now.minus(KEPT), now) + " and resourceUri eq '" + Json.text(machine, "/id") + "'")
                .query("$select", "operationName,status,eventTimestamp");
        return details.call(
                        "stop dates of instances",
                        Json.text(machine, "/name"),
                        () -> session.arm().list(events))
                .flatMap(logged -> logged.stream().flatMap(ActivityLog::change).max(Comparator.comparing(Change::time)))
                .filter(newest -> STOPS.get(state).contains(newest.operation()))
                .map(Change::time)
                .filter(time -> created == null || !time.isBefore(created))
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

    /** Empty for what changes nothing, and for what was only begun or failed. */
    private static Stream<Change> change(JsonNode event) {
        String operation =
                String.valueOf(Json.text(event, "/operationName/value")).toLowerCase(Locale.ROOT);
        Instant time = Json.instant(event, "/eventTimestamp");
        boolean succeeded = "Succeeded".equalsIgnoreCase(Json.text(event, "/status/value"));
        return succeeded && time != null && CHANGES.contains(operation)
                ? Stream.of(new Change(operation, time))
                : Stream.empty();
    }
}
