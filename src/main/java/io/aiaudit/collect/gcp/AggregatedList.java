package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Gap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A list of Compute Engine over all zones and regions. It may be incomplete, which it shows in two ways: by the names
 * of what is missing, and by a warning in its entry. Each is a gap, once.
 *
 * @param operation one of those that {@link #operation} makes
 */
record AggregatedList(GcpSession session, GoogleOperation operation, String filter) {
    /** A zone without such resources, and hints about names and types, do not make the list incomplete. */
    private static final Set<String> LACKING = Set.of("UNREACHABLE", "PARTIAL_SUCCESS", "LIST_OVERHEAD_QUOTA_EXCEED");

    AggregatedList(GcpSession session, GoogleOperation operation) {
        this(session, operation, null);
    }

    /** Declares a list; {@code asset} is what Cloud Asset Inventory calls its things, null = it does not matter. */
    static GoogleOperation operation(String list, String asset, Frequency frequency, String... reads) {
        return GoogleOperation.list("compute", "/compute/v1/projects/{project}/aggregated/" + list, frequency, reads)
                .lists(asset);
    }

    /** All pages; what is lacking is a gap of {@code what}. */
    void read(String what, Details details, Consumer<Gap> gap, Consumer<JsonNode> each) {
        details.each(what, null, thing -> each(what, gap, thing), each);
    }

    /** The same, where a failure is the caller's. */
    void each(String what, Consumer<Gap> gap, Consumer<JsonNode> each) {
        Set<String> reported = new HashSet<>();
        RestRequest request = request();
        session.pages(request, page -> {
            GoogleApi.notEmpty(request, page);
            for (JsonNode unreachable : page.path("unreachables")) {
                silent(unreachable.asText(), what, reported, gap);
            }
            for (Map.Entry<String, JsonNode> scope : page.path("items").properties()) {
                warned(scope.getKey(), scope.getValue().path("warning"), what, reported, gap);
                scope.getValue().path(operation.list()).forEach(each);
            }
            if (reported.isEmpty()) { // else the same gap twice
                warned("all", page.path("warning"), what, reported, gap);
            }
        });
    }

    private RestRequest request() {
        RestRequest request =
                session.request(operation).query("maxResults", "500").query("returnPartialSuccess", "true");
        return filter == null ? request : request.query("filter", filter);
    }

    private void silent(String where, String what, Set<String> reported, Consumer<Gap> gap) {
        if (reported.add(GcpSession.last(where))) {
            gap.accept(session.silent(where, what));
        }
    }

    private void warned(String where, JsonNode warning, String what, Set<String> reported, Consumer<Gap> gap) {
        String code = String.valueOf(Json.text(warning, "/code"));
        if (code.equals("UNREACHABLE")) {
            silent(where, what, reported, gap);
        } else if (LACKING.contains(code) && reported.add(GcpSession.last(where))) {
            gap.accept(session.lacking(where, what, code + " " + Json.text(warning, "/message")));
        }
    }
}
