package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Services of Cloud Run with GPUs: instances that are kept ready, or that somebody set the number of, are paid for with
 * or without requests. Each revision with traffic or a tag keeps those of its own, so an old one may be what is paid
 * for.
 */
final class CloudRun extends GcpPart {
    static final GoogleOperation LIST = GoogleOperation.list(
                    "run", "/v1/projects/{project}/locations/-/services", ACCOUNT, "service")
            .lists("run.googleapis.com/Service");
    static final GoogleOperation REVISION = GoogleOperation.get(
                    "run",
                    "/v1/projects/{project}/locations/{location}/revisions/{revision}",
                    "run.revisions.get",
                    new Frequency("1 for each revision with traffic or a tag that is not the newest of its service"),
                    "service")
            .untried();

    private static final String GPUS = "/nvidia.com~1gpu";
    private static final String MIN_SCALE = "/metadata/annotations/autoscaling.knative.dev~1minScale";

    /**
     * A revision that may keep instances.
     *
     * @param serves whether it has a share of the traffic: the minimum of the service is one of these
     * @param template as the template of the service has it, which is the newest one
     */
    private record Revision(String name, boolean serves, JsonNode template) {
        private boolean hasAccelerator() {
            return accelerator(template) != null;
        }

        private int least() {
            Integer least = Json.integer(template, MIN_SCALE);
            return least == null ? 0 : least;
        }
    }

    CloudRun() {
        super("services", Slice.Dataset.INVENTORY, List.of(LIST, REVISION));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> things = new ArrayList<>();
        boolean whole = details.<JsonNode>each(label(), null, thing -> each(session, sink, thing), things::add);
        details.failUnlessSomethingAnswered();
        for (JsonNode thing : things) {
            String name = Json.text(thing, "/metadata/name");
            Optional<List<Revision>> revisions = details.call(
                    "revisions of services", name, () -> revisions(thing, older -> older(session, thing, older)));
            boolean isKnown = revisions.isPresent();
            List<Revision> all = revisions.orElseGet(() -> List.of(newest(thing)));
            if (all.stream().anyMatch(Revision::hasAccelerator)) {
                details.make(label(), name, () -> resource(session, thing, all, isKnown))
                        .ifPresent(sink::resource);
            }
        }
        if (whole && things.isEmpty()) {
            session.verifyNone(LIST, label(), details);
        }
    }

    private static Revision newest(JsonNode service) {
        return new Revision(
                Json.text(service, "/status/latestCreatedRevisionName"), true, service.at("/spec/template"));
    }

    /**
     * Those with traffic or a tag, at whatever share; where the service does not list them, its newest one.
     *
     * @param older reads one that is not the newest; empty where it is gone
     */
    private static List<Revision> revisions(JsonNode service, Function<String, Optional<JsonNode>> older) {
        Revision newest = newest(service);
        Map<String, Integer> named = new TreeMap<>();
        service.at("/status/traffic").forEach(target -> {
            String name = Json.text(target, "/revisionName");
            if (name != null) {
                named.merge(name, target.path("percent").asInt(0), Integer::sum);
            }
        });
        if (newest.name() == null || named.isEmpty()) {
            return List.of(newest);
        }
        List<Revision> all = new ArrayList<>();
        named.forEach((name, percent) -> {
            Optional<JsonNode> template =
                    name.equals(newest.name()) ? Optional.of(newest.template()) : older.apply(name);
            template.ifPresent(found -> all.add(new Revision(name, percent > 0, found)));
        });
        return all;
    }

    private static Optional<JsonNode> older(GcpSession session, JsonNode service, String revision) {
        return session.api()
                .unlessGone(session.request(REVISION)
                        .with("location", location(service))
                        .with("revision", revision));
    }

    private static String location(JsonNode service) {
        return Json.needed(service, "/metadata/labels/cloud.googleapis.com~1location");
    }

    private void each(GcpSession session, Sink sink, Consumer<JsonNode> service) {
        Set<String> unreachable = new HashSet<>();
        session.pages(session.request(LIST), "continue", "/metadata/continue", page -> {
            session.unreachable(page, "unreachable", label(), unreachable, sink);
            page.path("items").forEach(service);
        });
    }

