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
 * Notebooks of Workbench. Each is a machine of Compute Engine, and has its id, since that is what the bill names: with
 * what its own list adds it is one row.
 */
final class Workbench extends GcpPart {
    static final GoogleOperation LIST = GoogleOperation.list(
                    "notebooks", "/v2/projects/{project}/locations/-/instances", ACCOUNT, "notebook")
            .lists("notebooks.googleapis.com/Instance");

    Workbench() {
        super("notebooks", Slice.Dataset.INVENTORY, List.of(LIST));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> things = new ArrayList<>();
        boolean whole = details.<JsonNode>each(label(), null, thing -> each(session, sink, thing), things::add);
        details.failUnlessSomethingAnswered();
        details.make(label(), things, session::shortName, thing -> resource(session, thing), sink::resource);
        if (whole && things.isEmpty()) {
            session.verifyNone(LIST, label(), details);
        }
    }

    private void each(GcpSession session, Sink sink, Consumer<JsonNode> notebook) {
        Set<String> unreachable = new HashSet<>();
        session.pages(session.request(LIST).query("pageSize", "500"), page -> {
            session.unreachable(page, "unreachable", label(), unreachable, sink);
            page.path("instances").forEach(notebook);
        });
    }

    private static Resource resource(GcpSession session, JsonNode notebook) {
        String name = Json.needed(notebook, "/name");
        String zone = GcpSession.after(name, "locations");
        JsonNode setup = notebook.path("gceSetup");
        String machine = Json.text(setup, "/instanceId");
        String type = GcpSession.last(Json.text(setup, "/machineType"));
        String state = GcpSession.lower(notebook, "/state");
        ResourceBuilder resource = session.resource(
                        machine == null ? "//notebooks.googleapis.com/" + name : session.machineId(zone, machine),
                        "notebook")
                .name(GcpSession.last(name))
                .region(GcpSession.region(zone))
                .machineType(type)
                .replicas(state == null ? null : Integer.valueOf("active".equals(state) ? 1 : 0))
                .createdAt(Json.instant(notebook, "/createTime"))
                .state("active".equals(state) ? "running" : state)
                .purchase("on_demand")
                .workload("notebook/" + zone + "/" + GcpSession.last(name))
                .tags(GcpSession.labels(notebook))
                .attributes(new Attributes()
                        .put("zone", zone)
                        // Without it nothing was set: the product's own default may stop it or not.
                        .put("idle_shutdown_seconds", Json.text(setup, "/metadata/idle-timeout-seconds"))
                        .put("creator", Json.text(notebook, "/creator"))
                        .put("health", Json.text(notebook, "/healthState"))
                        .values());
        Accelerators.ofType(type)
                .or(() -> Accelerators.first(setup.path("acceleratorConfigs"), "/type", "/coreCount"))
                .ifPresent(accelerators -> accelerators.describe(resource));
        return resource.build();
    }
}
