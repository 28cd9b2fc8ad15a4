package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Custom, tuning and batch prediction jobs of Vertex AI that ran in the window, and the persistent resources that some
 * of them run on.
 */
final class Jobs extends GcpPart {
    /**
     * One kind of job.
     *
     * @param spec where the job specification is
     * @param pools where its machines are, below that
     * @param replicas of one pool
     */
    private record Form(GoogleOperation list, String kind, String spec, String pools, String replicas) {
        Form(String list, String asset, String kind, String spec, String pools, String replicas) {
            this(InEachLocation.vertex(list, asset, Frequency.REGION, kind), kind, spec, pools, replicas);
        }
    }

    private static final List<Form> FORMS = List.of(
            new Form("customJobs", "CustomJob", "training_job", "/jobSpec", "/workerPoolSpecs", "/replicaCount"),
            new Form(
                    "hyperparameterTuningJobs",
                    "HyperparameterTuningJob",
                    "training_job",
                    "/trialJobSpec",
                    "/workerPoolSpecs",
                    "/replicaCount"),
            new Form(
                    "batchPredictionJobs",
                    "BatchPredictionJob",
                    "batch_job",
                    "",
                    "/dedicatedResources",
                    "/startingReplicaCount"),
            new Form(
                    "persistentResources",
                    "PersistentResource",
                    "training_cluster",
                    "",
                    "/resourcePools",
                    "/replicaCount"));

    Jobs() {
        super("jobs", Slice.Dataset.INVENTORY, FORMS.stream().map(Form::list).toList());
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Map<String, Form> forms =
                FORMS.stream().collect(Collectors.toMap(form -> form.list().list(), form -> form));
        InEachLocation locations = new InEachLocation(session, label(), sink);
        List<String> unpriced = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        locations.callVertex(operations(), (list, job) -> {
            Form form = forms.get(list);
            if (ranIn(window, job, form)) {
                WorkerPools pools = pools(job, form);
                Resource resource = resource(session, form, job, pools);
                sink.resource(resource);
                if (persistentResource(job, form) != null) {
                    return; // paid for there
                }
                if (pools.isWithoutPrice()) {
                    unpriced.add(resource.name());
                } else {
                    pools.others().forEach(other -> leftOut.add(other + " of " + resource.name()));
                }
            }
        });
        locations.failUnlessSomethingAnswered();
        if (!unpriced.isEmpty()) {
            sink.warning("Jobs in " + session.project()
                    + " on several instance types, or with an unknown instance count, have no list price: "
                    + GcpSession.some(unpriced, ", ") + ".");
        }
        if (!leftOut.isEmpty()) {
            sink.warning("Not in the list price of jobs in " + session.project() + ": " + GcpSession.some(leftOut, "; ")
                    + ".");
        }
    }

    /** Not before the window, and on a machine. */
    private static boolean ranIn(Window window, JsonNode job, Form form) {
        Instant ended = Json.instant(job, "/endTime");
        boolean starts = !form.kind.equals("training_cluster");
        return (ended == null || ended.isAfter(window.start())) && (!starts || Json.instant(job, "/startTime") != null);
    }

    private static WorkerPools pools(JsonNode job, Form form) {
        Integer trials = Json.integer(job, "/parallelTrialCount");
        return WorkerPools.of(
                job.at(form.spec).at(form.pools),
                form.replicas,
                trials == null ? 1 : trials,
                form.kind.equals("training_cluster"));
    }

    /** That on which a job runs; the machines are paid for as those of that one. */
    private static String persistentResource(JsonNode job, Form form) {
        return Json.text(job.at(form.spec), "/persistentResourceId");
    }

    private static Resource resource(GcpSession session, Form form, JsonNode job, WorkerPools workers) {
        Instant started = Json.instant(job, "/startTime");
        String name = Json.needed(job, "/name");
        String state = GcpSession.lower(job, "/state");
        JsonNode spec = job.at(form.spec);
        JsonNode pools = spec.at(form.pools);
        JsonNode machine = workers.machine() == null ? MissingNode.getInstance() : workers.machine();
        String cluster = persistentResource(job, form);
        ResourceBuilder resource = session.resource("//aiplatform.googleapis.com/" + name, form.kind)
                .name(Json.text(job, "/displayName") == null ? GcpSession.last(name) : Json.text(job, "/displayName"))
                .region(GcpSession.after(name, "locations"))
                .machineType(cluster == null ? Json.text(machine, "/machineType") : null)
                .replicas(cluster == null ? workers.replicas() : null)
                .createdAt(started == null ? Json.instant(job, "/createTime") : started)
                .endedAt(Json.instant(job, "/endTime"))
                .state(state == null ? null : state.replace("job_state_", ""))
                .purchase("SPOT".equals(Json.text(spec, "/scheduling/strategy")) ? "spot" : "on_demand")
                .tags(GcpSession.labels(job))
                .attributes(new Attributes()
                        .put("persistent_resource", cluster)
                        .put(
                                Instances.MODEL,
                                Instances.FLEX_START.equals(Json.text(spec, "/scheduling/strategy"))
                                        ? Instances.FLEX_START
                                        : null)
                        .put("worker_pools", pools.isArray() ? Integer.valueOf(pools.size()) : null)
                        .put("other_machines", String.join(", ", workers.others()))
                        .put("used_replicas", workers.used())
                        .put("max_replicas", Json.text(pools, "/maxReplicaCount"))
                        .values());
        Accelerators.ofSpec(machine).ifPresent(accelerators -> accelerators.describe(resource));
        return resource.build();
    }
}
