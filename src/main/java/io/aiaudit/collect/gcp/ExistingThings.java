package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries the operations of a project that take something that exists, such as a table of a billing export, on what is
 * found of it. Where nothing is found, nothing needs their permissions.
 */
final class ExistingThings {
    private static final String DATASET = "{dataset}";
    private static final String TABLE = "{table}";
    private static final String KEY = "{key}";

    /** How the path of the rows of a table ends; one of them will do. */
    private static final String ROWS = "/data";

    private final PermissionTrial trial;
    private final GcpSession session;
    private final String project;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    ExistingThings(PermissionTrial trial, GcpSession session, String project) {
        this.trial = trial;
        this.session = session;
        this.project = project;
    }

    /** One part a permission; denied for one thing is denied. */
    List<Part> tried() {
        for (String dataset : listed("/datasets", "datasets", "/datasetReference/datasetId", Map.of())) {
            Map<String, String> names = Map.of("dataset", dataset);
            untried(DATASET, TABLE).forEach(operation -> attempt(operation, names));
            listed("/tables", "tables", "/tableReference/tableId", names).stream()
                    .filter(table -> BillTable.of(project, dataset, table).isPresent())
                    .findFirst()
                    .ifPresent(table -> untried(TABLE, null)
                            .forEach(operation -> attempt(operation, Map.of("dataset", dataset, "table", table))));
        }
        listed("/cryptoKeys", "cryptoKeys", "/name", Map.of()).stream()
                .map(key -> key.split("/"))
                .filter(words -> words.length == 8)
                .findFirst()
                .ifPresent(words -> untried(KEY, null)
                        .forEach(operation ->
                                attempt(operation, Map.of("location", words[3], "ring", words[5], "key", words[7]))));
        return new ArrayList<>(parts.values());
    }

    /** Operations that are not tried by themselves, and whose path has the one placeholder and not the other. */
    private static List<GoogleOperation> untried(String with, String without) {
        return GcpCollector.operations().stream()
                .filter(operation -> operation.probe() == null
                        && operation.method().equals("GET")
                        && operation.template().contains(with)
                        && (without == null || !operation.template().contains(without)))
                .toList();
    }

    private void attempt(GoogleOperation operation, Map<String, String> names) {
        RestRequest request = request(operation, names);
        RestRequest cheapest = operation.template().endsWith(ROWS) ? request.query("maxResults", "1") : request;
        Optional<UserError> failure = trial.failure(() -> session.api().unlessGone(cheapest));
        Part before = parts.get(operation.permission());
        if (before == null || before.problem() == null) {
            parts.put(operation.permission(), trial.part(operation, project, failure));
        }
    }

    /** What the list of this name has; nothing where it is denied, which its own trial reports. */
    private List<String> listed(String path, String list, String name, Map<String, String> names) {
        List<String> found = new ArrayList<>();
        GcpCollector.operations().stream()
                .filter(operation -> operation.template().endsWith(path))
                .forEach(operation -> trial.failure(() -> session.pages(
                        request(operation, names),
                        page -> page.path(list).forEach(thing -> found.add(text(thing, name))))));
        return found;
    }

    private RestRequest request(GoogleOperation operation, Map<String, String> names) {
        RestRequest request = names.containsKey("location")
                ? session.request(operation, names.get("location"))
                : session.request(operation);
        for (Map.Entry<String, String> name : names.entrySet()) {
            request = request.with(name.getKey(), name.getValue());
        }
        return request;
    }

    private static String text(JsonNode thing, String pointer) {
        return String.valueOf(Json.text(thing, pointer));
    }
}
