package io.aiaudit.rules;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the id of a resource holds for commands about it: its last part, and what the clouds write into it.
 * Read here and not in SQL, where a dozen patterns took longer to plan than all resources to read.
 */
final class IdParts {
    /** As the database reads patterns: only a line feed ends a line. */
    private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CASE;

    /** The first group of each is the value of this name. */
    private static final Map<String, Pattern> PATTERNS = Map.of(
            "zone", pattern("/(?:zones|locations)/([a-z]+-[a-z]+[0-9]+-[a-z])/"),
            "short_id", pattern("([^/]+)/*\\z"),
            "resource_group", pattern("(?i)/resourcegroups/([^/]+)"),
            "workspace_name", pattern("(?i)/workspaces/([^/]+)"),
            "endpoint_name", pattern("(?i)/onlineendpoints/([^/]+)"),
            "deployment_name", pattern("(?i)/onlineendpoints/[^/]+/deployments/([^/]+)\\z"),
            "variant_endpoint", pattern(":endpoint/([^/]+)/variant/[^/]+\\z"),
            "component_name", pattern(":inference-component/([^/]+)\\z"),
            "batch_pool_id", pattern("(?i)(/subscriptions/.*/batchaccounts/[^/]+/pools/[^/]+)\\z"),
            "key_ring", pattern("/keyRings/([^/]+)"));

    /** Of a workload that can be scaled: cluster, namespace, and kind with name as kubectl takes them. */
    private static final Pattern KUBERNETES =
            pattern("(?:kubernetes|k8s)://([^/]+)/([^/]+)/((?i:deployments?|statefulsets?|replicasets?)/[^/]+)");

    private static final Pattern BELOW_SERVICE = pattern("(?i)/deployments/.*");
    private static final Pattern MACHINE = pattern(ResourceValues.MACHINE);
    /** A machine too, but none of Compute Engine: commands for instances do not find it. */
    private static final Pattern TPU_NODE = pattern("//tpu\\.googleapis\\.com/.*/nodes/[^/]+");

    private static final Pattern VERTEX_ENDPOINT =
            pattern("//aiplatform\\.googleapis\\.com/.*/endpoints/([^/]+)(?:/deployedModels/([^/]+))?");

    private IdParts() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, FLAGS);
    }

    /** By the name of the placeholder; what the id does not hold is missing. */
    static Map<String, String> of(String resourceId) {
        Map<String, String> parts = new HashMap<>();
        PATTERNS.forEach((name, pattern) -> {
            Matcher matcher = pattern.matcher(resourceId);
            if (matcher.find()) {
                parts.put(name, matcher.group(1));
            }
        });
        if (parts.containsKey("endpoint_name") && !parts.containsKey("deployment_name")) {
            parts.put("whole_endpoint_name", parts.get("endpoint_name"));
        }
        Matcher kubernetes = KUBERNETES.matcher(resourceId);
        if (kubernetes.matches()) {
            parts.put("cluster", kubernetes.group(1));
            parts.put("namespace", kubernetes.group(2));
            parts.put("scalable_workload", kubernetes.group(3));
        }
        if (resourceId.toLowerCase(Locale.ROOT).startsWith("/subscriptions/")) {
            parts.put("service_id", BELOW_SERVICE.matcher(resourceId).replaceFirst(""));
        }
        return parts;
    }

    /** Names that commands want where the resource has another for people: gcloud finds Vertex AI by ids alone. */
    static Map<String, String> namesInCommands(String resourceId) {
        Matcher vertex = VERTEX_ENDPOINT.matcher(resourceId);
        if (!vertex.matches()) {
            return Map.of();
        }
        return vertex.group(2) == null
                ? Map.of("standalone_name", vertex.group(1))
                : Map.of("parent_name", vertex.group(1), "name", vertex.group(2));
    }

    /** The kind whose commands are for the resource; null where it has none. */
    static String commandKind(String resourceId, String kind) {
        if (MACHINE.matcher(resourceId).matches()) {
            return "instance";
        }
        if (TPU_NODE.matcher(resourceId).matches()) {
            return "tpu_node";
        }
        return resourceId.contains("/batchPredictionJobs/") ? "batch_prediction_job" : kind;
    }
}
