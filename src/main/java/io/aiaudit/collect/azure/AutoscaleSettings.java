package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    static final AutoscaleSettings NONE = new AutoscaleSettings(Map.of(), true);

    static AutoscaleSettings read(AzureSession session, Details details) {
        Map<String, JsonNode> byTarget = new HashMap<>();
        boolean whole = details.<JsonNode>each(
                "autoscale settings", null, setting -> session.arm().each(session.request(LIST), setting), setting -> {
                    String target = Json.text(setting, "/properties/targetResourceUri");
                    if (target != null && !"false".equals(Json.text(setting, "/properties/enabled"))) {
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
        JsonNode capacity = setting.at("/properties/profiles/0/capacity");
        return new Attributes()
                .put("autoscaling", "enabled")
                .put("autoscaling_min", Json.text(capacity, "/minimum"))
                .put("autoscaling_max", Json.text(capacity, "/maximum"))
                .put("autoscaling_metric", metrics(setting.at("/properties/profiles/0/rules")));
    }

    /** What the rules of a profile follow, each metric once; null where there is none. */
    private static String metrics(JsonNode rules) {
        Set<String> names = new TreeSet<>();
        rules.forEach(rule -> {
            String name = Json.text(rule, "/metricTrigger/metricName");
            if (name != null) {
                names.add(name);
            }
        });
        return names.isEmpty() ? null : String.join(", ", names);
    }
}
