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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TPU slices. What is only queued for some costs nothing and is not read; the nodes that it became are. */
final class TpuNodes extends GcpPart {
    static final GoogleOperation NODES = GoogleOperation.list(
                    "tpu", "/v2/projects/{project}/locations/-/nodes", ACCOUNT, "instance")
            .lists("tpu.googleapis.com/Node");
    static final String HOST = "//tpu.googleapis.com/";

    /** The attribute with the number that Monitoring may name the node by. */
    static final String NUMBER = "node_number";

    private static final Pattern TYPE = Pattern.compile("(v[0-9]+\\w*?)-([0-9]+)");

    /** Chips to a counted core: v2, v3, v4 and v5p count cores, of which a chip has two. */
    private static final int CORES_PER_CHIP = 2;

    private static final Map<String, String> NAMES = Map.of(
            "v2", "TPU v2",
            "v3", "TPU v3",
            "v4", "TPU v4",
            "v5litepod", "TPU v5e",
            "v5e", "TPU v5e",
            "v5p", "TPU v5p",
            "v6e", "TPU v6e");

    TpuNodes() {
        super("tpus", Slice.Dataset.INVENTORY, List.of(NODES));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> things = new ArrayList<>();
        boolean whole = details.<JsonNode>each(label(), null, thing -> each(session, sink, thing), things::add);
        details.failUnlessSomethingAnswered();
        details.make(label(), things, session::shortName, thing -> resource(session, thing), sink::resource);
        if (whole && things.isEmpty()) {
            session.verifyNone(NODES, label(), details);
        }
    }

    private void each(GcpSession session, Sink sink, Consumer<JsonNode> thing) {
        Set<String> reported = new HashSet<>();
        session.pages(session.request(NODES).query("pageSize", "1000"), page -> {
            session.unreachable(page, "unreachable", label(), reported, sink);
            page.path(NODES.list()).forEach(thing);
        });
    }

    private static Resource resource(GcpSession session, JsonNode node) {
        String name = Json.needed(node, "/name");
        String zone = GcpSession.after(name, "locations");
        String type = Json.text(node, "/acceleratorType");
        String state = GcpSession.lower(node, "/state");
        JsonNode scheduling = node.path("schedulingConfig");
        ResourceBuilder resource = session.resource(HOST + name, "instance")
                .name(GcpSession.last(name))
                .region(GcpSession.region(zone))
                .machineType(type)
                .replicas(state == null ? null : Integer.valueOf("ready".equals(state) ? 1 : 0))
                .createdAt(Json.instant(node, "/createTime"))
                .state(state)
                .purchase(purchase(scheduling))
                .tags(GcpSession.labels(node))
                .attributes(new Attributes()
                        .put("zone", zone)
                        .put(NUMBER, Json.text(node, "/id"))
                        .put("queued_resource", GcpSession.last(Json.text(node, "/queuedResource")))
                        .put("runtime", Json.text(node, "/runtimeVersion"))
                        .put("health", Json.text(node, "/health"))
                        .values());
        chips(resource, type);
        return resource.build();
    }

    private static void chips(ResourceBuilder resource, String type) {
        Matcher parts = TYPE.matcher(type == null ? "" : type);
        if (parts.matches()) {
            int size = Integer.parseInt(parts.group(2));
            boolean cores = parts.group(1).matches("v2|v3|v4|v5p");
            resource.accelerator(NAMES.getOrDefault(parts.group(1), "TPU " + parts.group(1)))
                    .acceleratorCount(BigDecimal.valueOf(cores ? Math.max(1, size / CORES_PER_CHIP) : size))
                    .acceleratorMemoryGib(null);
        }
    }

    private static String purchase(JsonNode scheduling) {
        if (scheduling.path("preemptible").asBoolean(false)
                || scheduling.path("spot").asBoolean(false)) {
            return "spot";
        }
        return scheduling.path("reserved").asBoolean(false) ? "committed" : "on_demand";
    }
}
