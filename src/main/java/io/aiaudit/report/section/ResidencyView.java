package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Residency;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where each workload has its parts, against the regions that the policy allows: a map of workload and region. */
public final class ResidencyView {
    private static final Map<String, String> PARTS = Map.of(
            "model", "models",
            "requests", "requests",
            "endpoint", "endpoints",
            "compute", "compute",
            "vector_store", "vector stores",
            "database", "databases",
            "storage", "storage",
            "log", "logs",
            "backup", "backups");
    private static final Set<String> DATA = Set.of("vector_store", "database", "storage", "log", "backup");

    private static final int SHOWN = 3;

    /** Workloads that the policy limits, on paper; those outside come first. */
    private static final int MOST_LIMITED = 25;

    /** Workloads that no policy limits, on paper. */
    private static final int MOST_UNLIMITED = 15;

    private static final String UNKNOWN_REGION = "unknown region";
    private static final String ANY_REGION = "any region";

    /** Whether its regions are those of an entry, the page does not know. */
    private static final String DATA_ZONE = " data zone";

    private ResidencyView() {}

    /** All that is known of one workload of an account. */
    public record Workload(String provider, String account, String name, List<Residency> parts) {
        /** Whether the policy names regions for any of it. */
        public boolean isLimited() {
            return parts.stream().anyMatch(part -> part.state() != Residency.State.UNSPECIFIED);
        }

        /** What no entry of the policy names regions for, where its limited parts may not be. */
        List<Residency> beyond() {
            List<Pattern> limits = parts.stream()
                    .flatMap(part -> part.allowedRegions().stream())
                    .distinct()
                    .map(ResidencyView::regions)
                    .toList();
            return limits.isEmpty()
                    ? List.of()
                    : with(Residency.State.UNSPECIFIED).stream()
                            .filter(part ->
                                    part.region() != null && !part.region().endsWith(DATA_ZONE))
                            .filter(part -> limits.stream().noneMatch(limit -> isWithin(part, limit)))
                            .toList();
        }

        /** Whether it has data that outlives a request. */
        boolean keepsData() {
            return parts.stream().anyMatch(part -> DATA.contains(part.part()));
        }

        public List<Residency> with(Residency.State state) {
            return parts.stream().filter(part -> part.state() == state).toList();
        }

        public String where() {
            return Findings.orUnknown(CloudName.of(provider)) + " · " + Findings.orUnknown(account);
        }

        /** The first patterns, and how many more there are: a column of a table has no room for ten. */
        String allowedInShort() {
            List<String> patterns = List.of(allowed().split(", "));
            return patterns.size() <= SHOWN
                    ? allowed()
                    : String.join(", ", patterns.subList(0, SHOWN)) + " and " + (patterns.size() - SHOWN) + " more";
        }

        /** The patterns of the policy, such as {@code eu-*, westeurope}. */
        public String allowed() {
            return parts.stream()
                    .flatMap(part -> part.allowedRegions().stream())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
    }

    static Map<String, Object> of(Audit audit) {
        List<Workload> workloads = workloads(audit);
        List<Workload> limited = workloads.stream().filter(Workload::isLimited).toList();
        List<Workload> others =
                workloads.stream().filter(workload -> !workload.isLimited()).toList();
        List<String> regions = regions(limited);
        List<String> otherRegions = regions(others);
        return View.of(
                "any", !workloads.isEmpty(),
                "lead", lead(audit),
                "regions", regions,
                "rows", limited.stream().map(workload -> row(workload, regions)).toList(),
                "other_regions", otherRegions,
                "others",
                        others.stream()
                                .map(workload -> row(workload, otherRegions))
                                .toList(),
                "other_count", CountedNoun.of(others.size(), "workload"));
    }

