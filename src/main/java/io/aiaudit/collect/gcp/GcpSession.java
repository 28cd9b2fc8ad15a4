package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One project, and the client that reads there.
 *
 * @param number as bills and ids of machines name the project
 * @param name null where it is unknown
 * @param vertex the locations of Vertex AI in which the project has anything
 * @param inventoried whether the project has something of a type in a location, as {@code location type}, where Cloud
 * Asset Inventory was requested for it
 * @param hasNone whether a list that failed would have had nothing
 */
record GcpSession(
        GoogleApi api,
        String project,
        String number,
        String name,
        Function<Details, List<String>> vertex,
        Predicate<String> inventoried,
        Predicate<RestFailure> hasNone) {
    /** As Google names all locations together. */
    static final String ALL_LOCATIONS = "- ";

    private static final int SHOWN = 10;
    private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]+");
    private static final String AGAIN =
            "Run it again; if it persists, check the Google Cloud status: https://status.cloud.google.com";

    /** The same, where some lists that fail are known to be empty. */
    GcpSession with(Predicate<String> listed, Predicate<RestFailure> empty) {
        return new GcpSession(api, project, number, name, vertex, listed, empty);
    }

    List<String> locations(Details details) {
        return vertex.apply(details);
    }

    RestRequest request(GoogleOperation operation) {
        return api.request(operation).with("project", project);
    }

    /** Of a service that has an address for each of its locations. */
    RestRequest request(GoogleOperation operation, String location) {
        return api.request(operation, location).with("project", project);
    }

    void pages(RestRequest request, Consumer<JsonNode> page) {
        pages(request, "pageToken", "/nextPageToken", page);
    }

    /** {@code parameter} requests the next page, whose token is at {@code pointer} of the response. */
    void pages(RestRequest request, String parameter, String pointer, Consumer<JsonNode> page) {
        try {
            api.pages(request, parameter, pointer, page);
        } catch (RestFailure e) {
            if (!hasNone.test(e)) {
                throw e;
            }
        }
    }

    /**
     * Google leaves empty lists out, so a list of all locations without anything may be a true one: not where Cloud
     * Asset Inventory has some.
     */
    void verifyNone(GoogleOperation list, String what, Details details) {
        if (inventoried.test(ALL_LOCATIONS + list.asset())) {
            UserError error = incomplete("it has no " + what + ", though Cloud Asset Inventory has some");
            details.missing(what, null, error.problem(), error.fix());
        }
    }

    ResourceBuilder resource(String id, String kind) {
        return Resource.builder(id, kind, "gcp").accountId(project).accountName(name);
    }

    /** A machine of Compute Engine, as bills name it: by numbers. */
    String machineId(String zone, String id) {
        return "//compute.googleapis.com/projects/" + number + "/zones/" + zone + "/instances/" + id;
    }

    /** Those of {@code resources} that are here. */
    List<Resource> here(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> "gcp".equals(resource.provider()) && project.equals(resource.accountId()))
                .toList();
    }

    /** Optional calls here, none of which takes another with it. */
    Details details(Sink sink) {
        return new Details("gcp", project, api.failures(), sink);
    }

    /**
     * What a list could not reach is one gap, though each of its pages repeats it: {@code reported} is shared by all
     * pages. The rest of the list counts.
     */
    void unreachable(JsonNode page, String list, String what, Set<String> reported, Sink sink) {
        for (JsonNode session : page.path(list)) {
            if (reported.add(last(session.asText()))) {
                sink.gap(silent(session.asText(), what));
            }
        }
    }

    Gap silent(String where, String what) {
        return new Gap(
                        "gcp",
                        project + "/" + last(where) + " " + what,
                        "this location did not respond; other locations did.",
                        AGAIN)
                .in(project, regionOnly(where), null);
    }

    /** A response about a location that declares itself incomplete. */
    Gap lacking(String where, String what, String reason) {
        return lacking(last(where) + " " + what, reason).in(project, regionOnly(where), null);
    }

    /** The same about more than a location. */
    Gap lacking(String what, String reason) {
        UserError error = incomplete(reason);
        return new Gap("gcp", project + "/" + what, error.problem(), error.fix());
    }

    /** Resources that a service has under one name, so that what it returns is of any of them. */
    Gap alike(String what) {
        return new Gap(
                "gcp",
                project + "/" + what,
                "several resources have one name in Cloud Monitoring, so which of them a metric is of is unknown.",
                "Give them different names. Until then judge them by what else shows their work.");
    }

    /** The region of a zone or a region; null = another location, such as {@code global}. */
    private static String regionOnly(String where) {
        String region = region(last(where));
        return REGION.matcher(region).matches() ? region : null;
    }

    UserError incomplete(String reason) {
        return new UserError("the response is incomplete: " + reason + ".", AGAIN);
    }

    /** The first of them, and how many more there are. */
    static String some(Collection<String> names, String between) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(between));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** {@code us-central1} of {@code us-central1-a}. */
    static String region(String zone) {
        return zone == null ? null : zone.replaceFirst("-[a-z]$", "");
    }

    /** As gaps call a thing; null = it has no name. */
    String shortName(JsonNode thing) {
        return last(Json.text(thing, "/name"));
    }

    /** A word of Google's such as RUNNING, as ours are written; null where it is missing. */
    static String lower(JsonNode thing, String pointer) {
        String word = Json.text(thing, pointer);
        return word == null ? null : word.toLowerCase(Locale.ROOT);
    }

    /** The last part of a name or an address. */
    static String last(String name) {
        return name == null ? null : name.substring(name.lastIndexOf('/') + 1);
    }

    /** The part of a name after another, such as the location of {@code projects/p/locations/l/endpoints/e}. */
    static String after(String name, String word) {
        String[] parts = String.valueOf(name).split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (parts[i].equals(word)) {
                return parts[i + 1];
            }
        }
        return null;
    }

    static Map<String, String> labels(JsonNode resource) {
        return Json.texts(resource, "/labels");
    }
}
