package io.aiaudit.collect.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runs that an export left in a container. Manifests list them, wherever they lie: exports differ in their folders.
 * What is in no manifest is a run of an older export, whose days are known from its folders only, and its time from
 * that of its files.
 */
final class ExportRuns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MANIFEST = Pattern.compile("(?i)(.*/)?([^/]*[-_])?manifest[.]json");

    /** The folder of a period, such as 20240901-20240930, and what is above and below it. */
    private static final Pattern PERIOD =
            Pattern.compile("(?<above>.*/)?(?<from>[0-9]{8})-(?<last>[0-9]{8})/(?<below>.+)");

    private static final Pattern DATA = Pattern.compile("(?i).*[.](csv|csv[.]gz|parquet)");

    private final String scope;
    private final String export;
    private final Set<String> failed;

    /**
     * @param scope of what the costs are, such as {@code subscriptions/ID}: exports of several may have one name and
     * one folder
     * @param failed ids and files, in lower case, of runs that did not come to their end
     */
    ExportRuns(String scope, String export, Set<String> failed) {
        this.scope = scope;
        this.export = export;
        this.failed = failed;
    }

    /** Those with days of the window; some may have no rows. */
    List<ExportRun> find(Blobs blobs, Map<String, Blobs.Facts> there, Window window, Path scratch) throws IOException {
        List<ExportRun> runs = new ArrayList<>();
        Set<String> inManifests = new HashSet<>();
        for (String name : new TreeSet<>(there.keySet())) {
            if (MANIFEST.matcher(name).matches() && mayTouch(name, window)) {
                JsonNode manifest = read(blobs, name, scratch);
                ExportRun run = ExportRun.of(name, manifest);
                if (run != null) {
                    run.parts().forEach(part -> inManifests.add(part.name()));
                }
                if (run != null && isOurs(manifest)) {
                    runs.add(run);
                }
            }
        }
        runs.addAll(withoutManifest(there, inManifests));
        return runs.stream().filter(run -> run.touches(window)).toList();
    }

    private static JsonNode read(Blobs blobs, String manifest, Path scratch) throws IOException {
        Path file = blobs.download(manifest, scratch);
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // one that is still being written
        } finally {
            Files.delete(file);
        }
    }

    /** A folder that names other days spares reading the manifest below it; years of daily runs may lie there. */
    private static boolean mayTouch(String name, Window window) {
        Matcher period = PERIOD.matcher(name);
        if (!period.matches()) {
            return true;
        }
        LocalDate from = day(period.group("from"));
        LocalDate last = day(period.group("last"));
        return from == null
                || last == null
                || new ExportRun(name, true, from, last.plusDays(1), "", false, List.of()).touches(window);
    }

    private boolean isOurs(JsonNode manifest) {
        String name = Json.text(manifest, "/exportConfig/exportName");
        String id = Json.text(manifest, "/exportConfig/resourceId");
        return (name == null || name.equalsIgnoreCase(export))
                && (id == null || CostExport.scope(id).equalsIgnoreCase(scope))
                && !failed.contains(
                        String.valueOf(Json.text(manifest, "/runInfo/runId")).toLowerCase(Locale.ROOT));
    }

    /** By the folder that the files of a run share; a file right below its period is a run of its own. */
    private List<ExportRun> withoutManifest(Map<String, Blobs.Facts> there, Set<String> inManifests) {
        Map<String, List<String>> byFolder = new TreeMap<>();
        for (String name : new TreeSet<>(there.keySet())) {
            Matcher period = PERIOD.matcher(name);
            if (DATA.matcher(name).matches() && !inManifests.contains(name) && period.matches() && isNamed(name)) {
                boolean single = !period.group("below").contains("/");
                byFolder.computeIfAbsent(
                                single ? name : name.substring(0, name.lastIndexOf('/') + 1), key -> new ArrayList<>())
                        .add(name);
            }
        }
        List<ExportRun> runs = new ArrayList<>();
        byFolder.forEach((folder, names) -> {
            ExportRun run = run(folder, names, there);
            if (run != null
                    && failed.stream()
                            .noneMatch(id -> folder.toLowerCase(Locale.ROOT).contains(id))) {
                runs.add(run);
            }
        });
        return runs;
    }

    /** The name of the export is a folder of the path, above the period or below it. */
    private boolean isNamed(String path) {
        return ("/" + path).toLowerCase(Locale.ROOT).contains("/" + export.toLowerCase(Locale.ROOT) + "/");
    }

    private static ExportRun run(String folder, List<String> names, Map<String, Blobs.Facts> there) {
        Matcher period = PERIOD.matcher(names.get(0));
        LocalDate from = period.matches() ? day(period.group("from")) : null;
        LocalDate last = period.matches() ? day(period.group("last")) : null;
        if (from == null || last == null || last.isBefore(from)) {
            return null;
        }
        Instant written = names.stream()
                .map(name -> there.get(name).modified())
                .max(Instant::compareTo)
                .orElseThrow();
        LocalDate to = ExportRun.until(last.plusDays(1), LocalDate.ofInstant(written, ZoneOffset.UTC));
        if (!from.isBefore(to)) {
            return null;
        }
        return new ExportRun(
                folder,
                false,
                from,
                to,
                written.toString(),
                false,
                names.stream()
                        .map(name -> new ExportRun.Part(name, there.get(name).size()))
                        .toList());
    }

    private static LocalDate day(String digits) {
        try {
            return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null; // eight digits that are no day
        }
    }
}