    public static List<Workload> workloads(Audit audit) {
        Map<List<String>, List<Residency>> byWorkload = new LinkedHashMap<>();
        audit.residency()
                .forEach(part -> byWorkload
                        .computeIfAbsent(
                                List.of(part.provider(), String.valueOf(part.accountId()), part.workload()),
                                key -> new ArrayList<>())
                        .add(part));
        return byWorkload.values().stream()
                .map(parts -> new Workload(
                        parts.get(0).provider(),
                        parts.get(0).accountId(),
                        parts.get(0).workload(),
                        parts))
                .sorted(Comparator.comparingInt((Workload workload) ->
                                workload.with(Residency.State.OUTSIDE).size())
                        .reversed()) // stable: else by name
                .toList();
    }

    /** The lists of the policy that these workloads have, each once. */
    public static List<String> allowedLists(List<Workload> workloads) {
        return workloads.stream()
                .map(Workload::allowed)
                .filter(allowed -> !allowed.isEmpty())
                .distinct()
                .toList();
    }

    /** How many workloads are outside, unknown and unlimited. */
    public static String lead(Audit audit) {
        List<Workload> workloads = workloads(audit);
        long limited = workloads.stream().filter(Workload::isLimited).count();
        if (limited == 0) {
            return "The policy restricts no regions, so residency was not checked.";
        }
        long outside = count(workloads, Residency.State.OUTSIDE);
        long unknown = count(workloads, Residency.State.NOT_ASSESSED);
        return "The policy restricts the regions of " + Amounts.count(limited) + " of "
                + CountedNoun.of(workloads.size(), "workload") + ". "
                + found(limited, outside)
                + (unknown == 0
                        ? "."
                        : "; " + Amounts.count(unknown) + (unknown == 1 ? " has" : " have") + " an unknown region.")
                + beyond(workloads);
    }

    /** Patterns of the policy have {@code *} and {@code ?}, with or without the cloud. */
    private static Pattern regions(String pattern) {
        return Pattern.compile(
                pattern.chars()
                        .mapToObj(each ->
                                each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(Character.toString(each)))
                        .collect(Collectors.joining()),
                Pattern.CASE_INSENSITIVE);
    }

    private static boolean isWithin(Residency part, Pattern limit) {
        return limit.matcher(part.region()).matches()
                || limit.matcher(part.provider() + "/" + part.region()).matches();
    }

    /** A limit on the model says nothing of the database beside it. */
    private static String beyond(List<Workload> workloads) {
        List<Residency> parts = workloads.stream()
                .flatMap(workload -> workload.beyond().stream())
                .toList();
        if (parts.isEmpty()) {
            return "";
        }
        long count = workloads.stream()
                .filter(workload -> !workload.beyond().isEmpty())
                .count();
        return " " + Amounts.count(count) + (count == 1 ? " has" : " have")
                + " parts in other regions that no entry of the policy limits: " + inRegions(parts) + ".";
    }

    private static String found(long limited, long outside) {
        if (outside == 0) {
            return (limited == 1 ? "It was not" : "None of the " + Amounts.count(limited) + " was")
                    + " found outside the allowed regions";
        }
        return (limited == 1 ? "It" : Amounts.count(outside) + " of the " + Amounts.count(limited))
                + " could be processed or stored outside the allowed regions";
    }

    private static long count(List<Workload> workloads, Residency.State state) {
        return workloads.stream()
                .filter(workload -> !workload.with(state).isEmpty())
                .count();
    }

    private static List<String> regions(Collection<Workload> workloads) {
        List<String> regions = new ArrayList<>(workloads.stream()
                .flatMap(workload -> workload.parts().stream())
                .map(ResidencyView::region)
                .collect(Collectors.toCollection(TreeSet::new)));
        if (regions.remove(UNKNOWN_REGION)) {
            regions.add(UNKNOWN_REGION);
        }
        return regions;
    }

    static String region(Residency part) {
        return part.region() == null ? UNKNOWN_REGION : part.region();
    }

