package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Azure Machine Learning: compute instances, clusters and deployments of endpoints. All of them are billed on their
 * workspace, which is therefore their parent; the money is split over them by machines x hours x price.
 */
final class MachineLearning extends AzurePart {
    /** Of an endpoint, a scale set or an account of models. */
    static final Frequency EACH = new Frequency("1 for each endpoint, scale set and account of models");

    private static final Frequency OF_WORKSPACES = new Frequency("4 for each workspace, 1 more where it has endpoints");
    private static final String VERSION = "2024-04-01";

    /** The first version that has the idle time after which a compute instance stops. */
    private static final String COMPUTES_VERSION = "2025-06-01";

    private static final String OF_WORKSPACE =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.MachineLearningServices"
                    + "/workspaces/{workspace}";

    private static final AzureOperation WORKSPACES = AzureOperation.get(
            "/subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/workspaces",
            VERSION,
            Frequency.ACCOUNT,
            "notebook",
            "training_cluster",
            "inference_endpoint",
            "batch_job");
    private static final AzureOperation COMPUTES = AzureOperation.get(
            OF_WORKSPACE + "/computes", COMPUTES_VERSION, OF_WORKSPACES, "notebook", "training_cluster");
    private static final AzureOperation ONLINE = ofWorkspace("/onlineEndpoints", OF_WORKSPACES, "inference_endpoint");
    private static final AzureOperation ONLINE_DEPLOYMENTS =
            ofWorkspace("/onlineEndpoints/{endpoint}/deployments", EACH, "inference_endpoint");
    private static final AzureOperation SCHEDULES = ofWorkspace("/schedules", OF_WORKSPACES, "inference_endpoint");
    private static final AzureOperation BATCH = ofWorkspace("/batchEndpoints", OF_WORKSPACES, "batch_job");
    private static final AzureOperation BATCH_DEPLOYMENTS =
            ofWorkspace("/batchEndpoints/{endpoint}/deployments", EACH, "batch_job");

    private static AzureOperation ofWorkspace(String path, Frequency frequency, String... reads) {
        return AzureOperation.get(OF_WORKSPACE + path, VERSION, frequency, reads);
    }

    MachineLearning() {
        super(
                "machine learning",
                Slice.Dataset.INVENTORY,
                List.of(
                        WORKSPACES,
                        COMPUTES,
                        ONLINE,
                        ONLINE_DEPLOYMENTS,
                        SCHEDULES,
                        BATCH,
                        BATCH_DEPLOYMENTS,
                        AutoscaleSettings.LIST,
                        MachineTypes.SKUS));
    }

    /** What one workspace holds. */
    private record Workspace(JsonNode resource, List<JsonNode> computes, List<OnlineEndpoint> endpoints) {
        /** By region: a compute may be in another one than its workspace. */
        Map<String, List<String>> types() {
            Map<String, List<String>> types = new TreeMap<>();
            String here = Objects.requireNonNullElse(AzureSession.region(Json.text(resource, "/location")), "");
            for (JsonNode compute : computes) {
                String region = AzureSession.region(Json.text(compute, "/properties/computeLocation"));
                String type = Json.text(compute, "/properties/properties/vmSize");
                if (type != null) {
                    types.computeIfAbsent(region == null ? here : region, key -> new ArrayList<>())
                            .add(type);
                }
            }
            endpoints.forEach(endpoint ->
                    types.computeIfAbsent(here, key -> new ArrayList<>()).addAll(endpoint.machineTypes()));
            return types;
        }
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> workspaces =
                details.list("workspaces", workspace -> session.arm().each(session.request(WORKSPACES), workspace));
        details.failUnlessSomethingAnswered();
        if (workspaces.isEmpty()) {
            return;
        }
        List<Workspace> all = new ArrayList<>();
        for (JsonNode workspace : workspaces) {
            boolean isKnown = details.make("workspaces", name(workspace), () -> Json.needed(workspace, "/id"))
                    .isPresent();
            if (!isKnown) {
                continue; // one gap: nothing in it can be requested
            }
            List<JsonNode> computes = list(session, COMPUTES, workspace, "computes", details);
            all.add(new Workspace(workspace, computes, endpoints(session, workspace, details)));
        }
        AutoscaleSettings scaling =
                all.stream().allMatch(workspace -> workspace.endpoints().isEmpty())
                        ? AutoscaleSettings.NONE
                        : AutoscaleSettings.read(session, details);
        MachineTypes types = session.arm().types();
        for (Workspace workspace : all) {
            workspace.types().forEach((region, names) -> types.learn(session, region, names, sink));
            emit(session, types, workspace, scaling, details, sink);
            batch(session, workspace.resource(), details, sink);
        }
    }

