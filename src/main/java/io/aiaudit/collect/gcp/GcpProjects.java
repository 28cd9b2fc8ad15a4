package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Frequency.ONCE;
import static io.aiaudit.collect.Operation.SCOPE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.AccountLists;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which projects are read, what they are called, and where each of them has something of Vertex AI. */
final class GcpProjects {
    /** What there is in a project, whether or not the API of its service is on. */
    static final GoogleOperation ASSETS =
            assets("project", ACCOUNT, "inference_endpoint", "training_job", "batch_job", "training_cluster");

    private static final GoogleOperation PROJECT = GoogleOperation.get(
                    "cloudresourcemanager", "/v3/projects/{project}", "resourcemanager.projects.get", ACCOUNT, SCOPE)
            .untried();
    private static final Map<String, GoogleOperation> BELOW = Map.of(
            "organization", assets("organization", ONCE, SCOPE).untried(),
            "folder", assets("folder", ONCE, SCOPE).untried());

    static final List<GoogleOperation> OPERATIONS =
            List.of(PROJECT, BELOW.get("organization"), BELOW.get("folder"), ASSETS);

    private static GoogleOperation assets(String of, Frequency frequency, String... reads) {
        return GoogleOperation.get(
                "cloudasset",
                "/v1/" + of + "s/{" + of + "}:searchAllResources",
                "cloudasset.assets.searchAllResources",
                frequency,
                reads);
    }

    private static final String PROJECT_TYPE = "cloudresourcemanager.googleapis.com/Project";
    private static final String VERTEX = "aiplatform.googleapis.com";

    /** Of Vertex AI everything, since its lists are of one location; of others what a list of all locations has. */
    private static final String TYPES = VERTEX + ".*\n"
            + Stream.of(NodePools.CLUSTERS, CloudRun.LIST, Workbench.LIST, TpuNodes.NODES)
                    .map(GoogleOperation::asset)
                    .collect(Collectors.joining("\n"));

    private static final String PAGE_SIZE = "500";
    private static final String ACTIVE = "ACTIVE";

    private final GcpClients clients;
    private final GcpScope scope;
    private final Map<String, GcpSession> entered = new ConcurrentHashMap<>();
    private final Set<String> inactive = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> vertex = new ConcurrentHashMap<>();

    /** Of each project, what its inventory has, as {@code location type} and as {@code - type}. */
    private final Map<String, Set<String>> assets = new ConcurrentHashMap<>();

    /** Projects whose inventory was requested to see whether a list without anything is a true one. */
    private final Set<String> compared = ConcurrentHashMap.newKeySet();

    private volatile List<String> found = List.of();
    private volatile boolean isWhole = true;

    GcpProjects(GcpClients clients, GcpScope scope) {
        this.clients = clients;
        this.scope = scope;
    }

    /** Their ids. */
    List<String> find(Consumer<Gap> unread) {
        clients.login();
        List<String> projects = new ArrayList<>(scope.projects());
        AccountLists lists = new AccountLists("gcp", clients::explain);
        if (scope.organization() != null) {
            projects.addAll(below("organization", scope.organization(), lists));
        }
        scope.folders().forEach(folder -> projects.addAll(below("folder", folder, lists)));
        lists.finish(!projects.isEmpty(), gap -> {
            isWhole = false;
            unread.accept(gap);
        });
        found = projects.isEmpty() ? own() : projects.stream().distinct().toList();
        return found;
    }

    /** All active projects below an organization or a folder, in the folders in it too. */
    private List<String> below(String what, String number, AccountLists lists) {
        String projectsBelow = "projects of the " + what + " " + number;
        RestRequest request = clients.api()
                .request(BELOW.get(what))
                .with(what, number)
                .query("assetTypes", PROJECT_TYPE)
                .query("query", "state:" + ACTIVE)
                .query("pageSize", PAGE_SIZE);
        List<String> projects = new ArrayList<>();
        boolean whole = lists.<JsonNode>each(
                projectsBelow,
                each -> granted(
                        "name the projects in aiaudit.yaml instead: gcp: {projects: [PROJECT]}.",
                        (what.equals("folder") ? "resource-manager folders" : "organizations")
                                + " add-iam-policy-binding " + number,
                        () -> clients.api()
                                .pages(request, page -> page.path("results").forEach(each))),
                project -> projects.add(GcpSession.last(Json.text(project, "/name"))));
        if (whole && projects.isEmpty()) {
            lists.failed(
                    projectsBelow,
                    new UserError(
                            "the " + what + " " + number + " has no active project, or these credentials see none.",
                            "Check the number in aiaudit.yaml: gcloud asset search-all-resources --scope=" + what + "s/"
                                    + number + " --asset-types=" + PROJECT_TYPE));
        }
        return projects;
    }

    /** What may not be searched may still be read, if it is named. */
    private void granted(String instead, String binding, Runnable search) {
        try {
            search.run();
        } catch (RestFailure e) {
            if (!GcpFailure.isOfRole(e)) {
                throw e;
            }
            throw new UserError(
                    clients.explain(e).orElseThrow(() -> e).problem(),
                    "Grant it: gcloud " + binding + " --member=MEMBER --role=roles/cloudasset.viewer, or " + instead,
                    e);
        }
    }

