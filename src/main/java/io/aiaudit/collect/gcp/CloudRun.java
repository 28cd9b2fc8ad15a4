package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Services of Cloud Run with GPUs: instances that are kept ready, or that somebody set the number of, are paid for with
 * or without requests.
 */
final class CloudRun extends GcpPart {
    static final GoogleOperation LIST = GoogleOperation.list(
                    "run", "/v1/projects/{project}/locations/-/services", ACCOUNT, "service")
            .lists("run.googleapis.com/Service");

    private static final String GPUS = "/nvidia.com~1gpu";

    CloudRun() {
        super("services", Slice.Dataset.INVENTORY, List.of(LIST));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> things = new ArrayList<>();
        boolean whole = details.<JsonNode>each(label(), null, thing -> each(session, sink, thing), things::add);
        details.failUnlessSomethingAnswered();
        for (JsonNode thing : things) {
            if (accelerator(thing) != null) {
                details.make(label(), Json.text(thing, "/metadata/name"), () -> resource(session, thing))
                        .ifPresent(sink::resource);
            }
        }
        if (whole && things.isEmpty()) {
            session.verifyNone(LIST, label(), details);
        }
    }

    private void each(GcpSession session, Sink sink, Consumer<JsonNode> service) {
        Set<String> unreachable = new HashSet<>();
        session.pages(session.request(LIST), "continue", "/metadata/continue", page -> {
            session.unreachable(page, "unreachable", label(), unreachable, sink);
            page.path("items").forEach(service);
        });
    }

    /** Null for one without GPUs. */
    private static String accelerator(JsonNode service) {
        return Json.text(service.at("/spec/template/spec/nodeSelector"), "/run.googleapis.com~1accelerator");
    }

    /** One that is scaled by hand has the same number whatever its traffic is; unknown where that is not known. */
    static Resource resource(GcpSession session, JsonNode service) {
        JsonNode template = service.at("/spec/template");
        JsonNode limits = limits(template.at("/spec/containers"));
        String name = Json.needed(service, "/metadata/name");
        String location = Json.needed(service, "/metadata/labels/cloud.googleapis.com~1location");
        JsonNode annotations = template.at("/metadata/annotations");
        JsonNode scaling = service.at("/metadata/annotations");
        boolean isManual = "manual".equalsIgnoreCase(Json.text(scaling, "/run.googleapis.com~1scalingMode"));
        Integer manual = Json.integer(scaling, "/run.googleapis.com~1manualInstanceCount");
        Integer least = isManual ? manual : least(service);
        ResourceBuilder resource = session.resource(
                        "//run.googleapis.com/projects/" + session.project() + "/locations/" + location + "/services/"
                                + name,
                        "service")
                .name(name)
                .region(location)
                .replicas(least == null && !isManual ? Integer.valueOf(0) : least)
                .createdAt(Json.instant(service, "/metadata/creationTimestamp"))
                .purchase("on_demand")
                .tags(Json.texts(service, "/metadata/labels"))
                .attributes(new Attributes()
                        .put("min_instances", least)
                        .put(
                                "max_instances",
                                isManual ? manual : Json.text(annotations, "/autoscaling.knative.dev~1maxScale"))
                        .put("scaling", isManual ? "manual" : null)
                        .put("cpu_throttling", Json.text(annotations, "/run.googleapis.com~1cpu-throttling"))
                        .put("cpu_limit", Json.text(limits, "/cpu"))
                        .put("memory_limit", Json.text(limits, "/memory"))
                        .values());
        Accelerators.attached(accelerator(service), Json.number(limits, GPUS)).describe(resource);
        return resource.build();
    }

    /** How many are kept ready where it scales by itself: of the service or its revision, the higher one holds. */
    private static Integer least(JsonNode service) {
        Integer ofRevision =
                Json.integer(service, "/spec/template/metadata/annotations/autoscaling.knative.dev~1minScale");
        Integer ofService = Json.integer(service, "/metadata/annotations/run.googleapis.com~1minScale");
        return ofRevision == null || (ofService != null && ofService > ofRevision) ? ofService : ofRevision;
    }

    /** Of the container with the GPUs, else of the first. */
    private static JsonNode limits(JsonNode containers) {
        for (JsonNode container : containers) {
            JsonNode limits = container.at("/resources/limits");
            if (Json.number(limits, GPUS) != null) {
                return limits;
            }
        }
        return containers.at("/0/resources/limits");
    }
}
