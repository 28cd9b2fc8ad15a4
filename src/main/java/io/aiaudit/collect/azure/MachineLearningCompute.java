package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import java.time.Instant;
import java.util.Set;

/**
 * A compute of a workspace: a cluster, or the machine of one person. What is attached to the workspace is paid for
 * where it is.
 */
record MachineLearningCompute(JsonNode compute) {
    private static final String CLUSTER = "AmlCompute";
    private static final String INSTANCE = "ComputeInstance";
    private static final String DEFAULT_CREATED = "/properties/createdOn";

    boolean isPaidForHere() {
        return Set.of(CLUSTER, INSTANCE).contains(String.valueOf(Json.text(compute, "/properties/computeType")))
                && !"true".equals(Json.text(compute, "/properties/isAttachedCompute"));
    }

    Resource resource(AzureSession session, MachineTypes types, String workspace) {
        boolean cluster = CLUSTER.equals(Json.text(compute, "/properties/computeType"));
        JsonNode own = compute.at("/properties/properties");
        String region = AzureSession.region(Json.text(compute, "/properties/computeLocation"));
        String type = Json.text(own, "/vmSize");
        ResourceBuilder resource = session.resource(compute, cluster ? "training_cluster" : "notebook")
                .machineType(type)
                .createdAt(Json.instant(compute, DEFAULT_CREATED))
                .parentId(workspace)
                .purchase("LowPriority".equals(Json.text(own, "/vmPriority")) ? "spot" : "on_demand");
        if (region != null) {
            resource.region(region);
        }
        if (cluster) {
            cluster(resource, own);
        } else {
            instance(resource, own);
        }
        types.describe(resource, region, type);
        return resource.build();
    }

    private void cluster(ResourceBuilder resource, JsonNode own) {
        resource.replicas(Json.integer(own, "/currentNodeCount"))
                .state(Json.text(own, "/allocationState"))
                .attributes(new Attributes()
                        .put("min_nodes", Json.integer(own, "/scaleSettings/minNodeCount"))
                        .put("max_nodes", Json.integer(own, "/scaleSettings/maxNodeCount"))
                        .put(
                                "idle_time_before_scale_down",
                                Json.text(own, "/scaleSettings/nodeIdleTimeBeforeScaleDown"))
                        .put("idle_nodes", Json.integer(own, "/nodeStateCounts/idleNodeCount"))
                        .put("running_nodes", Json.integer(own, "/nodeStateCounts/runningNodeCount"))
                        .put("priority", Json.text(own, "/vmPriority"))
                        .values());
    }

    /** One that is stopped costs its disk. The last operation shows since when, if it was the stop. */
    private void instance(ResourceBuilder resource, JsonNode own) {
        String state = Json.text(own, "/state");
        boolean stopped = "Stopped".equalsIgnoreCase(state);
        String idle = Json.text(own, "/idleTimeBeforeShutdown");
        Instant since = stopped && "Stop".equalsIgnoreCase(Json.text(own, "/lastOperation/operationName"))
                ? Json.instant(own, "/lastOperation/operationTime")
                : null;
        resource.replicas(stopped ? 0 : 1)
                .state(state)
                .attributes(new Attributes()
                        .put("idle_shutdown", idle == null ? "none" : idle)
                        .put("schedules", own.at("/schedules/computeStartStop").size())
                        .put("stopped_since", since)
                        .values());
    }
}
