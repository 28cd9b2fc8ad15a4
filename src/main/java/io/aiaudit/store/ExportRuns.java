package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which data files of an export's folder count. Of each export and period it is the newest run whose parts are all there, else the newest run with the parts that it
 * lacks, which then are gaps; what other runs left behind is not read.
 */
final class ExportRuns {
    /** A run with its parts, there or not. */
    private record Run(ExportManifest manifest, List<Path> parts) {
        boolean whole() {
            return parts.stream().allMatch(Files::exists);
        }
    }

    /** Last is the one to read: whole, written last, named highest in the folder (a copy may lie with each run), by name. */
    private static final Comparator<Run> ORDER = Comparator.comparing(Run::whole)
            .thenComparing(run -> run.manifest().written())
            .thenComparing(run -> -run.manifest().file().getNameCount())
            .thenComparing(run -> run.manifest().file().toString());

    private ExportRuns() {}

    /** The data files among {@code found}, which holds the manifests, too. */
    static List<Path> choose(List<Path> found) {
        List<Path> data =
                found.stream().filter(file -> !ExportManifest.isOne(file)).toList();
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (Path file : found) {
            if (ExportManifest.isOne(file)) {
                ExportManifest.read(file)
                        .ifPresent(manifest -> runs.computeIfAbsent(
                                        manifest.export() + "|" + manifest.period(), key -> new ArrayList<>())
                                .add(run(manifest, data)));
            }
        }
        Set<Path> chosen = new LinkedHashSet<>();
        Set<Path> left = new HashSet<>();
        for (List<Run> ofOnePeriod : runs.values()) {
            Run newest = ofOnePeriod.stream().max(ORDER).orElseThrow();
            chosen.addAll(newest.parts());
            ofOnePeriod.forEach(run -> left.addAll(run.parts()));
            Path folder = newest.manifest().file().toAbsolutePath().getParent();
            data.stream()
                    .filter(file -> file.toAbsolutePath().startsWith(folder))
                    .forEach(left::add);
        }
        return Stream.concat(
                        data.stream().filter(file -> !left.contains(file) && !chosen.contains(file)), chosen.stream())
                .sorted()
                .toList();
    }

    /** The data files of the run that this manifest tells, among {@code found}. */
    static List<Path> of(Path manifest, List<Path> found) {
        return ExportManifest.read(manifest)
                .map(known -> run(known, found).parts())
                .orElseThrow(() -> new UserError(
                        manifest
                                + " names no data file: the run of the export was empty, or it is no manifest that we know.",
                        "Name the folder or the data files of the export."));
    }

    private static Run run(ExportManifest manifest, List<Path> data) {
        return new Run(
                manifest,
                manifest.keys().stream()
                        .map(key -> manifest.part(key, data))
                        .distinct()
                        .toList());
    }
}