    private static String name(JsonNode resource) {
        return Json.text(resource, "/name");
    }

    private static RestRequest of(AzureSession session, AzureOperation operation, JsonNode workspace) {
        return session.arm().about(Json.text(workspace, "/id"), operation);
    }

    private static List<JsonNode> list(
            AzureSession session, AzureOperation operation, JsonNode workspace, String what, Details details) {
        return details.list(
                what, name(workspace), thing -> session.arm().each(of(session, operation, workspace), thing));
    }

    private static List<OnlineEndpoint> endpoints(AzureSession session, JsonNode workspace, Details details) {
        List<OnlineEndpoint> endpoints = new ArrayList<>();
        List<JsonNode> listed = list(session, ONLINE, workspace, "online endpoints", details);
        MonitoringSchedules monitoring =
                listed.isEmpty() ? MonitoringSchedules.UNKNOWN : monitoring(session, workspace, details);
        for (JsonNode endpoint : listed) {
            List<JsonNode> deployments = new ArrayList<>();
            boolean whole = details.<JsonNode>each(
                    "deployments of online endpoints",
                    name(endpoint),
                    deployment -> session.arm()
                            .each(
                                    of(session, ONLINE_DEPLOYMENTS, workspace).with("endpoint", name(endpoint)),
                                    deployment),
                    deployments::add);
            endpoints.add(new OnlineEndpoint(endpoint, deployments, whole, monitoring));
        }
        return endpoints;
    }

    /** Those that are switched off, too: a monitor that was stopped is reported as disabled. */
    private static MonitoringSchedules monitoring(AzureSession session, JsonNode workspace, Details details) {
        List<JsonNode> schedules = new ArrayList<>();
        boolean whole = details.<JsonNode>each(
                "monitoring schedules",
                name(workspace),
                schedule ->
                        session.arm().each(of(session, SCHEDULES, workspace).query("listViewType", "All"), schedule),
                schedules::add);
        return MonitoringSchedules.of(schedules, whole);
    }

    private static void emit(
            AzureSession session,
            MachineTypes types,
            Workspace workspace,
            AutoscaleSettings scaling,
            Details details,
            Sink sink) {
        String id = AzureSession.id(Json.text(workspace.resource(), "/id"));
        details.make("workspaces", name(workspace.resource()), () -> workspace(session, workspace.resource()))
                .ifPresent(sink::resource);
        for (JsonNode listed : workspace.computes()) {
            MachineLearningCompute compute = new MachineLearningCompute(listed);
            if (compute.isPaidForHere()) {
                details.make("computes", name(listed), () -> compute.resource(session, types, id))
                        .ifPresent(sink::resource);
            }
        }
        workspace.endpoints().forEach(endpoint -> endpoint.emit(session, types, id, scaling, details, sink));
    }

    private static Resource workspace(AzureSession session, JsonNode workspace) {
        return session.resource(workspace, "account")
                .createdAt(Json.instant(workspace, "/systemData/createdAt"))
                .state(Json.text(workspace, "/properties/provisioningState"))
                .attributes(new Attributes()
                        .put("workspace_kind", Json.text(workspace, "/kind"))
                        .values())
                .build();
    }

    /** They run on clusters, and cost what those cost: so they have no parent whose cost they would share. */
    private static void batch(AzureSession session, JsonNode workspace, Details details, Sink sink) {
        List<JsonNode> endpoints = list(session, BATCH, workspace, "batch endpoints", details);
        for (JsonNode endpoint : endpoints) {
            String name = name(endpoint);
            List<JsonNode> deployments = details.list(
                    "deployments of batch endpoints",
                    name,
                    deployment -> session.arm()
                            .each(of(session, BATCH_DEPLOYMENTS, workspace).with("endpoint", name), deployment));
            details.make(
                    "deployments of batch endpoints",
                    deployments,
                    MachineLearning::name,
                    deployment -> batch(session, name, deployment),
                    sink::resource);
        }
    }

    private static Resource batch(AzureSession session, String endpoint, JsonNode deployment) {
        return session.resource(deployment, "batch_job")
                .name(endpoint + "/" + Json.text(deployment, "/name"))
                .createdAt(Json.instant(deployment, "/systemData/createdAt"))
                .state(Json.text(deployment, "/properties/provisioningState"))
                .attributes(new Attributes()
                        .put("endpoint_type", "batch")
                        .put("endpoint_name", endpoint)
                        .put("compute", AzureSession.id(Json.text(deployment, "/properties/compute")))
                        .put("instance_type", Json.text(deployment, "/properties/resources/instanceType"))
                        .put("instance_count", Json.integer(deployment, "/properties/resources/instanceCount"))
                        .values())
                .build();
    }
}
