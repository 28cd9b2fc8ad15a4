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
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** Endpoints of Private Service Connect to services that Google runs, and keys with how many resources they protect. */
final class ComplianceResources extends GcpPart {
    private static final String ENDPOINT = "private_endpoint";
    private static final String KEY = "encryption_key";

    private static final GoogleOperation RULES =
            AggregatedList.operation("forwardingRules", "compute.googleapis.com/ForwardingRule", ACCOUNT, ENDPOINT);
    private static final GoogleOperation KEYS = GoogleOperation.get(
                    "kmsinventory", "/v1/projects/{project}/cryptoKeys", "cloudkms.cryptoKeys.list", ACCOUNT, KEY)
            .lists("cloudkms.googleapis.com/CryptoKey");

    /** Of the whole organization: a key may protect what is in another project. */
    private static final GoogleOperation PROTECTED = GoogleOperation.get(
                    "kmsinventory",
                    "/v1/projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}/"
                            + "protectedResourcesSummary",
                    "cloudkms.protectedResources.search",
                    new Frequency("1 for each key"),
                    KEY)
            .untried();

    ComplianceResources() {
        super("compliance resources", Slice.Dataset.INVENTORY, List.of(RULES, KEYS, PROTECTED));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        new AggregatedList(session, RULES).read("private endpoints", details, sink::gap, rule -> {
            if (isOfManagedService(rule)) {
                details.make("private endpoints", session.shortName(rule), () -> endpoint(session, rule))
                        .ifPresent(sink::resource);
            }
        });
        details.<JsonNode>list(
                        "keys",
                        key -> session.pages(
                                session.request(KEYS),
                                page -> page.path("cryptoKeys").forEach(key)))
                .forEach(key -> details.make("keys", session.shortName(key), () -> key(session, key, details))
                        .ifPresent(sink::resource));
        details.failUnlessSomethingAnswered();
    }

    /**
     * Google runs its services, Vertex AI among them, in projects whose names end in -tp; endpoints of others are not
     * ours to judge.
     */
    private static boolean isOfManagedService(JsonNode rule) {
        return !rule.path("pscConnectionStatus").isMissingNode()
                && String.valueOf(Json.text(rule, "/target")).matches(".*/projects/[^/]*-tp/.*");
    }

    private static Resource endpoint(GcpSession session, JsonNode rule) {
        String region = GcpSession.last(Json.needed(rule, "/region"));
        return session.resource(
                        "//compute.googleapis.com/projects/" + session.number() + "/regions/" + region
                                + "/forwardingRules/" + Json.needed(rule, "/id"),
                        ENDPOINT)
                .name(Json.text(rule, "/name"))
                .region(region)
                .createdAt(Json.instant(rule, "/creationTimestamp"))
                .tags(GcpSession.labels(rule))
                .attributes(new Attributes()
                        .put("connection_state", Json.text(rule, "/pscConnectionStatus"))
                        .put("service_name", Json.text(rule, "/target"))
                        .values())
                .build();
    }

    private static Resource key(GcpSession session, JsonNode key, Details details) {
        String name = Json.needed(key, "/name");
        String location = GcpSession.after(name, "locations");
        Integer used = details.call(
                        "use of keys",
                        GcpSession.last(name),
                        () -> session.api()
                                .call(session.request(PROTECTED)
                                        .with("location", location)
                                        .with("ring", GcpSession.after(name, "keyRings"))
                                        .with("key", GcpSession.last(name))))
                .map(summary -> Proto.count(summary, "resourceCount"))
                .orElse(null);
        return session.resource("//cloudkms.googleapis.com/" + name, KEY)
                .name(GcpSession.last(name))
                .region(location)
                .createdAt(Json.instant(key, "/createTime"))
                .tags(GcpSession.labels(key))
                .attributes(new Attributes().put("used_by", used).values())
                .build();
    }
}
