package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Services whose API is switched off in the very project that is read: nothing of them can be made or run there, so the project was looked at and has none (docs/adr/0056).
 * All of it is said once. That a service of measurement or of bills is off says nothing, and neither does one that is off in the project that requests are counted on.
 */
final class SwitchedOff implements GcpPart {
    /** What lists things of a service; what searches, measures or advises is none of it. */
    private static final Pattern LIST = Pattern.compile(
            "GET:/(compute/v1/projects/[{]project[}]/aggregated/\\w+|v[12]/projects/[{]project[}]/locations/(-|[{]location[}])/\\w+)");

    private static final Pattern PROJECT = Pattern.compile("in project (\\S+) before");
    static final Set<String> CODES = Set.of("SERVICE_DISABLED", "accessNotConfigured");

    private final Map<String, Set<String>> projects = new TreeMap<>();

    /** Of the project that is read, or of the one that requests are counted on. */
    static boolean isSwitchedOff(RestFailure failure) {
        return CODES.contains(failure.code());
    }

    /** True where the failure says that the project has nothing of what was asked for; it is remembered then. */
    synchronized boolean isEmpty(GcpPart part, GcpPlace place, RestFailure failure) {
        boolean off =
                isSwitchedOff(failure) && LIST.matcher(failure.operation()).matches() && isOf(place, failure);
        if (off) {
            projects.computeIfAbsent(part.word(), any -> new TreeSet<>()).add(place.project());
        }
        return off;
    }

    private static boolean isOf(GcpPlace place, RestFailure failure) {
        Matcher named = PROJECT.matcher(failure.said());
        String consumer = failure.facts().getOrDefault("consumer", named.find() ? "projects/" + named.group(1) : "");
        return consumer.equals("projects/" + place.project()) || consumer.equals("projects/" + place.number());
    }

    @Override
    public String word() {
        return "services that are switched off";
    }

    /** After everything else was looked for. */
    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.ADVICE;
    }

    @Override
    public synchronized void read(GcpPlace place, Window window, Known known, Sink sink) {
        if (!projects.isEmpty()) {
            sink.warning("Not there, since the API is switched off in the project: "
                    + projects.entrySet().stream()
                            .map(entry -> entry.getKey() + " in " + GcpPlace.some(entry.getValue(), ", "))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }
}
