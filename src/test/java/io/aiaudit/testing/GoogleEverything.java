package io.aiaudit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A project that has something of each service, in the documented forms: recorded answers, and those derived from them
 * with accelerators.
 */
public final class GoogleEverything {
    /** Of which there are metrics, from the first of June of 2026. */
    public static final int HOURS = 14 * 24;

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final String MACHINE =
            "\"machineSpec\": {\"machineType\": \"a2-highgpu-1g\", \"acceleratorType\": \"NVIDIA_TESLA_A100\", "
                    + "\"acceleratorCount\": 1}";

    private final GoogleProject project;
    private final String id;
    private final String zone;
    private final String vertex;
    private final int hours;

    private GoogleEverything(GoogleProject project, String id, int hours) {
        this.project = project;
        this.id = id;
        this.hours = hours;
        this.zone = "https://www.googleapis.com/compute/v1/projects/" + id + "/zones/us-central1-a";
        this.vertex = "/v1/projects/" + id + "/locations/us-central1/";
    }

    public static void fill(GoogleProject project, String id) throws Exception {
        fill(project, id, HOURS);
    }

    /** With metrics of so many hours. */
    public static void fill(GoogleProject project, String id, int hours) throws Exception {
        GoogleEverything everything = new GoogleEverything(project, id, hours);
        everything.compute();
        everything.vertexAi();
        everything.endpoints();
        everything.notebook();
        everything.monitoring();
        everything.tpusServicesAndClusters();
        everything.metrics();
        everything.prices();
        everything.governance();
    }

    private void compute() throws Exception {
        ObjectNode idle = GoogleProject.inIowa(GoogleProject.machine("idle", "11", "a2-highgpu-1g"));
        idle.putArray("disks").addObject().put("source", zone + "/disks/idle-boot");
        ObjectNode node = GoogleProject.inIowa(GoogleProject.machine("gke-node-1", "12", "a2-highgpu-1g"));
        node.putObject("labels")
                .put("goog-k8s-cluster-name", "serving")
                .put("goog-k8s-node-pool-name", "gpus")
                .put("goog-k8s-cluster-location", "us-central1-a");
        project.answers(
                "/compute/v1/projects/" + id + "/aggregated/instances",
                "{\"items\": {\"zones/us-central1-a\": {\"instances\": [" + idle + "," + node + ","
                        + GoogleProject.inIowa(GoogleProject.recordedInstance()) + "]}}}");
        ObjectNode disks = (ObjectNode) GoogleProject.recorded(
                "disk-recommend/get-compute-v1-projects-cloud-custodian-aggregated-disks_1.json");
        ObjectNode unattached = (ObjectNode) disks.at("/items/zones~1us-central1-a/disks/0");
        ObjectNode boot = unattached.deepCopy();
        boot.put("name", "idle-boot").put("id", "72").put("selfLink", zone + "/disks/idle-boot");
        boot.putArray("users").add(zone + "/instances/idle").add(zone + "/instances/other");
        ObjectNode other = boot.deepCopy();
        other.put("name", "of-a-machine-without").put("id", "73").put("selfLink", zone + "/disks/other");
        project.answers(
                "/compute/v1/projects/" + id + "/aggregated/disks",
                "{\"items\": {\"zones/us-central1-a\": {\"disks\": [" + unattached + "," + boot + "," + other + "]}}}");
        project.answers("/compute/v1/projects/" + id + "/aggregated/reservations", """
                {"items": {"zones/us-central1-b": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}, "zones/us-central1-a": \
                {"reservations": [
                  {"id": "7001", "name": "a100-pool", "zone": "%s", "status": "READY", "creationTimestamp": \
                "2026-01-05T00:00:00.000-08:00",
                   "specificReservationRequired": true, "specificReservation": {"count": "4", "inUseCount": "1", \
                "assuredCount": "4", "instanceProperties": {
                     "machineType": "a2-highgpu-1g", "guestAccelerators": [{"acceleratorType": "nvidia-tesla-a100", \
                "acceleratorCount": 1}]}}}]}}}""".formatted(zone));
        project.answers("/compute/v1/projects/" + id + "/aggregated/commitments", """
                {"items": {"regions/us-central1": {"commitments": [
                  {"id": "8001", "name": "gpus", "region": \
                "https://www.googleapis.com/compute/v1/projects/p/regions/us-central1", "status": "ACTIVE",
                   "plan": "TWELVE_MONTH", "type": "ACCELERATOR_OPTIMIZED", "startTimestamp": \
                "2026-01-01T00:00:00.000-08:00", "endTimestamp": "2027-01-01T00:00:00.000-08:00",
                   "resources": [{"type": "VCPU", "amount": "96"}, {"type": "MEMORY", "amount": "696320"},
                     {"type": "ACCELERATOR", "amount": "8", "acceleratorType": "nvidia-tesla-a100"}]},
                  {"id": "8002", "status": "EXPIRED", "endTimestamp": "2025-01-01T00:00:00.000-08:00"}]}}}""");
        String recommenders = "/v1/projects/" + id + "/locations/us-central1-a/recommenders/google.compute.";
        JsonNode recorded = GoogleProject.recorded("disk-recommend/"
                + "get-v1-projects-cloud-custodian-locations-us-central1-a-recommenders-google.compute.disk."
                + "IdleResourceRecommender-recommendations_1.json");
        project.answers(recommenders + "disk.IdleResourceRecommender/recommendations", recorded.toString());
        project.answers(recommenders + "instance.IdleResourceRecommender/recommendations", """
                {"recommendations": [{"description": "Save cost by stopping idle VM 'idle'.", "stateInfo": {"state": \
                "ACTIVE"},
                  "primaryImpact": {"category": "COST", "costProjection": {"cost": {"currencyCode": "EUR", "units": \
                "-2641", "nanos": -500000000}, "duration": "2592000s"}},
                  "content": {"overview": {"resourceName": "idle", "resource": \
                "//compute.googleapis.com/projects/%1$s/zones/us-central1-a/instances/idle"}}},
                 {"description": "one that was dismissed", "stateInfo": {"state": "DISMISSED"},
                  "content": {"overview": {"resource": "//compute.googleapis.com/projects/%1$s/zones/us-central1-a/\
                instances/idle"}}}]}""".formatted(id));
    }

