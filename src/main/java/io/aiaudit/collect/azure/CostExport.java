package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.ExportKeys;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An export of the bill that lies in Blob storage. Of each month it is the newest run that is whole and not empty, told by its manifest; folders say nothing, since
 * exports differ in them. A run that failed counts for nothing, and one without rows is no bill of nothing.
 */
final class CostExport {
    static final String LIST = "/{scope*}/providers/Microsoft.CostManagement/exports";
    static final String ONE = "/{scope*}/providers/Microsoft.CostManagement/exports/{export}";
    static final String HISTORY = "/{scope*}/providers/Microsoft.CostManagement/exports/{export}/runHistory";
    static final String VERSION = "2025-03-01";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MANIFEST = Pattern.compile("(?i)(.*/)?([^/]*[-_])?manifest[.]json");

    /** Which kind to take of several: FOCUS, then what has commitments spread, then what is billed. */
    private static final List<String> KINDS = List.of("focuscost", "amortizedcost", "actualcost", "usage");

    private final Arm arm;
    private final JsonNode told;

    CostExport(Arm arm, JsonNode told) {
        this.arm = arm;
        this.told = told;
    }

    /** Those of a scope, such as {@code subscriptions/ID}, that are bills; the best first. */
    static List<CostExport> of(Arm arm, String scope) {
        return arm.list(arm.get(LIST, VERSION).with("scope*", scope)).stream()
                .map(told -> new CostExport(arm, told))
                .filter(export -> export.rank() >= 0)
                .sorted(Comparator.comparing(CostExport::rank).thenComparing(CostExport::name))
                .toList();
    }

    /** As a user names it: the id of the scope, then /providers/Microsoft.CostManagement/exports/NAME or only /exports/NAME. */
    static CostExport named(Arm arm, String id) {
        String bare = id.replaceFirst("^/+", "")
                .replaceFirst("(?i)/providers/Microsoft[.]CostManagement/exports/", "/exports/");
        int cut = bare.toLowerCase(Locale.ROOT).lastIndexOf("/exports/");
        if (cut < 0) {
            throw new UserError(
                    "azure: export is \"" + id + "\", which is not the id of an export.",
                    "Write the scope and the name: azure: {export: subscriptions/ID/exports/NAME}");
        }
        RestRequest request = arm.get(ONE, VERSION)
                .with("scope*", bare.substring(0, cut))
                .with("export", bare.substring(cut + "/exports/".length()));
        return new CostExport(arm, arm.ask(request));
    }

    String name() {
        return String.valueOf(Json.text(told, "/name"));
    }

    private int rank() {
        return KINDS.indexOf(
                String.valueOf(Json.text(told, "/properties/definition/type")).toLowerCase(Locale.ROOT));
    }

    private String container() {
        return String.valueOf(Json.text(told, "/properties/deliveryInfo/destination/container"));
    }

