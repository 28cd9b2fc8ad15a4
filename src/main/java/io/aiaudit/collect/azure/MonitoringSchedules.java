package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a workspace watches of its deployments: schedules that make a monitor, and what each looks for. One that names
 * no deployment watches collected data of an unknown deployment: then deployments without a monitor of their own are
 * left unknown.
 *
 * @param byDeployment such as {@code DataDrift Enabled}, by endpoint and deployment
 * @param whole whether a deployment without any is known to have none
 */
record MonitoringSchedules(Map<String, Set<String>> byDeployment, boolean whole) {
    static final MonitoringSchedules UNKNOWN = new MonitoringSchedules(Map.of(), false);

    private static final String ENABLED = "Enabled";

    /** Two of Azure's signals judge the answers, which the rule and the other clouds call by one name. */
    private static final Map<String, String> NAMES =
            Map.of("ModelPerformance", "ModelQuality", "GenerationSafetyQuality", "ModelQuality");

    /** {@code all} is false where not all of them could be read. */
    static MonitoringSchedules of(List<JsonNode> schedules, boolean all) {
        Map<String, Set<String>> byDeployment = new TreeMap<>();
        boolean whole = all;
        for (JsonNode schedule : schedules) {
            if (!"CreateMonitor".equals(Json.text(schedule, "/properties/action/actionType"))) {
                continue; // it starts jobs
            }
            JsonNode monitor = schedule.at("/properties/action/monitorDefinition");
            String watched = watched(Json.text(monitor, "/monitoringTarget/deploymentId"));
            String state = state(schedule.path("properties"));
            if (watched != null) {
                Set<String> monitors = byDeployment.computeIfAbsent(watched, key -> new TreeSet<>());
                monitor.path("signals").forEach(signal -> monitors.add(name(signal) + " " + state));
            } else if (state.equals(ENABLED)) {
                whole = false;
            }
        }
        return new MonitoringSchedules(byDeployment, whole);
    }

    private static String name(JsonNode signal) {
        String signalType = String.valueOf(Json.text(signal, "/signalType"));
        return NAMES.getOrDefault(signalType, signalType);
    }

    /** The id of a deployment, or azureml:ENDPOINT:DEPLOYMENT; null where it names none. */
    private static String watched(String deployment) {
        if (deployment == null) {
            return null;
        }
        String[] id = deployment.replaceFirst("^azureml:(//)?", "").split("/");
        if (id.length > 3) {
            return key(id[id.length - 3], id[id.length - 1]);
        }
        String[] names = id[id.length - 1].split(":");
        return names.length == 2 ? key(names[0], names[1]) : null;
    }

    private static String key(String endpoint, String deployment) {
        return (endpoint + "/" + deployment).toLowerCase(Locale.ROOT);
    }

    /** One whose end has come runs as little as one that was switched off. */
    private static String state(JsonNode properties) {
        if ("false".equals(Json.text(properties, "/isEnabled"))) {
            return "Disabled";
        }
        String made = Json.text(properties, "/provisioningState");
        if ("Failed".equals(made) || "Canceled".equals(made)) {
            return made;
        }
        return hasEnded(Json.text(properties, "/trigger/endTime")) ? "Ended" : ENABLED;
    }

    /**
     * The time has no zone, which is a separate field with a Windows name: it is over where it is so in all of them.
     */
    private static boolean hasEnded(String end) {
        try {
            return end != null
                    && LocalDateTime.parse(end.replaceFirst("(Z|[+-][0-9:]+)$", ""))
                            .isBefore(LocalDateTime.now(ZoneOffset.UTC).minusHours(12));
        } catch (DateTimeException e) {
            return false; // a text that is no time sets no end
        }
    }

    /** As the attribute {@code monitoring} has it; null where it is unknown. */
    String of(String endpoint, String deployment) {
        Set<String> monitors = byDeployment.getOrDefault(key(endpoint, deployment), Set.of());
        return !monitors.isEmpty() ? String.join(", ", monitors) : whole ? "none" : null;
    }
}