    private void vertexAi() throws Exception {
        ObjectNode job = (ObjectNode) GoogleProject.recorded("vertexai_custom_job_query/"
                        + "get-v1-projects-cloud-custodian-locations-us-central1-customJobs_1.json")
                .at("/customJobs/0");
        job.put("displayName", "fine-tune")
                .put("state", "JOB_STATE_SUCCEEDED")
                .put("startTime", "2026-06-03T00:00:00Z")
                .put("endTime", "2026-06-04T00:00:00Z");
        ObjectNode pool = (ObjectNode) job.at("/jobSpec/workerPoolSpecs/0");
        pool.put("replicaCount", "2");
        ((ObjectNode) pool.get("machineSpec"))
                .put("machineType", "a2-highgpu-1g")
                .put("acceleratorType", "NVIDIA_TESLA_A100")
                .put("acceleratorCount", 1);
        project.answers(vertex + "customJobs", "{\"customJobs\": [" + job + "]}");
        project.answers(vertex + "hyperparameterTuningJobs", """
                {"hyperparameterTuningJobs": [{"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/51", \
                "displayName": "tune", "parallelTrialCount": 3,
                  "trialJobSpec": {"scheduling": {"strategy": "SPOT"}, "workerPoolSpecs": [{%1$s, "replicaCount": \
                "1"}]}, "state": "JOB_STATE_RUNNING", "startTime": "2026-06-10T00:00:00Z"},
                 {"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/53", "displayName": \
                "tune-in-pool", "parallelTrialCount": 2,
                  "trialJobSpec": {"persistentResourceId": "pool", "workerPoolSpecs": [{%1$s, "replicaCount": "1"}]}, \
                "state": "JOB_STATE_RUNNING", "startTime": "2026-06-10T00:00:00Z"},
                 {"name": "projects/1/locations/us-central1/hyperparameterTuningJobs/52", "displayName": "before", \
                "state": "JOB_STATE_SUCCEEDED",
                  "startTime": "2026-05-01T00:00:00Z", "endTime": "2026-05-02T00:00:00Z"}]}""".formatted(MACHINE));
        project.answers(vertex + "batchPredictionJobs", """
                {"batchPredictionJobs": [{"name": "projects/1/locations/us-central1/batchPredictionJobs/61", \
                "displayName": "score", "state": "JOB_STATE_SUCCEEDED",
                  "startTime": "2026-06-05T00:00:00Z", "endTime": "2026-06-05T06:00:00Z", "dedicatedResources": {%s, \
                "startingReplicaCount": 2, "maxReplicaCount": 10}}]}""".formatted(MACHINE));
        project.answers(vertex + "persistentResources", """
                {"persistentResources": [{"name": "projects/1/locations/us-central1/persistentResources/pool", \
                "displayName": "research", "state": "RUNNING",
                  "createTime": "2026-01-01T00:00:00Z", "resourcePools": [{%s, "replicaCount": "4", \
                "usedReplicaCount": "1"}]}]}""".formatted(MACHINE));
    }