    private String account() {
        String id = String.valueOf(Json.text(told, "/properties/deliveryInfo/destination/resourceId"));
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private String folder() {
        String path = Json.text(told, "/properties/deliveryInfo/destination/rootFolderPath");
        String bare = path == null ? "" : path.replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : bare + "/";
    }

    /** One run of one month. */
    private record Run(String manifest, JsonNode told, List<String> parts) {
        YearMonth month() {
            Instant start = start();
            return start == null ? null : YearMonth.from(start.atOffset(ZoneOffset.UTC));
        }

        private Instant start() {
            String text = Json.text(told, "/runInfo/startDate");
            Instant start = Json.instant(told, "/runInfo/startDate");
            return start != null || text == null || text.length() < 10
                    ? start
                    : Json.instant(JSON.createObjectNode().put("day", text.substring(0, 10) + "T00:00:00Z"), "/day");
        }

        String submitted() {
            return String.valueOf(Json.text(told, "/runInfo/submittedTime"));
        }

        boolean isEmpty() {
            return parts.isEmpty() || "0".equals(Json.text(told, "/dataRowCount"));
        }

        boolean isWhole(Map<String, Long> there) {
            for (JsonNode blob : told.path("blobs")) {
                Long size = there.get(blob.path("blobName").asText());
                if (size == null
                        || (blob.path("byteCount").isNumber()
                                && blob.path("byteCount").asLong() != size)) {
                    return false;
                }
            }
            return there.keySet().containsAll(parts);
        }
    }

    /** Hands the files of the window's months over; false when there are none. */
    boolean read(Window window, Path scratch, Sink sink) throws IOException {
        Blobs blobs = new Blobs(arm, account(), container());
        Map<String, Long> there = blobs.list(folder());
        Path folder = Files.createTempDirectory(scratch, "bill-");
        List<Path> files = new ArrayList<>();
        for (List<Run> runs : byMonth(blobs, there, window, folder).values()) {
            Run run = newest(runs, there);
            for (String part : run.parts()) {
                if (there.containsKey(part)) {
                    files.add(blobs.download(part, folder));
                }
                if (!run.isWhole(there) && !there.containsKey(part)) {
                    sink.gap(missing(part, run));
                }
            }
        }
        if (files.isEmpty()) {
            return false;
        }
        String label = account() + "/" + container() + "/" + folder() + name();
        sink.warning("The bill of azure is the export " + name() + " in " + label + ", "
                + (files.size() == 1 ? "1 file" : files.size() + " files") + ".");
        sink.files(new FileSet(FileSet.Content.BILLING, label, files, Set.of()));
        for (Path file : files) {
            Files.delete(file);
        }
        return true;
    }

    /** Runs with rows, of the months that the window touches. */
    private Map<YearMonth, List<Run>> byMonth(Blobs blobs, Map<String, Long> there, Window window, Path folder)
            throws IOException {
        Set<String> failed = failedRuns();
        Map<YearMonth, List<Run>> byMonth = new TreeMap<>();
        for (String key : new java.util.TreeSet<>(there.keySet())) {
            if (!MANIFEST.matcher(key).matches()) {
                continue;
            }
            Path file = blobs.download(key, folder);
            JsonNode manifest = JSON.readTree(Files.readString(file));
            Files.delete(file);
            Run run = new Run(key, manifest, ExportKeys.of(manifest));
            String export = Json.text(manifest, "/exportConfig/exportName");
            boolean ours = export == null || export.equalsIgnoreCase(name());
            boolean works = !failed.contains(
                    String.valueOf(Json.text(manifest, "/runInfo/runId")).toLowerCase(Locale.ROOT));
            if (ours && works && !run.isEmpty() && run.month() != null && touches(window, run.month())) {
                byMonth.computeIfAbsent(run.month(), month -> new ArrayList<>()).add(run);
            }
        }
        return byMonth;
    }

    /** Ids of runs that did not come to their end. */
    private Set<String> failedRuns() {
        Set<String> failed = new HashSet<>();
        String id = String.valueOf(Json.text(told, "/id")).replaceFirst("^/+", "");
        String scope = id.replaceFirst("(?i)/providers/Microsoft[.]CostManagement/exports/.*", "");
        for (JsonNode run :
                arm.list(arm.get(HISTORY, VERSION).with("scope*", scope).with("export", name()))) {
            if (!"Completed".equalsIgnoreCase(Json.text(run, "/properties/status"))) {
                failed.add(String.valueOf(Json.text(run, "/name")).toLowerCase(Locale.ROOT));
            }
        }
        return failed;
    }

    private static boolean touches(Window window, YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(window.end())
                && month.plusMonths(1)
                        .atDay(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .isAfter(window.start());
    }

    /** The newest run that is whole, else the newest, whose missing parts are gaps. */
    private static Run newest(List<Run> runs, Map<String, Long> there) {
        List<Run> newestFirst = runs.stream()
                .sorted(Comparator.comparing(Run::submitted).reversed())
                .toList();
        return newestFirst.stream()
                .filter(run -> run.isWhole(there))
                .findFirst()
                .orElse(newestFirst.get(0));
    }

    private Gap missing(String part, Run run) {
        return new Gap(
                "azure",
                account() + "/" + container() + "/" + part,
                "the part is missing, though " + run.manifest() + " names it.",
                "Wait for the next run of the export, or make one; the costs in this part are in no total.");
    }
}
