package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Services whose API is switched off in the very project that is read (docs/adr/0056). Where Cloud Asset Inventory,
 * which lists what is there whether an API is on or not, has nothing of the kind, the project was examined and has
 * none; all such services are reported once. Where it lists some, or cannot be read, there may be some: a gap. A
 * disabled service for metrics or bills proves nothing, and neither does one that is disabled in the quota project.
 */
final class SwitchedOff extends GcpPart {
    private static final Pattern PROJECT = Pattern.compile("in project (\\S+) before");
    static final Set<String> CODES = Set.of("SERVICE_DISABLED", "accessNotConfigured");

    private final Map<String, Set<String>> projects = new TreeMap<>();

    /** True where the project has nothing of the requested kind; it is remembered then. */
    boolean isEmpty(GcpPart part, GcpSession session, RestFailure failure) {
        boolean none = CODES.contains(failure.code())
                && isOf(session, failure)
                && type(failure.operation()).map(type -> hasNone(session, type)).orElse(false);
        if (none) {
            synchronized (this) {
                projects.computeIfAbsent(part.label(), any -> new TreeSet<>()).add(session.project());
            }
        }
        return none;
    }

    /** What every service refuses there, once; empty where a failure is about less than the whole project. */
    static Optional<Gap> ofProject(GcpSession session, RestFailure failure) {
        return GcpFailure.closesProject(failure) && isOf(session, failure)
                ? session.api()
                        .explain(failure)
                        .map(error -> new Gap("gcp", session.project() + " services", error.problem(), error.fix()))
                : Optional.empty();
    }

    /** What lists things of a service has a type; what searches, measures or advises has none. */
    private static Optional<String> type(String name) {
        return GcpCollector.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .map(GoogleOperation::asset)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What the inventory does not list may exist. */
    private static boolean hasNone(GcpSession session, String type) {
        try {
            return session.api().once().get(type + " in " + session.project(), () -> search(session, type));
        } catch (RestFailure e) {
            return false;
        }
    }

    private static boolean search(GcpSession session, String type) {
        boolean[] found = {false};
        session.api()
                .pages(
                        session.request(GcpProjects.ASSETS)
                                .query("assetTypes", type)
                                .query("pageSize", "1"),
                        page -> found[0] |= !page.path("results").isEmpty(),
                        () -> found[0]);
        return !found[0];
    }

    private static boolean isOf(GcpSession session, RestFailure failure) {
        Matcher named = PROJECT.matcher(failure.serviceMessage());
        String consumer = failure.facts().getOrDefault("consumer", named.find() ? "projects/" + named.group(1) : "");
        return consumer.equals("projects/" + session.project()) || consumer.equals("projects/" + session.number());
    }

    /** After everything else was looked for. */
    SwitchedOff() {
        super("disabled services", Slice.Dataset.ADVICE, List.of(GcpProjects.ASSETS));
    }

    @Override
    public synchronized void read(GcpSession session, Window window, Known known, Sink sink) {
        if (!projects.isEmpty()) {
            sink.warning("Not available, because the API is disabled in the project: "
                    + projects.entrySet().stream()
                            .map(entry -> entry.getKey() + " in " + GcpSession.some(entry.getValue(), ", "))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }
}