    private void notebook() throws Exception {
        ObjectNode notebook = (ObjectNode) GoogleProject.recorded("notebook_v2/"
                        + "get-notebooks.googleapis.com-v2-projects-cloud-custodian-locations---instances_1."
                        + "json")
                .at("/instances/0");
        notebook.put("name", "projects/" + id + "/locations/us-central1-a/instances/lab")
                .put("createTime", "2026-01-01T00:00:00Z")
                .put("state", "ACTIVE");
        ((ObjectNode) notebook.get("gceSetup")).put("instanceId", "21").put("machineType", "g2-standard-4");
        project.answers("/v2/projects/" + id + "/locations/-/instances", "{\"instances\": [" + notebook + "]}");
    }

    private void endpoints() throws Exception {
        ObjectNode recorded = (ObjectNode) GoogleProject.recorded(
                "vertexai_endpoint_metrics/get-v1-projects-cloud-custodian-locations-us-central1-endpoints_1.json");
        ((ObjectNode) recorded.at("/endpoints/0")).put("displayName", "chat");
        ((ObjectNode) recorded.at("/endpoints/0"))
                .putObject("predictRequestResponseLoggingConfig")
                .put("enabled", true)
                .put("samplingRate", 0.25)
                .putObject("bigqueryDestination")
                .put("outputUri", "bq://cloud-custodian.logs.chat");
        project.answers(vertex + "endpoints", recorded.toString());
        project.answers(vertex + "deploymentResourcePools", """
                {"deploymentResourcePools": [{"name": "projects/1/locations/us-central1/deploymentResourcePools/\
                shared", "createTime": "2026-01-01T00:00:00Z",
                  "dedicatedResources": {%s, "minReplicaCount": 1, "maxReplicaCount": 2}}]}""".formatted(MACHINE));
    }

    /** Of a job that watches one of two models, in the documented form. */
    private void monitoring() {
        project.answers(vertex + "modelDeploymentMonitoringJobs", """
                {"modelDeploymentMonitoringJobs": [{"name": \
                "projects/1/locations/us-central1/modelDeploymentMonitoringJobs/7", "state": "JOB_STATE_RUNNING", \
                "scheduleState": "PENDING",
                  "endpoint": "projects/1/locations/us-central1/endpoints/c7n-endpoint-default-7509",
                  "modelDeploymentMonitoringObjectiveConfigs": [{"deployedModelId": "5509121152913506304", \
                "objectiveConfig": {
                    "predictionDriftDetectionConfig": {"driftThresholds": {"age": {"value": 0.3}}}, \
                "explanationConfig": {"enableFeatureAttributes": false}}}]}]}""");
        project.answers(
                "/v1beta1/projects/" + id + "/locations/us-central1/modelMonitors",
                "{\"modelMonitors\": [{\"name\": \"projects/1/locations/us-central1/modelMonitors/8\", "
                        + "\"modelMonitoringTarget\": {\"vertexModel\": {\"model\": "
                        + "\"projects/1/locations/us-central1/models/newer\", \"modelVersionId\": \"1\"}}}]}");
    }

