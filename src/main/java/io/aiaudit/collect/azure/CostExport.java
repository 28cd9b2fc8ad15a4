package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An export of the bill that lies in Blob storage. For days that are in several runs, the newest complete run with rows
 * counts. A run that failed counts for nothing, and one without rows is no bill of nothing.
 */
final class CostExport {
    private static final Frequency FOUND = new Frequency(Sort.BILL, "an export in Blob storage, if there is one");

    private static final String VERSION = "2025-03-01";
    static final AzureOperation LIST = AzureOperation.get(
            "/{scope*}/providers/Microsoft.CostManagement/exports", VERSION, Frequency.BILL, Operation.BILL);
    private static final AzureOperation ONE = AzureOperation.get(
                    "/{scope*}/providers/Microsoft.CostManagement/exports/{export}", VERSION, FOUND, Operation.BILL)
            .untried();
    private static final AzureOperation HISTORY = AzureOperation.get(
                    "/{scope*}/providers/Microsoft.CostManagement/exports/{export}/runHistory",
                    VERSION,
                    FOUND,
                    Operation.BILL)
            .permission("Microsoft.CostManagement/exports/read")
            .untried();

    /** Which kind to take of several: FOCUS, then what has commitments spread, then what is billed. */
    private static final List<String> KINDS = List.of("focuscost", "amortizedcost", "actualcost", "usage");

    /** So late come costs, and the exports of them. */
    private static final int LATE_DAYS = 2;

    static final List<AzureOperation> OPERATIONS =
            List.of(LIST, ONE, HISTORY, blob(BlobGuard.LIST), blob(BlobGuard.GET));

    private final Arm arm;
    private final JsonNode export;

    CostExport(Arm arm, JsonNode export) {
        this.arm = arm;
        this.export = export;
    }

    private static AzureOperation blob(String name) {
        return new AzureOperation(
                "",
                name,
                "",
                "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
                FOUND,
                List.of(Operation.BILL),
                1,
                null);
    }

    /** Those of a scope, such as {@code subscriptions/ID}, that are bills; the best first. */
    static List<CostExport> of(Arm arm, String scope) {
        return arm.list(arm.request(LIST).with("scope*", scope)).stream()
                .map(export -> new CostExport(arm, export))
                .filter(export -> export.rank() >= 0)
                .sorted(Comparator.comparing(CostExport::rank).thenComparing(CostExport::name))
                .toList();
    }

    /**
     * As a user names it: the id of the scope, then /providers/Microsoft.CostManagement/exports/NAME or only
     * /exports/NAME.
     */
    static CostExport named(Arm arm, String id) {
        String bare = id.replaceFirst("^/+", "")
                .replaceFirst("(?i)/providers/Microsoft[.]CostManagement/exports/", "/exports/");
        int cut = bare.toLowerCase(Locale.ROOT).lastIndexOf("/exports/");
        if (cut < 0) {
            throw new UserError(
                    "azure: export is \"" + id + "\", which is not the id of an export.",
                    "Write the scope and the name: azure: {export: subscriptions/ID/exports/NAME}");
        }
        String scope = bare.substring(0, cut);
        try {
            return new CostExport(
                    arm,
                    arm.call(arm.request(ONE)
                            .with("scope*", scope)
                            .with("export", bare.substring(cut + "/exports/".length()))));
        } catch (RestFailure e) {
            if (e.status() != 404) {
                throw e;
            }
            throw new UserError(
                    "there is no export " + id + ", which azure: export names.",
                    "Correct it; to list those of a scope: az costmanagement export list --scope " + scope,
                    e);
        }
    }

    String name() {
        return String.valueOf(Json.text(export, "/name"));
    }

    /** Of what the costs are, such as {@code subscriptions/ID}. */
    String scope() {
        return scope(String.valueOf(Json.text(export, "/id")));
    }

    /** Of the export with this id. */
    static String scope(String id) {
        return id.replaceFirst("(?i)/providers/Microsoft[.]CostManagement/exports/.*", "")
                .replaceAll("^/+|/+$", "");
    }