    /** Null for one without GPUs. */
    private static String accelerator(JsonNode template) {
        return Json.text(template.at("/spec/nodeSelector"), "/run.googleapis.com~1accelerator");
    }

    /** For what shows all of its revisions itself. */
    static Resource resource(GcpSession session, JsonNode service) {
        return resource(session, service, List.of(newest(service)), true);
    }

    /**
     * One that is scaled by hand has the same number whatever its traffic is; unknown where that is not known.
     *
     * @param isKnown whether all revisions could be read
     */
    private static Resource resource(GcpSession session, JsonNode service, List<Revision> revisions, boolean isKnown) {
        List<Revision> accelerated =
                revisions.stream().filter(Revision::hasAccelerator).toList();
        JsonNode template = accelerated.stream()
                .max(Comparator.comparing(Revision::least))
                .map(Revision::template)
                .orElseGet(() -> service.at("/spec/template"));
        JsonNode limits = limits(template.at("/spec/containers"));
        String name = Json.needed(service, "/metadata/name");
        String location = location(service);
        JsonNode annotations = template.at("/metadata/annotations");
        JsonNode scaling = service.at("/metadata/annotations");
        boolean isManual = "manual".equalsIgnoreCase(Json.text(scaling, "/run.googleapis.com~1scalingMode"));
        Integer manual = Json.integer(scaling, "/run.googleapis.com~1manualInstanceCount");
        Integer least = isManual ? manual : isKnown ? least(service, accelerated) : null;
        ResourceBuilder resource = session.resource(
                        "//run.googleapis.com/projects/" + session.project() + "/locations/" + location + "/services/"
                                + name,
                        "service")
                .name(name)
                .region(location)
                .replicas(least == null && !isManual && isKnown ? Integer.valueOf(0) : least)
                .createdAt(Json.instant(service, "/metadata/creationTimestamp"))
                .purchase("on_demand")
                .tags(Json.texts(service, "/metadata/labels"))
                .attributes(new Attributes()
                        .put("min_instances", least)
                        .put("min_instances_by_revision", byRevision(accelerated))
                        .put(
                                "max_instances",
                                isManual ? manual : Json.text(annotations, "/autoscaling.knative.dev~1maxScale"))
                        .put("scaling", isManual ? "manual" : isKnown ? null : "unknown")
                        .put("cpu_throttling", Json.text(annotations, "/run.googleapis.com~1cpu-throttling"))
                        .put("cpu_limit", Json.text(limits, "/cpu"))
                        .put("memory_limit", Json.text(limits, "/memory"))
                        .values());
        Accelerators.attached(accelerator(template), Json.number(limits, GPUS)).describe(resource);
        return resource.build();
    }

    /**
     * How many are kept ready where it scales by itself: those of each revision add up. Where the service has a
     * minimum, too, the higher one holds of those with traffic; one with a tag alone comes on top. Null where nothing
     * has one.
     */
    private static Integer least(JsonNode service, List<Revision> accelerated) {
        Integer ofService = accelerated.stream().anyMatch(Revision::serves)
                ? Json.integer(service, "/metadata/annotations/run.googleapis.com~1minScale")
                : null;
        boolean any = accelerated.stream().anyMatch(revision -> Json.integer(revision.template(), MIN_SCALE) != null);
        if (!any) {
            return ofService;
        }
        int serving = sum(accelerated, true);
        return (ofService == null ? serving : Math.max(ofService, serving)) + sum(accelerated, false);
    }

    private static int sum(List<Revision> revisions, boolean serving) {
        return revisions.stream()
                .filter(revision -> revision.serves() == serving)
                .mapToInt(Revision::least)
                .sum();
    }

    /** Null where there is only one. */
    private static String byRevision(List<Revision> accelerated) {
        return accelerated.size() < 2
                ? null
                : accelerated.stream()
                        .map(revision -> revision.name() + " " + revision.least())
                        .collect(Collectors.joining(", "));
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