    private void tpusServicesAndClusters() throws Exception {
        project.answers("/v2/projects/" + id + "/locations/-/nodes", """
                {"nodes": [{"name": "projects/%1$s/locations/us-central1-a/nodes/pod", "id": "991", "acceleratorType": \
                "v5litepod-8", "state": "READY",
                   "createTime": "2026-01-01T00:00:00Z", "runtimeVersion": "v2-alpha-tpuv5-lite", "schedulingConfig": \
                {"spot": true},
                   "queuedResource": "projects/%1$s/locations/us-central1-a/queuedResources/wanted"},
                  {"name": "projects/%1$s/locations/us-central1-b/nodes/old", "acceleratorType": "v4-8", "state": \
                "STOPPED", "createTime": "2026-01-01T00:00:00Z"}],
                 "unreachable": []}""".formatted(id));
        ObjectNode services = (ObjectNode) GoogleProject.recorded(
                "gcp-cloud-run-service/get-v1-projects-cloud-custodian-locations---services_1.json");
        ObjectNode without = (ObjectNode) services.at("/items/0");
        ObjectNode service = without.deepCopy();
        ((ObjectNode) service.get("metadata")).put("name", "generate");
        ((ObjectNode) service.at("/metadata/annotations")).put("run.googleapis.com/minScale", "3");
        ObjectNode template = (ObjectNode) service.at("/spec/template");
        ((ObjectNode) template.at("/metadata/annotations")).put("autoscaling.knative.dev/minScale", "2");
        ((ObjectNode) template.get("spec"))
                .putObject("nodeSelector")
                .put("run.googleapis.com/accelerator", "nvidia-l4");
        ObjectNode withGpu = template.at("/spec/containers/0").deepCopy();
        ((ObjectNode) withGpu.at("/resources/limits")).put("nvidia.com/gpu", "1");
        ((ArrayNode) template.at("/spec/containers")).add(withGpu);
        ((ArrayNode) service.at("/status/traffic"))
                .addObject()
                .put("revisionName", "generate-older")
                .put("tag", "before");
        project.answers(
                "/v1/projects/" + id + "/locations/-/services", "{\"items\": [" + without + "," + service + "]}");
        String older = ((ObjectNode) service.at("/spec/template"))
                .toString()
                .replace("\"autoscaling.knative.dev/minScale\":\"2\"", "\"autoscaling.knative.dev/minScale\":\"0\"");
        project.answers("/v1/projects/" + id + "/locations/us-central1/revisions/generate-older", older);
        ObjectNode clusters = (ObjectNode) GoogleProject.recorded(
                "gke-cluster-nodepool-query/get-v1-projects-cloud-custodian-locations---clusters_1.json");
        ObjectNode cluster = (ObjectNode) clusters.at("/clusters/0");
        cluster.put("name", "serving");
        ObjectNode pool = (ObjectNode) cluster.at("/nodePools/0");
        ObjectNode gpus = pool.deepCopy();
        gpus.put("name", "gpus");
        gpus.putArray("instanceGroupUrls").add(zone + "/instanceGroupManagers/gke-serving-gpus");
        gpus.putObject("autoscaling")
                .put("enabled", true)
                .put("minNodeCount", 1)
                .put("maxNodeCount", 5);
        gpus.putObject("config").put("machineType", "a2-highgpu-1g").put("spot", false);
        ((ArrayNode) cluster.get("nodePools")).add(gpus);
        project.answers("/v1/projects/" + id + "/locations/-/clusters", clusters.toString());
        project.answers(
                "/compute/v1/projects/" + id + "/zones/us-central1-a/instanceGroupManagers/gke-serving-gpus",
                "{\"name\": \"gke-serving-gpus\", \"targetSize\": 1}");
    }