    private static Map<String, Object> row(Workload workload, List<String> regions) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (String region : regions) {
            List<Residency> here = workload.parts().stream()
                    .filter(part -> region(part).equals(region))
                    .toList();
            cells.add(View.of(
                    "region", region,
                    "inside", names(here, Residency.State.ALLOWED),
                    "unlimited", names(here, Residency.State.UNSPECIFIED),
                    "outside", names(here, Residency.State.OUTSIDE),
                    "unknown", names(here, Residency.State.NOT_ASSESSED)));
        }
        return View.of(
                "workload", workload.name(),
                "where", workload.where(),
                "allowed", workload.allowedInShort(),
                "cells", cells);
    }

    /** Such as {@code Models, requests}; empty where there is none. */
    static String names(List<Residency> parts, Residency.State... states) {
        List<Residency.State> wanted = List.of(states);
        String names = parts.stream()
                .filter(part -> wanted.contains(part.state()))
                .map(part -> PARTS.getOrDefault(part.part(), part.part()))
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : names.substring(0, 1).toUpperCase(Locale.ROOT) + names.substring(1);
    }

    /** Such as {@code models in eu-west-1; requests in any region}, of one state. */
    public static String sentence(Workload workload, Residency.State state) {
        return inRegions(workload.with(state));
    }

    private static String inRegions(List<Residency> parts) {
        Map<String, List<Residency>> byRegion =
                parts.stream().collect(Collectors.groupingBy(ResidencyView::region, TreeMap::new, Collectors.toList()));
        return byRegion.entrySet().stream()
                .map(entry -> names(entry.getValue(), Residency.State.values()).toLowerCase(Locale.ROOT)
                        + (ANY_REGION.equals(entry.getKey()) ? " that may be processed in " : " in ")
                        + (UNKNOWN_REGION.equals(entry.getKey()) ? "an " : "")
                        + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    /** What is unknown, and what the policy does not limit, in words. */
    public static String open(Workload workload) {
        String unlimited = sentence(workload, Residency.State.UNSPECIFIED);
        return Stream.of(
                        sentence(workload, Residency.State.NOT_ASSESSED),
                        unlimited.isEmpty() ? "" : unlimited + " (no limit in the policy)")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Those that the policy limits, and the first of the others that keep data somewhere. */
    public static List<Workload> printed(Audit audit) {
        List<Workload> all = workloads(audit);
        return Stream.concat(
                        all.stream().filter(Workload::isLimited).limit(MOST_LIMITED),
                        all.stream()
                                .filter(workload -> !workload.isLimited() && workload.keepsData())
                                .limit(MOST_UNLIMITED))
                .toList();
    }

    /** What it leaves out, after the lead. */
    public static String leftOut(Audit audit) {
        int left = workloads(audit).size() - printed(audit).size();
        return left == 0
                ? ""
                : " Without a limit, workloads with databases, vector stores, storage, logs or backups are listed; "
                        + CountedNoun.of(left, "other") + ": HTML report.";
    }

    public static String markdown(Audit audit) {
        StringBuilder text = new StringBuilder(MarkdownText.sentence(lead(audit) + leftOut(audit))).append("\n\n");
        List<Workload> printed = printed(audit);
        if (!printed.isEmpty()) {
            text.append(
                    MarkdownText.head(0, "workload", "outside", "inside", "unknown or not limited", "allowed regions"));
            printed.forEach(workload -> text.append(MarkdownText.row(
                    MarkdownText.sentence(workload.name()),
                    MarkdownText.sentence(dash(sentence(workload, Residency.State.OUTSIDE))),
                    MarkdownText.sentence(dash(sentence(workload, Residency.State.ALLOWED))),
                    MarkdownText.sentence(dash(open(workload))),
                    MarkdownText.sentence(dash(workload.allowed())))));
        }
        return text.toString();
    }

    static String dash(String text) {
        return text.isEmpty() ? Amounts.UNKNOWN : text;
    }
}
