package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.StreamSupport;

/**
 * What scales the resources of a subscription.
 *
 * @param byTarget settings that are switched on, by the id of what they scale
 * @param whole false where not all of them could be read: what has none here may have one
 */
record AutoscaleSettings(Map<String, JsonNode> byTarget, boolean whole) {
    static final AzureOperation LIST = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.Insights/autoscalesettings",
            "2022-10-01",
            MachineLearning.EACH,
            "inference_endpoint");

    /** Times of profiles are those of a time zone, so many hours from UTC at most. */
    private static final Duration ZONES = Duration.ofHours(14);

    static final AutoscaleSettings NONE = new AutoscaleSettings(Map.of(), true);

    static AutoscaleSettings read(AzureSession session, Details details) {
        Map<String, JsonNode> byTarget = new HashMap<>();
        boolean whole = details.<JsonNode>each(
                "autoscale settings", null, setting -> session.arm().each(session.request(LIST), setting), setting -> {
                    String target = Json.text(setting, "/properties/targetResourceUri");
                    if (target != null && setting.at("/properties/enabled").asBoolean(false)) {
                        byTarget.put(AzureSession.id(target), setting);
                    }
                });
        return new AutoscaleSettings(byTarget, whole);
    }

    /** Of the resource with this id. */
    Attributes of(String id) {
        JsonNode setting = byTarget.get(AzureSession.id(id));
        if (setting == null) {
            return new Attributes().put("autoscaling", whole ? "none" : "unknown");
        }
        List<JsonNode> profiles = inForce(setting.at("/properties/profiles"), Instant.now());
        Integer least = limit(profiles, "/capacity/minimum", Math::min);
        Integer most = limit(profiles, "/capacity/maximum", Math::max);
        boolean hasRules =
                profiles.stream().anyMatch(profile -> !profile.path("rules").isEmpty());
        boolean isScheduled =
                profiles.stream().anyMatch(AutoscaleSettings::hasTimes) && (least == null || !least.equals(most));
        if (!hasRules && !isScheduled) {
            return new Attributes().put("autoscaling", "none");
        }
        return new Attributes()
                .put("autoscaling", hasRules ? "enabled" : "scheduled")
                .put("autoscaling_min", least)
                .put("autoscaling_max", most)
                .put("autoscaling_metric", metrics(profiles));
    }

    /**
     * A setting has up to twenty profiles: one without times, those that come back, such as on each Monday, and those
     * of fixed dates, which count on these only.
     */
    private static List<JsonNode> inForce(JsonNode profiles, Instant now) {
        return StreamSupport.stream(profiles.spliterator(), false)
                .filter(profile -> !profile.hasNonNull("fixedDate")
                        || (isBefore(profile.at("/fixedDate/start"), now.plus(ZONES))
                                && !isBefore(profile.at("/fixedDate/end"), now.minus(ZONES))))
                .toList();
    }

    /** False for a text that is no time. */
    private static boolean isBefore(JsonNode time, Instant other) {
        try {
            return LocalDateTime.parse(time.asText().replaceFirst("(Z|[+-][0-9:]+)$", ""))
                    .toInstant(ZoneOffset.UTC)
                    .isBefore(other);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean hasTimes(JsonNode profile) {
        return profile.hasNonNull("fixedDate") || profile.hasNonNull("recurrence");
    }

    /** The smallest or the largest of what the profiles have; null where one of them has none. */
    private static Integer limit(List<JsonNode> profiles, String pointer, BinaryOperator<Integer> choice) {
        List<Integer> limits =
                profiles.stream().map(profile -> Json.integer(profile, pointer)).toList();
        return limits.contains(null) ? null : limits.stream().reduce(choice).orElse(null);
    }

    /** What the rules follow, each metric once; null where there is none. */
    private static String metrics(List<JsonNode> profiles) {
        Set<String> names = new TreeSet<>();
        profiles.forEach(profile -> profile.path("rules").forEach(rule -> {
            String name = Json.text(rule, "/metricTrigger/metricName");
            if (name != null) {
                names.add(name);
            }
        }));
        return names.isEmpty() ? null : String.join(", ", names);
    }
}