    private void metrics() {
        project.series(
                "compute.googleapis.com/instance/cpu/utilization",
                "ALIGN_MEAN",
                GoogleProject.oneSeries("", "\"instance_id\": \"11\"", START, hours, "\"doubleValue\": 0.01"),
                GoogleProject.oneSeries("", "\"instance_id\": \"21\"", START, hours, "\"doubleValue\": 0.01"));
        gauge("agent.googleapis.com/gpu/utilization", "\"instance_id\": \"11\"", "\"doubleValue\": 0");
        gauge("kubernetes.io/node/accelerator/duty_cycle", "\"node_name\": \"gke-node-1\"", "\"int64Value\": \"75\"");
        gauge(
                "ml.googleapis.com/training/accelerator/utilization",
                "\"job_id\": \"2406756744756723712\"",
                "\"doubleValue\": 0.9");
        gauge(
                "ml.googleapis.com/training/accelerator/memory/utilization",
                "\"job_id\": \"2406756744756723712\"",
                "\"doubleValue\": 0.5");
        gauge("tpu.googleapis.com/accelerator/duty_cycle", "\"location\": \"us-central1-a\"", "\"doubleValue\": 55");
        gauge(
                "tpu.googleapis.com/tpu/mxu/utilization",
                "\"node_id\": \"old\", \"zone\": \"us-central1-b\"",
                "\"doubleValue\": 10");
        series(
                "run.googleapis.com/container/gpu/utilizations",
                "ALIGN_SUM",
                "\"service_name\": \"generate\", \"location\": \"us-central1\"",
                "\"distributionValue\": {\"count\": \"60\", \"mean\": 0.4}");
        series(
                "run.googleapis.com/container/instance_count",
                "ALIGN_MEAN",
                "\"service_name\": \"generate\", \"location\": \"us-central1\"",
                "\"doubleValue\": 2.5");
        series(
                "publisher/online_serving/model_invocation_count",
                "ALIGN_DELTA",
                "\"model_user_id\": \"gemini-2.5-pro\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"60\"");
        series(
                "publisher/online_serving/token_count",
                "ALIGN_DELTA",
                "\"model_user_id\": \"gemini-2.5-pro\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"9000\"");
        series(
                "publisher/online_serving/dedicated_gsu_limit",
                "ALIGN_MAX",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"3\"");
        series(
                "publisher/online_serving/dedicated_token_limit",
                "ALIGN_MAX",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\", \"publisher\": \"google\"",
                "\"int64Value\": \"8000\"");
        series(
                "publisher/online_serving/consumed_token_throughput",
                "ALIGN_RATE",
                "\"model_user_id\": \"gemini-2.5-flash\", \"location\": \"us-central1\"",
                "\"doubleValue\": 2000");
    }

    private void prices() {
        project.answers("/compute/v1/projects/" + id + "/aggregated/machineTypes", """
                {"items": {"zones/us-central1-a": {"machineTypes": [
                  {"name": "a2-highgpu-1g", "guestCpus": 12, "memoryMb": 87040, "isSharedCpu": false,
                   "accelerators": [{"guestAcceleratorType": "nvidia-tesla-a100", "guestAcceleratorCount": 1}]}]}}}""");
        project.answers(
                "/v1/services/6F81-5844-456A/skus",
                "{\"skus\": ["
                        + String.join(
                                ",",
                                GoogleProject.sku(
                                        "A2 Instance Core running in Americas",
                                        "OnDemand",
                                        "us-central1",
                                        "h",
                                        31611000),
                                GoogleProject.sku(
                                        "A2 Instance Ram running in Americas",
                                        "OnDemand",
                                        "us-central1",
                                        "GiBy.h",
                                        4237000),
                                GoogleProject.sku(
                                        "Nvidia Tesla A100 GPU running in Americas",
                                        "OnDemand",
                                        "us-central1",
                                        "h",
                                        933908000))
                        + "]}");
    }

    /** Who pays, what is recorded, and who is notified of what is paid. */
    private void compliance() {
        project.answers("/compute/v1/projects/" + id + "/aggregated/forwardingRules", """
                {"items": {"regions/us-central1": {"forwardingRules": [
                  {"id": "901", "name": "vertex-closed", "region": \
                "https://www.googleapis.com/compute/v1/projects/p/regions/us-central1", "creationTimestamp": \
                "2025-01-05T00:00:00.000-08:00",
                   "pscConnectionStatus": "CLOSED", "target": \
                "https://www.googleapis.com/compute/v1/projects/a1b2-tp/regions/us-central1/serviceAttachments/\
                gkedpm-1"},
                  {"id": "902", "name": "partner", "region": \
                "https://www.googleapis.com/compute/v1/projects/p/regions/us-central1", "creationTimestamp": \
                "2025-01-05T00:00:00.000-08:00",
                   "pscConnectionStatus": "CLOSED", "target": \
                "https://www.googleapis.com/compute/v1/projects/partner/regions/us-central1/serviceAttachments/s"},
                  {"id": "903", "name": "web", "region": \
                "https://www.googleapis.com/compute/v1/projects/p/regions/us-central1", "target": \
                "https://www.googleapis.com/compute/v1/projects/p/global/targetHttpProxies/w"}]}}}""");
        String keys = "projects/" + id + "/locations/europe-west4/keyRings/ml/cryptoKeys/";
        project.answers(
                "/v1/projects/" + id + "/cryptoKeys",
                "{\"cryptoKeys\": [{\"name\": \"" + keys
                        + "unused-key\", \"createTime\": \"2025-01-05T00:00:00Z\"}, {\"name\": \"" + keys
                        + "used-key\", \"createTime\": \"2025-01-05T00:00:00Z\"}]}");
        project.answers("/v1/" + keys + "unused-key/protectedResourcesSummary", "{\"resourceCount\": \"0\"}");
        project.answers("/v1/" + keys + "used-key/protectedResourcesSummary", "{\"resourceCount\": \"3\"}");
    }