    private List<String> own() {
        String project = clients.login().project();
        if (project == null) {
            throw new UserError(
                    "no project is named, and the credentials name none.",
                    "Name projects, a folder or the organization in aiaudit.yaml: gcp: {projects: [PROJECT]}, or set "
                            + "GOOGLE_CLOUD_PROJECT.");
        }
        return List.of(project);
    }

    /** Those that a bill is searched for in: in one that is being deleted, services answer as if there were nothing. */
    List<String> searched() {
        return found.stream().filter(project -> !inactive.contains(project)).toList();
    }

    /**
     * The projects that a bill is read of: where the configuration names some, cost of others is left out; empty =
     * all. A list that is not whole, and numbers, which bills do not have, leave nothing out.
     */
    Set<String> billed() {
        boolean named = scope.organization() == null
                && !(scope.projects().isEmpty() && scope.folders().isEmpty());
        return named && isWhole && found.stream().noneMatch(project -> project.matches("[0-9]+"))
                ? Set.copyOf(found)
                : Set.of();
    }

    /** Asks for the number and the name of a project: one that is closed to us is noticed here. */
    void enter(String project) {
        RestRequest request = clients.api().request(PROJECT).with("project", project);
        JsonNode response = clients.api().call(request);
        String number = GcpSession.last(Json.text(response, "/name"));
        if (number == null) { // ids of its machines are made of it
            throw RestFailure.unreadable(request, "the response has no name of the project");
        }
        String state = Json.text(response, "/state");
        if (state != null && !state.equals(ACTIVE)) { // its services answer nothing, or that they are switched off
            inactive.add(project);
            throw new UserError(
                    "the project " + project + " is not active: its state is " + state + ".",
                    "Restore it if it is in use: gcloud projects undelete " + project + "; else remove it from gcp: "
                            + "projects in aiaudit.yaml.");
        }
        assets.putIfAbsent(project, ConcurrentHashMap.newKeySet());
        entered.put(
                project,
                new GcpSession(
                        clients.api(),
                        project,
                        number,
                        Json.text(response, "/displayName"),
                        details -> locations(project, details),
                        thing -> has(project, thing),
                        failure -> false));
        clients.api().failures().name(number, project);
    }

    GcpSession session(String project) {
        return entered.get(project);
    }

    /**
     * Vertex AI has some thirty locations with an address each: only those are requested in which the project has
     * resources of it.
     */
    private List<String> locations(String project, Details details) {
        if (!scope.locations().isEmpty()) {
            return scope.locations();
        }
        synchronized (entered.get(project)) { // once, though several parts need it
            List<String> known = vertex.get(project);
            return known == null ? search(project, details) : known;
        }
    }

    private List<String> search(String project, Details details) {
        TreeSet<String> locations = new TreeSet<>();
        boolean whole = details.<JsonNode>each(
                "locations of Vertex AI",
                null,
                asset -> granted(
                        "name the locations of Vertex AI in aiaudit.yaml instead: gcp: {locations: [us-central1]}.",
                        "projects add-iam-policy-binding " + project,
                        () -> inventory(project, asset)),
                asset -> note(project, asset).ifPresent(locations::add));
        List<String> found = List.copyOf(locations);
        if (whole) {
            vertex.put(project, found);
        }
        return found;
    }

    private void inventory(String project, Consumer<JsonNode> asset) {
        RestRequest request = clients.api()
                .request(ASSETS)
                .with("project", project)
                .query("assetTypes", TYPES)
                .query("pageSize", PAGE_SIZE);
        clients.api().pages(request, page -> page.path("results").forEach(asset));
    }

    /** Remembers that there is such a thing; returns the location to look for Vertex AI in. */
    private Optional<String> note(String project, JsonNode asset) {
        String location = Json.text(asset, "/location");
        String type = Json.text(asset, "/assetType");
        assets.get(project).add(GcpSession.ALL_LOCATIONS + type);
        assets.get(project).add(location + " " + type);
        boolean isOfVertex = type == null || type.startsWith(VERTEX);
        return Optional.ofNullable(location).filter(where -> isOfVertex && !where.equals("global"));
    }

    /**
     * Whether the inventory has such a thing, as {@code location type}. That it cannot be read is reported by what
     * needs the locations of Vertex AI; a list that was read is no less whole without it.
     */
    private boolean has(String project, String thing) {
        synchronized (entered.get(project)) {
            if (scope.locations().isEmpty() && !vertex.containsKey(project) && compared.add(project)) {
                TreeSet<String> locations = new TreeSet<>();
                try {
                    inventory(project, asset -> note(project, asset).ifPresent(locations::add));
                    vertex.put(project, List.copyOf(locations));
                } catch (RestFailure e) {
                    return false;
                }
            }
            return assets.get(project).contains(thing);
        }
    }
}
