package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.rest.RestRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The cheapest request of each operation, to see whether it is allowed. What asks about one thing asks about one that does not exist. */
final class GcpProbes {
    private static final String NOBODY = "aiaudit-asks-whether-it-may";
    private static final String ZONE = "us-central1-a";

    /** The service of each operation that is tried. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("GET:/v1/projects/{project}:searchAllResources", "cloudasset"),
            Map.entry("GET:/compute/v1/projects/{project}/aggregated/instances", "compute"),
            Map.entry("GET:/compute/v1/projects/{project}/aggregated/reservations", "compute"),
            Map.entry("GET:/compute/v1/projects/{project}/zones/{zone}/instanceGroupManagers/{group}", "compute"),
            Map.entry("GET:/v1/projects/{project}/locations/-/clusters", "container"),
            Map.entry("GET:/compute/v1/projects/{project}/aggregated/disks", "compute"),
            Map.entry("GET:/compute/v1/projects/{project}/aggregated/commitments", "compute"),
            Map.entry("GET:/compute/v1/projects/{project}/aggregated/machineTypes", "compute"),
            Map.entry(
                    "GET:/v1/projects/{project}/locations/{zone}/recommenders/google.compute.disk.IdleResourceRecommender/recommendations",
                    "recommender"),
            Map.entry("GET:/v2/projects/{project}/locations/-/nodes", "tpu"),
            Map.entry("GET:/v2/projects/{project}/locations/-/queuedResources", "tpu"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/endpoints", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/deploymentResourcePools", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/customJobs", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/hyperparameterTuningJobs", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/batchPredictionJobs", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/persistentResources", "aiplatform"),
            Map.entry("GET:/v1/projects/{project}/locations/{location}/modelDeploymentMonitoringJobs", "aiplatform"),
            Map.entry("GET:/v1beta1/projects/{project}/locations/{location}/modelMonitors", "aiplatform"),
            Map.entry("GET:/v2/projects/{project}/locations/-/instances", "notebooks"),
            Map.entry("GET:/v1/projects/{project}/locations/-/services", "run"),
            Map.entry("GET:/v3/projects/{project}/timeSeries", "monitoring"),
            Map.entry(
                    "GET:/v1/projects/{project}/locations/{zone}/recommenders/google.compute.instance.IdleResourceRecommender/recommendations",
                    "recommender"),
            Map.entry(
                    "GET:/v1/projects/{project}/locations/{zone}/recommenders/google.compute.instance.MachineTypeRecommender/recommendations",
                    "recommender"),
            Map.entry("GET:/v1/billingAccounts", "cloudbilling"),
            Map.entry("GET:" + AuditLogs.BUCKETS, "logging"),
            Map.entry("POST:" + AuditLogs.POLICIES.get("project"), "cloudresourcemanager"),
            Map.entry("GET:/bigquery/v2/projects/{project}/datasets", "bigquery"),
            Map.entry("POST:/bigquery/v2/projects/{project}/jobs", "bigquery"));

    private GcpProbes() {}

    /** By operation, as permissions.txt names it; empty where it can be tried only on something that exists, or has been called by then. */
    static Optional<Runnable> of(String operation, GcpPlace place, String location) {
        String service = SERVICES.get(operation);
        if (service == null) {
            return Optional.empty();
        }
        String template = operation.substring(operation.indexOf(':') + 1);
        RestRequest request = operation.startsWith("POST:")
                ? place.api()
                        .post(service, template, service.equals("bigquery") ? dryRun() : nothing())
                        .with("project", place.project())
                : place.get(service, location, template).with("zone", ZONE).with("group", NOBODY);
        RestRequest asked = service.equals("monitoring") ? lastHour(request) : request;
        return Optional.of(() -> place.api().unlessGone(asked));
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode dryRun() {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.putObject("configuration")
                .put("dryRun", true)
                .putObject("query")
                .put("query", "SELECT 1")
                .put("useLegacySql", false);
        return job;
    }

    private static RestRequest lastHour(RestRequest request) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return request.query("filter", "metric.type = \"compute.googleapis.com/instance/cpu/utilization\"")
                .query("interval.startTime", now.minus(1, ChronoUnit.HOURS).toString())
                .query("interval.endTime", now.toString())
                .query("pageSize", "1");
    }
}