    private void governance() {
        project.answers("/v2/projects/" + id + "/locations/-/buckets", """
                {"buckets": [
                  {"name": "projects/%1$s/locations/global/buckets/_Required", "retentionDays": 400, "locked": true},
                  {"name": "projects/%1$s/locations/global/buckets/_Default", "retentionDays": 30},
                  {"name": "projects/%1$s/locations/europe-west4/buckets/model-copies", "retentionDays": 3650, \
                "createTime": "2020-01-01T00:00:00Z"},
                  {"name": "projects/%1$s/locations/europe-west4/buckets/orders", "retentionDays": \
                3650}]}""".formatted(id));
        project.answers("/v2/projects/" + id + "/sinks", """
                {"sinks": [
                  {"name": "models", "destination": "logging.googleapis.com/projects/%1$s/locations/europe-west4/\
                buckets/model-copies", "filter": "protoPayload.serviceName=\\"aiplatform.googleapis.com\\""},
                  {"name": "orders", "destination": "logging.googleapis.com/projects/%1$s/locations/europe-west4/\
                buckets/orders", "filter": "resource.type=\\"k8s_container\\""},
                  {"name": "gone", "destination": "logging.googleapis.com/projects/%1$s/locations/europe-west4/buckets/\
                orders", "disabled": true}]}""".formatted(id));
        compliance();
        project.posts(
                "/v1/projects/" + id + ":getAncestry",
                "{\"ancestor\": [{\"resourceId\": {\"type\": \"project\", \"id\": \"" + id
                        + "\"}}, {\"resourceId\": {\"type\": \"folder\", \"id\": \"7\"}}, {\"resourceId\": {\"type\": "
                        + "\"organization\", \"id\": \"9\"}}]}");
        String policy =
                "{\"auditConfigs\": [{\"service\": \"%s\", \"auditLogConfigs\": [{\"logType\": \"ADMIN_READ\"}]}]}";
        for (String above : new String[] {"projects/" + id, "folders/7", "organizations/9"}) {
            project.posts("/v3/" + above + ":getIamPolicy", policy.formatted("allServices"));
        }
        project.answers("/v1/projects/" + id + "/billingInfo", "{\"billingAccountName\": \"billingAccounts/0A-1B\"}");
        project.answers("/v1/billingAccounts/0A-1B/budgets", """
                {"budgets": [{"budgetFilter": {"projects": ["projects/%s"]}, "thresholdRules": [{"thresholdPercent": \
                0.9}]}]}""".formatted(id));
        project.answers("/v1/billingAccounts", """
                {"billingAccounts": [{"name": "billingAccounts/0A-1B", "displayName": "Acme", "open": true, \
                "currencyCode": "USD"}]}""");
        project.answers("/v1/billingAccounts/0A-1B/projects", """
                {"projectBillingInfo": [{"name": "projects/%1$s/billingInfo", "projectId": "%1$s", "billingEnabled": \
                true}]}""".formatted(id));
        project.answers("/bigquery/v2/projects/" + id + "/datasets", """
                {"datasets": [{"datasetReference": {"projectId": "%1$s", "datasetId": "one"}}, {"datasetReference": \
                {"projectId": "%1$s", "datasetId": "two"}}]}""".formatted(id));
        project.answers("/bigquery/v2/projects/" + id + "/datasets/one/tables", """
                {"tables": [{"tableReference": {"projectId": "%s", "datasetId": "one", "tableId": "no_bill"}, "type": \
                "TABLE"}]}""".formatted(id));
    }

    private void gauge(String type, String labels, String value) {
        series(type, "ALIGN_MEAN", labels, value);
        series(type, "ALIGN_MAX", labels, value);
    }

    private void series(String type, String aligner, String labels, String value) {
        project.series(type, aligner, GoogleProject.oneSeries("", labels, START, hours, value));
    }
}
