package io.aiaudit.store;

import io.aiaudit.model.ExportOrder;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which data files of an export's folder count. Of each export and period it is one run ({@link ExportOrder}); the
 * parts that it lacks are gaps, and what other runs left behind is not read.
 */
final class ExportRuns {
    /** A run with its parts, there or not. */
    private record Run(ExportManifest manifest, List<Path> parts) {
        boolean whole() {
            return parts.stream().allMatch(Files::exists);
        }

        String name() {
            return manifest.file().toString();
        }

        boolean isInFolder(Path data) {
            return data.toAbsolutePath()
                    .startsWith(manifest.file().toAbsolutePath().getParent());
        }
    }

    private static final Comparator<Run> NEWEST =
            ExportOrder.newest(run -> run.manifest().written(), Run::name);

    private static final Comparator<Run> BEST = ExportOrder.best(Run::whole, NEWEST);

    private ExportRuns() {}

    /**
     * The data files among {@code found}, which holds the manifests, too. Where an older run is read since the newest
     * one lacks parts, that is a gap.
     */
    static InputFiles.Found choose(List<Path> found) {
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
        Map<Path, String> chosen = new LinkedHashMap<>();
        Set<Path> others = new HashSet<>();
        List<Gap> gaps = new ArrayList<>();
        List<Run> read = new ArrayList<>();
        for (List<Run> ofOnePeriod : runs.values()) {
            Run best = ofOnePeriod.stream().max(BEST).orElseThrow();
            Run last = ofOnePeriod.stream().max(NEWEST).orElseThrow();
            if (!last.whole() && best.whole()) {
                gaps.add(outdated(last, best));
            }
            read.add(best);
            best.parts().forEach(part -> chosen.put(part, best.name()));
            ofOnePeriod.forEach(run -> others.addAll(run.parts()));
        }
        List<Path> unnamed = data.stream()
                .filter(file -> !chosen.containsKey(file) && !others.contains(file))
                .toList();
        Set<Path> beside = new HashSet<>();
        for (Run run : read) {
            List<Path> inFolder = unnamed.stream().filter(run::isInFolder).toList();
            Set<Set<String>> headers = inFolder.isEmpty() ? Set.of() : headers(run.parts());
            beside.addAll(inFolder);
            inFolder.stream()
                    .filter(file -> header(file).filter(headers::contains).isPresent())
                    .forEach(others::add);
        }
        others.removeAll(chosen.keySet());
        beside.removeAll(others);
        List<Path> files = Stream.concat(
                        unnamed.stream().filter(file -> !others.contains(file)), chosen.keySet().stream())
                .sorted()
                .toList();
        return new InputFiles.Found(files, chosen, gaps, others, beside);
    }

    /** A run that was replaced has files with the header of the export; what else lies beside it is no part of it. */
    private static Set<Set<String>> headers(List<Path> parts) {
        return parts.stream().map(ExportRuns::header).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /** In any order and spelling; empty where it cannot be read. */
    private static Optional<Set<String>> header(Path file) {
        try {
            return Optional.of(FileHeader.read(file).header().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet()));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private static Gap outdated(Run newest, Run read) {
        Path missing = newest.parts().stream()
                .filter(part -> !Files.exists(part))
                .findFirst()
                .orElseThrow();
        return new Gap(
                "files",
                newest.manifest().file().toString(),
                "the newest run of the export is incomplete, " + missing + " is missing; the older run of "
                        + read.manifest().file() + " was read instead.",
                "Copy the whole folder of the export again.");
    }

    /** The data files of the run that this manifest lists, among {@code found}. */
    static InputFiles.Found of(Path manifest, List<Path> found) {
        return ExportManifest.read(manifest)
                .map(known -> run(known, found))
                .map(run -> new InputFiles.Found(
                        run.parts(),
                        run.parts().stream().collect(Collectors.toMap(part -> part, part -> run.name())),
                        List.of(),
                        Set.of(),
                        Set.of()))
                .orElseThrow(() -> new UserError(
                        manifest + " names no data file: the export run was empty, or the manifest format is unknown.",
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