    private int rank() {
        return KINDS.indexOf(
                String.valueOf(Json.text(export, "/properties/definition/type")).toLowerCase(Locale.ROOT));
    }

    private String container() {
        return String.valueOf(Json.text(export, "/properties/deliveryInfo/destination/container"));
    }

    private String account() {
        String id = String.valueOf(Json.text(export, "/properties/deliveryInfo/destination/resourceId"));
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private String folder() {
        String path = Json.text(export, "/properties/deliveryInfo/destination/rootFolderPath");
        String bare = path == null ? "" : path.replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : bare + "/";
    }

    /** Where its files lie, for people. */
    String destination() {
        return account() + "/" + container() + "/" + folder();
    }

    /** Asks for one, to see whether the container may be read. */
    boolean hasFiles() {
        return new Blobs(arm, account(), container()).hasAny();
    }

    /**
     * What the files of an export cover.
     *
     * @param missingDays the days that are not in its files; null where there are no files
     * @param withoutRows the newest run that has no rows, of those that are newer than what was taken; null = none
     */
    record Coverage(List<Window> missingDays, ExportRun withoutRows) {}

    /** Hands the files of the window's days over. {@code hasRows} is the test for Parquet files. */
    Coverage read(Window window, Path scratch, Predicate<Path> hasRows, Sink sink) throws IOException {
        Blobs blobs = new Blobs(arm, account(), container());
        Map<String, Blobs.Facts> there = blobs.list(folder());
        Path folder = Files.createTempDirectory(scratch, "bill-");
        Map<Path, String> runOf = new LinkedHashMap<>();
        Map<Path, String> names = new LinkedHashMap<>();
        List<ExportRun> taken = new ArrayList<>();
        Download download = new Download(blobs, there, hasRows, folder, new LinkedHashMap<>());
        ExportRun withoutRows = null;
        List<ExportRun> runs = new ExportRuns(scope(), name(), failedRuns()).find(blobs, there, window, folder);
        for (ExportRun run : runs.stream().sorted(ExportRun.best(there)).toList()) {
            if (taken.stream().noneMatch(run::overlaps)) {
                Map<Path, String> parts = run.withoutRows() ? Map.of() : download.parts(run);
                parts.forEach((part, name) -> {
                    runOf.put(part, run.origin());
                    names.put(part, account() + "/" + container() + "/" + name);
                });
                if (!parts.isEmpty()) {
                    taken.add(run);
                } else if (withoutRows == null || withoutRows.submitted().compareTo(run.submitted()) < 0) {
                    withoutRows = run;
                }
            }
        }
        if (runOf.isEmpty()) {
            return new Coverage(null, withoutRows);
        }
        hand(runOf, names, taken, sink);
        taken.forEach(run -> missing(run, there).forEach(sink::gap));
        download.broken().forEach((part, failure) -> sink.gap(broken(part, failure)));
        delete(runOf.keySet());
        return new Coverage(missingDays(window, taken), withoutRows);
    }

    /** Parts on their way here, and those that could not be had. */
    private record Download(
            Blobs blobs,
            Map<String, Blobs.Facts> there,
            Predicate<Path> hasRows,
            Path folder,
            Map<String, RuntimeException> broken) {
        /**
         * Those of a run with rows, each with its name there: a file with nothing below its header has no costs, which
         * does not prove that there were none.
         */
        Map<Path, String> parts(ExportRun run) throws IOException {
            Map<Path, String> files = new LinkedHashMap<>();
            for (ExportRun.Part part : run.parts()) {
                if (there.containsKey(part.name())) {
                    Path file = fetch(part.name(), files.isEmpty());
                    if (file != null && isBill(file, hasRows)) {
                        files.put(file, part.name());
                    } else if (file != null) {
                        Files.delete(file);
                    }
                }
            }
            return files;
        }

        /**
         * Null for a part that cannot be had, beside others that can. A first one that cannot is a container that
         * cannot be read: whoever asks has another bill then, or none.
         */
        private Path fetch(String part, boolean isFirst) throws IOException {
            try {
                Path file = blobs.download(part, folder);
                long missing = there.get(part).size() - Files.size(file);
                if (missing != 0) { // what came of it counts
                    broken.put(part, new UserError("it lacks " + missing + " bytes of its size.", "Run it again."));
                }
                return file;
            } catch (RuntimeException e) {
                if (isFirst || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                broken.put(part, e);
                return null;
            }
        }
    }

    private static void delete(Collection<Path> files) throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static boolean isBill(Path file, Predicate<Path> parquetHasRows) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".parquet") ? parquetHasRows.test(file) : hasSecondLine(file, name.endsWith(".gz"));
    }

