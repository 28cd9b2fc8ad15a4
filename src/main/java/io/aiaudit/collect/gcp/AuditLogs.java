package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.GOVERNANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a project records and where that is kept. Changes are always recorded, in the bucket _Required; calls of models
 * only where a policy of the project, or of a folder or the organization above it, enables it. They go to the bucket
 * _Default then, unless a sink routes them elsewhere.
 */
final class AuditLogs extends GcpPart {
    static final Frequency GOVERNED = new Frequency(
            Sort.GOVERNED, "3 to 6 for how each project is governed, above all its audit logs and budgets");

    private static final String RESOURCES = "cloudresourcemanager";
    private static final GoogleOperation BUCKETS = GoogleOperation.list(
            "logging", "/v2/projects/{project}/locations/-/buckets", GOVERNED, GOVERNANCE, "log_store");
    private static final GoogleOperation SINKS =
            GoogleOperation.list("logging", "/v2/projects/{project}/sinks", GOVERNED, GOVERNANCE);
    private static final GoogleOperation ANCESTRY = GoogleOperation.post(
                    RESOURCES,
                    "/v1/projects/{project}:getAncestry",
                    "resourcemanager.projects.get",
                    GOVERNED,
                    GOVERNANCE)
            .untried();

    /** Type of an ancestor to the operation that returns its policy. */
    private static final Map<String, GoogleOperation> POLICIES = new LinkedHashMap<>();

    static {
        POLICIES.put("project", policy("project"));
        POLICIES.put("folder", policy("folder").untried());
        POLICIES.put("organization", policy("organization").untried());
    }

    private static GoogleOperation policy(String of) {
        return GoogleOperation.post(
                RESOURCES,
                "/v3/" + of + "s/{" + of + "}:getIamPolicy",
                "resourcemanager." + of + "s.getIamPolicy",
                GOVERNED,
                GOVERNANCE);
    }

    private static final String OFF = "off";
    private static final Set<String> OF_MODELS = Set.of("allServices", "aiplatform.googleapis.com");

    AuditLogs() {
        super(
                "audit logs",
                Slice.Dataset.GOVERNANCE,
                Stream.concat(Stream.of(BUCKETS, SINKS, ANCESTRY), POLICIES.values().stream())
                        .toList());
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> buckets = details.list(
                "log buckets",
                bucket -> session.pages(
                        session.request(BUCKETS), page -> page.path("buckets").forEach(bucket)));
        String calls = details.call("logs of model calls", () -> calls(session, details))
                .flatMap(found -> found)
                .orElse(null);
        details.failUnlessSomethingAnswered();
        boolean recordsCalls = calls != null && !calls.equals(OFF);
        List<Resource> trails = buckets.stream()
                .filter(bucket -> {
                    String name = GcpSession.last(Json.text(bucket, "/name"));
                    return "_Required".equals(name) || (recordsCalls && "_Default".equals(name));
                })
                .map(bucket -> trail(session, bucket))
                .toList();
        trails.forEach(sink::resource);
        copies(session, buckets, details).forEach(sink::resource);
        if (calls == null && trails.isEmpty()) {
            return;
        }
        // A response without a bucket leaves it unknown, since every project has one.
        Integer always = trails.isEmpty() ? null : 1;
        sink.resource(account(session)
                .attributes(new Attributes()
                        .put("trails", always)
                        .put("trails_logging", always)
                        .put("trails_logging_everywhere", always)
                        .put("model_call_logging", calls)
                        .values())
                .build());
    }

