package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Custom, tuning and batch prediction jobs of Vertex AI that ran in the window, and the persistent resources that some of them run on. */
final class Jobs implements GcpPart {
    /**
     * One kind of job.
     *
     * @param list as the address and the answer name it
     * @param spec where it is told how it runs
     * @param pools where its machines are told, below that
     * @param replicas of one pool
     */
    private record Form(String list, String kind, String spec, String pools, String replicas) {}

    private static final List<Form> FORMS = List.of(
            new Form("customJobs", "training_job", "/jobSpec", "/workerPoolSpecs", "/replicaCount"),
            new Form("hyperparameterTuningJobs", "training_job", "/trialJobSpec", "/workerPoolSpecs", "/replicaCount"),
            new Form("batchPredictionJobs", "batch_job", "", "/dedicatedResources", "/startingReplicaCount"),
            new Form("persistentResources", "training_cluster", "", "/resourcePools", "/replicaCount"));

    @Override
    public String word() {
        return "jobs";
    }

    @Override
    public void read(GcpPlace place, Window window, Known known, Sink sink) {
        Map<String, Form> forms = FORMS.stream().collect(Collectors.toMap(Form::list, form -> form));
        InEachLocation locations = new InEachLocation(place, word());
        locations.askVertex(
                FORMS.stream().map(Form::list).toList(),
                (list, told) -> read(place, forms.get(list), told, window, sink));
        locations.tell(sink);
    }

    private static void read(GcpPlace place, Form form, JsonNode told, Window window, Sink sink) {
        Instant ended = Json.instant(told, "/endTime");
        Instant started = Json.instant(told, "/startTime");
        boolean starts = !form.kind.equals("training_cluster");
        if ((ended != null && !ended.isAfter(window.start())) || (started == null && starts)) {
            return; // before the window, or never on a machine
        }
        String name = Json.text(told, "/name");
        JsonNode spec = told.at(form.spec);
        JsonNode pools = spec.at(form.pools);
        JsonNode pool = main(pools);
        JsonNode machine = pool.path("machineSpec");
        String cluster = Json.text(spec, "/persistentResourceId");
        Integer each = Json.integer(pool, form.replicas);
        Integer trials = Json.integer(told, "/parallelTrialCount");
        Integer all = each == null || trials == null ? each : Integer.valueOf(each * trials);
        Resource.Builder resource = place.resource("//aiplatform.googleapis.com/" + name, form.kind)
                .name(Json.text(told, "/displayName") == null ? GcpPlace.last(name) : Json.text(told, "/displayName"))
                .region(GcpPlace.after(name, "locations"))
                // The machines of a persistent resource are paid for as those of that one.
                .machineType(cluster == null ? Json.text(machine, "/machineType") : null)
                .replicas(cluster == null ? all : null)
                .createdAt(started == null ? Json.instant(told, "/createTime") : started)
                .endedAt(ended)
                .state(String.valueOf(Json.text(told, "/state"))
                        .replace("JOB_STATE_", "")
                        .toLowerCase(Locale.ROOT))
                .purchase("SPOT".equals(Json.text(spec, "/scheduling/strategy")) ? "spot" : "on_demand")
                .tags(GcpPlace.labels(told))
                .attributes(new Attributes()
                        .put("persistent_resource", cluster)
                        .put(
                                Instances.MODEL,
                                Instances.FLEX_START.equals(Json.text(spec, "/scheduling/strategy"))
                                        ? Instances.FLEX_START
                                        : null)
                        .put("worker_pools", pools.isArray() ? Integer.valueOf(pools.size()) : null)
                        .put("used_replicas", Json.text(pool, "/usedReplicaCount"))
                        .put("max_replicas", Json.text(pool, "/maxReplicaCount"))
                        .values());
        Accelerators.ofSpec(machine).ifPresent(accelerators -> accelerators.describe(resource));
        sink.resource(resource.build());
    }

    /** The pool with accelerators, else the first: a row has one type of machine. */
    private static JsonNode main(JsonNode pools) {
        if (!pools.isArray()) {
            return pools;
        }
        for (JsonNode pool : pools) {
            if (Accelerators.ofSpec(pool.path("machineSpec")).isPresent()) {
                return pool;
            }
        }
        return pools.path(0);
    }
}