    private static boolean hasSecondLine(Path file, boolean gzip) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = new BufferedReader(new InputStreamReader(
                        gzip ? new GZIPInputStream(bytes) : bytes, StandardCharsets.ISO_8859_1))) {
            String header = text.readLine();
            return header != null && text.readLine() != null;
        } catch (ZipException | EOFException e) {
            return true; // broken, which the store reports
        }
    }

    private void hand(Map<Path, String> runOf, Map<Path, String> names, List<ExportRun> taken, Sink sink) {
        String label = destination() + name();
        boolean manifests = taken.stream().allMatch(ExportRun::hasManifest);
        sink.warning("The bill of azure is the export " + name() + " in " + label + ", "
                + (names.size() == 1 ? "1 file" : names.size() + " files") + "."
                + (manifests ? "" : " It has no manifest, so missing files of a run can't be detected."));
        sink.files(FileSet.fetched(label, runOf, names));
    }

    /** Periods that are in no run. The last days are not exported anywhere yet. */
    private static List<Window> missingDays(Window window, List<ExportRun> taken) {
        List<Window> missingDays = new ArrayList<>();
        LocalDate next = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
        LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC);
        for (ExportRun run :
                taken.stream().sorted(Comparator.comparing(ExportRun::from)).toList()) {
            if (next.isBefore(run.from())) {
                missingDays.add(Window.ofDays(next, run.from()));
            }
            next = run.to().isAfter(next) ? run.to() : next;
        }
        if (next.plusDays(LATE_DAYS).isBefore(end)) {
            missingDays.add(Window.ofDays(next, end));
        }
        return missingDays;
    }

    /** Ids and files, in lower case, of runs that did not come to their end. */
    private Set<String> failedRuns() {
        Set<String> failed = new HashSet<>();
        for (JsonNode run :
                arm.list(arm.request(HISTORY).with("scope*", scope()).with("export", name()))) {
            if (!"Completed".equalsIgnoreCase(Json.text(run, "/properties/status"))) {
                String id = Json.text(run, "/id"); // published examples of a run have no name
                Stream.of(
                                Json.text(run, "/name"),
                                id == null ? null : id.substring(id.lastIndexOf('/') + 1),
                                Json.text(run, "/properties/fileName"))
                        .filter(Objects::nonNull)
                        .forEach(word -> failed.add(word.toLowerCase(Locale.ROOT)));
            }
        }
        return failed;
    }

    private Gap broken(String part, RuntimeException failure) {
        UserError error = failure instanceof UserError refusal
                ? refusal
                : arm.explain(failure).orElseThrow(() -> failure);
        return new Gap(
                "azure",
                account() + "/" + container() + "/" + part,
                "the part could not be read: " + error.problem(),
                error.fix() + " The costs in this part are excluded from totals.");
    }

    private List<Gap> missing(ExportRun run, Map<String, Blobs.Facts> there) {
        return run.parts().stream()
                .filter(part -> !there.containsKey(part.name()))
                .map(part -> new Gap(
                        "azure",
                        account() + "/" + container() + "/" + part.name(),
                        "the part is missing, though " + run.origin() + " names it.",
                        "Wait for the next run of the export, or start one; the costs in this part are "
                                + "excluded from totals."))
                .toList();
    }
}