    /** Buckets that a sink copies logs of models into; that of a sink without a filter gets everything. */
    private static List<Resource> copies(GcpSession session, List<JsonNode> buckets, Details details) {
        Set<String> copiedInto = new TreeSet<>();
        details
                .<JsonNode>list(
                        "log sinks",
                        row -> session.pages(
                                session.request(SINKS),
                                page -> page.path("sinks").forEach(row)))
                .stream()
                .filter(row -> !row.path("disabled").asBoolean(false))
                .filter(row -> row.path("filter").asText().isEmpty()
                        || row.path("filter").asText().contains("aiplatform"))
                .forEach(row ->
                        copiedInto.add(row.path("destination").asText().replaceFirst("^logging.googleapis.com/", "")));
        return buckets.stream()
                .filter(bucket -> copiedInto.contains(String.valueOf(Json.text(bucket, "/name")))
                        && !String.valueOf(GcpSession.last(Json.text(bucket, "/name")))
                                .startsWith("_"))
                .map(bucket -> copy(session, bucket))
                .toList();
    }

    private static Resource copy(GcpSession session, JsonNode bucket) {
        String name = Json.text(bucket, "/name");
        return session.resource("//logging.googleapis.com/" + name, "log_store")
                .name(GcpSession.last(name))
                .region(GcpSession.after(name, "locations"))
                .createdAt(Json.instant(bucket, "/createTime"))
                .attributes(new Attributes()
                        .put("retention_days", Json.integer(bucket, "/retentionDays"))
                        .put("locked", bucket.path("locked").asBoolean(false))
                        .values())
                .build();
    }

    /** The row of a project as a whole. */
    static ResourceBuilder account(GcpSession session) {
        return session.resource("gcp:" + session.project(), "account")
                .name(session.name() == null ? session.project() : session.name());
    }

    private static Resource trail(GcpSession session, JsonNode bucket) {
        String name = Json.text(bucket, "/name");
        Integer days = Json.integer(bucket, "/retentionDays");
        return session.resource("//logging.googleapis.com/" + name, "account")
                .name(GcpSession.last(name))
                .region(GcpSession.after(name, "locations"))
                .state("logging")
                .attributes(new Attributes()
                        .put("fact", "trail")
                        .put("logging", true)
                        .put("bucket", GcpSession.last(name))
                        .put(
                                "bucket_object_lock",
                                (bucket.path("locked").asBoolean() ? "Locked " : "Unlocked ")
                                        + (days == null ? "" : days + " days"))
                        .values())
                .build();
    }

    /**
     * Such as {@code DATA_READ, DATA_WRITE}, or off; empty where the policy of a folder or organization above the
     * project may enable it and cannot be read.
     */
    private static Optional<String> calls(GcpSession session, Details details) {
        JsonNode ancestry = session.api().call(session.request(ANCESTRY));
        if (ancestry.path("ancestor").isEmpty()) {
            return Optional.empty();
        }
        boolean allKnown = true;
        for (JsonNode ancestor : ancestry.path("ancestor")) {
            String type = String.valueOf(Json.text(ancestor, "/resourceId/type"));
            String id = Json.text(ancestor, "/resourceId/id");
            Optional<Set<String>> logTypes = POLICIES.containsKey(type)
                    ? details.call("policies", type + "s/" + id, () -> logged(session.api(), type, id))
                    : Optional.empty();
            if (logTypes.isPresent() && logTypes.get().contains("DATA_READ")) {
                return Optional.of(String.join(", ", logTypes.get()));
            }
            allKnown &= logTypes.isPresent();
        }
        return allKnown ? Optional.of(OFF) : Optional.empty();
    }

    /** The kinds of data access that a policy records; that of a folder or organization is over several projects. */
    private static Set<String> logged(GoogleApi api, String type, String id) {
        return api.once().get("policy of " + type + " " + id, () -> {
            Set<String> kinds = new TreeSet<>();
            RestRequest request = api.request(POLICIES.get(type)).with(type, id);
            JsonNode policy = GoogleApi.notEmpty(request, api.call(request)); // the emptiest has an etag
            for (JsonNode config : policy.path("auditConfigs")) {
                if (OF_MODELS.contains(String.valueOf(Json.text(config, "/service")))) {
                    config.path("auditLogConfigs")
                            .forEach(log -> kinds.add(String.valueOf(Json.text(log, "/logType"))));
                }
            }
            return kinds;
        });
    }
}
