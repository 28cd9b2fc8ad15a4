package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Frequency.ACCOUNT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.PageTrail;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Everything of some types in a subscription, in one query. The graph silently hides what the caller may not read:
 * where it has nothing of a type, the provider of the type is requested, which refuses without permission. Providers
 * are requested, too, where the graph itself is denied.
 */
final class ResourceGraph {
    private static final String VERSION = "2022-10-01";
    static final AzureOperation RESOURCES = AzureOperation.post(
                    "/providers/Microsoft.ResourceGraph/resources",
                    VERSION,
                    ACCOUNT,
                    "instance",
                    "volume",
                    "node_group",
                    "private_endpoint",
                    "search_index")
            .times(3)
            .probe((request, session) -> request.body(probe(session)));
    private static final int PAGE = 1000;

    private final AzureSession session;

    ResourceGraph(AzureSession session) {
        this.session = session;
    }

    /** A type of resource, and the list of its provider that shows whether there is none. */
    record Type(String name, AzureOperation list) {
        /** Such as virtualMachines. */
        String bare() {
            return name.substring(name.indexOf('/') + 1);
        }

        boolean isOf(JsonNode resource) {
            return name.equalsIgnoreCase(Json.text(resource, "/type"));
        }
    }

    List<JsonNode> of(List<Type> types, Details details) {
        List<JsonNode> found = new ArrayList<>(details.listWhatIsShown(
                "resource graph of " + types.stream().map(Type::bare).collect(Collectors.joining(", ")),
                row -> query(
                        "Resources | where type in~ ("
                                + types.stream()
                                        .map(type -> "'" + type.name().toLowerCase(Locale.ROOT) + "'")
                                        .collect(Collectors.joining(", "))
                                + ") | project id, name, type, location, sku, kind, tags, zones, managedBy, "
                                + "properties | order by id asc",
                        row)));
        for (Type type : types) {
            if (found.stream().noneMatch(type::isOf)) {
                found.addAll(details.list(
                        type.name(), thing -> session.arm().each(session.request(type.list()), thing)));
            }
        }
        return found;
    }

    private void query(String query, Consumer<JsonNode> row) {
        RestRequest request = session.arm().request(RESOURCES);
        PageTrail trail = new PageTrail(request);
        String token = null;
        do {
            JsonNode page = session.arm().call(request.body(body(query, token)), "/data");
            rows(page.path("data")).forEach(row);
            token = Json.text(page, "/$skipToken");
            if (token != null) {
                trail.read(page, token);
            } else if ("true".equals(Json.text(page, "/resultTruncated"))) {
                throw new UserError(
                        "the resource graph returned only part of the resources.",
                        "Run it again; if it persists, name fewer subscriptions in aiaudit.yaml: azure: "
                                + "{subscriptions: [...]}");
            }
        } while (token != null);
    }

    private static JsonNode probe(AzureSession session) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("subscriptions").add(session.subscription());
        return body.put("query", "Resources | take 1 | project id");
    }

    private JsonNode body(String query, String token) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("subscriptions").add(session.subscription());
        body.put("query", query);
        ObjectNode options =
                body.putObject("options").put("resultFormat", "objectArray").put("$top", PAGE);
        if (token != null) {
            options.put("$skipToken", token);
        }
        return body;
    }

    /** Objects, or a table of columns and rows as older versions answer. */
    private static List<JsonNode> rows(JsonNode data) {
        List<JsonNode> objects = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(objects::add);
            return objects;
        }
        for (JsonNode row : data.path("rows")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < row.size(); i++) {
                object.set(data.path("columns").path(i).path("name").asText(), row.get(i));
            }
            objects.add(object);
        }
        return objects;
    }
}
