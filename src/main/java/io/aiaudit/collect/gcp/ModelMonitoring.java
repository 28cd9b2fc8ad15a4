package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.GOVERNANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which deployed models Vertex AI watches, and for what. Its older jobs are of endpoints, and have a state; its newer
 * monitors are of models, and their schedules are read elsewhere: a model that has one is left unknown.
 */
final class ModelMonitoring extends GcpPart {
    private static final Frequency FOUND = new Frequency("2 more where models are deployed");

    private static final String JOBS = "modelDeploymentMonitoringJobs";
    private static final String MONITORS = "modelMonitors";
    private static final GoogleOperation OF_ENDPOINTS = list("v1", JOBS);
    private static final GoogleOperation OF_MODELS = list("v1beta1", MONITORS);

    /** What a job looks for, by the field that configures it. */
    private static final Map<String, String> OBJECTIVES = new TreeMap<>(Map.of(
            "/trainingPredictionSkewDetectionConfig",
            "FeatureSkew",
            "/predictionDriftDetectionConfig",
            "FeatureDrift",
            "/explanationConfig",
            "FeatureAttributionDrift"));

    private static GoogleOperation list(String version, String list) {
        return GoogleOperation.list(
                "aiplatform", "/" + version + "/projects/{project}/locations/{location}/" + list, FOUND, GOVERNANCE);
    }

    /** After the endpoints. */
    ModelMonitoring() {
        super("model monitoring", Slice.Dataset.DETAILS, List.of(OF_ENDPOINTS, OF_MODELS));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        List<Resource> models = session.here(known.resources("inference_endpoint")).stream()
                .filter(resource -> resource.attributes().containsKey("deployed_model_id"))
                .toList();
        Map<String, Set<String>> monitors = new TreeMap<>();
        Set<String> watchedElsewhere = new HashSet<>();
        InEachLocation locations = new InEachLocation(session, label(), sink);
        Set<String> whole = locations.call(
                models.stream().map(Resource::region).collect(Collectors.toCollection(TreeSet::new)),
                List.of(JOBS, MONITORS),
                (location, list) -> session.request(list.equals(JOBS) ? OF_ENDPOINTS : OF_MODELS, location)
                        .query("pageSize", "100"),
                (list, page) -> {
                    page.path(JOBS).forEach(job -> read(job, monitors));
                    page.path(MONITORS)
                            .forEach(monitor -> watchedElsewhere.add(
                                    model(Json.text(monitor, "/modelMonitoringTarget/vertexModel/model"))));
                });
        for (Resource model : models) {
            Set<String> monitoring = monitors.getOrDefault(
                    model.attributes().get("endpoint_id") + " "
                            + model.attributes().get("deployed_model_id"),
                    Set.of());
            boolean isKnown = whole.contains(model.region())
                    && !watchedElsewhere.contains(model(model.attributes().get("model")));
            if (!monitoring.isEmpty() || isKnown) {
                sink.resource(session.resource(model.resourceId(), model.kind())
                        .attributes(new Attributes()
                                .put("monitoring", monitoring.isEmpty() ? "none" : String.join(", ", monitoring))
                                .values())
                        .build());
            }
        }
        locations.failUnlessSomethingAnswered();
    }

    private static void read(JsonNode job, Map<String, Set<String>> monitors) {
        boolean runs = "JOB_STATE_RUNNING".equals(Json.text(job, "/state"))
                && !"OFFLINE".equals(Json.text(job, "/scheduleState"));
        for (JsonNode config : job.path("modelDeploymentMonitoringObjectiveConfigs")) {
            Set<String> ofModel = monitors.computeIfAbsent(
                    GcpSession.last(Json.text(job, "/endpoint")) + " " + Json.text(config, "/deployedModelId"),
                    any -> new TreeSet<>());
            OBJECTIVES.forEach((pointer, monitor) -> {
                if (isWanted(config.path("objectiveConfig").at(pointer))) {
                    ofModel.add(monitor + (runs ? " Running" : " Stopped"));
                }
            });
        }
    }

    /** Explanations may be named and not be wanted. */
    private static boolean isWanted(JsonNode objective) {
        return !objective.isMissingNode()
                && (!objective.has("enableFeatureAttributes")
                        || objective.path("enableFeatureAttributes").asBoolean());
    }

    /** Of a model, without its version; projects are named by number in one list and by id in the other. */
    private static String model(String name) {
        return String.valueOf(GcpSession.last(name)).replaceFirst("@.*$", "");
    }
}
